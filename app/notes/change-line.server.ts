import { countWords, shorten } from "./describe.server";
import { withLf } from "./line-endings";
import { changesOfWords, wordsOf } from "./merge-words.server";
import type { NoteText } from "./note.server";

/** What differs is told by word up to this many letters, on either side; of more only the words are counted. */
const MOST = 10_000;
/** Letters of a piece that is quoted. */
const QUOTED = 30;

/**
 * What a save changed, in a line for the list of versions: how many words came and went, and the
 * first that did. Time is bounded: of a long change only the words are counted.
 */
export function changeLine(before: NoteText, after: NoteText): string {
  const title = before.title === after.title ? [] : [`title “${quote(before.title)}” → “${quote(after.title)}”`];
  const [old, now] = withoutCommon(withLf(before.content), withLf(after.content));
  if (old === now) return title.join("");
  return [...title, Math.max(old.length, now.length) > MOST ? counted(old, now) : told(old, now)].join(" · ");
}

function counted(old: string, now: string) {
  return numbers(countWords(now), countWords(old));
}

function told(old: string, now: string) {
  const before = wordsOf([old]);
  const changes = changesOfWords(before, wordsOf([now])).map(({ from, to, items }) => ({
    went: before.slice(from, to).join(""),
    came: items.join(""),
  }));
  const sum = (side: "went" | "came") => changes.reduce((words, change) => words + countWords(change[side]), 0);
  const first = changes.find(({ went, came }) => countWords(went) + countWords(came) > 0);
  if (!first) return "only spaces or signs";
  const [went, came] = [quote(first.went), quote(first.came)];
  const pieces = [went && `“${went}”`, came && `“${came}”`].filter(Boolean);
  const what = pieces.length === 2 ? pieces.join(" → ") : `${pieces[0]} ${came ? "came" : "went"}`;
  return `${numbers(sum("came"), sum("went"))} · ${what}`;
}

function numbers(came: number, went: number) {
  const parts = [came > 0 && `+${came}`, went > 0 && `−${went}`].filter(Boolean);
  return `${parts.join(" ") || "0"} ${came + went === 1 ? "word" : "words"}`;
}

function quote(text: string) {
  return shorten(text.replace(/\s+/g, " ").trim(), QUOTED);
}

/** What stands between what both begin and end with, with whole words. */
function withoutCommon(old: string, now: string): [string, string] {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  if (head === old.length && head === now.length) return ["", ""];
  // Back to where a word begins, and on to where it ends; a text without spaces gives up looking.
  for (let steps = 0; steps < QUOTED && head > 0 && !/\s/.test(old[head - 1] ?? ""); steps += 1) head -= 1;
  for (let steps = 0; steps < QUOTED && tail > 0 && !/\s/.test(old.at(-tail) ?? ""); steps += 1) tail -= 1;
  const between = (text: string) => text.slice(head, text.length - tail).toWellFormed();
  return [between(old), between(now)];
}
