import { Moment } from "~/ui/time";
import { DraftFiling } from "./draft-filing";
import type { listDrafts, readDraft } from "./drafts.server";
import { DraftActions } from "./kept-drafts";
import { WordDifference } from "./word-difference";

/** One draft, with what it changes of its note. */
export function DraftPage({ draft, note, difference }: Awaited<ReturnType<typeof readDraft>>) {
  return (
    <article className="version">
      <h1>Unsaved draft</h1>
      <p className="facts">
        Typed <Moment at={draft.kept} />
        {note && (
          <>
            {" of "}
            <a href={`/notes/${note.id}`}>
              <bdi>{note.heading || "Untitled"}</bdi>
            </a>
          </>
        )}
      </p>
      {note && note.version !== draft.version && (
        <p className="notice">The note was saved since. Saving the draft joins both, and asks where they differ.</p>
      )}
      <DraftActions draft={draft} back="/drafts" />
      <DraftFiling draft={draft} />
      {difference && <WordDifference {...difference} to={draft} sides={false} />}
      <section aria-labelledby="text">
        <h2 id="text">
          <bdi>{draft.title || "Untitled"}</bdi>
        </h2>
        <pre dir="auto">{draft.content}</pre>
      </section>
    </article>
  );
}

/** Drafts one below the other, each with its note. */
export function DraftList({ drafts }: { drafts: Awaited<ReturnType<typeof listDrafts>> }) {
  if (drafts.length === 0)
    return (
      <p className="empty">
        There are no unsaved drafts. With script, what you type is kept here until you save it, on whatever device.
      </p>
    );
  return (
    <>
      <p className="hint">What was typed and not saved. A draft goes once it is saved.</p>
      <ol className="notes drafts">
        {drafts.map((draft) => (
          <li key={draft.id}>
            <a href={`/drafts/${draft.id}`}>
              <bdi>{draft.title || draft.heading || "Untitled"}</bdi>
            </a>
            <span className="until">
              <Moment at={draft.kept} />
            </span>
            <p>
              {draft.noteId ? "Changes a note" : "A new note"}
              {draft.excerpt && (
                <>
                  {" · "}
                  <bdi>{draft.excerpt}</bdi>
                </>
              )}
            </p>
            <DraftActions draft={draft} back="/drafts" />
          </li>
        ))}
      </ol>
    </>
  );
}
