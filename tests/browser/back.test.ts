import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { recordOf } from "../support/back";
import { oneBrowser, open, ready, save, signIn, visit, write } from "../support/browser";

oneBrowser();

async function edit(page: Page, address: string, text: string) {
  await open(page, `${address}/edit`);
  await page.getByLabel("Text").fill(text);
  await save(page);
  await page.locator("article.note").getByText(text).waitFor();
}

/** The requests of one way, as the back of the page names them. */
const linesOf = (page: Page, way: string) => page.getByRole("region", { name: way }).locator("li code").allInnerTexts();

const EDIT = "routes%2Fnotes.%24noteId.edit";
const NOTE = "routes%2Fnotes.%24noteId._index";

test("what the back of a save says that the other way would be is what it is", async () =>
  visit(true, async ({ page, context }) => {
    await signIn(page);
    const address = await write(page, "Plan", "one");
    await edit(page, address, "words of a script");
    await page.getByRole("link", { name: "Turn this page over" }).click();
    await page.getByText("You haven’t done it by now").waitFor();
    const supposed = await linesOf(page, "Without script");
    const byScript = await linesOf(page, "With script");
    expect(byScript.slice(0, 1)).toEqual([`POST ${address}/edit?_data=${EDIT}`]);
    expect(byScript.slice(1).sort()).toEqual([`GET ${address}?_data=root`, `GET ${address}?_data=${NOTE}`]);

    const plain = await context
      .browser()
      ?.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
    const other = await plain?.newPage();
    if (!other) throw new Error("There is no browser.");
    await other.goto(new URL(`${address}/edit`, page.url()).href);
    await other.getByLabel("Text").fill("words of a page");
    await save(other);
    await other.locator("article.note").getByText("words of a page").waitFor();
    await other.getByRole("link", { name: "Turn this page over" }).click();
    await other.getByText("You have done both").waitFor();
    expect(await linesOf(other, "Without script")).toEqual(supposed);
    expect(supposed).toEqual([`POST ${address}/edit`, `GET ${address}`]);
    expect((await linesOf(other, "With script")).toSorted()).toEqual(byScript.toSorted());
    await plain?.close();
  }));

test("what the back of a tick says that the script sends is what it sends", async () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const address = await write(page, "Plan", "- [ ] one");
    const other = await verso.signIn();
    const { text } = await other.get(address);
    const task = /name="task" value="([^"]+)"/.exec(text)?.[1] ?? "";
    const ticked = await other.post(`${address}/tick`, { task });
    await other.get(address);
    const supposed = await other.get(`/back/${recordOf(ticked)}`);
    const sent: string[] = [];
    await open(page, address);
    page.on("request", (request) => sent.push(`${request.method()} ${request.url().replace(verso.origin, "")}`));
    await page.getByRole("checkbox", { name: "one" }).click();
    const words = () => sent.filter((line) => !line.includes("/build/"));
    await expect.poll(() => words().length).toBe(3);
    for (const line of words()) expect(supposed.text).toContain(line);
  }));

test("with script, a key turns the page over and back to where it was left, and is left alone in a field", async () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await write(page, "Plan", "one");
    await open(page, "/notes?q=plan");
    const corner = page.getByRole("link", { name: "Turn this page over" });
    expect(await corner.getAttribute("aria-keyshortcuts")).toBe("Control+.");
    await page.getByLabel("Search your notes").press("Control+.");
    await page.keyboard.press("Tab");
    expect(new URL(page.url()).pathname).toBe("/notes");
    await page.keyboard.press("Control+.");
    await page.getByRole("heading", { name: "What the server just did" }).waitFor();
    await ready(page);
    await page.locator('a.front[href="/notes?q=plan"]').waitFor();
    await page.keyboard.press("Control+.");
    await page.getByRole("heading", { name: "Search: plan" }).waitFor();
    expect(new URL(page.url()).search).toBe("?q=plan");
  }));

test("a page turns as the person likes it: without motion where they asked for none", async () => {
  for (const reducedMotion of ["no-preference", "reduce"] as const)
    await visit(
      true,
      async ({ page }) => {
        await signIn(page);
        await page.getByRole("link", { name: "Turn this page over" }).click();
        const name = await page.locator("article.back").evaluate((back) => getComputedStyle(back).viewTransitionName);
        expect(name).toBe(reducedMotion === "reduce" ? "none" : "back");
      },
      { reducedMotion },
    );
});
