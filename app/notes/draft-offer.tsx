import { DraftFiling } from "./draft-filing";
import type { Draft } from "./use-draft";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A draft that was found in this browser: to use, or to let go. */
export function DraftOffer({ found, onUse, onDiscard }: { found: Draft; onUse: () => void; onDiscard: () => void }) {
  return (
    <section className="notice" aria-label="Unsaved draft">
      <p>
        An unsaved draft from {moment.format(found.at)} is kept on this device.
        {!found.current && " The note has changed since; copy what you need."}
      </p>
      <DraftFiling draft={found} />
      <details>
        <summary>Show it</summary>
        <p>
          <bdi>{found.title}</bdi>
        </p>
        <pre tabIndex={0}>{found.content}</pre>
      </details>
      <p className="actions">
        {found.current && (
          <button type="button" onClick={onUse}>
            Put it into the form
          </button>
        )}
        <button type="button" className="quiet" onClick={onDiscard}>
          Discard it
        </button>
      </p>
    </section>
  );
}

/** Names the drafts in this browser that a form saves, so that the page after it can forget them. */
export function DraftField({ names }: { names: (string | null | undefined)[] }) {
  const all = new Set(names.flatMap((name) => name?.split(",") ?? []));
  return all.size > 0 && <input type="hidden" name="draft" value={[...all].join(",")} />;
}
