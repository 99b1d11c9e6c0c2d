/** Letters of scripts that put no spaces between words: the full-text index would take a sentence for one word. */
const UNSPACED =
  /(?:(?=[\p{L}\p{M}\p{N}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}])+/gu;

/**
 * The characters of `text` that are written without spaces between words, each apart; "" where
 * there are none. Between two runs stands a word, and a second one where the text has words there:
 * a phrase reaches over signs, "東京、大阪", but not over words.
 */
export function spaceOut(text: string): string {
  const composed = text.normalize("NFC");
  let spaced = "";
  let end = 0;
  for (const { 0: run, index } of composed.matchAll(UNSPACED)) {
    if (spaced !== "") spaced += /[\p{L}\p{N}]/u.test(composed.slice(end, index)) ? " x x " : " x ";
    spaced += [...run].join(" ");
    end = index + run.length;
  }
  return spaced;
}
