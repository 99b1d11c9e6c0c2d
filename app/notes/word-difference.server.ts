import { diffWordsWithSpace } from "diff";
import { compare } from "./compare.server";
import { linesOf } from "./merge.server";

/** A piece of a line; `marked` where the other text doesn't have it. */
export interface Part {
  text: string;
  marked: boolean;
}

/** Some lines that both texts have, that are left out, or that differ: the parts of each line, on both sides. */
export type Stretch =
  | { kind: "both"; lines: string[] }
  | { kind: "left out"; lines: number }
  | { kind: "changed"; before: Part[][]; after: Part[][] };

/** Lines longer than this, and pairs of lines past that many, are told apart as wholes. */
const LONGEST = 1_000;
const MOST_PAIRS = 200;

/**
 * What differs between two texts: by line, and within lines that took each other's place by word.
 *
 * @returns nothing where no line differs.
 */
export function wordDifference(before: string, after: string): Stretch[] {
  const lines = linesOf(before);
  const stretches: Stretch[] = [];
  let pairs = 0;
  for (const run of compare(before, after)) {
    if (run.kind === "left out") stretches.push(run);
    else if (run.kind === "both") stretches.push({ kind: "both", lines: lines.slice(run.from, run.to) });
    else if (run.kind !== "present")
      stretches.push({ kind: "changed", before: lines.slice(run.from, run.to).map(whole), after: [] });
    else {
      const last = stretches.at(-1);
      const changed: Stretch & { kind: "changed" } =
        last?.kind === "changed" && last.after.length === 0 ? last : { kind: "changed", before: [], after: [] };
      if (changed !== last) stretches.push(changed);
      changed.after = run.lines.map(whole);
      pairs += pairUp(changed, MOST_PAIRS - pairs);
    }
  }
  return stretches;
}

/** Tells lines that stand at the same place of a change apart by word. @returns how many pairs. */
function pairUp(changed: Stretch & { kind: "changed" }, most: number) {
  const pairs = Math.min(changed.before.length, changed.after.length, most);
  for (let place = 0; place < pairs; place += 1) {
    const [old = "", present = ""] = [textOf(changed.before[place]), textOf(changed.after[place])];
    if (old.length > LONGEST || present.length > LONGEST) continue;
    const parts = diffWordsWithSpace(old, present);
    // Where hardly a word is the same, marks all over would hide more than they show.
    const same = parts
      .filter(({ added, removed }) => !added && !removed)
      .reduce((sum, { value }) => sum + value.length, 0);
    if (same * 3 < Math.max(old.length, present.length)) continue;
    changed.before[place] = parts.filter(({ added }) => !added).map(({ value, removed }) => part(value, removed));
    changed.after[place] = parts.filter(({ removed }) => !removed).map(({ value, added }) => part(value, added));
  }
  return pairs;
}

function part(text: string, marked: boolean): Part {
  return { text, marked };
}

function whole(text: string): Part[] {
  return [{ text, marked: false }];
}

function textOf(parts: Part[] = []) {
  return parts.map(({ text }) => text).join("");
}
