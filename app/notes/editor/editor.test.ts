import fc from "fast-check";
import { expect, test } from "vitest";
import { askedAt } from "./asked";
import { type Edit, edited, type Written } from "./edit";
import { FORMATS, type Format } from "./format";
import { continued, indented } from "./lists";
import { linked } from "./paste";

/** A text with its selection between two bars, or the caret at one. */
function written(drawn: string): Written {
  const from = drawn.indexOf("|");
  const plain = drawn.replace("|", "");
  const to = plain.indexOf("|");
  return { text: plain.replace("|", ""), from, to: to < 0 ? from : to };
}

function drawn({ text, from, to }: Written) {
  const end = from === to ? text.slice(from) : `${text.slice(from, to)}|${text.slice(to)}`;
  return `${text.slice(0, from)}|${end}`;
}

function after(before: string, change: (written: Written) => Edit | null) {
  const edit = change(written(before));
  return edit && drawn(edited(written(before), edit));
}

const FORMATTED: [Format, string, string][] = [
  ["bold", "a |b| c", "a **|b|** c"],
  ["bold", "a **|b|** c", "a |b| c"],
  ["bold", "a wo|rd c", "a **wo|rd** c"],
  ["bold", "a **wo|rd** c", "a wo|rd c"],
  ["bold", "a |", "a **|**"],
  ["bold", "a **|**", "a |"],
  ["bold", "a| b |c", "a **|b|** c"],
  ["bold", "*|b|*", "***|b|***"],
  ["italic", "|a b|", "*|a b|*"],
  ["italic", "**|b|**", "***|b|***"],
  ["italic", "***|b|***", "**|b|**"],
  ["italic", "*|b|*", "|b|"],
  ["link", "see |this|", "see [this](|https://|)"],
  ["link", "|https://a.example/(b)|", "[|](https://a.example/%28b%29)"],
  ["link", "|", "[|](https://)"],
  ["heading", "a|b", "# a|b"],
  ["heading", "# a|b", "## a|b"],
  ["heading", "### a|b", "a|b"],
  ["list", "a|b", "- a|b"],
  ["list", "- a|b", "a|b"],
  ["list", "|a\nb|", "|- a\n- b|"],
  ["list", "|- a\n\n- b|", "|a\n\nb|"],
  ["list", "|a\n|b", "|- a|\nb"],
  ["list", "1. a|", "- a|"],
  ["list", "- [ ] a|", "- a|"],
  ["tasks", "- a|", "- [ ] a|"],
  ["tasks", "  - [x] a|", "  a|"],
  ["quote", "|- a\nb|", "|> - a\n> b|"],
  ["quote", "> a|", "a|"],
  ["code", "a |b| c", "a `|b|` c"],
  ["code", "a `|b|` c", "a |b| c"],
  ["code", "|a `b`|", "`` |a `b`| ``"],
  ["code", "|a\n```\nb|", "````\n|a\n```\nb|\n````"],
];

test.each(FORMATTED)("%s makes of %j %j", (format, before, result) => {
  expect(after(before, FORMATS[format].edit)).toBe(result);
});

const ENTERED: [string, string | null][] = [
  ["- a|", "- a\n- |"],
  ["- a|b", "- a\n- |b"],
  ["* a|", "* a\n* |"],
  ["1. a|", "1. a\n2. |"],
  ["9) a|", "9) a\n10) |"],
  ["- [x] a|", "- [x] a\n- [ ] |"],
  ["  - a|", "  - a\n  - |"],
  ["> a|", "> a\n> |"],
  ["> - a|", "> - a\n> - |"],
  ["> - |", "> |"],
  ["> |", "|"],
  ["- a\n- |", "- a\n|"],
  ["- a\n- [ ] |", "- a\n|"],
  ["- |a", "- \n- |a"],
  ["|- a", null],
  ["a|", null],
  ["-a|", null],
  ["- |a|", null],
  ["```\n- a|", null],
  ["```\n- a\n```\n- b|", "```\n- a\n```\n- b\n- |"],
  ["- \n- |", "- \n|"],
];

test.each(ENTERED)("Enter makes of %j %j", (before, result) => {
  expect(after(before, continued)).toBe(result);
});

test.each([
  ["- a\n- b|", "- a\n  - b|"],
  ["1. a\n2. b|", "1. a\n   2. b|"],
  ["|a\nb|", "|  a\n  b|"],
  ["|a\n\nb|", "|  a\n\n  b|"],
  ["a|", null],
  ["a\n|b|", "a\n|  b|"],
  ["a\n|b| c", null],
])("Tab makes of %j %j", (before, result) => {
  expect(after(before, (text) => indented(text, false))).toBe(result);
});

