import fc from "fast-check";
import { expect, test } from "vitest";
import { searchedWords } from "../results.server";
import { countMarks } from "./marks.server";
import { renderMarkdown } from "./render.server";

const marked = (text: string, q: string) => renderMarkdown(text, searchedWords(q));

test.each([
  ["some milk", "milk", '<p>some <mark id="mark-1">milk</mark></p>'],
  ["Milk, milkshake", "milk", '<p><mark id="mark-1">Milk</mark>, <mark id="mark-2">milkshake</mark></p>'],
  ["Milk, milkshake", '"milk"', '<p><mark id="mark-1">Milk</mark>, milkshake</p>'],
  ["crème", "creme", '<p><mark id="mark-1">crème</mark></p>'],
  ["two *words* here", '"two words"', '<p><mark id="mark-1">two </mark><em><mark>words</mark></em> here</p>'],
  ["two\n\nwords", '"two words"', "<p>two</p>\n<p>words</p>"],
  ["日本語", "本", '<p>日<mark id="mark-1">本</mark>語</p>'],
  ["milk", "-milk", "<p>milk</p>"],
  ["milk", "title:milk", "<p>milk</p>"],
  ["milk", "", "<p>milk</p>"],
  ["a & b", "b", '<p>a &#x26; <mark id="mark-1">b</mark></p>'],
  ["`milk`", "milk", '<p><code><mark id="mark-1">milk</mark></code></p>'],
])("%j, searched for %j, is %s", (text, q, html) => {
  expect(marked(text, q)).toBe(html);
});

test("words are marked in what is read only, never in a tag or an attribute", () => {
  const html = marked(
    "[mail](https://mail.example/mail 'mail') <mail> #mail [[mail]] ![mail](https://mail.example/x)",
    "mail",
  );
  expect(html).toContain('href="https://mail.example/mail"');
  expect(html).toContain('title="mail"');
  expect(html).toContain('href="/tags/mail"');
  expect(html).toContain("/link?to=mail");
  expect(countMarks(html)).toBe(5);
});

test("a mark that somebody writes is text, and is not counted", () => {
  const html = marked('<mark id="mark-9">milk</mark>', "milk");
  expect(html).toContain("&#x3C;mark id");
  expect(countMarks(html)).toBe(1);
});

test("marks change nothing of what is to be read, and stand at one place each", () => {
  const plain = (html: string) => html.replace(/<mark(?: id="mark-\d+")?>|<\/mark>/g, "");
  const words = fc.constantFrom(
    "milk",
    "Milch",
    "a",
    "*b*",
    "`c`",
    "[d](https://e.example)",
    "é",
    "\n\n",
    "- ",
    "> ",
    "<x>",
  );
  const q = fc.constantFrom("milk", "a", "milk a", '"milk a"', "d OR c", "e", "b");
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), q, (text, query) => {
      const joined = text.join(" ");
      const html = marked(joined, query);
      expect(plain(html)).toBe(renderMarkdown(joined));
      const ids = html.match(/id="mark-\d+"/g) ?? [];
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(countMarks(html));
    }),
    { numRuns: 500 },
  );
});

test("S67 a megabyte that matches everywhere is marked in bounded time, and so often at most", () => {
  const before = process.cpuUsage().user;
  expect(countMarks(marked("milk ".repeat(200_000), "milk"))).toBe(200);
  expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(3_000);
});
