import type { Refusal } from "~/http/refusal";
import { ErrorSummary } from "~/ui/error-summary";
import { Field } from "~/ui/field";
import { NoneOlder } from "./note-list";
import type { readShelf, Shelved } from "./notebooks.server";

/** All notebooks, one in another. */
export function NotebookShelf({ notebooks }: { notebooks: Shelved[] }) {
  if (notebooks.length === 0)
    return <p className="empty">There is no notebook yet. A note is in one notebook, or in none.</p>;
  return (
    <ul className="shelf">
      {notebooks.map(({ id, name, notes, depth }) => (
        <li key={id} data-depth={depth}>
          <a href={`/notebooks/${id}`}>
            <bdi>{name}</bdi>
          </a>{" "}
          <span className="count">{notes}</span>
        </li>
      ))}
    </ul>
  );
}

/** The deepest a notebook can stand that is to hold others. */
const HOLDS = 3;

export function NewNotebookForm({ notebooks, refusal }: { notebooks: Shelved[]; refusal?: Refusal }) {
  const parents = notebooks.filter(({ depth }) => depth < HOLDS);
  return (
    <form method="post" action="/notebooks?index" className="stack">
      <h2>A new notebook</h2>
      <ErrorSummary refusal={refusal} />
      <Field name="name" label="Name" autoComplete="off" dir="auto" refusal={refusal} />
      <ParentField parents={parents} chosen={refusal?.typed?.parent} />
      <button type="submit" className="primary">
        Make it
      </button>
    </form>
  );
}

function ParentField({ parents, chosen }: { parents: Shelved[]; chosen?: string | null }) {
  return (
    <div className="field">
      <label htmlFor="parent">In</label>
      <select id="parent" name="parent" defaultValue={chosen ?? ""} key={chosen}>
        <option value="">no other notebook</option>
        {parents.map(({ id, path }) => (
          <option key={id} value={id}>
            {path}
          </option>
        ))}
      </select>
    </div>
  );
}

type Shelf = Awaited<ReturnType<typeof readShelf>>;

/** Where a notebook stands, and what can be done to it. */
export function NotebookTools({ shelf, refusal }: { shelf: Shelf; refusal?: Refusal }) {
  return (
    <>
      {shelf.above && (
        <p className="facts">
          In{" "}
          <a href={`/notebooks/${shelf.above.id}`}>
            <bdi>{shelf.above.path}</bdi>
          </a>
        </p>
      )}
      {shelf.inside.length > 0 && <NotebookShelf notebooks={shelf.inside.map((one) => ({ ...one, depth: 1 }))} />}
      <details className="confirm" open={refusal !== undefined}>
        <summary>Rename, move or delete it…</summary>
        <form method="post" className="stack">
          <ErrorSummary refusal={refusal} />
          <Field name="name" label="Name" defaultValue={shelf.name} autoComplete="off" dir="auto" refusal={refusal} />
          <ParentField parents={shelf.parents} chosen={refusal?.typed?.parent ?? shelf.parentId} />
          <p className="actions">
            <button type="submit" name="intent" value="change">
              Save
            </button>
            <button type="submit" name="intent" value="delete" className="danger">
              Delete the notebook, keep its notes
            </button>
          </p>
        </form>
      </details>
    </>
  );
}

export function EmptyNotebook({ path, older, id }: { path: string; older: boolean; id: string | null }) {
  if (older) return <NoneOlder list={path} />;
  if (!id) return <p className="empty">Every note is in a notebook.</p>;
  return (
    <p className="empty">
      <span>
        This notebook is empty. <a href={`/notes/new?notebook=${id}`}>Write a note in it</a>
      </span>
    </p>
  );
}
