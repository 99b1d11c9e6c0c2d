/** Letters of scripts that put no spaces between words: the full-text index would take a sentence for one word. */
const UNSPACED =
  /(?:(?=[\p{L}\p{M}\p{N}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}])+/gu;

/**
 * The characters of `text` that are written without spaces between words, each apart; "" where
 * there are none. A word between two runs keeps a phrase from reaching from one into the other.
 */
export function spaceOut(text: string): string {
  return (text.normalize("NFC").match(UNSPACED) ?? []).map((run) => [...run].join(" ")).join(" x ");
}
