import { spaceOut } from "~/db/spaced.server";
import { graphemes } from "./describe.server";
import type { Search, WordsTerm } from "./search.server";

/** A piece of text; `marked` where it is what was searched for. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** How much of a text is searched for the place to show, in characters. */
export const READ = 20_000;

const BEFORE = 60;
const LENGTH = 220;

/**
 * Makes a function that cuts the text around the first place that matches, the matches marked; null
 * where none is found. One function serves a whole list: its pattern is compiled once.
 *
 * @returns null where no words are searched for, or only some to leave out.
 */
export function excerptFinder(search: Search): ((text: string) => Piece[] | null) | null {
  const wanted = wordsIn(search);
  if (wanted.length === 0) return null;
  const pattern = wordPattern(wanted);
  return (composed) => {
    // Decomposed, a letter and its accents are apart, and the pattern can leave the accents aside.
    const text = composed.normalize("NFD");
    const folded = fold(text);
    pattern.lastIndex = 0;
    const first = pattern.exec(folded)?.index;
    if (first === undefined) return null;
    const from = wordStart(text, Math.max(0, first - BEFORE));
    const to = characterStart(text, from + LENGTH);
    const pieces: Piece[] = [{ text: from > 0 ? "…" : "", marked: false }];
    let done = from;
    pattern.lastIndex = first;
    for (const match of folded.matchAll(pattern)) {
      if (match.index >= to) break;
      const end = Math.min(match.index + match[0].length, to);
      pieces.push({ text: text.slice(done, match.index), marked: false });
      pieces.push({ text: text.slice(match.index, end), marked: true });
      done = end;
    }
    pieces.push({ text: text.slice(done, to) + (to < text.length ? "…" : ""), marked: false });
    return pieces
      .filter((piece) => piece.text !== "")
      .map((piece) => ({ ...piece, text: piece.text.normalize("NFC").replace(/\s+/g, " ") }));
  };
}

/** The words that a search looks for in texts; of one that several terms have, all of them. */
export function wordsIn({ all }: Pick<Search, "all">): WordsTerm[] {
  return all
    .flat()
    .flatMap((term) =>
      term.kind === "words" && !term.title && !term.without
        ? [{ kind: term.kind, title: false, text: term.text, prefix: term.prefix }]
        : [],
    );
}

/** Between two words; no mark at its head, so that it can't be mixed up with the marks of a letter. */
const GAP = "[^\\p{L}\\p{N}\\p{M}][^\\p{L}\\p{N}]*";
const WORD_BEGINS = "(?<![\\p{L}\\p{N}\\p{M}])";
const WORD_ENDS = "(?![\\p{L}\\p{N}])";
const REST_OF_WORD = "[\\p{L}\\p{N}\\p{M}]*";
/** "서" is not in "성", although its decomposed letters are. */
const SYLLABLE_ENDS = "(?![\\u11a8-\\u11ff])";

/**
 * Finds what the index finds: whole words, or beginnings, accents and case left aside. Made for a
 * text that is decomposed and in lower case.
 */
export function wordPattern(wanted: WordsTerm[]) {
  const parts = wanted.map(({ text, prefix }) => {
    const words = fold(text.normalize("NFD").replace(/\p{M}+/gu, "")).match(/[\p{L}\p{N}]+/gu) ?? [];
    const inner = words.map((word) => word.replace(/./gu, "$&\\p{M}*")).join(GAP);
    if (spaceOut(text) !== "") return inner + SYLLABLE_ENDS;
    return WORD_BEGINS + inner + (prefix ? REST_OF_WORD : WORD_ENDS);
  });
  return new RegExp(parts.join("|"), "gu");
}

/** In lower case, every character where it was: İ, the only one that would grow, is two in NFD already. */
function fold(decomposed: string) {
  return decomposed.toLowerCase().replaceAll("ς", "σ");
}

function wordStart(text: string, from: number) {
  if (from === 0) return 0;
  const space = text.slice(from, from + 20).search(/\s/);
  return space < 0 ? characterStart(text, from) : from + space + 1;
}

/** Where the character begins that stands at `index`, as people see characters; the end of the text past it. */
function characterStart(text: string, index: number) {
  return graphemes.segment(text).containing(index)?.index ?? text.length;
}
