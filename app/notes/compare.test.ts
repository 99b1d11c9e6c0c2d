import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { computed } from "../../tests/support/time";
import { compare as compareByPlace } from "./compare.server";
import { linesOf } from "./merge.server";

/** The same with the lines of the earlier text instead of their places. */
function compare(earlier: string, present: string) {
  const lines = linesOf(earlier);
  return compareByPlace(earlier, present).map((run) =>
    "from" in run ? { kind: run.kind, lines: lines.slice(run.from, run.to) } : run,
  );
}

const text = array(constantFrom("a", "b", "c", ""), { maxLength: 40 }).map((lines) => lines.join("\n"));

test("the lines of both, and of one, are all that this one has, less what is left out", () => {
  assert(
    property(text, text, (earlier, present) => {
      const runs = compare(earlier, present);
      for (const [side, whole] of [
        ["earlier", earlier],
        ["present", present],
      ] as const) {
        const lines = runs.map((run) => {
          if (typeof run.lines === "number") return run.lines;
          return run.kind === "both" || run.kind === side ? run.lines.length : 0;
        });
        if (earlier !== present) expect(lines.reduce((sum, count) => sum + count, 0)).toBe(whole.split("\n").length);
        for (const run of runs)
          if (run.kind === side && typeof run.lines !== "number") expect(whole).toContain(run.lines.join("\n"));
      }
    }),
  );
});

test("equal texts have no differences, nor have those with other line breaks", () => {
  expect(compare("a\nb", "a\nb")).toEqual([]);
  expect(compare("a\r\nb\r", "a\nb\n")).toEqual([]);
});

test("three lines are shown before and after a difference, and one more rather than left out", () => {
  const lines = Array.from({ length: 20 }, (_, count) => `${count}`);
  const changed = lines.map((line) => (line === "10" ? "ten" : line));
  expect(compare(lines.join("\n"), changed.join("\n"))).toEqual([
    { kind: "left out", lines: 7 },
    { kind: "both", lines: ["7", "8", "9"] },
    { kind: "earlier", lines: ["10"] },
    { kind: "present", lines: ["ten"] },
    { kind: "both", lines: ["11", "12", "13"] },
    { kind: "left out", lines: 6 },
  ]);
  expect(compare("1\n2\n3\n4\n5", "1\n2\n3\n4\nfive")[0]).toEqual({ kind: "both", lines: ["1", "2", "3", "4"] });
});

test("a line put in before the first one is followed by three lines", () => {
  expect(compare("1\n2\n3\n4\n5\n6", "0\n1\n2\n3\n4\n5\n6")).toEqual([
    { kind: "present", lines: ["0"] },
    { kind: "both", lines: ["1", "2", "3"] },
    { kind: "left out", lines: 3 },
  ]);
});

test("two texts of half a million lines that share none are compared at once", () => {
  const before = computed();
  const runs = compare("a\n".repeat(500_000), "b\n".repeat(500_000));
  expect(computed() - before).toBeLessThan(2_000);
  expect(runs.map(({ kind }) => kind)).toEqual(["earlier", "present", "both"]);
});
