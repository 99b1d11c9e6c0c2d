import type { Colour, Layout, Sort } from "~/db/schema.server";
import { Day } from "~/ui/time";
import { useSidebar } from "./choices";
import { COLOURS } from "./looks";
import type { Piece } from "./search.server";

interface Item {
  id: string;
  heading: string;
  excerpt: string;
  version: number;
  created: number;
  updated: number;
  pinned: number;
  colour: Colour | null;
  tasks: number;
  tasksDone: number;
  found: Piece[] | null;
}

/** Notes, one below the other or as cards. Few elements for each: there are fifty. */
export function NoteList({ notes, layout, sort }: { notes: Item[]; layout: Layout; sort: Sort }) {
  if (notes.length === 0) return null;
  return (
    <ol className={layout === "cards" ? "notes cards" : "notes"}>
      {notes.map((note) => (
        <li key={note.id} className={note.colour ? `marked ${note.colour}` : undefined}>
          <input
            type="checkbox"
            form="batch"
            name={`note-${note.id}`}
            value={note.version}
            aria-label={`Choose ${note.heading || "Untitled"}`}
          />
          <a href={`/notes/${note.id}`} dir="auto">
            {note.heading || "Untitled"}
          </a>
          <Day at={sort === "created" ? note.created : note.updated} />
          {marksOf(note)}
          <p dir="auto">{note.found ? <Marked pieces={note.found} /> : note.excerpt}</p>
        </li>
      ))}
    </ol>
  );
}

/** What is to be seen of a note besides its words: never by colour alone. */
function marksOf({ pinned, colour, tasks, tasksDone }: Item) {
  const marks = [pinned && "Pinned", colour && COLOURS[colour], tasks && `${tasksDone} of ${tasks} done`];
  const words = marks.filter(Boolean).join(" · ");
  return words && <span className="marks">{words}</span>;
}

function Marked({ pieces }: { pieces: Piece[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no name but its place
  return pieces.map((piece, place) => (piece.marked ? <mark key={place}>{piece.text}</mark> : piece.text));
}

/** How many were found, and where else. */
export function SearchSummary({
  counts: { listed, archived, trashed },
}: {
  counts: { listed: number; archived: number; trashed: number };
}) {
  return (
    <p className="facts" role="status">
      {listed === 1 ? "1 note" : `${listed} notes`}
      {listed > 1 && ", newest first"}
      {archived > 0 && (
        <>
          {" · "}
          <a href="/archive">{`${archived} more in the archive`}</a>
        </>
      )}
      {trashed > 0 && (
        <>
          {" · "}
          <a href="/trash">{`${trashed} more in the trash`}</a>
        </>
      )}
    </p>
  );
}

/** @param list the address of the list's first page. @param what what is listed. */
export function NextPage({ list, cursor, what = "notes" }: { list: string; cursor: string; what?: string }) {
  const join = list.includes("?") ? "&" : "?";
  return (
    <nav aria-label="Pages">
      <a className="button" href={`${list}${join}after=${cursor}`} rel="next">
        {`Older ${what}`}
      </a>
    </nav>
  );
}

/** The address of the first page of notes, or of what a search finds. */
export function listOf(q: string) {
  return q ? `/notes?${new URLSearchParams({ q })}` : "/notes";
}

interface Nothing {
  q: string;
  only: "pinned" | null;
  /** What the search found on all of its pages; null where there was nothing to look for. */
  counts: { listed: number } | null;
  /** The page is one after a cursor. */
  older: boolean;
}

/** Why no notes are shown, and what to do about it. */
export function NoNotes({ q, only, counts, older }: Nothing) {
  const places = useSidebar()?.counts;
  if (q && !counts) return <NothingToLookFor q={q} />;
  if (q && counts?.listed === 0) return <NoSearchResult q={q} />;
  if (only && !older) return <p className="empty">No note is pinned. A pinned note stands first in its lists.</p>;
  if (older) return <NoneOlder list={listOf(q)} />;
  if (places && places.archived + places.trashed > 0) return <AllElsewhere {...places} />;
  return <NothingYet />;
}

/** Past the end of a list. */
export function NoneOlder({ list, what = "notes" }: { list: string; what?: string }) {
  return (
    <p className="empty">
      <span>
        {`No older ${what}. `}
        <a href={list}>Go to the first page</a>
      </span>
    </p>
  );
}

function AllElsewhere({ archived, trashed }: { archived: number; trashed: number }) {
  const all = archived + trashed;
  const where = archived === 0 ? "in the trash" : trashed === 0 ? "in the archive" : "in the archive or in the trash";
  return (
    <div className="empty">
      <p>{all === 1 ? `Your only note is ${where}.` : `All ${all} notes are ${where}.`}</p>
      <p>
        {archived > 0 && (
          <>
            <a href="/archive">Look into the archive</a>,{" "}
          </>
        )}
        {trashed > 0 && (
          <>
            <a href="/trash">{archived > 0 ? "look" : "Look"} into the trash</a>,{" "}
          </>
        )}
        or <a href="/notes/new">write a new note</a>.
      </p>
    </div>
  );
}

function NothingToLookFor({ q }: { q: string }) {
  return (
    <p className="empty">
      <span>
        “<bdi>{q}</bdi>” has no letters or digits to look for. <a href="/notes">Show all notes</a>
      </span>
    </p>
  );
}

function NothingYet() {
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

function NoSearchResult({ q }: { q: string }) {
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
