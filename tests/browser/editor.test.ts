import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { oneBrowser, open, save, signIn, textOf, visit, withAndWithoutScript, write } from "../support/browser";

oneBrowser();

const tools = (page: Page) => page.getByRole("toolbar", { name: "Formatting" });
const button = (page: Page, name: string) => tools(page).getByRole("button", { name, exact: true });

/** A new note's form, its tools loaded, and the field with the focus. */
async function begin(page: Page, text = "") {
  await open(page, "/notes/new");
  await tools(page).waitFor();
  await textOf(page).fill(text);
  await textOf(page).focus();
}

const suggestions = (page: Page) => page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");

/** The text with its selection between two bars, or the caret at one. */
function drawn(page: Page) {
  return textOf(page).evaluate((element) => {
    const { value, selectionStart: from, selectionEnd: to } = element as HTMLTextAreaElement;
    const end = from === to ? value.slice(from) : `${value.slice(from, to)}|${value.slice(to)}`;
    return `${value.slice(0, from)}|${end}`;
  });
}

function select(page: Page, from: number, to = from) {
  return textOf(page).evaluate((field, range) => (field as HTMLTextAreaElement).setSelectionRange(...range), [
    from,
    to,
  ] as [number, number]);
}

/** Pastes as the browser would, were this on its clipboard. @returns whether the browser is left to paste it itself. */
function paste(page: Page, data: Record<string, string>) {
  return textOf(page).evaluate((field, given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

test("without script nothing of the editor is shown that doesn't work", () =>
  visit(false, async ({ page }) => {
    await signIn(page);
    await open(page, "/notes/new");
    expect(await page.getByRole("toolbar").count()).toBe(0);
    expect(await page.locator(".text").innerText()).not.toContain("Tab");
  }));

test("a button and its key format what is selected, in one step of undo, and the caret stays with the words", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await begin(page, "make this bold");
    await select(page, 5, 9);
    await button(page, "Bold").click();
    expect(await drawn(page)).toBe("make **|this|** bold");
    expect(await textOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press("Control+z");
    expect(await textOf(page).inputValue()).toBe("make this bold");
    await page.keyboard.press("Control+Shift+z");
    expect(await textOf(page).inputValue()).toBe("make **this** bold");
    await select(page, 7, 11);
    await page.keyboard.press("Control+b");
    expect(await drawn(page)).toBe("make |this| bold");
    await page.keyboard.press("Control+i");
    expect(await drawn(page)).toBe("make *|this|* bold");
    await select(page, 0, 4);
    await page.keyboard.press("Control+k");
    expect(await drawn(page)).toBe("[make](|https://|) *this* bold");
    await page.keyboard.type("https://a.example");
    for (const name of ["Heading", "List", "Task list", "Quote", "Code"]) {
      await begin(page, "words");
      await select(page, 0, 5);
      await button(page, name).click();
      expect(await textOf(page).inputValue(), name).toMatch(/^(# |- |- \[ \] |> |`)words`?$/);
      await page.keyboard.press("Control+z");
      expect(await textOf(page).inputValue(), name).toBe("words");
    }
  }));

test("the toolbar is one stop for Tab, and arrows go from button to button", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await begin(page, "words");
    await select(page, 0, 5);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await select(page, 0);
    await page.getByLabel("Title").focus();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Bold");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("Italic");
    await page.keyboard.press("End");
    expect(await focused()).toBe("Code");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("Bold");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect(await textOf(page).inputValue()).toBe("``words");
  }));

test("a list goes on with Enter until an item is empty, and Tab moves its lines in and out", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await begin(page);
    await page.keyboard.type("- [x] one");
    await page.keyboard.press("Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Tab");
    expect(await textOf(page).inputValue()).toBe("- [x] one\n  - [ ] two");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.type("after");
    expect(await drawn(page)).toBe("- [x] one\n- [ ] two\nafter|");
    await page.keyboard.press("Control+z");
    expect(await textOf(page).inputValue()).not.toContain("after");
  }));

test("nobody is caught in the field: Tab leaves it from a plain line, and after Escape from a list", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await begin(page, "plain");
    const inField = () => textOf(page).evaluate((field) => field === document.activeElement);
    await page.keyboard.press("Tab");
    expect(await inField()).toBe(false);
    await begin(page, "- item");
    await page.keyboard.press("Tab");
    expect(await inField()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+Tab");
    expect(await inField()).toBe(false);
    await textOf(page).focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await inField()).toBe(false);
    expect(await textOf(page).inputValue()).toBe("  - item");
    expect(await textOf(page).getAttribute("aria-describedby")).toBe("content-hint");
    expect(await page.locator("#content-hint").innerText()).toContain("Escape, then Tab, leaves the text");
  }));

test("an address pasted over words links them, a table comes as one, and all else is the browser's", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await begin(page, "see this");
    await select(page, 4, 8);
    expect(await paste(page, { "text/plain": "https://a.example/" })).toBe(false);
    expect(await drawn(page)).toBe("see [this](https://a.example/)|");
    await page.keyboard.press("Control+z");
    expect(await textOf(page).inputValue()).toBe("see this");
    await select(page, 8);
    expect(await paste(page, { "text/plain": "https://a.example/" })).toBe(true);
    const table = "<meta charset=utf-8><style>td{x:y}</style><table><tr><th>a<th>b|c<tr><td>1<td>two<br>lines</table>";
    expect(await paste(page, { "text/plain": "a\tb", "text/html": table })).toBe(false);
    expect(await textOf(page).inputValue()).toBe("see this\n\n| a | b\\|c |\n| --- | --- |\n| 1 | two lines |\n\n");
    const mixed = `<p>words before</p>${table}`;
    expect(await paste(page, { "text/plain": "words before a b", "text/html": mixed })).toBe(true);
    const hostile = "<table><tr><td><img src=https://evil.example/x onerror=alert(1)>a<td>b</table>";
    expect(await paste(page, { "text/plain": "a b", "text/html": hostile })).toBe(false);
  }));

