import { Day } from "~/ui/time";
import { RestoreForm } from "./notices";

interface Item {
  id: string;
  heading: string;
  excerpt: string;
  goes: number;
}

/** What was thrown away, each with its ways back and out. */
export function TrashList({ notes }: { notes: Item[] }) {
  if (notes.length === 0) return null;
  return (
    <ol className="notes trash">
      {notes.map((note) => (
        <li key={note.id}>
          <a href={`/notes/${note.id}`} dir="auto">
            {note.heading || "Untitled"}
          </a>
          <span className="until">
            until <Day at={note.goes} />
          </span>
          <p dir="auto">{note.excerpt}</p>
          <div className="actions">
            <RestoreForm id={note.id} button="Restore" />
            <details className="confirm">
              <summary>Delete for good…</summary>
              <form method="post" action="/trash">
                <input type="hidden" name="note" value={note.id} />
                <button type="submit" name="intent" value="delete" className="danger">
                  Delete it and all its versions
                </button>
              </form>
            </details>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** @param seen when what is in the trash now was thrown away last: only what was there then goes. */
export function EmptyTrash({ total, seen }: { total: number; seen: number }) {
  return (
    <details className="confirm">
      <summary>Empty the trash…</summary>
      <form method="post" action="/trash">
        <input type="hidden" name="seen" value={seen} />
        <button type="submit" name="intent" value="empty" className="danger">
          Delete {total === 1 ? "1 note" : `${total} notes`} for good
        </button>
      </form>
    </details>
  );
}
