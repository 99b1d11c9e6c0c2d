import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { computed } from "../../tests/support/time";
import { excerptFinder, type Piece, READ } from "./excerpt.server";
import { parseSearch } from "./search.server";

/** The excerpt with [marks], as a search for `q` shows it. */
function excerpt(q: string, text: string) {
  const pieces = find(q, text);
  return pieces?.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("") ?? null;
}

function find(q: string, text: string): Piece[] | null {
  return finderOf(q)?.(text) ?? null;
}

function finderOf(q: string) {
  const { search } = parseSearch(q);
  return search && excerptFinder(search);
}

test.each([
  ["cafe", "Un café noir", "Un [café] noir"],
  ["CAFÉ", "Un cafe\u0301 noir", "Un [café] noir"],
  ["e", "é è e", "[é] [è] [e]"],
  ["qui", "quick and quiet", "[quick] and [quiet]"],
  ["qui ", "quick and quiet", null],
  ["quick brown", "brown, quick", "[brown], [quick]"],
  ['"quick brown"', "brown quick: “quick – brown”", "brown quick: “[quick – brown]”"],
  ["fe", "café", null],
  ["οδος", "ΟΔΟΣ, οδός", "[ΟΔΟΣ], [οδός]"],
  ["istanbul", "İstanbul", "[İstanbul]"],
  ["λογο.", "λόγοι και λόγο", "λόγοι και [λόγο]"],
  ["東京", "これは東京タワー", "これは[東京]タワー"],
  ["서", "성북동 서울", "성북동 [서]울"],
  ["ສະບາຍ", "ສະບາຍດີ", "[ສະບາຍ]ດີ"],
  ["100%_x", "is 100%_x of", "is [100%_x] of"],
  ["a.c", "abc a.c", "abc [a.c]"],
  ["-fox", "fox", null],
  ["absent", "nothing of the kind", null],
])("a search for %j marks in %j", (q, text, marked) => {
  expect(excerpt(q, text)).toBe(marked);
});

test("an excerpt is cut between words before the match and between characters after it", () => {
  expect(excerpt("needle", `${"word ".repeat(50)}needle ${"👩‍👩‍👧‍👦".repeat(50)}`)).toMatch(
    /^…(word )+\[needle\] (👩‍👩‍👧‍👦)+…$/u,
  );
  expect(excerpt("needle", `${"서".repeat(300)} needle ${"서".repeat(300)}`)).toMatch(/^…서+ \[needle\] 서+…$/);
});

test("an excerpt holds nothing that is not in the text", () => {
  assert(
    property(string({ unit: "grapheme" }), string({ unit: "grapheme" }), (before, after) => {
      const text = `${before} needle ${after}`.normalize("NFC");
      const shown = (find("needle", text) ?? []).map((piece) => piece.text).join("");
      expect(shown).toContain("needle");
      expect(`…${text.replace(/\s+/g, " ")}…`).toContain(shown);
    }),
  );
});

test.each([
  ["accents", "Été à la plage, où Noël déçoit. "],
  ["plain words", "All is well that ends well. "],
  ["Vietnamese", "Tiếng Việt được viết bằng chữ Quốc ngữ. "],
  ["Korean", "서울에서 만나요. "],
  ["one letter with its marks", "\u0301"],
  ["nothing but signs", "zebra - "],
])("S67 fifty texts of %s are looked through in a fifth of a second", (_what, piece) => {
  const text = `o${piece.repeat(READ)}`.slice(0, READ);
  const finder = finderOf('"zebra crossing" needles o o o o wel');
  const before = computed();
  for (let note = 0; note < 50; note += 1) finder?.(text);
  expect(computed() - before).toBeLessThan(200);
});
