import type { Sort } from "~/db/schema.server";
import { useSidebar } from "./choices";
import { MOST_COUNTED } from "./looks";
import { listOf, NoneOlder } from "./note-list";
import type { Found } from "./results.server";

type Where = Found["in"];

const ELSEWHERE: Record<Where, string> = {
  listed: "in your lists",
  archived: "in the archive",
  trashed: "in the trash",
};

/** How many were found, and where else. */
export function SearchSummary({ found, sort }: { found: Found; sort: Sort }) {
  const here = found[found.in];
  const elsewhere = (Object.keys(ELSEWHERE) as Where[]).filter((where) => where !== found.in && found[where] > 0);
  return (
    <>
      <p className="facts" role="status">
        {here === 1 ? "1 note" : `${many(here)} notes`}
        {here > 1 && (sort === "title" ? ", by title" : ", newest first")}
        {found.in !== "listed" && ` ${ELSEWHERE[found.in]}`}
        {elsewhere.map((where) => (
          <span key={where}>
            {" · "}
            <a href={listOf(found.queries[where])}>{`${many(found[where])} more ${ELSEWHERE[where]}`}</a>
          </span>
        ))}
        {" · "}
        <a href="/search">How to search</a>
      </p>
      {found.unknown.map((name) => (
        <p key={name} className="facts">
          “<bdi>{name}</bdi>” is no operator of a search, so it was looked for as text.
        </p>
      ))}
    </>
  );
}

function many(count: number) {
  return count > MOST_COUNTED ? `more than ${MOST_COUNTED.toLocaleString("en")}` : String(count);
}

/** Under a search that could not be understood. */
export function HowToSearch() {
  return (
    <p className="facts">
      <a href="/search">How to search</a>
    </p>
  );
}

interface Nothing {
  q: string;
  only: "pinned" | null;
  /** What the search found on all of its pages; null where there was nothing to look for. */
  found: Found | null;
  /** The page is one after a cursor. */
  older: boolean;
}

/** Why no notes are shown, and what to do about it. */
export function NoNotes({ q, only, found, older }: Nothing) {
  const places = useSidebar()?.counts;
  if (q && !found) return <NothingToLookFor q={q} />;
  if (found && found[found.in] === 0) return <NoSearchResult q={q} found={found} />;
  if (only && !older) return <p className="empty">No note is pinned. A pinned note stands first in its lists.</p>;
  if (older) return <NoneOlder list={listOf(q)} />;
  if (places && places.archived + places.trashed > 0) return <AllElsewhere {...places} />;
  return <NothingYet />;
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

function NoSearchResult({ q, found: { missing, instead } }: { q: string; found: Found }) {
  return (
    <div className="empty">
      <p>
        Nothing holds “<bdi>{q}</bdi>”.
      </p>
      {instead && (
        <p>
          Did you mean{" "}
          <a href={listOf(instead)}>
            <bdi>{instead}</bdi>
          </a>
          ?
        </p>
      )}
      {missing.map((name) => (
        <p key={name}>
          There is no <bdi>{name}</bdi>.
        </p>
      ))}
      <p>
        All the words have to be in the note. <code>"two words"</code> finds them next to each other, <code>-word</code>{" "}
        leaves notes out. <a href="/search">How to search</a>, or <a href="/notes">show all notes</a>
      </p>
    </div>
  );
}
