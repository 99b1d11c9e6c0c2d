/** Which notes link to this one, each with the sentence around the link. */
export function Backlinks({
  backlinks: { links, more, atLeast },
}: {
  backlinks: { links: { id: string; heading: string; around: string }[]; more: number; atLeast: boolean };
}) {
  if (links.length === 0) return null;
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
    </section>
  );
}
