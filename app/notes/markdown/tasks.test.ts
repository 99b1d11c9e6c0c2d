import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { elementsIn } from "../../../tests/support/html";
import { computed } from "../../../tests/support/time";
import { parseMarkdown } from "./parse.server";
import { readText } from "./reading.server";
import { renderMarkdown } from "./render.server";
import { findTask, readTasks, wishesDone, withTick } from "./tasks.server";

const PIECES = [
  "- [ ] a",
  "- [x] b",
  "* [X] c",
  "1. [ ] d",
  "- [\t] e",
  "- [ ]\tf",
  "- [ ]",
  "+ [x] *g* [x](https://e) `[ ]`",
  "- - [ ] h",
  "- h",
  "[ ] i",
  "[x]: https://e",
  "[^1]: - [ ] foot",
  "[^1]",
  "| [ ] | - [x] |\n|-|-|",
  "```",
  "> ",
  "    ",
  "  ",
  "\t",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "===\n",
  "---\n",
  "---\ntasks: - [ ] no\n---\n",
  "\ufeff",
  "- [\n] j",
  "- [ ] [x] k",
  "- [ ] <b>",
  "- [ ] 😀 #tag",
  "word",
];

/** Some text with what could be taken for tasks in it. */
const texts = array(constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(""));

/** What the page of a text has to send: the buttons' values. */
function shownIn(text: string) {
  return elementsIn(renderMarkdown(text), true).flatMap(({ tagName, properties }) =>
    tagName === "button" ? [properties ?? {}] : [],
  );
}

test("ticking task k of any text changes one character, and then only task k is another", () => {
  assert(
    property(texts, (text) => {
      const { tasks } = readTasks(text);
      for (const [k, task] of tasks.entries()) {
        const ticked = withTick(text, task);
        expect(ticked.length).toBe(text.length);
        expect([...Array(text.length).keys()].filter((at) => text[at] !== ticked[at])).toEqual([task.at]);
        expect(readTasks(ticked).tasks).toEqual(tasks.with(k, { ...task, done: !task.done }));
        expect(readText(ticked).tasksDone - readText(text).tasksDone).toBe(task.done ? -1 : 1);
        expect(readText(ticked).tags).toEqual(readText(text).tags);
      }
    }),
    { numRuns: 400 },
  );
});

test("each button of a page names its own task, also after any others were ticked", () => {
  assert(
    property(texts, array(constantFrom(true, false), { maxLength: 20 }), (text, ticks) => {
      const { tasks } = readTasks(text);
      const later = tasks.reduce((now, task, index) => (ticks[index] ? withTick(now, task) : now), text);
      const shown = shownIn(text);
      const places = shown.map(({ value }) => findTask(readTasks(later), String(value))?.at);
      expect(new Set(places).size).toBe(shown.length);
      for (const [index, { value, ariaChecked }] of shown.entries()) {
        expect(tasks.map(({ at }) => at)).toContain(places[index]);
        expect(wishesDone(String(value))).toBe(ariaChecked === "false");
      }
    }),
    { numRuns: 400 },
  );
});

const MONDAY = "## Monday\n- [ ] run\n- [ ] milk\n## Tuesday\n- [ ] run\n";

/** The place of the task that the button says on the page of `before`, once the text is `after`. */
function found(before: string, button: number, after: string) {
  return findTask(readTasks(after), String(shownIn(before)[button]?.value))?.at ?? null;
}

test("in a text that was edited, a line that was and is the only one of its kind is found again", () => {
  const after = `# More\n\n${MONDAY}`;
  expect(found(MONDAY, 1, after)).toBe(after.indexOf("[ ] milk") + 1);
  expect(found(MONDAY, 1, after.replace("[ ] milk", "[x] milk"))).toBe(after.indexOf("[ ] milk") + 1);
});

test("in a text that was edited, nothing is ticked where it isn't certain which", () => {
  expect(found(MONDAY, 0, MONDAY.replace("Tuesday", "Friday")), "two lines alike").toBeNull();
  expect(found(MONDAY, 0, "## Tuesday\n- [ ] run\n"), "one of two is left").toBeNull();
  expect(found(MONDAY, 1, MONDAY.replace("milk", "silk")), "another line in its place").toBeNull();
  expect(found(MONDAY, 1, `${MONDAY}- [x] milk`), "the same line twice").toBeNull();
  expect(found(MONDAY, 1, MONDAY.replace("- [ ] milk", "```\n- [ ] milk\n```")), "no task any more").toBeNull();
  for (const value of ["", "12", "12.x.", "-1.x.AAAAAAAAAAAAAAAA.", "12.x.AAAAAAAAAAAAAAAA.", "x".repeat(99)])
    expect(findTask(readTasks(MONDAY), value), value).toBeNull();
});

test("a task is read out by its words, and whatever they are they stay words", () => {
  const shown = shownIn('- [ ] *buy* [milk](https://e) "><b>\n- [x]  #tag\n\n  more\n- [ ] &quot;a');
  expect(shown.map(({ ariaLabel }) => ariaLabel)).toEqual(['buy milk "><b>', "#tag", '"a']);
});

test("ten thousand tasks take no longer to tell apart than to parse", () => {
  const text = "- [ ] the same task\n".repeat(10_000);
  const before = computed();
  parseMarkdown(text);
  const parsed = computed() - before;
  expect(readTasks(text).tasks.length).toBe(10_000);
  expect(computed() - before - parsed).toBeLessThan(2.5 * parsed);
});
