import { withQuery } from "~/http/address";
import { Day } from "~/ui/time";

interface Linked {
  id: string;
  heading: string;
  excerpt: string;
  updated: number;
  notebook: string | null;
}

/** The notes that a link may mean, to choose from. */
export function LinkedNotes({ notes }: { notes: Linked[] }) {
  return (
    <>
      <p className="facts">Several notes have this title. Which one is meant?</p>
      <ol className="notes">
        {notes.map(({ id, heading, excerpt, updated, notebook }) => (
          <li key={id}>
            <a href={`/notes/${id}`} dir="auto">
              {heading}
            </a>
            <Day at={updated} />
            {notebook && <span className="marks">In {notebook}</span>}
            <p dir="auto">{excerpt}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

/** A link may be there before its note is. */
export function NotYetWritten({ title }: { title: string }) {
  return (
    <div className="empty">
      <p>There is no note of this title yet, or it is in the trash.</p>
      <p>
        <a className="button" href={withQuery("/notes/new", { title: titleOf(title) })}>
          Write it
        </a>
      </p>
    </div>
  );
}

/** What a note is called that a link names: without the folders before it. */
function titleOf(path: string) {
  return path
    .split("/")
    .findLast((part) => part.trim() !== "")
    ?.replace(/\.md$/i, "")
    .trim();
}
