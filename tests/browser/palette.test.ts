import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { oneBrowser, open, ready, signIn, textOf, visit, withAndWithoutScript, write } from "../support/browser";

oneBrowser();

const palette = (page: Page) => page.getByRole("dialog", { name: "Find or do" });
const options = (page: Page) => palette(page).getByRole("option");
const at = (page: Page, path: string | RegExp) => page.waitForURL(path);

async function call(page: Page) {
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").waitFor();
}

test("the command palette finds notes as a search does, goes to places and does things, by keys alone", () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const ada = await verso.signIn();
    const id = await ada.write("Garden", "Tulips #green");
    await ada.write("Kitchen", "Tulips in a vase");
    await open(page, "/notes");
    await call(page);
    const field = palette(page).getByRole("combobox");
    await field.fill("tulips tag:green");
    await options(page).getByText("Garden").waitFor();
    expect(await options(page).allInnerTexts()).toEqual([
      expect.stringContaining("Garden"),
      expect.stringContaining("Search all notes"),
    ]);
    expect(await palette(page).getByRole("status").innerText()).toContain("2 to choose from: Garden");
    const pointed = await field.getAttribute("aria-activedescendant");
    expect(await page.locator(`[id="${pointed}"]`).innerText()).toContain("Garden");
    await page.keyboard.press("Enter");
    await at(page, new RegExp(`/notes/${id}\\?q=`));
    await page.locator("article.note mark").getByText("Tulips").waitFor();
    expect(await palette(page).count()).toBe(0);
    await call(page);
    await field.fill("edi");
    await page.keyboard.press("Enter");
    await at(page, new RegExp(`/notes/${id}/edit`));
    await open(page, "/notes");
    await call(page);
    await field.fill("is:purple");
    await palette(page).locator(".hint").getByText("A note can’t be “is:purple”").waitFor();
    await field.fill("trash");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await at(page, /\/trash$/);
    await call(page);
    await field.fill("turn");
    await page.keyboard.press("Enter");
    await at(page, /\/back\//);
    await open(page, "/notes");
    await call(page);
    await field.fill("sign out");
    await page.keyboard.press("Enter");
    await at(page, /\/login|\/$/);
  }));

test("the palette is left with Escape, and the focus is where it was; in the text the key makes a link", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await open(page, "/notes/new");
    await page.getByLabel("Title").focus();
    await call(page);
    await page.keyboard.press("Escape");
    await palette(page).waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("title");
    await page.getByRole("toolbar").waitFor();
    await textOf(page).focus();
    await page.keyboard.press("Control+k");
    expect(await textOf(page).inputValue()).toBe("[](https://)");
    expect(await palette(page).count()).toBe(0);
    await textOf(page).fill("");
  }));

test("single keys do something where nothing is typed, and nothing once they are switched off", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Plan", "text");
    await page.keyboard.press("e");
    await at(page, `**${address}/edit`);
    await page.getByLabel("Title").fill("Plan");
    await page.getByLabel("Title").press("n");
    expect(await page.getByLabel("Title").inputValue()).toBe("Plann");
    await page.getByLabel("Title").fill("Plan");
    await open(page, "/notes");
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("q");
    await page.keyboard.type("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await open(page, "/notes");
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await keys.getByText("write a new note").waitFor();
    await keys.getByRole("button", { name: "Close" }).click();
    await keys.waitFor({ state: "detached" });
    await page.keyboard.press("n");
    await at(page, "**/notes/new");
    await open(page, "/account");
    await page.getByLabel("Single keys do something").uncheck();
    await page.getByRole("button", { name: "Keep it so" }).click();
    await page.getByText("Single keys do nothing.").waitFor();
    await open(page, "/notes");
    for (const key of ["n", "t", "/", "?"]) await page.keyboard.press(key);
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe("q");
    await call(page);
    expect(new URL(page.url()).pathname).toBe("/notes");
  }));

withAndWithoutScript("what the palette offers and the keys stand on a page too", async ({ page }) => {
  await signIn(page);
  await open(page, "/search");
  await page.getByRole("heading", { name: "Keys", exact: true }).waitFor();
  expect(await page.getByText("write a new note").count()).toBe(1);
  await page.getByRole("main").getByRole("link", { name: "Archive", exact: true }).click();
  await page.getByRole("heading", { name: "Archive" }).waitFor();
  await open(page, "/account");
  await page.getByLabel("Single keys do something").uncheck();
  await page.getByRole("button", { name: "Keep it so" }).click();
  await page.getByText("Single keys do nothing.").waitFor();
  expect(await page.getByLabel("Single keys do something").isChecked()).toBe(false);
});

withAndWithoutScript(
  "a note that was found shows what was searched for, and leads from place to place",
  async ({ page, script }) => {
    await signIn(page);
    await write(page, "Long", `milk\n\n${"Between.\n\n".repeat(60)}more *milk*`);
    await page.goto("/notes?q=milk");
    await ready(page);
    await page.getByRole("link", { name: "Long" }).click();
    const marks = page.getByRole("navigation", { name: "What was searched for" });
    await marks.getByText("in 2 places").waitFor();
    await ready(page);
    const inSight = (id: string) =>
      page.waitForFunction((name) => {
        const { top = -1 } = document.getElementById(name)?.getBoundingClientRect() ?? {};
        return top >= 0 && top < innerHeight && location.hash === `#${name}`;
      }, id);
    await marks.getByRole("link", { name: "Next" }).click();
    await inSight("mark-1");
    // The links go on from the place that was gone to.
    if (script) await marks.locator("[aria-current]").waitFor();
    if (script) await marks.getByRole("link", { name: "Next" }).click();
    else await marks.getByRole("link", { name: "Place 2" }).click();
    await inSight("mark-2");
  },
);
