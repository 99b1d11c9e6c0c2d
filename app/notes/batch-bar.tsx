import { ColourOptions, NotebookOptions } from "./choices";

interface Props {
  place: string;
  back: string;
  seen: number;
  /** There are notes on other pages of the list. */
  more: boolean;
}

/** What can be done to the notes whose boxes are ticked: one form, which the boxes of the list belong to. */
export function BatchBar({ place, back, seen, more }: Props) {
  return (
    <details className="batch">
      <summary>With the notes that are ticked…</summary>
      <form id="batch" method="post" action="/notes/batch">
        <input type="hidden" name="place" value={place} />
        <input type="hidden" name="back" value={back} />
        <input type="hidden" name="seen" value={seen} />
        {more && (
          <label className="box">
            <input type="checkbox" name="all" value="yes" /> All notes of this list, those on its other pages too
          </label>
        )}
        <p className="actions">
          {place === "archive" ? (
            <button type="submit" name="what" value="unarchive">
              Back from the archive
            </button>
          ) : (
            <>
              <button type="submit" name="what" value="pin">
                Pin
              </button>
              <button type="submit" name="what" value="unpin">
                Unpin
              </button>
              <button type="submit" name="what" value="archive">
                Archive
              </button>
            </>
          )}
          <button type="submit" formAction="/notes/export">
            Export
          </button>
          <button type="submit" name="what" value="trash" className="danger">
            Move to trash
          </button>
        </p>
        <p className="actions">
          <NotebookOptions label="Notebook" />
          <button type="submit" name="what" value="move">
            Move
          </button>
        </p>
        <p className="actions">
          <label>
            Tag <input name="tag" autoComplete="off" size={12} />
          </label>
          <button type="submit" name="what" value="tag">
            Add
          </button>
          <button type="submit" name="what" value="untag">
            Take off
          </button>
        </p>
        <p className="actions">
          <ColourOptions />
          <button type="submit" name="what" value="colour">
            Mark
          </button>
        </p>
      </form>
    </details>
  );
}
