import { linesOf } from "./merge.server";
import { changesBetween } from "./three-way.server";

/**
 * Some lines of two texts: in `both`, only in the earlier or only in the present one; or many in both,
 * left out. What the earlier text has is told by its lines there, so that nobody sends it twice.
 */
export type Run =
  | { kind: "both" | "earlier"; from: number; to: number }
  | { kind: "present"; lines: string[] }
  | { kind: "left out"; lines: number };

/** Lines in both texts that are shown before and after a difference. */
const AROUND = 3;

/**
 * Compares two texts by line, with a few lines around each difference. Line breaks of either kind
 * are the same. Time is bounded: texts that differ too much count as one difference.
 *
 * @returns nothing where no line differs.
 */
export function compare(earlier: string, present: string): Run[] {
  const before = linesOf(earlier);
  const changes = changesBetween(before, linesOf(present));
  if (changes.length === 0) return [];
  const runs: Run[] = [];
  let done = 0;
  for (const { from, to, items } of changes) {
    runs.push(...shortened(done, from, { after: runs.length > 0, before: true }));
    if (to > from) runs.push({ kind: "earlier", from, to });
    if (items.length > 0) runs.push({ kind: "present", lines: items });
    done = to;
  }
  runs.push(...shortened(done, before.length, { after: true, before: false }));
  return runs;
}

/** Lines that both texts have: those next to a difference, and how many are left out between. */
function shortened(from: number, to: number, next: { after: boolean; before: boolean }): Run[] {
  const head = next.after ? AROUND : 0;
  const tail = next.before ? AROUND : 0;
  // One line takes no more room than saying that it is left out.
  if (to - from <= head + tail + 1) return to > from ? [{ kind: "both", from, to }] : [];
  const runs: Run[] = [
    { kind: "both", from, to: from + head },
    { kind: "left out", lines: to - from - head - tail },
    { kind: "both", from: to - tail, to },
  ];
  return runs.filter((run) => run.kind !== "both" || run.to > run.from);
}
