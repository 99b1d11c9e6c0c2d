import type { ReactNode } from "react";
import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";
import { listOf } from "./note-list";

/** Keeps a search under a name. */
export function SaveSearchForm({ q, refusal }: { q: string; refusal?: Refusal }) {
  return (
    <details className="confirm" open={refusal !== undefined}>
      <summary>Save this search…</summary>
      <form method="post" action="/search" className="stack">
        <ErrorSummary refusal={refusal} />
        <input type="hidden" name="q" value={q} />
        <Field name="name" label="Name" defaultValue={q.slice(0, 60)} autoComplete="off" dir="auto" refusal={refusal} />
        <button type="submit" name="intent" value="save">
          Save it
        </button>
      </form>
    </details>
  );
}

/** Saved searches, each to be renamed or deleted. */
export function SavedSearches({
  searches,
  refusal,
  children,
}: {
  searches: { id: string; name: string; q: string }[];
  refusal?: Refusal;
  /** What was just done. */
  children?: ReactNode;
}) {
  return (
    <section className="part" aria-labelledby="saved">
      <h2 id="saved">Saved searches</h2>
      {children}
      {searches.length === 0 && <p>There are none yet. Search for something, and save it from its results.</p>}
      <ul className="saved-searches">
        {searches.map(({ id, name, q }) => (
          <li key={id}>
            <a href={listOf(q)}>
              <bdi>{name}</bdi>
            </a>{" "}
            <code>{q}</code>
            <form method="post" action="/search" className="actions">
              <input type="hidden" name="id" value={id} />
              <input
                name="name"
                defaultValue={refusal?.typed?.id === id ? refusal.typed.name : name}
                key={name}
                aria-label={`New name for ${name}`}
                autoComplete="off"
                dir="auto"
              />
              <button type="submit" name="intent" value="rename">
                Rename
              </button>
              <button type="submit" name="intent" value="delete" className="danger">
                Delete
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
