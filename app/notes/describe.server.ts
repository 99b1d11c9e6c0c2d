import { spaceOut } from "~/db/spaced.server";
import { plainBlocks } from "./markdown/parse.server";

/** How much of a text is read for its heading and excerpt, in UTF-16 units. */
const READ = 800;

/** What the lists show of a note and what the search index needs, worked out once at each save. */
export function describe(title: string, content: string) {
  const blocks = plainBlocks(safeSlice(content, READ));
  const [first = "", ...rest] = blocks;
  const named = title.trim() !== "";
  return {
    heading: named ? title.trim() : shorten(first, 100),
    excerpt: shorten((named ? blocks : rest).join(" · "), 200),
    words: countWords(content),
    spaced: [spaceOut(title), spaceOut(content)].filter(Boolean).join(" x "),
  };
}

/** Words; where a script puts no spaces between them, characters. */
export function countWords(text: string): number {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu,
    )?.length ?? 0
  );
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The beginning of a text, cut between characters as people see them, with … where something is left out. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = "";
  for (const { segment } of graphemes.segment(safeSlice(text, most + 50))) {
    if (kept.length + segment.length > most) break;
    kept += segment;
  }
  // Rather after a word, where one ends near enough.
  const space = kept.lastIndexOf(" ");
  return `${(space > most * 0.8 ? kept.slice(0, space) : kept).trimEnd()}…`;
}

/** Never ends between the two halves of a surrogate pair. */
function safeSlice(text: string, most: number) {
  return text
    .slice(0, most)
    .toWellFormed()
    .replace(/\ufffd$/, "");
}
