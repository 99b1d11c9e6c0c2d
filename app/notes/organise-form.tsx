import type { Colour } from "~/db/schema.server";
import { ColourOptions, NotebookOptions } from "./choices";

interface Props {
  note: { id: string; pinned: number; archived: number | null; colour: Colour | null; notebookId: string | null };
}

/** What can be done to a note besides writing on it. */
export function OrganiseForm({ note: { id, pinned, archived, colour, notebookId } }: Props) {
  return (
    <details className="organise">
      <summary>Organise…</summary>
      <form method="post" action={`/notes/${id}/organise`}>
        <p className="actions">
          <button type="submit" name="what" value={pinned ? "unpin" : "pin"}>
            {pinned ? "Unpin" : "Pin"}
          </button>
          <button type="submit" name="what" value={archived === null ? "archive" : "unarchive"}>
            {archived === null ? "Archive" : "Back from the archive"}
          </button>
        </p>
        <p className="actions">
          <NotebookOptions label="Notebook" chosen={notebookId} />
          <button type="submit" name="what" value="move">
            Move
          </button>
        </p>
        <p className="actions">
          <ColourOptions chosen={colour} />
          <button type="submit" name="what" value="colour">
            Mark
          </button>
        </p>
      </form>
    </details>
  );
}
