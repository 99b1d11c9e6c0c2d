import { array, assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { elementsIn } from "../../../tests/support/html";
import { computed } from "../../../tests/support/time";
import { canBeLinked, placesOfLinks, readText } from "./reading.server";
import { relink } from "./relink.server";
import { renderMarkdown } from "./render.server";
import { linkName, wikilinksIn } from "./wikilink";

/** The links of a text as a page shows them. */
function shownIn(text: string) {
  return elementsIn(renderMarkdown(text), true)
    .filter(({ properties }) => String(properties?.className) === "wikilink")
    .map(({ properties, children }) => [decodeURIComponent(String(properties?.href)), children?.[0]?.value]);
}

test.each([
  ["[[Title]] and [[Other]].", ["title", "other"]],
  ["[[Title|shown]] [[Second#Heading]] [[Third#A#B|x|y]]", ["title", "second", "third"]],
  ["[[folder/sub/Title]] [[Note.md]] [[ Spaced  out ]]", ["title", "note", "spaced out"]],
  ["[[Ünïcode]] [[日本]] [[ＷＩＤＥ]] [[TITLE]] [[title]]", ["ünïcode", "日本", "wide", "title"]],
  ["![[picture.png]] ![[Note]]", []],
  ["`[[code]]`\n\n```\n[[code]]\n```\n\n    [[code]]\n\n[[after]]", ["after"]],
  ["[a [[inside]] b](https://example.org) <https://example.org/[[x]]>", []],
  ["\\[[escaped]] \\[\\[escaped\\]\\] [[real]]", ["real"]],
  ["[[a&#93;b]] [[]] [[|x]] [[ ]] [[a\nb]] [[[[deep]]]]", ["deep"]],
  ["[[#Here]]", []],
  ["[[AT&T]] [[a & b]]", ["at&t", "a & b"]],
  ["| a |\n|-|\n| [[In a table\\|shown]] |", ["in a table"]],
  ["> [[quoted]]\n> - [ ] [[task]]\n\n# [[heading]] **[[bold]]**", ["quoted", "task", "heading", "bold"]],
  ["\\\\[[a]] !\\[[b]] \\![[c]] [[real]]", ["real"]],
  ["---\nx: '[[front]] ![[y]]'\nz:\n  - \"[[Body]]\"\n  - a [[b\n---\n[[body]]", ["body", "front"]],
  ["[[a]][[B#c|d]], [a]\n\n[a]: x/a.md 'A'\n[B#c|d]: b.md#c", ["a", "b"]],
  ["[x](b/A%20b.md) [y](<c d.md#Part>) [**z**](e.markdown 'T') [[f]]", ["a b", "c d", "e", "f"]],
  ["[x](https://example.org/a.md) [y](b.md?c) [z](#d) [w](e.txt) [v](//f/g.md) `[u](h.md)`", []],
  ["[x](C%23.md) a\\_b@c.de [[Q]] x\\_y@z.de [[R]]", ["q", "r"]],
  ["[[1]] [[real]] [[*real*]]\n\n[1]: https://example.org\n[*real*]: real.md", ["real"]],
])("the links of %j are %j", (text, names) => {
  expect(readText(text).links.map(({ name }) => name)).toEqual(names);
});

test.each([
  ["[[Title]]", "/link?to=Title", "Title"],
  ["[[Title|shown]]", "/link?to=Title", "shown"],
  ["[[Title#Part one]]", "/link?to=Title#Part one", "Title › Part one"],
  ["[[a/b & c#^block|1 < 2]]", "/link?to=a/b & c", "1 < 2"],
  ["[[#Part: *one*]]", null, null],
  ["[[#Part: one]]", "#note-part-one", "Part: one"],
  ["[[javascript:alert(1)]]", "/link?to=javascript:alert(1)", "javascript:alert(1)"],
  ["[[//evil.example/x]]", "/link?to=//evil.example/x", "//evil.example/x"],
  ["---\nby: '[[A#b|<c>]]'\n---\n", "/link?to=A#b", "A#b|<c>"],
  ["[shown](../b/./A%20b.md#Part%20one)", "/link?to=b/./A b#Part one", "shown"],
  ["[shown](#Part:%20one)", "#note-part-one", "shown"],
  ["[shown](#part--one)\n\n# Part & one", "#note-part-one", "shown"],
  ["[shown][r]\n\n[r]: Title.md 'T'", "/link?to=Title", "shown"],
  ["#tag then [[Title#x]] then #tag", "/link?to=Title#x", "Title › x"],
  ["#tag then ![[x.png]] [[Title]]\n\n[title]: title.md\n[x.png]: x.png", "/link?to=Title", "Title"],
])("%j leads to %j and reads %j", (text, href, shown) => {
  expect(shownIn(text)).toEqual(href === null ? [] : [[href, shown]]);
});

test("no Markdown but a link to a note gets its class or an address of this app", () => {
  for (const text of ["[a](/link?to=x)", '<a class="wikilink" href="/link?to=x">', "![a](/link?to=x)", "<a>[[x</a>]]"])
    expect(shownIn(text), text).toEqual([]);
});

test.each([
  ["One. Two [[A|b]] three! Four.", "Two b three!"],
  ["first line\nsecond [[A]] line\nthird", "second A line"],
  ["これ。[[A]]です。それ。", "Aです。"],
  [`${"long ".repeat(60)}[[A]]${" words".repeat(60)}`, /^…(long )+A( words)+…$/],
  ["**bold [[A]]** and `code` [[B]]", "bold A and code B"],
  ["- item\n- [[A#H]] here", "A › H here"],
  ["---\nkind: book\nby:\n  - '[[B]]'\n  - '[[A|a b]]'\n---\n", "by: B"],
])("around the link in %j stands %j", (text, around) => {
  const [link] = readText(text).links;
  if (typeof around === "string") expect(link?.around).toBe(around);
  else expect(link?.around).toMatch(around);
});

test("what stands around a link is never longer than 200 characters, nor cut inside one", () => {
  const unit = constantFrom("👩🏽‍💻", "a", " ", "é", ". ", "[[A]]", "[[B|👩🏽‍💻]]", "日");
  assert(
    property(array(unit, { minLength: 150, maxLength: 400 }), (units) => {
      for (const { around } of readText(units.join("")).links) {
        expect(around.length).toBeLessThanOrEqual(201);
        expect(around.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

const PIECES = [
  "[[",
  "]]",
  "[",
  "]",
  "A",
  "b",
  "|",
  "#",
  "/",
  "\\",
  "&",
  "&amp;",
  "&#91;",
  "!",
  "`",
  "*",
  "_",
  "\n",
  " ",
  "> ",
  "- ",
  "(x)",
  "[[A]]",
  "[[A|b]]",
  "é",
];

test("whatever stands in a text, each link is found where its title stands, and the page links as many", () => {
  assert(
    property(array(constantFrom(...PIECES, "\n\n[A]: a\n\n"), { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const places = placesOfLinks(text);
      for (const { target, at } of places) {
        expect(text.slice(at - 2, at + target.length)).toBe(`[[${target}`);
        expect(target).not.toMatch(/[[\]|#\n]/);
      }
      expect(shownIn(text)).toHaveLength(places.length);
    }),
    { numRuns: 2_000 },
  );
});

test("links that follow a new title lead to it, and nothing beside them changes", () => {
  const outside = (text: string) => text.replace(/\[\[[^[\]\n]*\]\]/g, "[[]]");
  assert(
    property(array(constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const before = placesOfLinks(text);
      const after = relink(text, before, "A", "Zebra");
      const names = before.map(({ target }) => linkName(target));
      expect(placesOfLinks(after).map(({ target }) => linkName(target))).toEqual(
        names.map((name) => (name === "a" ? "zebra" : name)),
      );
      expect(outside(after)).toBe(outside(text));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["[[ old ]] [[x/Old#H|s]] [[OLD.md]] [[Older]]", "Old", "New", "[[ New ]] [[x/New#H|s]] [[New]] [[Older]]"],
  ["[[a/Old]] [[Old]]", "a/Old", "b/New", "[[b/New]] [[b/New]]"],
  ["[[z/Old]]", "a/Old", "b/New", "[[z/New]]"],
  [
    "[x](../a/Old.md#H) [y](<old.md>) [z](OLD.md 'Old.md') [w](Older.md)",
    "Old",
    "Re: (1)",
    "[x](../a/Re%3A%20%281%29.md#H) [y](<Re%3A%20%281%29.md>) [z](Re%3A%20%281%29.md 'Old.md') [w](Older.md)",
  ],
  [
    "---\nx: '[[Old]]'\ny: [\"[[a/old|b]]\"]\n---\n[[Old]]",
    "Old",
    "New",
    "---\nx: '[[New]]'\ny: [\"[[a/New|b]]\"]\n---\n[[New]]",
  ],
  ["---\nx: '[[Old]]'\n---\n[[Old]]", "Old", "It's", "---\nx: '[[Old]]'\n---\n[[It's]]"],
  ["[x](Old&amp;.md) [[Old&]]", "Old&", "New", "[x](Old&amp;.md) [[New]]"],
  ['[x](Old.md "see ](Old.md")', "Old", "New", '[x](New.md "see ](Old.md")'],
  ["[\\](Old.md](&#79;ld.md)", "Old", "New", "[\\](Old.md](&#79;ld.md)"],
])("in %j links to %j go to %j", (text, from, to, after) => {
  expect(relink(text, placesOfLinks(text), from, to)).toBe(after);
});

test("any string at all is searched for links without harm", () => {
  assert(
    property(string({ unit: "binary" }), string({ unit: "binary" }), (text, other) => void wikilinksIn(text, other)),
  );
});

test.each(["[[", "[[a", "[[a|", "\\[[", "]]", "[[a]]", "![[#", "[[&", "[[a\\|"])(
  "a megabyte of %j is read in one pass",
  (unit) => {
    const text = unit.repeat(1_048_576 / unit.length);
    const before = computed();
    wikilinksIn(text, text);
    expect(computed() - before).toBeLessThan(4_000);
  },
);

test("of links with definitions twice as many take twice as long to read", () => {
  const timeOf = (links: number) => {
    const text = `${"[[a]]".repeat(links)}\n\n[a]: a.md`;
    const before = computed();
    expect(placesOfLinks(text)).toHaveLength(links);
    return computed() - before;
  };
  timeOf(1_000);
  expect(timeOf(10_000)).toBeLessThan(4 * timeOf(5_000) + 100);
});

test.each([
  ["Plain title", true],
  ["\"quoted\" & 'so' 1 < 2", true],
  ["<script>", false],
  ["all *this*", false],
  ["https://example.org", false],
  ["a/b", true],
  ["ends ]] early", false],
  ["a|b", false],
  ["C# notes", false],
  ["back\\slash", false],
  ["an &amp; entity", false],
  ["[x]", false],
  ["", false],
  ["/", false],
])("whether a note called %j can be linked: %s", (title, can) => {
  expect(canBeLinked(title)).toBe(can);
});

test("links and titles meet whatever their case, folder and width", () => {
  for (const written of ["Plan", "PLAN", "work/plan", "Plan.md", " plan ", "ｐｌａｎ"])
    expect(linkName(written)).toBe("plan");
  expect(linkName("1/2 ")).toBe("2");
});
