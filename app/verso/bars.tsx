import { count } from "./story";

/** Of a row, in pixels: its words, and below them the bar. */
const ROW = 34;
const LINE = 15;
const BAR = 6;

/** Bytes as a picture that says its numbers, as wide as its place. */
export function Bars({ rows }: { rows: { what: string; bytes: number }[] }) {
  const most = Math.max(1, ...rows.map(({ bytes }) => bytes));
  return (
    <svg
      className="bars"
      height={rows.length * ROW}
      role="img"
      aria-label={rows.map(({ what, bytes }) => `${what}: ${count(bytes, "byte")}`).join("; ")}
    >
      {rows.map(({ what, bytes }, place) => (
        <g key={what} transform={`translate(0 ${place * ROW})`}>
          <text y={LINE}>{what}</text>
          <text className="ms" x="100%" y={LINE}>
            {count(bytes, "byte")}
          </text>
          <rect className="all" y={LINE + BAR} width="100%" height={BAR} />
          <rect y={LINE + BAR} width={`${(100 * bytes) / most}%`} height={BAR} />
        </g>
      ))}
    </svg>
  );
}
