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
