import type { Excerpt, Piece } from "./source.server";

/** Lines of Verso's own source, numbered; the one that it is about is marked, and those that asked the database. */
export function SourceLines({
  of: { file, from, lines, at },
  mark,
  issued = {},
  named,
}: {
  of: Excerpt;
  mark?: boolean;
  /** By the number of a line the statements that came from there. */
  issued?: Record<number, number[]>;
  /** Those lines can be led to. */
  named?: boolean;
}) {
  return (
    <figure className="source">
      <figcaption>
        <code>
          {file}:{at}
        </code>
        {Object.values(issued)
          .flat()
          .map((statement) => (
            <a key={statement} href={`#statement-${statement}`}>
              SQL {statement}
            </a>
          ))}
      </figcaption>
      <pre tabIndex={0}>
        {lines.map((pieces, place) => {
          const number = from + place;
          const marked = (mark && number === at) || issued[number] !== undefined;
          return (
            <span key={number}>
              <span className="number">{`${String(number).padStart(4)}  `}</span>
              {marked ? (
                <mark id={named && issued[number] ? nameOfLine(file, number) : undefined}>
                  <Line pieces={pieces} />
                </mark>
              ) : (
                <Line pieces={pieces} />
              )}
              {"\n"}
            </span>
          );
        })}
      </pre>
    </figure>
  );
}

/** The name of a line of the code that ran, for links to it. */
export function nameOfLine(file: string, number: number) {
  return `${file}:${number}`;
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
