import { LONGEST_SEARCH } from "./looks";
import { listOf } from "./note-list";

/** Which notes link to this one, each with the sentence around the link; and a way to those that only name it. */
export function Backlinks({
  title,
  backlinks: { links, more, atLeast },
}: {
  title: string;
  backlinks: { links: { id: string; heading: string; around: string }[]; more: number; atLeast: boolean };
}) {
  const naming = namingLink(title);
  if (links.length === 0) return naming && <p className="facts backlinks">{naming}</p>;
  return (
    <section className="backlinks" aria-labelledby="backlinks">
      <h2 id="backlinks">Notes that link here</h2>
      <ul>
        {links.map(({ id, heading, around }) => (
          <li key={id}>
            <a href={`/notes/${id}`} dir="auto">
              {heading || "Untitled"}
            </a>
            <p dir="auto">{around}</p>
          </li>
        ))}
      </ul>
      {more > 0 && <More title={title} many={`${atLeast ? "at least " : ""}${more} more`} />}
      {naming && <p className="facts">{naming}</p>}
    </section>
  );
}

function More({ title, many }: { title: string; many: string }) {
  const quoted = quotedIn("links:", title);
  return <p className="facts">and {quoted ? <a href={listOf(quoted)}>{many}</a> : many}</p>;
}

/** The way to notes that hold the title as plain text; where a search can't say so, to all that hold it. Null where none can. */
function namingLink(title: string) {
  const named = title.replaceAll('"', " ").trim();
  const linking = quotedIn("-links:", title);
  const unlinked = linking && searchable(`"${named}" ${linking}`);
  // A search looks for letters and digits.
  if (!/[\p{L}\p{N}]/u.test(named)) return null;
  if (unlinked) return <a href={listOf(unlinked)}>Find notes that name it without a link</a>;
  const all = searchable(`"${named}"`);
  return all && <a href={listOf(all)}>Find all notes that name it</a>;
}

/** A title behind an operator; null where a search can't hold it. */
function quotedIn(operator: string, title: string) {
  return title.includes('"') ? null : searchable(`${operator}"${title.trim()}"`);
}

function searchable(q: string) {
  return q.length <= LONGEST_SEARCH ? q : null;
}
