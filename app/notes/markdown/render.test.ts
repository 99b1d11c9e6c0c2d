import { array, assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { elementsIn } from "../../../tests/support/html";
import { renderMarkdown } from "./render.server";
import { noteSchema } from "./schema.server";
import { TASK } from "./tasks.server";

const render = (text: string) => elementsIn(renderMarkdown(text), true);

/** What the renderer adds itself around the writer's text. */
const OWN = ["details", "summary", "div", "nav"];
const ALLOWED = new Set([...(noteSchema.tagNames ?? []), ...OWN]);
const HARMLESS =
  /^(href|title|rel|id|className|start|align|type|disabled|checked|tabIndex|role|aria[A-Z]\w*|dataFootnote\w*|dataLevel)$/;

/** All that the button of a task is; nothing else in a text is a button. */
const TICK = {
  type: "submit",
  name: "task",
  value: expect.stringMatching(TASK),
  id: expect.stringMatching(/^note-task-\d+$/),
  role: "checkbox",
  ariaChecked: expect.stringMatching(/^(true|false)$/),
  ariaLabel: expect.any(String),
  className: ["tick"],
};

function expectHarmless(text: string) {
  for (const { tagName = "", properties = {} } of render(text)) {
    expect(ALLOWED, text).toContain(tagName);
    if (tagName === "button") expect(properties, text).toEqual(TICK);
    else for (const name of Object.keys(properties)) expect(name, text).toMatch(HARMLESS);
    const href = properties.href === undefined ? "#note-fn-1" : String(properties.href);
    expect(href, text).toMatch(/^(https?:\/\/|mailto:|#note-|\/link\?to=[\w%.!~*'()-]+$)/i);
  }
}

const FRAGMENTS = [
  "<script>",
  "</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<style>",
  "-->",
  "<!--",
  "<![CDATA[",
  "<a href='javascript:alert(1)'>",
  "<iframe srcdoc=",
  "<math><mtext><table><mglyph><style>",
  "<noscript><p title='</noscript>",
  "<form action=//e>",
  "<input autofocus onfocus=alert(1)>",
  "<base href=//e>",
  "<object data=//e>",
  "<template>",
  "<xmp>",
  "<plaintext>",
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt&#58;alert(1))",
  "[a](java\tscript:alert(1))",
  "[a](data:text/html;base64,PHNjcmlwdD4=)",
  "[a](vbscript:x)",
  "[a](file:///etc/passwd)",
  "[a](//e)",
  "[a](/logout)",
  "[a](\\\\e)",
  '[a](https://e "t" onclick=x)',
  "[a](../b c.md)",
  '[a](b".md#"><b>)',
  "[a](#%22&lt;b)",
  "[a](//e/b.md)",
  '![a](x"onerror=alert(1))',
  "![a](https://e/a.png)",
  "<https://e>",
  "<javascript:alert(1)>",
  "[r]: javascript:alert(1)\n",
  "[a][r]",
  "[^1]",
  "[^1]: foot <b>\n",
  '[^"><script>]',
  "```js\n",
  '```"><svg onload=x>\n',
  "~~~\n",
  "    ",
  "> ",
  "- [x] ",
  "- [ ] ",
  '<button name=task value="0.x.AAAAAAAAAAAAAAAA." formaction=//e>',
  "1. ",
  "| a | b |\n|-|-|\n",
  "# ",
  "## ",
  "---\n",
  "***",
  "__",
  "`",
  "\\",
  "&lt;script&gt;",
  "&#x3c;",
  "\u0000",
  "\u2028",
  "\n",
  "\n\n",
  "text",
  "[[",
  "]]",
  "[[Title|",
  "[[javascript:alert(1)]]",
  "[[#",
  '[["><img src=x onerror=alert(1)>|<b>]]',
  "![[file]]",
];

test("S01 S02 S03 whatever is put together, only the elements and attributes of a text come out", () => {
  const piece = constantFrom(...FRAGMENTS);
  assert(
    property(array(piece, { maxLength: 14 }), (pieces) => expectHarmless(pieces.join(""))),
    { numRuns: 1_500 },
  );
});

test("S01 any string at all comes out harmless", () => {
  assert(property(string({ unit: "binary", maxLength: 80 }), expectHarmless), { numRuns: 500 });
});

test("S08 ids have their prefix, so that a text can't take the place of a part of the page", () => {
  for (const element of render("# main\n\n<a id=main>\n\n- [ ] main\n\n[^main]\n\n[^main]: foot"))
    if (element.properties?.id)
      expect(element.properties.id).toMatch(/^note-(main|fn(ref)?-main|task-\d+)$|^footnote-label$/);
});

test("each id of a text stands there once, whatever the headings are", () => {
  const line = constantFrom(
    "# a",
    "# A!",
    "## a-1",
    "# a-1-1",
    "# fn main",
    "# fnref-main",
    "#",
    "# \"'<",
    "# 日本",
    "> # a",
  );
  assert(
    property(array(line, { maxLength: 12 }), (lines) => {
      const found = render(`${lines.join("\n\n")}\n\n[^main]\n\n[^main]: foot`);
      const ids = found.flatMap(({ properties }) => (properties?.id ? [String(properties.id)] : []));
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^note-[\p{L}\p{N}_-]+$|^footnote-label$/u);
      const headings = found.filter(({ tagName, properties }) => /^h\d$/.test(tagName ?? "") && properties?.id);
      expect(headings.length).toBe(lines.length + 1);
    }),
    { numRuns: 300 },
  );
});

test("a text with four headings has a table of contents that leads to them", () => {
  expect(renderMarkdown("# one\n\n# two\n\n# three")).not.toContain("<nav");
  const found = render("# one\n\n## one\n\n# <b>\n\n> # 日 `本`");
  const links = found.filter(({ tagName }) => tagName === "a").map(({ properties }) => String(properties?.href));
  expect(links.map(decodeURIComponent)).toEqual(["#note-one", "#note-one-1", "#note-b", "#note-日-本"]);
  const ids = found.flatMap(({ tagName, properties }) => (/^h\d/.test(tagName ?? "") ? [`#${properties?.id}`] : []));
  expect(ids).toEqual(links.map(decodeURIComponent));
});

test("a wide table and code can be reached and scrolled by the keyboard", () => {
  const found = render("| a |\n|-|\n| b |\n\n```\ncode\n```");
  const stops = found.filter(({ properties }) => properties?.tabIndex === 0).map(({ tagName }) => tagName);
  expect(stops).toEqual(["div", "pre"]);
});

test.each([
  ["a paragraph", "one\ntwo", "<p>one<br>two</p>"],
  ["a paragraph with CRLF", "one\r\ntwo", "<p>one<br>two</p>"],
  ["emphasis", "*one\ntwo*\nthree", "<p><em>one<br>two</em><br>three</p>"],
  ["a list", "- one\n  two\n- three", "<ul>\n<li>one<br>two</li>\n<li>three</li>\n</ul>"],
  ["a quote", "> one\n> two", "<blockquote>\n<p>one<br>two</p>\n</blockquote>"],
  ["HTML, which is text here", "<b>\ntwo", "&#x3C;b>\n<br>\ntwo"],
])("lines of %s stay lines", (_what, text, html) => {
  expect(renderMarkdown(text)).toBe(html);
});

test("a hard break is one break, and between blocks, cells and lines of code nothing is added", () => {
  const breaks = (text: string) => render(text).filter(({ tagName }) => tagName === "br").length;
  expect(breaks("one  \ntwo\\\nthree")).toBe(2);
  expect(breaks("# one\n\ntwo\n\n- a\n- b\n\n| a |\n|-|\n| b |\n\n```\na\nb\n```\n\n`a\nb`")).toBe(0);
});

test("front matter is folded away above the text, as it was written", () => {
  const html = renderMarkdown("---\ntags: [<b>]\n---\n# Title");
  expect(html).toContain("<details");
  expect(html).toContain("tags: [&#x3C;b>]");
  expect(html.indexOf("details")).toBeLessThan(html.indexOf("Title"));
});
