import type { BackRecord, Step } from "./record";
import { milliseconds } from "./story";

/** Of a row, in pixels: what it is and how long it took, below it the bar. */
const ROW = 34;
const LINE = 15;
const BAR = 6;
/** Rows of the picture; more would tell less. */
const MOST = 40;

/**
 * When each step ran, as a picture without script or style of its own, and as a list for those who
 * don't see it. As wide as its place, by percentages: the words keep their size.
 */
export function Timeline({ record: { steps, took } }: { record: BackRecord }) {
  const rows = steps.toSorted((one, other) => one.started - other.started).slice(0, MOST);
  const share = (ms: number) => (100 * ms) / Math.max(took, 0.1);
  return (
    <>
      <svg
        className="timeline"
        height={rows.length * ROW}
        role="img"
        aria-label="When each step ran; the list below says the same"
      >
        {rows.map((step, place) => (
          <g key={`${step.kind} ${step.started}`} transform={`translate(0 ${place * ROW})`}>
            <text y={LINE}>{shorten(nameOf(step))}</text>
            <text className="ms" x="100%" y={LINE}>
              {milliseconds(step.ms)}
            </text>
            <rect className="all" y={LINE + BAR} width="100%" height={BAR} />
            <rect
              className={step.kind}
              x={`${Math.min(share(step.started), 99.5)}%`}
              y={LINE + BAR}
              width={`${Math.max(share(step.ms), 0.5)}%`}
              height={BAR}
            />
          </g>
        ))}
      </svg>
      <details className="numbers">
        <summary>In numbers</summary>
        <ol>
          {rows.map((step) => (
            <li key={`${step.kind} ${step.started}`}>
              {nameOf(step)}: began after {milliseconds(step.started)}, took {milliseconds(step.ms)}
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

function nameOf(step: Step) {
  switch (step.kind) {
    case "guard":
      return "guard";
    case "loader":
    case "action":
      return `${step.kind} ${step.route.replace("routes/", "")}`;
    case "statement":
      return `SQL ${step.text.slice(0, 34)}`;
    case "form":
      return "form read and checked";
    case "render":
      return "page rendered";
  }
}

function shorten(text: string) {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
