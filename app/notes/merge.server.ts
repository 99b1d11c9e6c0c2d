import { z } from "zod";
import { withLf } from "./line-endings";
import { type Differing, mergeWords } from "./merge-words.server";
import type { NoteText } from "./note.server";
import { threeWay } from "./three-way.server";

/** Some lines of a merged text: either settled, or written differently on both sides. */
export type Stretch = { kind: "settled"; lines: string[] } | Differing;

export interface Merge {
  title: { mine: string; theirs: string; merged: string; differs: boolean };
  stretches: Stretch[];
}

/**
 * Merges two edits of one text by line, and by word where both changed the same lines. What only one
 * side changed is taken; where both changed the same words, both are shown. Time is bounded: edits too
 * many to compare count as one.
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

/** How much is merged by word, counted in words and signs; what is more is shown by line. */
const MOST_WORDS = 20_000;

function mergeLines(base: string[], mine: string[], theirs: string[]): Stretch[] {
  const stretches: Stretch[] = [];
  const room = { words: MOST_WORDS };
  for (const piece of threeWay(base, mine, theirs)) {
    if (piece.kind === "settled") settleOn(stretches, piece.items);
    else {
      const merged = mergeWords(piece, room);
      if (merged.kind === "settled") settleOn(stretches, merged.lines);
      else stretches.push(merged);
    }
  }
  return stretches;
}

function settleOn(stretches: Stretch[], lines: string[]) {
  if (lines.length === 0) return;
  const last = stretches.at(-1);
  if (last?.kind === "settled") last.lines = last.lines.concat(lines);
  else stretches.push({ kind: "settled", lines });
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
