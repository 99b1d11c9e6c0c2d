import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import {
  answering,
  draftsUnreachable,
  offers,
  oneBrowser,
  open,
  save,
  signIn,
  textOf,
  unreachable,
  type Visit,
  visit,
  write,
} from "../support/browser";

oneBrowser();

/** Types a text that is kept in this browser only: the server's disk is full meanwhile. */
async function leaveDraft({ page, verso }: Visit, path: string, text: string, tags = "") {
  const { writer } = verso.engine as SqliteEngine;
  await open(page, path);
  writer.pragma("query_only = 1");
  await textOf(page).fill(text);
  await page.getByLabel("Tags").fill(tags);
  await page.getByText("A draft is kept on this device").waitFor();
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => verso.engine.trouble()).not.toBeNull();
  writer.pragma("query_only = 0");
}

/** Saves a text in vain, and then again. */
async function saveInTunnel(page: Page, path: string) {
  await open(page, path);
  await textOf(page).fill("typed in a tunnel");
  await unreachable(page);
  await save(page);
  await page.getByText("Verso could not be reached").waitFor();
  expect(await textOf(page).inputValue()).toBe("typed in a tunnel");
  await page.unroute("**/*");
  await save(page);
}

/** Saves wait until what is returned is called. */
async function holdSave(page: Page) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(
    (url) => url.pathname.endsWith("/edit"),
    async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    },
  );
  return release;
}

async function expectNoDraft(page: Page, path: string) {
  await open(page, path);
  expect(await offers(page).count()).toBe(0);
}

test("D02 D03 with script a draft that the server never got survives a tab that is killed, is offered, and goes once it is saved", () =>
  visit(true, async (at) => {
    const { page, context } = at;
    await signIn(page);
    const address = await write(page, "Draft", "saved text");
    await leaveDraft(at, `${address}/edit`, "typed and not saved");
    const again = await context.newPage();
    await again.goto(`${address}/edit`);
    await again.getByText("An unsaved draft").waitFor();
    // Never put in by itself.
    expect(await textOf(again).inputValue()).toBe("saved text");
    await again.getByRole("button", { name: "Put it into the form" }).click();
    expect(await textOf(again).inputValue()).toBe("typed and not saved");
    await save(again);
    await again.locator("article.note").waitFor();
    await expectNoDraft(again, `${address}/edit`);
  }));

test("D04 with script a draft of an older version is shown, but not to be put into the newer note", () =>
  visit(true, async (at) => {
    const { page, context, verso } = at;
    await signIn(page);
    const address = await write(page, "Draft", "one");
    await leaveDraft(at, `${address}/edit`, "draft on version one", "home");
    const elsewhere = await verso.signIn();
    await elsewhere.post(`${address}/edit`, { title: "Draft", content: "two", version: "1" });
    const again = await context.newPage();
    await again.goto(`${address}/edit`);
    await again.getByText("The note has changed since").waitFor();
    await again.getByText("Tags: home", { exact: true }).waitFor();
    expect(await again.getByRole("button", { name: "Put it into the form" }).count()).toBe(0);
    await again.getByText("Show it").click();
    await again.getByText("draft on version one").waitFor();
  }));

test("with script, a draft that is offered stays as it was while something else is typed, kept and saved", () =>
  visit(true, async (at) => {
    const { page, context } = at;
    await signIn(page);
    const address = await write(page, "Draft", "saved text");
    await leaveDraft(at, `${address}/edit`, "typed and not saved");
    const again = await context.newPage();
    await open(again, `${address}/edit`);
    await again.getByText("An unsaved draft").waitFor();
    await textOf(again).fill("something else");
    await again.getByText("Draft kept").waitFor();
    await save(again);
    await again.locator("article.note").getByText("something else").waitFor();
    await open(again, `${address}/edit`);
    await offers(again).getByText("Show it").click();
    await offers(again).getByText("typed and not saved").waitFor();
    expect(await offers(again).count()).toBe(1);
  }));

test("with script, nothing can be typed into a form that is on its way to another page", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Slow", "text");
    await open(page, `${address}/edit`);
    const release = await holdSave(page);
    await textOf(page).fill("changed");
    await save(page);
    await page.getByText("Saving…").waitFor();
    for (const field of [textOf(page), page.getByLabel("Title"), page.getByLabel("Tags")])
      expect(await field.isEditable()).toBe(false);
    release();
    await page.locator(".body").getByText("changed").waitFor();
  }));

