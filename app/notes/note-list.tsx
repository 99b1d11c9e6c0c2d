import type { Colour, Layout, Sort } from "~/db/schema.server";
import { Day } from "~/ui/time";
import type { Piece } from "./excerpt.server";
import { COLOURS } from "./looks";

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

interface Props {
  notes: Item[];
  layout: Layout;
  sort: Sort;
  /** Each has a box for the form below the list. */
  choosable?: boolean;
  /** The search that found them: their pages mark it. */
  q?: string;
}

/** Notes, one below the other or as cards. Few elements for each: there are fifty. */
export function NoteList({ notes, layout, sort, choosable = true, q = "" }: Props) {
  if (notes.length === 0) return null;
  const search = q && `?${new URLSearchParams({ q })}`;
  return (
    <ol className={layout === "cards" ? "notes cards" : "notes"}>
      {notes.map((note) => (
        <li key={note.id} className={note.colour ? `marked ${note.colour}` : undefined}>
          {choosable && (
            <input
              type="checkbox"
              form="batch"
              name={`note-${note.id}`}
              value={note.version}
              aria-label={`Choose ${note.heading || "Untitled"}`}
            />
          )}
          <a href={`/notes/${note.id}${search}`} dir="auto">
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
