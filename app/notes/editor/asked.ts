/** What is being typed that something can be suggested for. */
export interface Asked {
  kind: "note" | "tag";
  /** Where it begins, its sign included. */
  from: number;
  q: string;
}

/** The longest beginning that is looked at, in UTF-16 units. */
const MOST = 100;

const NOTE = /\[\[([^[\]\n|#^]*)$/;
/** As tags are written: see `tag.ts`. */
const TAG = /(?<![\p{L}\p{M}\p{N}&/\\#=_[-])#([\p{L}\p{M}\p{N}\p{Extended_Pictographic}_/-]+)$/u;

/** What stands before the caret: the beginning of a link to a note, or of a tag. */
export function askedAt(text: string, caret: number): Asked | null {
  const before = text.slice(Math.max(0, caret - MOST), caret);
  const note = NOTE.exec(before);
  if (note) return { kind: "note", from: caret - note[0].length, q: note[1] ?? "" };
  const tag = TAG.exec(before);
  if (tag) return { kind: "tag", from: caret - tag[0].length, q: tag[1] ?? "" };
  return null;
}
