import type { Part, Stretch } from "./word-difference.server";

interface Text {
  id: string;
  title: string;
}

interface Props {
  from: Text;
  to: Text;
  stretches: Stretch[];
  /** Side by side; otherwise one below the other. */
  sides: boolean;
}

/** What differs between two texts. Signs and words say it as well as colour. */
export function WordDifference({ from, to, stretches, sides }: Props) {
  return (
    <section className="difference" aria-label="What differs">
      {from.title !== to.title && (
        <p>
          The title was <bdi>“{from.title}”</bdi> and became <bdi>“{to.title}”</bdi>.
        </p>
      )}
      {stretches.length === 0 ? (
        <p>The lines are the same.</p>
      ) : (
        <p className="hint">Lines with − went, lines with + came; what changed within a line is underlined.</p>
      )}
      {stretches.map((stretch, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no name but its place
        <Piece key={place} stretch={stretch} sides={sides} />
      ))}
    </section>
  );
}

function Piece({ stretch, sides }: { stretch: Stretch; sides: boolean }) {
  if (stretch.kind === "left out") return <p className="hint">{`… ${stretch.lines} lines that are in both …`}</p>;
  if (stretch.kind === "both") return <pre>{stretch.lines.map((line) => `  ${line}`).join("\n")}</pre>;
  return (
    <div className={sides ? "beside" : undefined}>
      <Side lines={stretch.before} sign="− " words="Went:" mark="del" />
      <Side lines={stretch.after} sign="+ " words="Came:" mark="ins" />
    </div>
  );
}

interface SideProps {
  lines: Part[][];
  sign: string;
  words: string;
  mark: "del" | "ins";
}

function Side({ lines, sign, words, mark: Mark }: SideProps) {
  if (lines.length === 0) return <span />;
  return (
    <pre className={Mark === "del" ? "earlier" : "present"}>
      <span className="sr-only">{`${words}\n`}</span>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
        <Line key={place} parts={line} sign={sign} Mark={Mark} />
      ))}
    </pre>
  );
}

function Line({ parts, sign, Mark }: { parts: Part[]; sign: string; Mark: "del" | "ins" }) {
  const within = parts.some(({ marked }) => marked);
  const text = parts.map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place
    part.marked ? <Mark key={place}>{part.text}</Mark> : part.text,
  );
  return (
    <>
      {sign}
      {within ? text : <Mark className="line">{text}</Mark>}
      {"\n"}
    </>
  );
}

/** The same comparison the other way of looking at it. */
export function SidesLink({ sides, path }: { sides: boolean; path: string }) {
  return (
    <p>
      <a href={sides ? path : `${path}&as=sides`}>{sides ? "One below the other" : "Side by side"}</a>
    </p>
  );
}
