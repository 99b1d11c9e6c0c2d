/** Saves of one burst lie within ten minutes, in milliseconds. */
const BURST = 10 * 60_000;

/** One item, or those between the last and the first of a burst, to be folded away. */
export type Folded<Item> = { kind: "one"; item: Item } | { kind: "between"; items: Item[] };

/**
 * Folds bursts of saves in a list, the latest first: the last and the first of each stay in sight,
 * nothing is left out. What a conflict refused is never folded.
 */
export function foldBursts<Item extends { saved: number; fate: string }>(items: Item[]): Folded<Item>[] {
  const folded: Folded<Item>[] = [];
  for (let place = 0; place < items.length; ) {
    const burst = burstAt(items, place);
    place += burst.length;
    const [last, ...rest] = burst;
    const first = rest.pop();
    if (last) folded.push({ kind: "one", item: last });
    // One alone takes no more room than saying that it is folded.
    if (rest.length === 1) folded.push({ kind: "one", item: rest[0] as Item });
    else if (rest.length > 1) folded.push({ kind: "between", items: rest });
    if (first) folded.push({ kind: "one", item: first });
  }
  return folded;
}

function burstAt<Item extends { saved: number; fate: string }>(items: Item[], place: number) {
  const end = items[place]?.saved ?? 0;
  const after = items.slice(place).findIndex(({ fate, saved }) => fate === "refused" || end - saved > BURST);
  return items.slice(place, after < 0 ? items.length : place + Math.max(1, after));
}
