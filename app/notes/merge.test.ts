import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
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