test("titles are suggested behind [[, and tags behind #, by key and by pointer", () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const ada = await verso.signIn();
    for (const title of ["Garden plan", "Garden tools", "The old garden", "Odd [title]"])
      await ada.write(title, "#growing");
    await (await verso.join("Eve")).write("Garden of Eve", "#gross");
    await begin(page);
    await page.keyboard.type("See [[gard");
    const options = suggestions(page);
    await options.first().waitFor();
    expect(await options.allInnerTexts()).toEqual(["Garden plan", "Garden tools", "The old garden"]);
    const field = textOf(page);
    expect(await field.getAttribute("aria-controls")).toBe(await page.getByRole("listbox").getAttribute("id"));
    await page.keyboard.press("ArrowDown");
    const pointed = await field.getAttribute("aria-activedescendant");
    expect(await page.locator(`[id="${pointed}"]`).innerText()).toBe("Garden tools");
    await page.keyboard.press("Enter");
    expect(await drawn(page)).toBe("See [[Garden tools]]|");
    expect(await field.getAttribute("aria-activedescendant")).toBeNull();
    await page.keyboard.press("Control+z");
    expect(await field.inputValue()).toBe("See [[gard");
    await field.fill("");
    await page.keyboard.type("[[old");
    await options.first().click();
    expect(await drawn(page)).toBe("[[The old garden]]|");
    await page.keyboard.type(" #gro");
    await options.first().waitFor();
    expect(await options.allInnerTexts()).toEqual([expect.stringContaining("#growing")]);
    // Nobody chose: Enter ends the line.
    await page.keyboard.press("Enter");
    expect(await drawn(page)).toBe("[[The old garden]] #gro\n|");
    await page.keyboard.type("#gro");
    await options.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    expect(await drawn(page)).toBe("[[The old garden]] #gro\n#growing |");
    await page.keyboard.type("[[gar");
    await options.first().waitFor();
    await page.keyboard.press("Escape");
    expect(await options.count()).toBe(0);
    await page.keyboard.type("d");
    await page.keyboard.press("Enter");
    expect(await field.inputValue()).toMatch(/\[\[gard\n$/);
  }));

test("an answer to what was typed before is not shown for what is typed now", () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const ada = await verso.signIn();
    for (const title of ["Apple", "Apricot"]) await ada.write(title);
    await begin(page);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/suggestions?*", async (route) => {
      if (route.request().url().endsWith("q=ap")) await held;
      await route.continue().catch(() => {});
    });
    const first = page.waitForRequest(/q=ap$/);
    await page.keyboard.type("[[ap");
    await first;
    await page.keyboard.type("r");
    await suggestions(page).getByText("Apricot").waitFor();
    release();
    await page.waitForLoadState("networkidle");
    expect(await suggestions(page).allInnerTexts()).toEqual(["Apricot"]);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  }));

withAndWithoutScript(
  "a preview shows the text laid out beside it, and saves nothing",
  async ({ page, script, verso }) => {
    await signIn(page);
    const ada = await verso.signIn();
    for (const path of ["/notes/new", `/notes/${await ada.write("Kept", "before")}/edit`]) {
      await open(page, path);
      await page.getByLabel("Title").fill("My title");
      await textOf(page).fill("some *words*\n\n- [ ] a task\n\n<script>alert(1)</script>");
      await page.getByRole("button", { name: "Preview" }).click();
      const preview = page.getByRole("region", { name: "Preview" });
      await preview.locator("em").getByText("words").waitFor();
      expect(await preview.getByRole("checkbox", { name: "a task" }).isDisabled()).toBe(true);
      expect(await preview.innerText()).toContain("<script>");
      expect(await page.getByLabel("Title").inputValue()).toBe("My title");
      expect(await textOf(page).inputValue()).toContain("some *words*");
      if (script) {
        await page.getByText("Not saved yet").waitFor();
        await textOf(page).fill("other **text**");
        await preview.locator("strong").getByText("text").waitFor();
        await page.getByRole("button", { name: "Preview" }).click();
        expect(await preview.count()).toBe(0);
      } else await page.getByText("Not saved.").waitFor();
      expect((await ada.get("/api/v1/notes")).text).not.toContain("My title");
      await save(page);
      await page.locator("article.note h1").getByText("My title").waitFor();
      await ada.post(`${new URL(page.url()).pathname}/trash`);
    }
  },
);

test("a preview that the server refuses leaves the page and its text as they are", () =>
  visit(true, async ({ page, context }) => {
    await signIn(page);
    const address = await write(page, "Kept", "before");
    await open(page, `${address}/edit`);
    await context.clearCookies();
    await textOf(page).fill("my words");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByText("signed out in the meantime").waitFor();
    expect(await textOf(page).inputValue()).toBe("my words");
  }));
