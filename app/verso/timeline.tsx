import type { BackRecord, Step } from "./record";
import { milliseconds } from "./story";

const ROW = 22;
const LEFT = 250;
const WIDTH = 800;
/** Rows of the picture; more would tell less. */
const MOST = 40;

/** When each step ran, as a picture without script or style of its own, and as a list for those who don't see it. */
export function Timeline({ record: { steps, took } }: { record: BackRecord }) {
  const rows = steps.toSorted((one, other) => one.started - other.started).slice(0, MOST);
  const scale = (WIDTH - LEFT - 90) / Math.max(took, 0.1);
  return (
    <>
      <svg
        className="timeline"
        viewBox={`0 0 ${WIDTH} ${rows.length * ROW + 4}`}
        role="img"
        aria-label="When each step ran; the list below says the same"
      >
        {rows.map((step, place) => (
          <g key={`${step.kind} ${step.started}`} transform={`translate(0 ${place * ROW})`}>
            <text x="0" y="15">
              {shorten(nameOf(step))}
            </text>
            <rect
              className={step.kind}
              x={LEFT + step.started * scale}
              y="4"
              width={Math.max(2, step.ms * scale)}
              height={ROW - 8}
            />
            <text className="ms" x={LEFT + (step.started + step.ms) * scale + 6} y="15">
              {milliseconds(step.ms)}
            </text>
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
