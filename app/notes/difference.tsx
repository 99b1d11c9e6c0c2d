import type { Run } from "./compare.server";

interface Text {
  title: string;
}

/** How an earlier text differs from the present one, by line. Signs and words say it as well as colour. */
export function Difference({ earlier, present, runs }: { earlier: Text; present: Text; runs: Run[] }) {
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
            <Lines key={place} run={run} />
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

function Lines({ run }: { run: Run }) {
  if (run.kind === "left out") return <p className="hint">{`… ${run.lines} lines that are in both …`}</p>;
  if (run.kind === "both") return <pre>{marked("  ", run.lines)}</pre>;
  const { only, sign, Mark } = SIDES[run.kind];
  return (
    <pre className={run.kind}>
      <Mark>
        <span className="sr-only">{only}</span>
        {marked(sign, run.lines)}
      </Mark>
    </pre>
  );
}

const SIDES = {
  earlier: { only: "Only in this version:\n", sign: "− ", Mark: "del" },
  present: { only: "Only in the text now:\n", sign: "+ ", Mark: "ins" },
} as const;

function marked(sign: string, lines: string[]) {
  return lines.map((line) => sign + line).join("\n");
}