test("with script, what is typed after “Save and keep writing” outlives that save, also where it meets a conflict", () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const address = await write(page, "Slow", "top\nend");
    await open(page, `${address}/edit`);
    await (await verso.signIn()).post(`${address}/edit`, { title: "Slow", content: "TOP\nend", version: "1" });
    await draftsUnreachable(page);
    const release = await holdSave(page);
    await textOf(page).fill("top\nEND");
    await page.getByRole("button", { name: "Save and keep writing" }).click();
    await page.getByText("Saving…").waitFor();
    await textOf(page).fill("top\nEND AND MORE");
    release();
    await page.getByRole("button", { name: "Save the merged note" }).click();
    await page.locator("article.note").getByText("END").waitFor();
    await open(page, `${address}/edit`);
    await offers(page).getByText("Show it").click();
    await offers(page).getByText("AND MORE").waitFor();
    expect(await offers(page).count()).toBe(1);
  }));

test("with script, leaving with unsaved text asks first", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Leave", "text");
    await open(page, `${address}/edit`);
    await textOf(page).fill("changed");
    await answering(page, "dismiss", () => page.getByRole("link", { name: "Trash", exact: true }).click());
    expect(await textOf(page).inputValue()).toBe("changed");
    await answering(page, "accept", () => page.getByRole("link", { name: "Trash", exact: true }).click());
    await page.getByRole("heading", { name: "Trash", level: 1 }).waitFor();
  }));

test("with script, a save that doesn't reach the server keeps the page and its text, and can be tried again", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Offline", "text");
    await saveInTunnel(page, `${address}/edit`);
    await page.locator("article.note").getByText("typed in a tunnel").waitFor();
  }));

test("with script, a new note that doesn't reach the server keeps the page and its text, and can be tried again", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await saveInTunnel(page, "/notes/new");
    await page.locator(".body").getByText("typed in a tunnel").waitFor();
    await expectNoDraft(page, "/notes/new");
  }));

test("with script, a refused save leaves its draft, whatever note is looked at in between", () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const other = await write(page, "Other", "other");
    const address = await write(page, "Full", "before");
    await open(page, `${address}/edit`);
    await textOf(page).fill("words on a full disk");
    const { writer } = verso.engine as SqliteEngine;
    writer.pragma("query_only = 1");
    await save(page);
    await page.getByText("can't be written to").waitFor();
    expect(await textOf(page).inputValue()).toBe("words on a full disk");
    await answering(page, "accept", () => page.goto(other));
    await page.goto(address);
    await page.locator("article.note").waitFor();
    await page.goto(`${address}/edit`);
    await page.getByRole("button", { name: "Put it into the form" }).click();
    writer.pragma("query_only = 0");
    await save(page);
    await page.locator("article.note").getByText("words on a full disk").waitFor();
  }));

test("with script, a refused text is asked about before it is left", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await open(page, "/notes/new");
    await page.getByLabel("Title").fill("x".repeat(301));
    await save(page);
    await page.getByRole("alert").waitFor();
    await answering(page, "dismiss", () => page.getByRole("link", { name: "Trash", exact: true }).click());
    await page.getByRole("heading", { name: "New note" }).waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("x".repeat(301));
  }));

test("with script, a draft of a new note that was put into the form and saved is not offered again", () =>
  visit(true, async (at) => {
    const { page, context } = at;
    await signIn(page);
    await leaveDraft(at, "/notes/new", "begun yesterday");
    const again = await context.newPage();
    await again.goto("/notes/new");
    await again.getByRole("button", { name: "Put it into the form" }).click();
    await save(again);
    await again.locator("article.note").waitFor();
    await expectNoDraft(again, "/notes/new");
  }));

test("with script, whoever signs out from the form itself leaves no draft in the browser", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await open(page, "/notes/new");
    await page.route("**/drafts/*/keep", (route) => route.abort());
    await textOf(page).fill("for nobody else");
    const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("verso draft")));
    await expect.poll(async () => (await drafts()).length).toBe(1);
    page.on("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await drafts()).toEqual([]);
  }));

test("with script, signing out asks where drafts would go with it", () =>
  visit(true, async (at) => {
    await signIn(at.page);
    await leaveDraft(at, "/notes/new", "not yet saved");
    const page = await at.context.newPage();
    await open(page, "/trash");
    const question = await answering(page, "dismiss", () => page.getByRole("button", { name: "Sign out" }).click());
    expect(question).toBe("A draft that is not saved yet will be deleted from this device. Sign out?");
    expect(new URL(page.url()).pathname).toBe("/trash");
    await answering(page, "accept", () => page.getByRole("button", { name: "Sign out" }).click());
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  }));
