import { CONCEPTS, conceptOf } from "./concepts";

const COLUMN = 250;
const ROW = 58;
const BOX = { width: 206, height: 38 };

/**
 * What depends on what, as a picture: each concept stands one column further right than the last of
 * those that it needs. The lists below it say the same.
 */
export function ConceptMap({ done }: { done: Record<string, string[]> }) {
  const places = placed();
  const columns = Math.max(...[...places.values()].map(({ column }) => column)) + 1;
  const rows = Math.max(...[...places.values()].map(({ row }) => row)) + 1;
  const width = columns * COLUMN - (COLUMN - BOX.width) + 4;
  const height = rows * ROW - (ROW - BOX.height) + 4;
  return (
    <section className="map" tabIndex={0} aria-label="What depends on what, as a picture">
      <svg
        width={width}
        height={height}
        viewBox={`-2 -2 ${width} ${height}`}
        role="img"
        aria-label="A map of the concepts; the lists below say the same"
      >
        {CONCEPTS.flatMap(({ name, needs }) =>
          needs.map((need) => <Thread key={`${need} ${name}`} from={places.get(need)} to={places.get(name)} />),
        )}
        {CONCEPTS.map(({ name, title, tier }) => {
          const { x, y } = pixels(places.get(name));
          return (
            <a key={name} href={`/learn/${name}`} className={tier} tabIndex={-1}>
              <rect x={x} y={y} width={BOX.width} height={BOX.height} rx="3" />
              <text x={x + 12} y={y + 24}>
                {title}
              </text>
              {done[name] && (
                <text className="done" x={x + BOX.width - 12} y={y + 24} textAnchor="end">
                  ✓
                </text>
              )}
            </a>
          );
        })}
      </svg>
    </section>
  );
}

interface Cell {
  column: number;
  row: number;
}

function Thread({ from, to }: { from?: Cell; to?: Cell }) {
  if (!from || !to) return null;
  const start = pixels(from);
  const end = pixels(to);
  const [x1, y1, x2, y2] = [start.x + BOX.width, start.y + BOX.height / 2, end.x, end.y + BOX.height / 2];
  return <path d={`M${x1} ${y1} C${x1 + 26} ${y1} ${x2 - 26} ${y2} ${x2} ${y2}`} fill="none" />;
}

function pixels(cell: Cell | undefined) {
  return { x: (cell?.column ?? 0) * COLUMN, y: (cell?.row ?? 0) * ROW };
}

function placed() {
  const places = new Map<string, Cell>();
  const taken: number[] = [];
  for (const { name, needs } of CONCEPTS) {
    const columns = needs.flatMap((need) => (conceptOf(need) ? [places.get(need)?.column ?? 0] : []));
    const column = columns.length === 0 ? 0 : Math.max(...columns) + 1;
    const row = taken[column] ?? 0;
    taken[column] = row + 1;
    places.set(name, { column, row });
  }
  return places;
}
