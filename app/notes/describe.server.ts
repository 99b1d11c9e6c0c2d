import { spaceOut } from "~/db/spaced.server";
import { plainBlocks, splitFrontMatter } from "./markdown/parse.server";
import { withoutBrackets } from "./markdown/wikilink";

/** How much of a text, after its front matter, is read for its heading and excerpt, in UTF-16 units. */
const READ = 800;

/** What the lists show of a note and what the search index needs, worked out once at each save. */
export function describe(title: string, content: string) {
  const { body } = splitFrontMatter(content);
  const blocks = plainBlocks(safeSlice(body, READ)).map(withoutBrackets);
  const named = title.trim() !== "";
  const [firstLine, rest] = named ? ["", blocks] : cutFirstLine(blocks);
  return {
    heading: named ? title.trim() : shorten(firstLine, 100),
    excerpt: shorten(rest.map(oneLine).filter(Boolean).join(" · "), 200),
    words: countWords(content),
    spaced: spaceOut(`${title} x ${content}`),
  };
}

function cutFirstLine([first = "", ...rest]: string[]): [line: string, rest: string[]] {
  const [line = "", ...more] = first.split(/[\r\n]+/);
  return [oneLine(line), [more.join(" "), ...rest]];
}

function oneLine(text: string) {
  return text.replace(/\s+/g, " ").trim();
}

/** Words; where a script puts no spaces between them, characters. */
export function countWords(text: string): number {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu,
    )?.length ?? 0
  );
}

/** Divides a text into characters as people see them. */
export const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

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
