import type { SearchTerm, SearchTerms } from "~/db/engine.server";

/** Words in one search; more are left out. */
const MOST_TERMS = 32;

/**
 * Reads what a person typed: words, `"phrases"`, `-without`. The last word matches as a beginning,
 * since it may still be being typed.
 *
 * @returns null where there is nothing to look for, such as for "" or "???".
 */
export function parseSearch(q: string): SearchTerms | null {
  const terms = [...q.normalize("NFC").matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)]
    .map(([, minus, phrase, word]) => ({
      text: (phrase ?? word ?? "").replaceAll("\0", ""),
      phrase: phrase !== undefined,
      without: minus === "-",
    }))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .slice(0, MOST_TERMS);
  const lastWord = /[\p{L}\p{N}]$/u.test(q) ? terms.at(-1) : undefined;
  const search: SearchTerms = { wanted: [], unwanted: [] };
  for (const term of terms) {
    const prefix = term === lastWord && !term.phrase && !term.without;
    search[term.without ? "unwanted" : "wanted"].push({ text: term.text, prefix });
  }
  return terms.length > 0 ? search : null;
}

/** A piece of text; `marked` where it is what was searched for. */
export interface Piece {
  text: string;
  marked: boolean;
}

const BEFORE = 60;
const LENGTH = 220;

/** The text around the first place that matches, the matches marked; null where none is found. */
export function excerptAround(text: string, { wanted }: SearchTerms): Piece[] | null {
  const pattern = patternOf(wanted);
  if (!pattern) return null;
  const folded = fold(text);
  const first = pattern.exec(folded.text)?.index;
  if (first === undefined) return null;
  const from = wordStart(text, Math.max(0, folded.at(first) - BEFORE));
  const to = Math.min(text.length, from + LENGTH);
  const pieces: Piece[] = [{ text: from > 0 ? "…" : "", marked: false }];
  let done = from;
  pattern.lastIndex = first;
  for (let match = pattern.exec(folded.text); match; match = pattern.exec(folded.text)) {
    const [start, end] = [folded.at(match.index), folded.at(match.index + match[0].length)];
    if (start >= to) break;
    pieces.push(
      { text: text.slice(done, start), marked: false },
      { text: text.slice(start, Math.min(end, to)), marked: true },
    );
    done = Math.min(end, to);
  }
  pieces.push({
    text:
      text
        .slice(done, to)
        .toWellFormed()
        .replace(/\ufffd$/, "") + (to < text.length ? "…" : ""),
    marked: false,
  });
  return pieces
    .filter((piece) => piece.text !== "")
    .map((piece) => ({ ...piece, text: piece.text.replace(/\s+/g, " ") }));
}

const UNSPACED = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}]/u;

/** Finds what the index finds: whole words, or beginnings, accents and case left aside. */
function patternOf(wanted: SearchTerm[]) {
  const parts = wanted.map(({ text, prefix }) => {
    const words = fold(text).text.match(/[\p{L}\p{N}]+/gu) ?? [];
    const unspaced = UNSPACED.test(text);
    const inner = words.join("[^\\p{L}\\p{N}]+");
    return unspaced ? inner : `(?<![\\p{L}\\p{N}])${inner}${prefix ? "[\\p{L}\\p{N}]*" : "(?![\\p{L}\\p{N}])"}`;
  });
  return parts.length > 0 ? new RegExp(parts.join("|"), "gu") : null;
}

/** Text without accents and in lower case, and where each of its characters stood before. */
function fold(text: string) {
  if (!/\P{ASCII}/u.test(text)) return { text: text.toLowerCase(), at: (index: number) => index };
  const places: number[] = [];
  let folded = "";
  let place = 0;
  for (const character of text) {
    const bare = character
      .normalize("NFD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase()
      .normalize("NFC");
    for (let unit = 0; unit < bare.length; unit += 1) places.push(place);
    folded += bare;
    place += character.length;
  }
  return { text: folded, at: (index: number) => places[index] ?? text.length };
}

function wordStart(text: string, from: number) {
  if (from === 0) return 0;
  const space = text.slice(from, from + 20).search(/\s/);
  const start = space < 0 ? from : from + space + 1;
  return /^[\udc00-\udfff]/.test(text.slice(start)) ? start + 1 : start;
}
