import { diff3Merge } from "node-diff3";
import { withLf } from "./line-endings";
import type { NoteDraft } from "./note.server";

/** Some lines of a merged text: either settled, or written differently on both sides. */
export type Stretch = { kind: "settled"; lines: string[] } | { kind: "conflict"; mine: string[]; theirs: string[] };

export interface Merge {
  title: { mine: string; theirs: string; merged: string; differs: boolean };
  stretches: Stretch[];
}

/**
 * Merges two edits of one text by line. What only one side changed is taken; where both changed
 * the same lines, both are shown.
 *
 * @param base the text that both began with; null where it isn't known, so that all lines that differ count.
 */
export function merge(base: NoteDraft | null, mine: NoteDraft, theirs: NoteDraft): Merge {
  const regions = diff3Merge(linesOf(mine.content), linesOf(base?.content ?? ""), linesOf(theirs.content), {
    excludeFalseConflicts: true,
  });
  return {
    title: mergeTitle(base, mine, theirs),
    stretches: regions.map(({ ok, conflict }) =>
      ok ? { kind: "settled", lines: ok } : { kind: "conflict", mine: conflict?.a ?? [], theirs: conflict?.b ?? [] },
    ),
  };
}

/** How a person settles a conflict. */
export type Choice = "mine" | "theirs" | "both";

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

function mergeTitle(base: NoteDraft | null, mine: NoteDraft, theirs: NoteDraft) {
  const changedByMe = mine.title !== (base?.title ?? theirs.title);
  const changedByThem = theirs.title !== (base?.title ?? mine.title);
  const differs = changedByMe && changedByThem && mine.title !== theirs.title;
  return { mine: mine.title, theirs: theirs.title, merged: changedByMe ? mine.title : theirs.title, differs };
}

function linesOf(text: string) {
  return withLf(text).split("\n");
}
