import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { computed } from "../../tests/support/time";
import { changeLine } from "./change-line.server";

const line = (before: string, after: string) =>
  changeLine({ title: "", content: before }, { title: "", content: after });

test.each([
  ["350 g water\nsalt", "360 g water\nsalt", "+1 −1 words · “350” → “360”"],
  ["Buy milk", "Buy oat milk", "+1 word · “oat” came"],
  ["Buy oat milk", "Buy milk", "−1 word · “oat” went"],
  ["one two three four", "eins two three vier", "+2 −2 words · “one” → “eins”"],
  ["a b", "a  b", "only spaces or signs"],
  ["a\r\nb", "a\nb", ""],
  ["", "東京に行く", "+5 words · “東京に行く” came"],
  ["", `${"word ".repeat(3_000)}`, "+3000 words"],
])("%j to %j is told as %j", (before, after, told) => {
  expect(line(before, after)).toBe(told);
});

test("a title that changed is told first", () => {
  expect(changeLine({ title: "Plan", content: "a" }, { title: "Plan B", content: "a b" })).toBe(
    "title “Plan” → “Plan B” · +1 word · “b” came",
  );
});

test("any two texts: one line, not long, and something wherever they differ", () => {
  const text = string({ unit: "binary", maxLength: 60 }).map((one) => one.replaceAll("\r", "\n"));
  assert(
    property(text, text, (before, after) => {
      const told = line(before, after);
      expect(told).not.toMatch(/\n/);
      expect(told.length).toBeLessThan(200);
      expect(told.isWellFormed()).toBe(true);
      expect(told === "").toBe(before === after);
    }),
  );
});

test("two long texts that have nothing in common are told in little time", () => {
  const before = computed();
  line("a ".repeat(500_000), "b\n".repeat(500_000));
  line("a ".repeat(4_999), "b ".repeat(4_999));
  line(`x${"=".repeat(1_000_000)}`, `y${"=".repeat(1_000_000)}`);
  expect(computed() - before).toBeLessThan(2_000);
});
