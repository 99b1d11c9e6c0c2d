import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { computed } from "../../tests/support/time";
import { linesOf } from "./merge.server";
import { type Part, wordDifference } from "./word-difference.server";

const joined = (parts: Part[]) => parts.map(({ text }) => text).join("");

test("within a line the words that differ are marked, on both sides", () => {
  expect(wordDifference("350 g water and salt", "360 g water and salt")).toEqual([
    {
      kind: "changed",
      before: [
        [
          { text: "350", marked: true },
          { text: " g water and salt", marked: false },
        ],
      ],
      after: [
        [
          { text: "360", marked: true },
          { text: " g water and salt", marked: false },
        ],
      ],
    },
  ]);
});

test("lines that have next to nothing in common are told apart as wholes", () => {
  expect(wordDifference("one two three", "quite another line")).toEqual([
    {
      kind: "changed",
      before: [[{ text: "one two three", marked: false }]],
      after: [[{ text: "quite another line", marked: false }]],
    },
  ]);
});

test("any two texts: each side's lines are all there, but for those that are left out", () => {
  const text = array(constantFrom("a", "b c", "b d", "", "x y z"), { maxLength: 30 }).map((lines) => lines.join("\n"));
  assert(
    property(text, text, (before, after) => {
      const stretches = wordDifference(before, after);
      if (stretches.length === 0) {
        expect(linesOf(before)).toEqual(linesOf(after));
        return;
      }
      const side = (of: "before" | "after") =>
        stretches.reduce(
          (count, stretch) =>
            count +
            (stretch.kind === "changed"
              ? stretch[of].length
              : stretch.kind === "both"
                ? stretch.lines.length
                : stretch.lines),
          0,
        );
      expect([side("before"), side("after")]).toEqual([linesOf(before).length, linesOf(after).length]);
      const [old, present] = [linesOf(before), linesOf(after)];
      for (const stretch of stretches) {
        if (stretch.kind !== "changed") continue;
        for (const line of stretch.before) expect(old).toContain(joined(line));
        for (const line of stretch.after) expect(present).toContain(joined(line));
      }
    }),
  );
});

test("two texts of many long lines are compared in little time", () => {
  const before = computed();
  const lines = (word: string) => Array.from({ length: 2_000 }, (_, line) => `${line} ${word} `.repeat(60)).join("\n");
  wordDifference(lines("old"), lines("new"));
  expect(computed() - before).toBeLessThan(3_000);
});
