import { Moment } from "~/ui/time";
import { DraftFiling, isFiled } from "./draft-filing";
import type { Offered, TakenUp } from "./drafts.server";
import { WordDifference } from "./word-difference";

/** Where a draft is gone on with. */
export function takeUpPath({ id, noteId }: { id: string; noteId: string | null }) {
  return `${noteId ? `/notes/${noteId}/edit` : "/notes/new"}?draft=${id}`;
}

/** Drafts on the server that could be gone on with: never put into the form by themselves. */
export function KeptDrafts({ offered, back }: { offered: Offered; back: string }) {
  return (
    <>
      {offered.drafts.map((draft) => (
        <section key={draft.id} className="notice draft" aria-label="Unsaved draft">
          <p>
            <strong>Unsaved draft</strong>, typed <Moment at={draft.kept} />
            {draft.older && ". The note was saved since; saving the draft joins both"}.
          </p>
          <DraftFiling draft={draft} />
          {draft.difference ? (
            !(isFiled(draft) && hasSameText(draft, draft.difference)) && (
              <details>
                <summary>What it changes</summary>
                <WordDifference
                  from={draft.difference.from}
                  to={draft}
                  stretches={draft.difference.stretches}
                  sides={false}
                />
              </details>
            )
          ) : (
            <p className="excerpt">
              <a href={`/drafts/${draft.id}`}>
                <bdi>{draft.title || "Untitled"}</bdi>
              </a>{" "}
              <bdi>{draft.excerpt}</bdi>
            </p>
          )}
          <DraftActions draft={draft} back={back} />
        </section>
      ))}
      {offered.more && (
        <p>
          <a href="/drafts">All unsaved drafts</a>
        </p>
      )}
    </>
  );
}

function hasSameText({ title }: { title: string }, { from, stretches }: NonNullable<OfferedDraft["difference"]>) {
  return stretches.length === 0 && from.title === title;
}

type OfferedDraft = Offered["drafts"][number];

/** To go on with a draft, or to let it go. */
export function DraftActions({ draft, back }: { draft: { id: string; noteId: string | null }; back: string }) {
  return (
    <form method="post" action={`/drafts/${draft.id}/drop`} className="actions">
      <a className="button" href={takeUpPath(draft)}>
        Take it up
      </a>
      <input type="hidden" name="back" value={back} />
      <button type="submit" className="quiet">
        Drop it
      </button>
    </form>
  );
}

/** The form holds a draft, which is not saved yet. */
export function TakenUpNotice({ taken, version }: { taken: TakenUp; version: number }) {
  return (
    <p className="notice" role="status">
      The draft from <Moment at={taken.kept} /> is in the form. It is not saved yet.
      {version > 0 && taken.version !== version && " The note was saved since; saving the draft joins both."}
    </p>
  );
}

/** A draft was just dropped: with the way back. */
export function DroppedNotice({ dropped, back }: { dropped: string | null; back: string }) {
  if (!dropped) return null;
  return (
    <div className="notice" role="status">
      <p>The draft is dropped.</p>
      <form method="post" action={`/drafts/${dropped}/drop`}>
        <input type="hidden" name="back" value={back} />
        <input type="hidden" name="undo" value="yes" />
        <button type="submit">Undo</button>
      </form>
    </div>
  );
}
