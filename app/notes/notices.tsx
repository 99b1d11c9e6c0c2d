import { Day } from "~/ui/time";

/** A note just went to the trash: with the way back. */
export function TrashedNotice({ id }: { id: string }) {
  return (
    <div className="notice" role="status">
      <p>The note is in the trash.</p>
      <RestoreForm id={id} button="Undo" />
    </div>
  );
}

/** What was just done, with the way back for ten minutes. */
export function UndoNotice({
  undo: { id, done, possible },
  back,
}: {
  undo: { id: string; done: string; possible: boolean };
  back: string;
}) {
  return (
    <div className="notice" role="status">
      <p>{done}</p>
      {possible && (
        <form method="post" action={`/undo/${id}`}>
          <input type="hidden" name="back" value={back} />
          <button type="submit">Undo</button>
        </form>
      )}
    </div>
  );
}

export function RestoredNotice() {
  return (
    <p className="notice" role="status">
      This note is back from the trash.
    </p>
  );
}

/** A note has another title now, and notes link to the one before: with a way to take the links along. */
export function RenamedNotice({
  id,
  renamed: { from, notes, possible },
}: {
  id: string;
  renamed: { from: string; notes: number; possible: boolean };
}) {
  return (
    <div className="notice" role="status">
      <p>
        {notes === 1 ? "1 note links" : `${notes} notes link`} to this one as “<bdi>{from}</bdi>”.
        {!possible && " A link can’t hold the new title, because of a sign in it, so the links stay as they are."}
      </p>
      {possible && (
        <form method="post" action={`/notes/${id}/links`}>
          <input type="hidden" name="from" value={from} />
          <button type="submit">Update the links</button>
        </form>
      )}
    </div>
  );
}

/** What became of the links. */
export function RelinkedNotice({ relinked: { changed, left } }: { relinked: { changed: number; left: number } }) {
  return (
    <p className="notice" role="status">
      {`The links of ${changed === 1 ? "1 note" : `${changed} notes`} have the new title; the texts before are kept as versions.`}
      {left > 0 && ` ${left === 1 ? "1 note was" : `${left} notes were`} left alone: no link could be written there.`}
    </p>
  );
}

/** On a note that is in the trash: until when. */
export function InTrashNotice({ id, goes }: { id: string; goes: number }) {
  return (
    <div className="notice">
      <p>
        This note is in the trash until <Day at={goes} />.
      </p>
      <RestoreForm id={id} button="Restore" />
    </div>
  );
}

/** Above a text that isn't laid out: not yet, or never. */
export function AsTypedNotice({ id, later }: { id: string; later: boolean }) {
  return (
    <p className="notice">
      {later ? (
        <>
          This text is long, so it is shown as it was typed while it is being laid out.{" "}
          <a href={`/notes/${id}`}>Look again</a>
        </>
      ) : (
        "This text takes too long to lay out or is too deeply nested, so it is shown as it was typed."
      )}
    </p>
  );
}

export function RestoreForm({ id, button }: { id: string; button: string }) {
  return (
    <form method="post" action="/trash">
      <input type="hidden" name="note" value={id} />
      <button type="submit" name="intent" value="restore">
        {button}
      </button>
    </form>
  );
}
