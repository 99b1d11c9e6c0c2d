import { foldName } from "./markdown/tag";

/** Whether two texts name the same tags, however they are divided and in whatever order. */
export function sameTags(one: string, other: string): boolean {
  return namesIn(one) === namesIn(other);
}

function namesIn(text: string) {
  const names = text.split(/[,\s]+/).map((name) => foldName(name.replace(/^#/, "")));
  // A tag stands for those above it too: a note shows the lowest alone.
  const lowest = names.filter((name) => name !== "" && !names.some((other) => other.startsWith(`${name}/`)));
  return [...new Set(lowest)].sort().join(" ");
}
