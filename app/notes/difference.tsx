import type { Run } from "./compare.server";

interface Text {
  title: string;
}

interface Props {
  /** With its line breaks as LF. It stands above on the page. */
  earlier: Text & { content: string };
  present: Text;
  runs: Run[];
}

/** How an earlier text differs from the present one, by line. Signs and words say it as well as colour. */
export function Difference({ earlier, present, runs }: Props) {
  const lines = earlier.content.split("\n");
  return (
    <section className="difference" aria-labelledby="difference">
      <h2 id="difference">What differs from the text now</h2>
      {earlier.title !== present.title && (
        <p>
          The title is <Title of={earlier} /> here, and <Title of={present} /> now.
        </p>
      )}
      {runs.length > 0 ? (
        <>
          <p className="hint">Lines with − are in this version only, lines with + in the text now only.</p>
          {runs.map((run, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run has no name but its place
            <Lines key={place} run={run} earlier={lines} />
          ))}
        </>
      ) : (
        <p>
          {earlier.title === present.title
            ? "Nothing: this is the text that the note has now."
            : "The lines are the same."}
        </p>
      )}
    </section>
  );
}

function Title({ of: { title } }: { of: Text }) {
  return title === "" ? "empty" : <bdi>“{title}”</bdi>;
}

function Lines({ run, earlier }: { run: Run; earlier: string[] }) {
  if (run.kind === "left out") return <p className="hint">{`… ${run.lines} lines that are in both …`}</p>;
  if (run.kind === "present") return <Marked {...SIDES.present} text={marked(SIDES.present.sign, run.lines)} />;
  const side = run.kind === "both" ? null : SIDES.earlier;
  const text = marked(side?.sign ?? "  ", earlier.slice(run.from, run.to));
  const most = side ? MOST_OF_DIFFERENCE : MOST_AROUND;
  const shown = text.length > most ? `${begin(text, most)}…` : text;
  return (
    <>
      {side ? <Marked {...side} text={shown} /> : <pre>{shown}</pre>}
      {shown !== text && <p className="hint">{`… and so on to the end of line ${run.to} of the text above …`}</p>}
    </>
  );
}

/** Letters of the earlier text that are written a second time in one place: more are read above. */
const MOST_OF_DIFFERENCE = 100_000;
const MOST_AROUND = 2_000;

/** The first letters of a text, and no half of one. */
function begin(text: string, most: number) {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
}

const SIDES = {
  earlier: { kind: "earlier", only: "Only in this version:\n", sign: "− ", Mark: "del" },
  present: { kind: "present", only: "Only in the text now:\n", sign: "+ ", Mark: "ins" },
} as const;

function Marked({ kind, only, Mark, text }: (typeof SIDES)["earlier" | "present"] & { text: string }) {
  return (
    <pre className={kind}>
      <Mark className="line">
        <span className="sr-only">{only}</span>
        {text}
      </Mark>
    </pre>
  );
}

function marked(sign: string, lines: string[]) {
  return lines.map((line) => sign + line).join("\n");
}
