import { type Change, changesBetween, type Span, threeWay } from "./three-way.server";
import type { Part } from "./word-difference.server";

/** Lines that are written differently on both sides. */
export interface Differing {
  kind: "conflict";
  mine: string[];
  theirs: string[];
  /** The same in parts, where it is known by word: what is marked is what really differs. */
  words?: { mine: Part[]; theirs: Part[] };
}

/** Words and signs of a conflict that is merged by word; a longer one is shown by line. */
const MOST = 1_000;

/** What each side keeps of the words before has to be one in so many: otherwise it is another sentence. */
const KEEPS_ONE_IN = 3;

/**
 * Merges lines that both sides changed by their words: what only one side changed is taken, and
 * what both changed differs. Where a side took all the lines away, or wrote others in their place,
 * the lines differ as wholes: words of two sentences make no third.
 *
 * @param room how many words may still be merged; is counted down.
 */
export function mergeWords(
  { base, mine, theirs }: { base: string[]; mine: string[]; theirs: string[] },
  room: { words: number },
): Differing | { kind: "settled"; lines: string[] } {
  const whole: Differing = { kind: "conflict", mine, theirs };
  const [before, my, their] = [base, mine, theirs].map((lines) => wordsOf(lines, MOST + 1)) as Words;
  const most = Math.max(before.length, my.length, their.length);
  if (Math.min(before.length, my.length, their.length) === 0 || most > MOST || most > room.words) return whole;
  room.words -= most;
  if (!isSameSentence(before, my) || !isSameSentence(before, their)) return whole;
  const sides = { mine: [] as Part[], theirs: [] as Part[] };
  let differs = false;
  for (const piece of threeWay(before, my, their, { changesOf: changesOfWords, near: touches })) {
    if (piece.kind === "settled") put(sides, piece.items.join(""));
    else {
      const { head, tail, ...own } = withoutCommon(piece);
      put(sides, head.join(""));
      if (own.mine.length + own.theirs.length > 0) {
        differs = true;
        add(sides.mine, own.mine.join(""), true);
        add(sides.theirs, own.theirs.join(""), true);
      }
      put(sides, tail.join(""));
    }
  }
  if (!differs) return { kind: "settled", lines: linesOfParts(sides.mine) };
  return { kind: "conflict", mine: linesOfParts(sides.mine), theirs: linesOfParts(sides.theirs), words: sides };
}

type Words = [string[], string[], string[]];

/** A word, a character of a script without spaces, white space within a line, a line break, or a sign. */
const WORD = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]|[\p{L}\p{N}\p{M}_]+|[^\S\n]+|./gsu;

/** The words and signs of lines; each line with its end, so that an empty line is not the same as none. */
export function wordsOf(lines: string[], most = Number.POSITIVE_INFINITY): string[] {
  const words: string[] = [];
  for (const line of lines) {
    for (const [word] of `${line}\n`.matchAll(WORD)) if (words.push(word) >= most) return words;
  }
  return words;
}

function isWord(text: string) {
  return /[\p{L}\p{N}]/u.test(text);
}

/** White space and the signs of a sentence; not those of Markdown, such as the box of a task. */
const BETWEEN_WORDS = /^[\s.,;:!?'’“”-]*$/;

/** What one side changed; changes with next to nothing between them are one: a space in common means nothing. */
export function changesOfWords(base: string[], side: string[]): Change[] {
  const changes: Change[] = [];
  for (const { from, to, items } of changesBetween(base, side)) {
    const last = changes.at(-1);
    const between = last ? base.slice(last.to, from) : [];
    if (last && BETWEEN_WORDS.test(between.join(""))) {
      last.items = [...last.items, ...between, ...items];
      last.to = to;
    } else changes.push({ from, to, items });
  }
  return changes;
}

/** Changes with nothing between them: from two sides, two words would become one. */
function touches(one: Span, other: Span) {
  return one.from <= other.to && other.from <= one.to;
}

function isSameSentence(base: string[], side: string[]) {
  const letters = (words: string[]) => words.reduce((sum, word) => sum + (isWord(word) ? word.length : 0), 0);
  const gone = changesOfWords(base, side).reduce((sum, { from, to }) => sum + letters(base.slice(from, to)), 0);
  const all = letters(base);
  return (all - gone) * KEEPS_ONE_IN >= all && all > 0;
}

/** What both sides begin and end with is no difference. */
function withoutCommon({ mine, theirs }: { mine: string[]; theirs: string[] }) {
  const most = Math.min(mine.length, theirs.length);
  let head = 0;
  while (head < most && mine[head] === theirs[head]) head += 1;
  let tail = 0;
  while (tail < most - head && mine.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
  const own = (words: string[]) => words.slice(head, words.length - tail);
  return { head: mine.slice(0, head), mine: own(mine), theirs: own(theirs), tail: mine.slice(mine.length - tail) };
}

function put({ mine, theirs }: { mine: Part[]; theirs: Part[] }, text: string) {
  add(mine, text, false);
  add(theirs, text, false);
}

function add(parts: Part[], text: string, marked: boolean) {
  const last = parts.at(-1);
  if (text === "") return;
  if (last?.marked === marked) last.text += text;
  else parts.push({ text, marked });
}

function linesOfParts(parts: Part[]) {
  const text = parts.map((part) => part.text).join("");
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}
