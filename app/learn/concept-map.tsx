import { CONCEPTS, conceptOf } from "./concepts";

const COLUMN = 250;
const ROW = 84;
const BOX = { width: 236, height: 40 };

/**
 * What depends on what, as a picture: each concept stands one row below the last of those that it
 * needs, near below them. The lists under the picture say the same.
 */
export function ConceptMap({ done }: { done: Record<string, string[]> }) {
  const rows = inRows();
  const columns = Math.max(...rows.map((row) => row.length));
  const width = columns * COLUMN - (COLUMN - BOX.width) + 4;
  const height = rows.length * ROW - (ROW - BOX.height) + 4;
  const corners = new Map(
    rows.flatMap((names, row) =>
      names.map((name, place) => [name, { x: (place + (columns - names.length) / 2) * COLUMN, y: row * ROW }]),
    ),
  );
  return (
    <section className="map" tabIndex={0} aria-label="What builds on what, as a picture; the lists below say the same">
      <svg width={width} height={height} viewBox={`-2 -2 ${width} ${height}`} aria-hidden="true">
        {CONCEPTS.flatMap(({ name, needs }) =>
          needs.map((need) => <Thread key={`${need} ${name}`} from={corners.get(need)} to={corners.get(name)} />),
        )}
        {CONCEPTS.map(({ name, title, tier }) => {
          const { x, y } = corners.get(name) ?? { x: 0, y: 0 };
          return (
            <a key={name} href={`/learn/${name}`} className={tier} tabIndex={-1}>
              <rect x={x} y={y} width={BOX.width} height={BOX.height} rx="3" />
              <text x={x + BOX.width / 2} y={y + 25} textAnchor="middle">
                {done[name] ? `✓ ${title}` : title}
              </text>
            </a>
          );
        })}
      </svg>
    </section>
  );
}

interface Corner {
  x: number;
  y: number;
}

function Thread({ from, to }: { from?: Corner; to?: Corner }) {
  if (!from || !to) return null;
  const [x1, y1, x2, y2] = [from.x + BOX.width / 2, from.y + BOX.height, to.x + BOX.width / 2, to.y];
  return <path d={`M${x1} ${y1} C${x1} ${y1 + 28} ${x2} ${y2 - 28} ${x2} ${y2}`} fill="none" />;
}

/** The names by row, in each row those leftmost that need what is leftmost above. */
function inRows() {
  const rows: string[][] = [];
  const rowOf = new Map<string, number>();
  for (const { name, needs } of CONCEPTS) {
    const row = Math.max(-1, ...needs.map((need) => rowOf.get(need) ?? -1)) + 1;
    rowOf.set(name, row);
    rows[row] = [...(rows[row] ?? []), name];
  }
  const share = (name: string) => {
    const row = rows[rowOf.get(name) ?? 0] ?? [];
    return (row.indexOf(name) + 0.5) / row.length;
  };
  for (const row of rows) {
    const pull = new Map(row.map((name) => [name, middle((conceptOf(name)?.needs ?? []).map(share))]));
    row.sort((one, other) => (pull.get(one) ?? 0) - (pull.get(other) ?? 0));
  }
  return rows;
}

function middle(numbers: number[]) {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(numbers.length, 1);
}
