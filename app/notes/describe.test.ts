import { expect, test } from "vitest";
import { describe } from "./describe.server";

const LONG_FRONT_MATTER = `---\ntags: [${"abcdefgh, ".repeat(200)}]\n---\n`;

test.each([
  ["its first line", "Shopping\nmilk\neggs", "Shopping", "milk eggs"],
  ["its first line, with CRLF", "Shopping\r\nmilk\r\n\r\neggs", "Shopping", "milk · eggs"],
  ["its first line before a hard break", "Shopping\\\nmilk", "Shopping", "milk"],
  ["its first block", "# Shopping\n\n- milk\n- eggs", "Shopping", "milk · eggs"],
  ["the first line of code", "```\nlet a;\nlet b;\n```", "let a;", "let b;"],
  ["what follows the front matter", "---\ntags: [a]\n---\nShopping\nmilk", "Shopping", "milk"],
  ["what follows a long front matter", `${LONG_FRONT_MATTER}Shopping\nmilk`, "Shopping", "milk"],
  ["nothing", "", "", ""],
  ["nothing but front matter", LONG_FRONT_MATTER, "", ""],
])("a note without a title is called by %s", (_what, content, heading, excerpt) => {
  expect(describe(" ", content)).toMatchObject({ heading, excerpt });
});

test("below a title the whole beginning of the text is shown", () => {
  expect(describe(" Plan ", `${LONG_FRONT_MATTER}one\ntwo\n\nthree`)).toMatchObject({
    heading: "Plan",
    excerpt: "one two · three",
  });
});

test("links to notes are shown as they are read", () => {
  expect(describe("", "See [[Plan|the plan]]\n[[Plan#B]] ![[a.png]]")).toMatchObject({
    heading: "See the plan",
    excerpt: "Plan › B ![[a.png]]",
  });
});

test("a long first line is cut after a word, a long excerpt between characters", () => {
  const { heading, excerpt } = describe("", `${"word ".repeat(40)}\n${"👩‍👩‍👧‍👦".repeat(60)}`);
  expect(heading).toMatch(/^(word )+word…$/);
  expect(heading.length).toBeLessThanOrEqual(101);
  expect(excerpt).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
});

test("words are counted, and characters where words are not set apart", () => {
  expect(describe("", "It's a well-known fact: 1 2 3").words).toBe(7);
  expect(describe("", "静かな朝").words).toBe(4);
});

test("what is written without spaces is spaced out, title and text apart from each other", () => {
  expect(describe("東京", "大阪、京都 and 奈良").spaced).toBe("東 京 x x 大 阪 x 京 都 x x 奈 良");
  expect(describe("Plan", "words").spaced).toBe("");
});
