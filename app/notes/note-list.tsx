import { Day } from "~/ui/time";
import type { Piece } from "./search.server";

interface Item {
  id: string;
  heading: string;
  excerpt: string;
  updated: number;
  found: Piece[] | null;
}

/** Notes, one below the other. Few elements for each: there are fifty. */
export function NoteList({ notes }: { notes: Item[] }) {
  if (notes.length === 0) return null;
  return (
    <ol className="notes">
      {notes.map((note) => (
        <li key={note.id}>
          <a href={`/notes/${note.id}`} dir="auto">
            {note.heading || "Untitled"}
          </a>
          <Day at={note.updated} />
          <p dir="auto">{note.found ? <Marked pieces={note.found} /> : note.excerpt}</p>
        </li>
      ))}
    </ol>
  );
}

function Marked({ pieces }: { pieces: Piece[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no name but its place
  return pieces.map((piece, place) => (piece.marked ? <mark key={place}>{piece.text}</mark> : piece.text));
}

/** How many were found, and where else. */
export function SearchSummary({ counts: { listed, trashed } }: { counts: { listed: number; trashed: number } }) {
  return (
    <p className="facts" role="status">
      {listed === 1 ? "1 note" : `${listed} notes`}
      {trashed > 0 && (
        <>
          {" · "}
          <a href="/trash">{`${trashed} more in the trash`}</a>
        </>
      )}
    </p>
  );
}

export function NextPage({ q, cursor }: { q: string; cursor: string }) {
  const query = new URLSearchParams({ ...(q && { q }), after: cursor });
  return (
    <nav aria-label="Pages">
      <a className="button" href={`/notes?${query}`} rel="next">
        Older notes
      </a>
    </nav>
  );
}

export function NothingYet() {
  return (
    <div className="empty">
      <p>Nothing is written here yet.</p>
      <p>
        <a href="/notes/new">Write the first note</a>, or <a href="/import">bring in Markdown files</a> from another
        app.
      </p>
    </div>
  );
}

export function NoSearchResult({ q }: { q: string }) {
  return (
    <div className="empty">
      <p>
        Nothing holds “<bdi>{q}</bdi>”.
      </p>
      <p>
        All the words have to be in the note. <code>"two words"</code> finds them next to each other, <code>-word</code>{" "}
        leaves notes out. <a href="/notes">Show all notes</a>
      </p>
    </div>
  );
}
