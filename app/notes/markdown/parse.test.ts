import { expect, test } from "vitest";
import { computed } from "../../../tests/support/time";
import { splitFrontMatter } from "./parse.server";

test.each([
  ["---\ntitle: a\n---\ntext\n", "title: a\n", "text\n"],
  ["\ufeff---\r\ntitle: a\r\n--- \r\ntext", "title: a\r\n", "text"],
  ["---\n---\ntext", "", "text"],
  ["---\ntitle: a\n---", "title: a\n", ""],
  ["---\ntitle: a\n----\n---\n---\n", "title: a\n----\n", "---\n"],
  ["---\nnever closed", "", "---\nnever closed"],
  ["\n---\ntitle: a\n---\n", "", "\n---\ntitle: a\n---\n"],
  ["text\n---\ntitle: a\n---\n", "", "text\n---\ntitle: a\n---\n"],
  ["", "", ""],
])("%j has the front matter %j before %j", (text, frontMatter, body) => {
  expect(splitFrontMatter(text)).toEqual({ frontMatter, body });
});

test.each([
  ["\ufeff---\n", "openings"],
  ["--- \t", "lines that go on"],
  ["---x\n", "lines that are almost closings"],
  [" ", "spaces"],
])("front matter that is never closed, a megabyte of %j (%s), is read in one pass", (unit) => {
  const text = `---\n${unit.repeat(1_048_576 / unit.length)}`;
  const before = computed();
  expect(splitFrontMatter(text).frontMatter).toBe("");
  expect(computed() - before).toBeLessThan(100);
});
