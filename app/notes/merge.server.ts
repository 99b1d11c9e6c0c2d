import { diffArrays } from "diff";
import { z } from "zod";
import { withLf } from "./line-endings";
import type { NoteText } from "./note.server";

/** Some lines of a merged text: either settled, or written differently on both sides. */
export type Stretch = { kind: "settled"; lines: string[] } | { kind: "conflict"; mine: string[]; theirs: string[] };

export interface Merge {
  title: { mine: string; theirs: string; merged: string; differs: boolean };
  stretches: Stretch[];
}

/**
 * Merges two edits of one text by line. What only one side changed is taken; where both changed
 * the same lines, both are shown. Time is bounded: edits too many to compare count as one.
 *
 * @param base the text that both began with; null where it isn't known, and all lines differ.
 */
export function merge(base: NoteText | null, mine: NoteText, theirs: NoteText): Merge {
  return {
    title: mergeTitle(base, mine, theirs),
    stretches: mergeLines(base ? linesOf(base.content) : [], linesOf(mine.content), linesOf(theirs.content)),
  };
}

/** How a person settles a conflict. */
export const Choice = z.enum(["mine", "theirs", "both"]);
export type Choice = z.infer<typeof Choice>;

/** The merged text with each conflict settled; without a choice both sides are kept, theirs first. */
export function settle({ stretches }: Pick<Merge, "stretches">, choices: (Choice | undefined)[] = []): string {
  let conflicts = 0;
  const lines = stretches.flatMap((stretch) => {
    if (stretch.kind === "settled") return stretch.lines;
    const choice = choices[conflicts++] ?? "both";
    return choice === "both" ? [...stretch.theirs, ...stretch.mine] : stretch[choice];
  });
  return lines.join("\n");
}

/** Lines `from` up to `to` of the base, not included, and what one side has in their place. */
interface Change {
  from: number;
  to: number;
  lines: string[];
}

/** Three-way merge. @see https://www.cis.upenn.edu/~bcpierce/papers/diff3-short.pdf */
function mergeLines(base: string[], mine: string[], theirs: string[]): Stretch[] {
  const left = changesBetween(base, mine);
  const right = changesBetween(base, theirs);
  const stretches: Stretch[] = [];
  let done = 0;
  while (left.length > 0 || right.length > 0) {
    const { from, to, byMe, byThem } = takeRegion(left, right);
    settleOn(stretches, base.slice(done, from));
    const [my, their] = [byMe, byThem].map((changes) => changed(base, from, to, changes)) as [string[], string[]];
    if (byThem.length === 0 || same(my, their)) settleOn(stretches, my);
    else if (byMe.length === 0) settleOn(stretches, their);
    else stretches.push({ kind: "conflict", mine: my, theirs: their });
    done = to;
  }
  settleOn(stretches, base.slice(done));
  return stretches;
}

/** Takes the first change of either side, and all that overlap with it, off the lists. */
function takeRegion(left: Change[], right: Change[]) {
  const region = { from: 0, to: 0, byMe: [] as Change[], byThem: [] as Change[] };
  const take = (side: Change[], taken: Change[]) => {
    const [next] = side;
    if (!next) return false;
    const first = region.byMe.length + region.byThem.length === 0;
    if (!first && !overlaps(next, region)) return false;
    region.from = first ? next.from : Math.min(region.from, next.from);
    region.to = first ? next.to : Math.max(region.to, next.to);
    taken.push(next);
    side.shift();
    return true;
  };
  const mineFirst =
    left[0] &&
    (!right[0] || left[0].from < right[0].from || (left[0].from === right[0].from && left[0].to <= right[0].to));
  take(...(mineFirst ? ([left, region.byMe] as const) : ([right, region.byThem] as const)));
  while (take(left, region.byMe) || take(right, region.byThem));
  return region;
}

/** Two insertions at one place overlap; changes of neighbouring lines don't. */
function overlaps(one: { from: number; to: number }, other: { from: number; to: number }) {
  const insertions = one.from === one.to && other.from === other.to;
  return insertions ? one.from === other.from : one.from < other.to && other.from < one.to;
}

function changed(base: string[], from: number, to: number, changes: Change[]) {
  let done = from;
  const lines = changes.flatMap((change) => {
    const before = base.slice(done, change.from);
    done = change.to;
    return [...before, ...change.lines];
  });
  return [...lines, ...base.slice(done, to)];
}

/** Steps of a comparison; a hundred million would take a second. */
const MOST_STEPS = 20_000_000;
/** Lines put in or taken out, past which two texts are not compared line by line. */
const MOST_EDITS = 1_000;

/** What makes `side` of `base`; one change over everything that differs where that is too much to compare. */
export function changesBetween(base: string[], side: string[]): Change[] {
  const most = Math.min(base.length, side.length);
  let head = 0;
  while (head < most && base[head] === side[head]) head += 1;
  let tail = 0;
  while (tail < most - head && base.at(-1 - tail) === side.at(-1 - tail)) tail += 1;
  const [old, now] = [base.slice(head, base.length - tail), side.slice(head, side.length - tail)];
  if (old.length === 0 && now.length === 0) return [];
  const maxEditLength = Math.min(MOST_EDITS, Math.ceil(MOST_STEPS / (old.length + now.length)));
  const parts = diffArrays(old, now, { maxEditLength });
  if (!parts) return [{ from: head, to: head + old.length, lines: now }];
  const changes: Change[] = [];
  let place = head;
  let open = false;
  for (const { added, removed, value } of parts) {
    const before = open ? changes.at(-1) : undefined;
    const change = before ?? { from: place, to: place, lines: [] };
    open = added || removed;
    if (open && !before) changes.push(change);
    if (added) change.lines.push(...value);
    else place += value.length;
    if (removed) change.to = place;
  }
  return changes;
}

function settleOn(stretches: Stretch[], lines: string[]) {
  if (lines.length === 0) return;
  const last = stretches.at(-1);
  if (last?.kind === "settled") last.lines = last.lines.concat(lines);
  else stretches.push({ kind: "settled", lines });
}

function same(one: string[], other: string[]) {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

function mergeTitle(base: NoteText | null, mine: NoteText, theirs: NoteText) {
  const changedByMe = mine.title !== (base?.title ?? theirs.title);
  const changedByThem = theirs.title !== (base?.title ?? mine.title);
  const differs = changedByMe && changedByThem && mine.title !== theirs.title;
  return { mine: mine.title, theirs: theirs.title, merged: changedByMe ? mine.title : theirs.title, differs };
}

/** The lines of a text, without their line breaks. */
export function linesOf(text: string) {
  return withLf(text).split("\n");
}
