import { changesBetween, linesOf } from "./merge.server";

/** Some lines of two texts: in `both`, only in the earlier or only in the present one; or many in both, left out. */
export type Run = { kind: "both" | "earlier" | "present"; lines: string[] } | { kind: "left out"; lines: number };

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
  for (const { from, to, lines } of changes) {
    runs.push(...shortened(before.slice(done, from), { after: runs.length > 0, before: true }));
    if (to > from) runs.push({ kind: "earlier", lines: before.slice(from, to) });
    if (lines.length > 0) runs.push({ kind: "present", lines });
    done = to;
  }
  runs.push(...shortened(before.slice(done), { after: true, before: false }));
  return runs;
}

/** Lines that both texts have: those next to a difference, and how many are left out between. */
function shortened(lines: string[], next: { after: boolean; before: boolean }): Run[] {
  const head = next.after ? AROUND : 0;
  const tail = next.before ? AROUND : 0;
  // One line takes no more room than saying that it is left out.
  if (lines.length <= head + tail + 1) return lines.length > 0 ? [{ kind: "both", lines }] : [];
  const runs: Run[] = [
    { kind: "both", lines: lines.slice(0, head) },
    { kind: "left out", lines: lines.length - head - tail },
    { kind: "both", lines: lines.slice(lines.length - tail) },
  ];
  return runs.filter((run) => run.kind === "left out" || run.lines.length > 0);
}
