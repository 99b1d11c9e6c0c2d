import { expect, test } from "vitest";
import { fill, fits, unfill } from "./experiment";
import { readable } from "./readable";

const NOTE = "0199a9a9-0000-7000-8000-000000000007";

test("a name takes the first word that stands in its place, and is that word from then on", () => {
  const words = new Map<string, string>();
  expect(fits("/notes/{note}", `/notes/${NOTE}`, words, true)).toBe(true);
  expect(words.get("note")).toBe(NOTE);
  expect(fits("/notes/{note}", "/notes/another-one", words, true)).toBe(false);
  expect(fill("/notes/{note}/edit {nothing}", words)).toBe(`/notes/${NOTE}/edit {nothing}`);
  expect(unfill(`saved ${NOTE}`, words)).toBe("saved {note}");
});

test("three dots are anything, and signs are themselves", () => {
  expect(fits("verso=…; HttpOnly", "verso=abc; Path=/; HttpOnly", new Map(), true)).toBe(true);
  expect(fits("a.c", "abc", new Map())).toBe(false);
  expect(fits("(owner_id=? AND (updated,id)<(?,?))", "x (owner_id=? AND (updated,id)<(?,?)) y", new Map())).toBe(true);
  expect(fits("part", "the part of it", new Map(), true)).toBe(false);
});

test("a short word is not mistaken for its name elsewhere", () => {
  expect(unfill("version 2 of 22", new Map([["version", "2"]]))).toBe("version 2 of 22");
});

test("of a page its words are read, of anything else all of it", () => {
  const page =
    '<!doctype html><body><nav>Notes</nav><main id="main"><h1>A &lt;b&gt; <b>c</b></h1><svg><text>x</text></svg><input type="hidden" value="9"/><input value="typed"/></main></body>';
  expect(readable(page)).toBe("A <b> c typed");
  expect(readable('{"a": 1}')).toBe('{"a": 1}');
});