test.each([
  ["- a\n  - b|", "- a\n- b|"],
  ["\t- b|", "- b|"],
  ["- b|", "- b|"],
  ["a|", null],
])("Tab with Shift makes of %j %j", (before, result) => {
  expect(after(before, (text) => indented(text, true))).toBe(result);
});

test.each([
  ["see |this|", "https://a.example/x", "see [this](https://a.example/x)|"],
  ["see |this|", " https://a.example/a_(b)\n", "see [this](https://a.example/a_%28b%29)|"],
  ["see |this|", "plain words", null],
  ["see |this|", "javascript:alert(1)", null],
  ["see |this|", "https://a.example/ and more", null],
  ["see |", "https://a.example/", null],
  ["see |[a]|", "https://a.example/", null],
  ["see |https://b.example/|", "https://a.example/", null],
  ["[a](|https://|)", "https://a.example/", null],
])("pasted over %j, %j makes %j", (before, pasted, result) => {
  expect(after(before, (text) => linked(text, pasted))).toBe(result);
});

test.each([
  ["see [[Pl|", { kind: "note", from: 4, q: "Pl" }],
  ["see [[|", { kind: "note", from: 4, q: "" }],
  ["see [[two words|", { kind: "note", from: 4, q: "two words" }],
  ["see [[a]] b|", null],
  ["see [[a\nb|", null],
  ["#wo|", { kind: "tag", from: 0, q: "wo" }],
  ["#|", null],
  ["# wo|", null],
  ["a#wo|", null],
  ["ä #日本|", { kind: "tag", from: 2, q: "日本" }],
])("behind %j there is asked for %j", (before, asked) => {
  const { text, to } = written(before);
  expect(askedAt(text, to)).toEqual(asked);
});

const selected = fc
  .record({
    lines: fc.array(fc.stringMatching(/^(- |\* |\d\. |> | {2}|- \[ \] |# |\t)?[a-zä日 *`[\]_]{0,12}$/), {
      maxLength: 6,
    }),
    at: fc.nat(),
    length: fc.nat(),
  })
  .map(({ lines, at, length }): Written => {
    const text = lines.join("\n");
    const from = at % (text.length + 1);
    return { text, from, to: from + (length % (text.length - from + 1)) };
  });

test("no button, key or paste takes a letter away, and each leaves a selection within the text", () => {
  const changes = [
    ...Object.values(FORMATS).map(({ edit }) => edit),
    continued,
    (text: Written) => indented(text, false),
    (text: Written) => indented(text, true),
    (text: Written) => linked(text, "https://example.org/"),
  ];
  const letters = (text: string) =>
    text
      .replace("https://example.org/", "")
      .replaceAll("https://", "")
      .replace(/[^a-zä日]/g, "");
  fc.assert(
    fc.property(selected, fc.constantFrom(...changes), (before, change) => {
      const edit = change(before);
      if (!edit) return;
      const now = edited(before, edit);
      expect(letters(now.text)).toBe(letters(before.text));
      expect(now.from).toBeGreaterThanOrEqual(0);
      expect(now.to).toBeGreaterThanOrEqual(now.from);
      expect(now.to).toBeLessThanOrEqual(now.text.length);
    }),
    { numRuns: 2_000 },
  );
});

test("lines that are moved in and out again are as they were", () => {
  fc.assert(
    fc.property(selected, (before) => {
      const moved = indented(before, false);
      if (!moved) return;
      const back = indented(edited(before, moved), true);
      expect(back && edited(edited(before, moved), back).text).toBe(before.text);
    }),
    { numRuns: 1_000 },
  );
});

test("what is bold or italic is no longer so when it is pressed again", () => {
  const words = fc.record({
    text: fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,3}$/),
    at: fc.nat(),
    length: fc.nat(),
  });
  fc.assert(
    fc.property(words, fc.constantFrom("bold", "italic"), ({ text, at, length }, name) => {
      const from = at % (text.length + 1);
      const before = { text, from, to: from + (length % (text.length - from + 1)) };
      const once = edited(before, FORMATS[name as "bold"].edit(before));
      expect(edited(once, FORMATS[name as "bold"].edit(once)).text).toBe(text);
    }),
  );
});
