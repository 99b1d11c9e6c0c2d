import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { oneBrowser, ready, signIn, visit, withAndWithoutScript, write } from "../support/browser";
import { hand, picture, widths } from "../support/pictures";

oneBrowser();

async function attach(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.getByText("Attach files…").click();
  await page.locator("input[type=file]").setInputFiles(files);
  await page.getByRole("button", { name: "Attach" }).click();
}

withAndWithoutScript("files are attached, put into the text, deleted and brought back", async ({ page }) => {
  await signIn(page);
  const note = await write(page, "Garden", "What grows");
  await attach(
    page,
    { name: "rose.jpg", mimeType: "image/jpeg", buffer: await picture() },
    { name: "plan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n") },
  );
  await page.waitForURL(`**${note}#attached`);
  await expect.poll(() => widths(page, ".files img")).toEqual([480]);
  await page.getByText("PDF, 9 bytes").waitFor();
  await page.locator("li", { hasText: "rose.jpg" }).locator("summary").click();
  expect(await page.locator("li", { hasText: "rose.jpg" }).getByLabel("To write it into a text").inputValue()).toMatch(
    /^!\[rose\.jpg\]\(\/files\/[\da-f-]{36}\)$/,
  );
  await page.getByRole("button", { name: "Put at the end of the text" }).first().click();
  await expect.poll(() => widths(page, ".body img")).toEqual([640]);
  await page.locator("li", { hasText: "plan.pdf" }).locator("summary").click();
  await page.locator("li", { hasText: "plan.pdf" }).getByRole("button", { name: "Delete" }).click();
  await page.getByText("“plan.pdf” is deleted.").waitFor();
  expect(await page.getByRole("link", { name: "plan.pdf" }).count()).toBe(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "plan.pdf" }).waitFor();
  await page.getByRole("link", { name: "Files", exact: true }).click();
  await page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Garden" }).first().click();
  await page.getByRole("heading", { name: "Garden", level: 1 }).waitFor();
});

withAndWithoutScript(
  "files are attached beside a text that is being written, and it stays",
  async ({ page, context }) => {
    await signIn(page);
    const note = await write(page, "Garden", "What grows");
    await page.goto(`${note}/edit`);
    await ready(page);
    await page.getByLabel("Text", { exact: true }).fill("What grows, not saved yet");
    const other = context.waitForEvent("page");
    await attach(page, { name: "rose.jpg", mimeType: "image/jpeg", buffer: await picture() });
    const opened = await other;
    await opened.getByRole("link", { name: "rose.jpg" }).waitFor();
    expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("What grows, not saved yet");
  },
);

withAndWithoutScript("a link to a file that is no more leads to a page, and from there on", async ({ page }) => {
  await signIn(page);
  const none = "/files/0199a9a9-0000-7000-8000-000000000000";
  const note = await write(page, "Garden", `[the plan](${none}) and ![a rose](${none})`);
  await page.getByRole("link", { name: "the plan" }).click();
  await page.getByRole("heading", { name: "Not found" }).waitFor();
  await page.goto(none);
  await page.getByRole("heading", { name: "Not found" }).waitFor();
  await page.getByRole("link", { name: "Go to your notes" }).click();
  await page.getByRole("heading", { name: "Notes", level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/notes");
  await page.goto(note);
});

test("a picture that somebody saw on this browser isn't there for the next who signs in", () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    await write(page, "Garden", "What grows");
    await attach(page, { name: "rose.jpg", mimeType: "image/jpeg", buffer: await picture() });
    const address = String(await page.getByRole("link", { name: "rose.jpg" }).getAttribute("href"));
    const status = () => page.evaluate(async (path) => (await fetch(path)).status, address);
    expect(await status()).toBe(200);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await verso.join("Eve");
    await page.getByLabel("E-mail").fill("eve@example.org");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Notes", level: 1 }).waitFor();
    expect(await status()).toBe(404);
  }));

test("with script pictures are dropped or pasted into a text that isn't saved yet", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await page.goto("/notes/new");
    await ready(page);
    const text = page.getByLabel("Text", { exact: true });
    await text.fill("Before ");
    for (const kind of ["drop", "paste"] as const) await hand(text, kind, await picture());
    await expect.poll(() => text.inputValue()).toMatch(/^Before .*!\[paste\.jpg\]\(\/files\/[\da-f-]{36}\)/);
    await expect.poll(() => text.inputValue()).toContain("![drop.jpg](/files/");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(() => widths(page, ".body img")).toEqual([640, 640]);
    await expect.poll(() => widths(page, ".files img")).toEqual([480, 480]);
  }));
