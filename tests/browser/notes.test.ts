import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { oneBrowser, open, ready, save, signIn, textOf, visit, withAndWithoutScript, write } from "../support/browser";
import { ADA } from "../support/verso";
import { zip } from "../support/zip";

oneBrowser();

withAndWithoutScript(
  "on the first start one makes the owner's account and writes the first note",
  async ({ page }) => {
    await page.goto("/");
    await page.getByLabel("Name").fill(ADA.name);
    await page.getByLabel("E-mail").fill(ADA.email);
    await page.getByLabel("Password").fill(ADA.password);
    await page.getByRole("button", { name: "Make my account" }).click();
    await page.getByRole("link", { name: "Write the first note" }).click();
    await page.getByLabel("Title").fill("First");
    await textOf(page).fill("- [x] done\n- [ ] to do");
    await save(page);
    await page.getByRole("heading", { name: "First", level: 1 }).waitFor();
    expect(await page.getByRole("checkbox", { name: "done" }).isChecked()).toBe(true);
  },
  { empty: true },
);

withAndWithoutScript("a note is written, found, edited, thrown away and brought back", async ({ page }) => {
  await signIn(page);
  const address = await write(page, "Bread", "flour and water");
  await page.getByLabel("Search your notes").fill("flour");
  await page.getByLabel("Search your notes").press("Enter");
  await page.getByText("1 note · How to search").waitFor();
  await page.getByRole("link", { name: "Bread" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await ready(page);
  await textOf(page).fill("flour, water and salt");
  await save(page);
  await page.getByText("flour, water and salt").waitFor();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("back from the trash").waitFor();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await page.getByText("Delete for good").click();
  await page.getByRole("button", { name: "Delete it and all its versions" }).click();
  await page.getByText("The trash is empty").waitFor();
  expect((await page.goto(address))?.status()).toBe(404);
});

/** Saves what is in the form when the login has expired, by signing in. */
async function saveSignedOut(page: Page) {
  await page.context().clearCookies();
  await save(page);
  await page.getByRole("heading", { name: "Sign in to save it" }).waitFor();
  await page.getByLabel("E-mail").fill(ADA.email);
  await page.getByLabel("Password").fill(ADA.password);
  await page.getByRole("button", { name: "Sign in and save" }).click();
}

withAndWithoutScript("D01 what is saved when the login has expired is saved after signing in", async ({ page }) => {
  await signIn(page);
  const address = await write(page, "Long", "before");
  await open(page, `${address}/edit`);
  await textOf(page).fill("written for an hour");
  await saveSignedOut(page);
  await page.getByText("written for an hour").waitFor();
  expect(new URL(page.url()).pathname).toBe(address);
});

withAndWithoutScript("D01 a text without a title is saved after signing in too", async ({ page }) => {
  await signIn(page);
  await open(page, "/notes/new");
  await textOf(page).fill("precious words");
  await saveSignedOut(page);
  await page.locator("article.note").getByRole("heading", { name: "precious words" }).waitFor();
});

withAndWithoutScript("S69 after signing out, Back shows nothing of anybody's", async ({ page }) => {
  await signIn(page);
  const address = await write(page, "Private", "for my eyes only");
  await page.goto("/notes");
  await page.goto(address);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  for (let steps = 0; steps < 3; steps += 1) {
    await page.goBack();
    expect(await page.content()).not.toContain("for my eyes only");
  }
});

test("with script, a navigation puts the focus on the new page, and a notice is said once", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Focus", "text");
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("heading", { name: "Edit note" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.goto(address);
    await page.getByRole("button", { name: "Move to trash" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("back from the trash").waitFor();
    await page.waitForURL((url) => url.search === "");
    await page.reload();
    await page.locator("article.note").waitFor();
    expect(await page.getByText("back from the trash").count()).toBe(0);
  }));

withAndWithoutScript(
  "a form that is refused says why, leads to the fields, and keeps what was typed",
  async ({ page, script }) => {
    await signIn(page);
    await open(page, "/notes/new");
    await page.getByLabel("Title").fill("x".repeat(301));
    await textOf(page).fill("the text");
    await save(page);
    const link = page.getByRole("alert").getByRole("link");
    await link.waitFor();
    expect(await page.locator("section.summary").evaluate((box) => box === document.activeElement)).toBe(true);
    await link.click();
    if (script) expect(await page.evaluate(() => document.activeElement?.id)).toBe("title");
    else expect(new URL(page.url()).hash).toBe("#title");
    expect(await textOf(page).inputValue()).toBe("the text");
    await page.getByLabel("Title").fill("short");
    await save(page);
    await page.getByRole("heading", { name: "short" }).waitFor();
  },
);

withAndWithoutScript("a vault goes in by the form, is listed, searched, opened and edited", async ({ page }) => {
  const files = Array.from({ length: 120 }, (_, count) => ({
    name: `vault/Note ${count}.md`,
    data: `# Heading\n\ntext number ${count}`,
  }));
  await signIn(page);
  await open(page, "/import");
  await page
    .getByLabel("Files")
    .setInputFiles({ name: "canary-name-of-a-vault.zip", mimeType: "application/zip", buffer: zip(files) });
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByText("120 made, 0 skipped, 0 failed.").waitFor();
  await page.goto("/notes");
  expect(await page.locator(".notes > li").count()).toBe(50);
  await page.getByRole("link", { name: "Older notes" }).click();
  await page.waitForURL(/after=/);
  await page.goto("/notes?q=%22number+77%22");
  await page.getByRole("link", { name: "Note 77" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await ready(page);
  await textOf(page).fill("edited");
  await save(page);
  await page.getByText("edited").waitFor();
});

test("a page for anyone loads no script", () =>
  visit(true, async ({ page }) => {
    const scripts: string[] = [];
    page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
    for (const path of ["/", "/login", "/join", "/nowhere"]) await page.goto(path);
    expect(scripts).toEqual([]);
  }));

withAndWithoutScript("pressing Save twice makes one note", async ({ page, verso }) => {
  await signIn(page);
  await open(page, "/notes/new");
  await page.getByLabel("Title").fill("Twice");
  await page.getByRole("button", { name: "Save", exact: true }).dblclick();
  await page.locator("article.note").waitFor();
  expect((await (await verso.signIn()).get("/notes?q=Twice")).text).toContain("1 note<");
});

test("by the keyboard alone the skip link comes first and is seen", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await open(page, "/notes");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the page" });
    expect(
      await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().width > 50),
    ).toBe(true);
  }));

test("a note is printed without the app around it", () =>
  visit(false, async ({ page }) => {
    await signIn(page);
    await write(page, "Print", "text");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".rail").isVisible()).toBe(false);
    expect(await page.locator(".body").isVisible()).toBe(true);
  }));
