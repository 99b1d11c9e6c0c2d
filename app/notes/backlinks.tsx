import { listOf } from "./note-list";

/** Which notes link to this one, each with the sentence around the link; and a way to those that only name it. */
export function Backlinks({
  title,
  backlinks: { links, more, atLeast },
}: {
  title: string;
  backlinks: { links: { id: string; heading: string; around: string }[]; more: number; atLeast: boolean };
}) {
  const named = title.replaceAll('"', " ").trim();
  // A search is as long as a title, and the quotes come on top.
  const naming = named !== "" && named.length <= 298 && <a href={listOf(`"${named}"`)}>Find all notes that name it</a>;
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
      {more > 0 && <p className="facts">{`and ${atLeast ? "at least " : ""}${more} more`}</p>}
      <p className="facts">{naming}</p>
    </section>
  );
}
