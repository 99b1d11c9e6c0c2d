import { type PlanKind, type PlanNode, stepsOf } from "./plan";

const ROW = 54;
const BOX = 42;
const STEP = 26;
/** How wide a letter of the monospaced type is at most. */
const LETTER = 8;

/** A plan in SQLite's own words as a picture, without script or style of its own, and in plain words as a list. */
export function PlanPicture({ plan, name }: { plan: PlanNode[]; name: string }) {
  const boxes = placed(plan);
  const width = Math.max(...boxes.map(({ x, width }) => x + width)) + 2;
  return (
    <>
      <section className="plan" tabIndex={0} aria-label={`${name}, as a picture`}>
        <svg
          width={width}
          height={boxes.length * ROW}
          viewBox={`0 0 ${width} ${boxes.length * ROW}`}
          role="img"
          aria-label={`${name}; the list below says the same`}
          fontSize="13"
          fontFamily="monospace"
          fill="currentColor"
        >
          {boxes.map(({ key, node, lines, x, y, width, parentY }) => (
            <g key={key} className={node.kind}>
              {parentY !== null && (
                <path
                  d={`M ${x - STEP / 2} ${parentY + BOX} V ${y + BOX / 2} H ${x}`}
                  fill="none"
                  stroke="currentColor"
                />
              )}
              <rect x={x} y={y} width={width} height={BOX} rx="3" fill="none" stroke="currentColor" />
              {lines.map((line, number) => (
                <text key={line} x={x + 10} y={y + (lines.length === 1 ? 26 : 18 + number * 16)}>
                  {line}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </section>
      <PlanList plan={plan} />
    </>
  );
}

function PlanList({ plan }: { plan: PlanNode[] }) {
  return (
    <ul className="plan-list">
      {plan.map(({ detail, sentence, kind, why, children }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two steps can say the same, and they never move
        <li key={`${place} ${detail}`} className={kind}>
          {sentence ?? <>SQLite says this, and no rule here knows what it means:</>} {why && <em>{why}</em>}{" "}
          <code>{detail}</code>
          {children.length > 0 && <PlanList plan={children} />}
        </li>
      ))}
    </ul>
  );
}

/** Told by a sign too, for those who don't see colours. */
const SIGNS: Record<PlanKind, string> = { good: "✓ ", neutral: "", watch: "! " };

function placed(plan: PlanNode[]) {
  const above: number[] = [];
  return stepsOf(plan).map(({ node, depth }, row) => {
    const y = row * ROW + 1;
    const parentY = depth > 0 ? (above[depth - 1] ?? null) : null;
    above[depth] = y;
    const lines = linesOf(node);
    const width = Math.max(...lines.map(({ length }) => length)) * LETTER + 20;
    return { key: `${row} ${node.detail}`, node, lines, x: depth * STEP + 1, y, width, parentY };
  });
}

/** What it does to which table, and below it, along what. */
function linesOf({ detail, kind }: PlanNode) {
  const cut = detail.search(/ (USING|VIRTUAL TABLE|FOR) /);
  const lines = cut < 0 ? [detail] : [detail.slice(0, cut), detail.slice(cut + 1)];
  return lines.map((line, number) => (number === 0 ? SIGNS[kind] + line : line));
}
