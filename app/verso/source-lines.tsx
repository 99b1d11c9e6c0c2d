import type { Excerpt, Piece } from "./source.server";

/** Lines of Verso's own source, numbered; the one that it is about is marked, and those that asked the database. */
export function SourceLines({
  of: { file, from, lines, at },
  mark,
  issued = {},
}: {
  of: Excerpt;
  mark?: boolean;
  /** By the number of a line the statements that were written there. */
  issued?: Record<number, number[]>;
}) {
  return (
    <figure className="source">
      <figcaption>
        <code>
          {file}:{at}
        </code>
      </figcaption>
      <pre tabIndex={0}>
        {lines.map((pieces, place) => {
          const number = from + place;
          const statements = issued[number] ?? [];
          const marked = (mark && number === at) || statements.length > 0;
          return (
            <span key={number}>
              <span className="number">{`${String(number).padStart(4)}  `}</span>
              {marked ? (
                <mark>
                  <Line pieces={pieces} />
                </mark>
              ) : (
                <Line pieces={pieces} />
              )}
              {statements.map((statement) => (
                <a key={statement} href={`#statement-${statement}`}>
                  {` SQL ${statement}`}
                </a>
              ))}
              {"\n"}
            </span>
          );
        })}
      </pre>
    </figure>
  );
}

function Line({ pieces }: { pieces: Piece[] }) {
  return pieces.map(([text, kind], place) =>
    kind ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece of a line has no name but its place
      <span key={place} className={kind}>
        {text}
      </span>
    ) : (
      text
    ),
  );
}
