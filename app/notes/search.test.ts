import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { array, assert, boolean, constantFrom, oneof, property, record, string, tuple } from "fast-check";
import { expect, test } from "vitest";
import { matching } from "~/db/sqlite-search.server";
import { parseSearch, printSearch, spanOf, type Term } from "./search.server";

function termsOf(q: string) {
  const { search, problems } = parseSearch(q);
  expect(problems).toEqual([]);
  return search?.all.map((group) => group.map(shown).join(" | ")) ?? [];
}

function shown({ without, ...term }: Term) {
  const { kind, ...rest } = term;
  return `${without ? "not " : ""}${kind} ${Object.values(rest).join(" ")}`;
}

test.each([
  ["milk eggs ", ["words false milk false", "words false eggs false"]],
  ["milk eg", ["words false milk false", "words false eg true"]],
  ['"milk and eggs" -butter', ["words false milk and eggs false", "not words false butter false"]],
  ["milk OR eggs butter", ["words false milk false | words false eggs true", "words false butter true"].map(fixed)],
  ["a OR OR b ", ["words false a false | words false OR false", "words false b false"]],
  ["OR milk ", ["words false OR false", "words false milk false"]],
  ["milk OR", ["words false milk false", "words false OR true"]],
  ["Title:milk ", ["words true milk false"]],
  ["tag:#work/plan -tag:old", ["tag work/plan", "not tag old"]],
  ['notebook:"Work / Old"', ["notebook Work / Old"]],
  ['links:Milk -links:"Milk and eggs"', ["links Milk", "not links Milk and eggs"]],
  [
    "is:pinned IS:Todo is:done has:task HAS:Image has:file has:link",
    ["is pinned", "is todo", "is done", "has task", "has image", "has file", "has link"],
  ],
  ["created:>2026-01 updated:<7d", ["time created > 2026-01", "time updated < 7d"]],
  ["http://example.org/x?y ", ["words false http://example.org/x?y false"]],
  ["??? 🙂", []],
  [`${"a ".repeat(99)}`, Array(32).fill("words false a false")],
])("%j is read as %j", (q, terms) => {
  expect(termsOf(q)).toEqual(terms);
});

/** In the middle of a search no word is a beginning. */
function fixed(term: string) {
  return term.replace("eggs true", "eggs false");
}

test.each([
  ["is:happy", "A note can’t be “is:happy”."],
  ["has:video", "Verso can’t tell “has:video” yet."],
  ["created:soon", "“created:soon” has no date that can be read."],
  ["updated:2026-02-30", "“updated:2026-02-30” has no date that can be read."],
  ["created:2026-13", "has no date that can be read."],
  ["tag:# x", "Name the tag right behind “tag:”"],
  ['notebook:""', "Name the notebook right behind “notebook:”"],
  ['links:""', "Name the note right behind “links:”"],
  ["-is:archived", "stands by itself"],
  ["is:archived OR milk", "stands by itself"],
  ["milk OR is:trashed", "stands by itself"],
  ["is:archived is:trashed", "Look in one place"],
])("what is wrong with %s is said", (q, sentence) => {
  expect(parseSearch(q).problems.join(" ")).toContain(sentence);
});

test("what looks like an operator and is none is text, and is named", () => {
  expect(parseSearch('colour:red http://x.org 12:30 "a:b" tag: ')).toMatchObject({
    problems: [],
    unknown: ["colour:", "tag:"],
  });
});

const NOW = Date.UTC(2026, 10, 21, 14, 30);
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

test.each([
  ["2026", day("2026-01-01"), day("2027-01-01")],
  ["2026-01", day("2026-01-01"), day("2026-02-01")],
  ["2026-12-31", day("2026-12-31"), day("2027-01-01")],
  [">2026-01", day("2026-02-01"), Infinity],
  [">=2026-01", day("2026-01-01"), Infinity],
  ["<2026-01", -Infinity, day("2026-01-01")],
  ["<=2026-01", -Infinity, day("2026-02-01")],
  ["today", day("2026-11-21"), day("2026-11-22")],
  ["<today", -Infinity, day("2026-11-21")],
  ["yesterday", day("2026-11-20"), day("2026-11-21")],
  ["<7d", NOW - 7 * 86_400_000, Infinity],
  ["2w", NOW - 14 * 86_400_000, Infinity],
  [">1y", -Infinity, NOW - 365 * 86_400_000],
])("created:%s is from %d to %d", (text, from, to) => {
  const [[term] = []] = parseSearch(`created:${text}`).search?.all ?? [];
  expect(term?.kind === "time" && spanOf(term, NOW)).toEqual({ from, to });
});

/** Pieces of the language and whatever else, in any order. */
const anySearch = array(
  oneof(
    string({ unit: "binary" }),
    string({ unit: "grapheme" }),
    constantFrom(
      ..."tag: notebook: links: is: has: created: updated: title: OR AND NOT NEAR( - \" ' * ^ : < > # \0".split(" "),
    ),
    constantFrom(" ", "is:archived", "is:todo", "is:trashed", "2026-01", "<7d", "word", "東京", "title content"),
  ),
  { maxLength: 40 },
).map((pieces) => pieces.join(""));

test("any string is read without an error, and what is printed reads as the same search", () => {
  assert(
    property(anySearch, (q) => {
      const { search, problems } = parseSearch(q);
      if (!search || problems.length > 0) return;
      expect(parseSearch(printSearch(search))).toMatchObject({ search, problems: [] });
    }),
    { numRuns: 2_000 },
  );
});

test("S68 no string reaches the full-text index but as quoted text", () => {
  // What is left of an expression once its quoted texts are out of it.
  const SYNTAX = /^(?:[() ]|\{title content\} : ""|\{title\} : ""|spaced : ""| \*| OR | AND )*$/;
  assert(
    property(anySearch, (q) => {
      const groups = (parseSearch(q).search?.all ?? [])
        .map((group) => group.filter((term) => term.kind === "words"))
        .filter((group) => group.length > 0);
      const [expression] = new SQLiteSyncDialect().sqlToQuery(matching(groups)).params;
      expect(String(expression).replace(/"(?:[^"]|"")*"/g, '""')).toMatch(SYNTAX);
    }),
    { numRuns: 2_000 },
  );
});

test("a search that was put together prints as one that reads the same", () => {
  const term = oneof(
    record({ name: string({ minLength: 1 }).filter((name) => /^[^"#\0\s][^"\0]*$/.test(name)) }).map(({ name }) => ({
      kind: "tag" as const,
      name: name.normalize("NFC"),
    })),
    constantFrom("pinned", "todo", "done").map((state) => ({ kind: "is" as const, state })),
    tuple(constantFrom("", ">", ">=", "<", "<="), constantFrom("2026", "2025-02", "2024-02-29", "7d", "today")).map(
      ([sign, when]) => ({ kind: "time" as const, column: "created" as const, sign, when }),
    ),
    tuple(boolean(), string({ unit: "grapheme" })).map(([title, text]) => ({
      kind: "words" as const,
      title,
      text: `x${text}`.replace(/["\0]/g, "").normalize("NFC"),
      prefix: false,
    })),
  );
  const where = constantFrom("listed", "archived", "trashed");
  const terms = tuple(term, boolean()).map(([asked, without]) => ({ ...asked, without }) as Term);
  assert(
    property(where, array(array(terms, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }), (at, all) => {
      const search = { where: at, all };
      expect(parseSearch(printSearch(search)).search).toEqual(search);
    }),
  );
});
