import { foldName, lowest, namesTyped } from "./markdown/tag";

/** Whether two texts name the same tags, however they are divided and in whatever order. */
export function sameTags(one: string, other: string): boolean {
  return namesIn(one) === namesIn(other);
}

/** A tag stands for those above it too: a note shows the lowest alone. */
function namesIn(text: string) {
  return [...new Set(lowest(namesTyped(text)).map(foldName))].sort().join(" ");
}
