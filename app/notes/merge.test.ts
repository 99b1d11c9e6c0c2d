import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { computed } from "../../tests/support/time";
import { asStored, withLf } from "./line-endings";
import { merge, settle } from "./merge.server";

const text = array(constantFrom("a", "b", "c", "", " d "), { maxLength: 12 }).map((lines) => lines.join("\n"));
const draft = (content: string) => ({ title: "", content });

test("what only one side changed is taken from that side", () => {
  const merged = merge(draft("1\n2\n3"), draft("1\n2\nthree"), draft("one\n2\n3"));
  expect(settle(merged)).toBe("one\n2\nthree");
  expect(merged.stretches.every(({ kind }) => kind === "settled")).toBe(true);
});

test("D06 no line that either side wrote vanishes while nothing is chosen", () => {
  assert(
    property(text, text, text, (base, mine, theirs) => {
      const kept = settle(merge(draft(base), draft(mine), draft(theirs))).split("\n");
      const old = base.split("\n");
      for (const side of [mine, theirs])
        for (const line of side.split("\n")) if (!old.includes(line)) expect(kept).toContain(line);
    }),
  );
});

test("what the two sides changed in different places fits together", () => {
  assert(
    property(text, text, text, text, (head, tail, mine, theirs) => {
      const base = `${head}\n#\nmiddle\n#\n${tail}`;
      const merged = merge(
        draft(base),
        draft(`${mine}\n#\nmiddle\n#\n${tail}`),
        draft(`${head}\n#\nmiddle\n#\n${theirs}`),
      );
      expect(settle(merged)).toBe(`${mine}\n#\nmiddle\n#\n${theirs}`);
    }),
  );
});

test("neighbouring lines don't differ, the same line does", () => {
  const kinds = (mine: string, theirs: string) =>
    merge(draft("1\n2\n3"), draft(mine), draft(theirs)).stretches.map(({ kind }) => kind);
  expect(kinds("one\n2\n3", "1\ntwo\n3")).toEqual(["settled"]);
  expect(kinds("1\nzwei\n3", "1\ntwo\n3")).toEqual(["settled", "conflict", "settled"]);
  expect(kinds("1\n2\n3\nmy end", "1\n2\n3\ntheir end")).toEqual(["settled", "conflict"]);
});

test.each([
  ["equal lines", (end: string) => `${"x\n".repeat(20_000)}${end}`],
  [
    "blank lines between",
    (end: string) => `${Array.from({ length: 20_000 }, (_, line) => `${line}\n\n`).join("")}${end}`,
  ],
  ["a mebibyte of line breaks", (end: string) => `${end}${"\n".repeat(1_048_000)}${end}`],
  [
    "lines in another order",
    (end: string) => Array.from({ length: 50_000 }, (_, line) => (line * (end.length * 7919)) % 50_021).join("\n"),
  ],
])("S67 a conflict over %s is merged without keeping anybody waiting", (_what, make) => {
  const before = computed();
  merge(draft(make("base")), draft(make("mine!")), draft(make("theirs")));
  expect(computed() - before).toBeLessThan(2_000);
});

test("choosing one side everywhere gives that side where it was changed alone", () => {
  assert(
    property(text, text, (base, mine) => {
      expect(settle(merge(draft(base), draft(mine), draft(base)))).toBe(mine);
      expect(settle(merge(draft(base), draft(base), draft(mine)))).toBe(mine);
      expect(settle(merge(draft(base), draft(mine), draft(mine)))).toBe(mine);
    }),
  );
});

test("D11 a text that a browser sends back unchanged is stored as it was", () => {
  const odd = array(constantFrom("a", "\r", "\n", "\r\n", "\t", " ", "\ufeff"), { maxLength: 20 }).map((parts) =>
    parts.join(""),
  );
  assert(
    property(odd, (stored) => {
      const sent = withLf(stored).replaceAll("\n", "\r\n");
      expect(asStored(sent, stored)).toBe(stored);
    }),
  );
});
