import type { ReactNode } from "react";

/** How wide a picture is drawn; the page shows it as wide as there is room. */
const WIDTH = 400;

interface PictureProps {
  height: number;
  /** What it shows, for those who don't see it. */
  says: string;
  children: ReactNode;
}

/** A drawing in the page's own colours, with attributes alone: the page allows no style of an element's own. */
export function Picture({ height, says, children }: PictureProps) {
  return (
    <figure className="picture">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={says}>
        {children}
      </svg>
    </figure>
  );
}

interface Place {
  x: number;
  y: number;
}

/** `kind` says what colour it has: plain, the one it is about, or the one that goes wrong. */
type Kind = "plain" | "main" | "bad";

/** A box with a text in its middle, one line for each part between two bars. */
export function Box({ x, y, w, h = 34, kind = "plain", t }: Place & { w: number; h?: number; kind?: Kind; t: string }) {
  const lines = t.split("|");
  return (
    <g className={kind}>
      <rect x={x} y={y} width={w} height={h} rx="3" />
      {lines.map((line, place) => (
        <text key={line} x={x + w / 2} y={y + h / 2 + 4.5 + (place - (lines.length - 1) / 2) * 15} textAnchor="middle">
          {line}
        </text>
      ))}
    </g>
  );
}

interface LineProps {
  from: [x: number, y: number];
  to: [x: number, y: number];
  kind?: Kind;
  dashed?: boolean;
}

/** A line with a tip at its end, and a text on it. */
export function Arrow({ t, ...line }: LineProps & { t?: string }) {
  const [x, y] = [(line.from[0] + line.to[0]) / 2, (line.from[1] + line.to[1]) / 2];
  return (
    <g className={line.kind ?? "plain"}>
      <Line {...line} tip />
      {t && (
        <text className="on-line" x={x} y={y - 6} textAnchor="middle">
          {t}
        </text>
      )}
    </g>
  );
}

export function Line({ from, to, kind = "plain", dashed, tip }: LineProps & { tip?: boolean }) {
  return (
    <g className={kind}>
      <path d={`M${from.join(" ")} L${to.join(" ")}`} fill="none" strokeDasharray={dashed ? "4 4" : undefined} />
      {tip && <Tip from={from} to={to} />}
    </g>
  );
}

/** A triangle that ends where the line does and points along it. */
function Tip({ from: [x1, y1], to: [x2, y2] }: Pick<LineProps, "from" | "to">) {
  const degrees = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  return (
    <path className="tip" d="M0 0 L-8 -4 L-8 4 Z" transform={`translate(${x2} ${y2}) rotate(${degrees.toFixed(1)})`} />
  );
}

interface LabelProps extends Place {
  t: string;
  at?: "start" | "middle" | "end";
  kind?: Kind | "soft";
}

export function Label({ x, y, t, at = "start", kind = "plain" }: LabelProps) {
  return (
    <text className={kind} x={x} y={y} textAnchor={at}>
      {t}
    </text>
  );
}
