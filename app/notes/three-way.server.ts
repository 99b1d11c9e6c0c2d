import { diffArrays } from "diff";

/** Some of a merged sequence: settled, or different on both sides. */
export type Piece =
  | { kind: "settled"; items: string[] }
  | { kind: "differing"; base: string[]; mine: string[]; theirs: string[] };

/**
 * Merges two edits of one sequence, of lines or of words.
 *
 * @param changesOf tells what makes a side of the base, `near` which changes of two sides can't both be made.
 * @see https://www.cis.upenn.edu/~bcpierce/papers/diff3-short.pdf
 */
export function threeWay(
  base: string[],
  mine: string[],
  theirs: string[],
  { changesOf, near }: { changesOf: typeof changesBetween; near: Near } = { changesOf: changesBetween, near: overlaps },
): Piece[] {
  const left = changesOf(base, mine);
  const right = changesOf(base, theirs);
  const pieces: Piece[] = [];
  let done = 0;
  const settle = (items: string[]) => items.length > 0 && pieces.push({ kind: "settled", items });
  while (left.length > 0 || right.length > 0) {
    const { from, to, byMe, byThem } = takeRegion(left, right, near);
    settle(base.slice(done, from));
    const [my, their] = [byMe, byThem].map((changes) => changed(base, from, to, changes)) as [string[], string[]];
    if (byThem.length === 0 || same(my, their)) settle(my);
    else if (byMe.length === 0) settle(their);
    else pieces.push({ kind: "differing", base: base.slice(from, to), mine: my, theirs: their });
    done = to;
  }
  settle(base.slice(done));
  return pieces;
}

/** Items `from` up to `to` of the base, not included, and what one side has in their place. */
export interface Change {
  from: number;
  to: number;
  items: string[];
}

/** Where something is changed. */
export type Span = Pick<Change, "from" | "to">;
type Near = (one: Span, other: Span) => boolean;

/** Takes the first change of either side, and all that are near it, off the lists. */
function takeRegion(left: Change[], right: Change[], near: Near) {
  const region = { from: 0, to: 0, byMe: [] as Change[], byThem: [] as Change[] };
  const take = (side: Change[], taken: Change[]) => {
    const [next] = side;
    if (!next) return false;
    const first = region.byMe.length + region.byThem.length === 0;
    if (!first && !near(next, region)) return false;
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

/** Two insertions at one place overlap; changes of neighbouring items don't. */
function overlaps(one: Span, other: Span) {
  const insertions = one.from === one.to && other.from === other.to;
  return insertions ? one.from === other.from : one.from < other.to && other.from < one.to;
}

function changed(base: string[], from: number, to: number, changes: Change[]) {
  let done = from;
  const items = changes.flatMap((change) => {
    const before = base.slice(done, change.from);
    done = change.to;
    return [...before, ...change.items];
  });
  return [...items, ...base.slice(done, to)];
}

/** Steps of a comparison; a hundred million would take a second. */
const MOST_STEPS = 20_000_000;
/** Items put in or taken out, past which two texts are not compared one by one. */
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
  if (!parts) return [{ from: head, to: head + old.length, items: now }];
  const changes: Change[] = [];
  let place = head;
  let open = false;
  for (const { added, removed, value } of parts) {
    const before = open ? changes.at(-1) : undefined;
    const change = before ?? { from: place, to: place, items: [] };
    open = added || removed;
    if (open && !before) changes.push(change);
    if (added) change.items.push(...value);
    else place += value.length;
    if (removed) change.to = place;
  }
  return changes;
}

function same(one: string[], other: string[]) {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
