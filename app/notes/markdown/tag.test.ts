import { array, assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { computed } from "../../../tests/support/time";
import { placesOfTags, readText } from "./reading.server";
import { retag } from "./retag.server";
import { isTagName, tagsIn } from "./tag";

test.each([
  ["#one and #two.", ["one", "two"]],
  ["(#in brackets) «#quoted» #a/b/c #Ünïcode #日本 #👩🏽‍💻", ["in", "quoted", "a/b/c", "Ünïcode", "日本", "👩🏽‍💻"]],
  ["#one#two", ["one"]],
  ["#123 #1a #2024/01 #-", ["1a"]],
  ["C#sharp a/#b &#x23;no \\#escaped =#x", []],
  ["`#code` and ``#code``", []],
  ["```\n#fenced\n```\n\n    #indented\n\n#after", ["after"]],
  ["[#shown](https://example.org/#part) <https://example.org/#part> https://example.org/#part", []],
  ["[[Page#Heading]] [[#tag]] ![[a#b]] #real", ["real"]],
  ["# Heading #tagged", ["tagged"]],
  ["#Heading", ["Heading"]],
  ["> #quoted\n> more #again", ["quoted", "again"]],
  ["**#bold** ~~#struck~~ | a |\n", ["bold", "struck"]],
  ["#Same #same #SAME", ["Same"]],
  ["---\ntags: [work, home/garden]\n---\n#text", ["work", "home/garden", "text"]],
  ["---\ntags:\n  - one\n  - '#two'\n---\n", ["one", "two"]],
  ["---\ntag: a, b\n---\n", ["a", "b"]],
  ["#a/ #/b #a//b", ["a"]],
])("the tags of %j are %j", (text, names) => {
  const found = readText(text).tags;
  expect(found).toEqual(names);
});

test.each([
  ["- [ ] a\n- [x] b\n  - [X] c\n- d", 3, 2],
  ["```\n- [ ] a\n```", 0, 0],
  ["1. [ ] a\n\n> - [x] b", 2, 1],
  ["[ ] a", 0, 0],
])("the tasks of %j are %i, %i of them done", (text, tasks, tasksDone) => {
  expect(readText(text)).toMatchObject({ tasks, tasksDone });
});

const PIECES = [
  "#",
  "a",
  "/",
  "b",
  " ",
  "\n",
  "`",
  "[",
  "]",
  "(",
  ")",
  "\\",
  "&",
  "1",
  "-",
  "*",
  "é",
  "#a",
  "#a/b",
  "> ",
];

test("whatever stands in a text, each tag is found where its # stands, and no tag holds what a tag can't", () => {
  const text = array(constantFrom(...PIECES), { maxLength: 40 });
  assert(
    property(text, (pieces) => {
      const whole = pieces.join("");
      for (const { name, at } of placesOfTags(whole)) {
        expect(whole.slice(at, at + 1 + name.length)).toBe(`#${name}`);
        expect(isTagName(name)).toBe(true);
      }
    }),
    { numRuns: 600 },
  );
});

test("a renamed tag is gone from a text, the new one stands in its places, and nothing else changes", () => {
  const text = array(constantFrom(...PIECES), { maxLength: 40 });
  assert(
    property(text, (pieces) => {
      const whole = pieces.join("");
      const before = placesOfTags(whole);
      const after = retag(whole, before, "a", "zebra");
      expect(after.replaceAll("#zebra", "#a")).toBe(whole);
      const renamed = before.map(({ name }) => name.replace(/^a(?=\/|$)/, "zebra"));
      expect(placesOfTags(after).map(({ name }) => name)).toEqual(renamed);
    }),
    { numRuns: 600 },
  );
});

test("any string at all is searched for tags without harm", () => {
  assert(property(string({ unit: "binary" }), (text) => void tagsIn(text)));
});

test("a megabyte of [[ is searched for tags in one pass", () => {
  const text = `${"[[".repeat(524_288)} #tag`;
  const before = computed();
  expect(tagsIn(text).map(({ name }) => name)).toEqual(["tag"]);
  expect(computed() - before).toBeLessThan(4_000);
});

test.each([
  ["---\ntags: [a, ab, a/b, x]\ntitle: a\n---\n#a", "---\ntags: [z, ab, z/b, x]\ntitle: a\n---\n#z"],
  ["---\ntitle: a\ntags:\n  - a\n  - '#a/c'\n---\n", "---\ntitle: a\ntags:\n  - z\n  - '#z/c'\n---\n"],
  ["#A `#a` [[#a]] #A/B", "#z `#a` [[#a]] #z/B"],
  ["x\\_y@b.de #a z\\_y@b.de #a and #a/b", "x\\_y@b.de #z z\\_y@b.de #z and #z/b"],
])("in %j the tag a becomes z: %j", (text, renamed) => {
  expect(retag(text, placesOfTags(text), "a", "z")).toBe(renamed);
});
