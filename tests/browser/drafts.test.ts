import { expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { oneBrowser, ready, signIn, visit, write } from "../support/browser";

oneBrowser();

test("D02 D03 with script a draft survives a tab that is killed, is offered, and goes once it is saved", () =>
  visit(true, async ({ page, context }) => {
    await signIn(page);
    const address = await write(page, "Draft", "saved text");
    await page.goto(`${address}/edit`);
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("typed and not saved");
    await page.getByText("A draft is kept on this device").waitFor();
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto(`${address}/edit`);
    await again.getByText("An unsaved draft").waitFor();
    // Never put in by itself.
    expect(await again.getByRole("textbox", { name: "Text" }).inputValue()).toBe("saved text");
    await again.getByRole("button", { name: "Put it into the form" }).click();
    expect(await again.getByRole("textbox", { name: "Text" }).inputValue()).toBe("typed and not saved");
    await again.getByRole("button", { name: "Save" }).click();
    await again.locator("article.note").waitFor();
    await again.goto(`${address}/edit`);
    await ready(again);
    expect(await again.getByText("An unsaved draft").count()).toBe(0);
  }));

test("D04 with script a draft of an older version is shown, but not to be put into the newer note", () =>
  visit(true, async ({ page, context, verso }) => {
    await signIn(page);
    const address = await write(page, "Draft", "one");
    await page.goto(`${address}/edit`);
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("draft on version one");
    await page.getByText("A draft is kept on this device").waitFor();
    await page.close({ runBeforeUnload: false });
    const elsewhere = await verso.signIn();
    await elsewhere.post(`${address}/edit`, { title: "Draft", content: "two", version: "1" });
    const again = await context.newPage();
    await again.goto(`${address}/edit`);
    await again.getByText("The note has changed since").waitFor();
    expect(await again.getByRole("button", { name: "Put it into the form" }).count()).toBe(0);
    await again.getByText("Show it").click();
    await again.getByText("draft on version one").waitFor();
  }));

test("with script, leaving with unsaved text asks first", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Leave", "text");
    await page.goto(`${address}/edit`);
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("changed");
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.getByRole("link", { name: "Trash", exact: true }).click();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("changed");
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("link", { name: "Trash", exact: true }).click();
    await page.getByRole("heading", { name: "Trash", level: 1 }).waitFor();
  }));

test("with script, a save that doesn't reach the server keeps the page and its text, and can be tried again", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Offline", "text");
    await page.goto(`${address}/edit`);
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("typed in a tunnel");
    await page.route("**/*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Verso could not be reached").waitFor();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("typed in a tunnel");
    await page.unroute("**/*");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("article.note").getByText("typed in a tunnel").waitFor();
  }));

test("with script, a new note that doesn't reach the server keeps the page and its text, and can be tried again", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await page.goto("/notes/new");
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("typed in a tunnel");
    await page.route("**/*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Verso could not be reached").waitFor();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("typed in a tunnel");
    await page.unroute("**/*");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".body").getByText("typed in a tunnel").waitFor();
    await page.goto("/notes/new");
    await ready(page);
    expect(await page.getByText("An unsaved draft").count()).toBe(0);
  }));

test("with script, a refused save leaves its draft, whatever note is looked at in between", () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const other = await write(page, "Other", "other");
    const address = await write(page, "Full", "before");
    await page.goto(`${address}/edit`);
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("words on a full disk");
    const { writer } = verso.engine as SqliteEngine;
    writer.pragma("query_only = 1");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("can't be written to").waitFor();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("words on a full disk");
    page.once("dialog", (dialog) => dialog.accept());
    await page.goto(other);
    await page.goto(address);
    await page.locator("article.note").waitFor();
    await page.goto(`${address}/edit`);
    await page.getByRole("button", { name: "Put it into the form" }).click();
    writer.pragma("query_only = 0");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("article.note").getByText("words on a full disk").waitFor();
  }));

test("with script, a refused text is asked about before it is left", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await page.goto("/notes/new");
    await ready(page);
    await page.getByLabel("Title").fill("x".repeat(301));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").waitFor();
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.getByRole("link", { name: "Trash", exact: true }).click();
    await page.getByRole("heading", { name: "New note" }).waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("x".repeat(301));
  }));

test("with script, a draft of a new note that was put into the form and saved is not offered again", () =>
  visit(true, async ({ page, context }) => {
    await signIn(page);
    await page.goto("/notes/new");
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("begun yesterday");
    await page.getByText("A draft is kept on this device").waitFor();
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto("/notes/new");
    await again.getByRole("button", { name: "Put it into the form" }).click();
    await again.getByRole("button", { name: "Save" }).click();
    await again.locator("article.note").waitFor();
    await again.goto("/notes/new");
    await ready(again);
    expect(await again.getByText("An unsaved draft").count()).toBe(0);
  }));

test("with script, signing out asks where drafts would go with it", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await page.goto("/notes/new");
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("not yet saved");
    await page.getByText("A draft is kept on this device").waitFor();
    await page.goto("/trash").catch(() => {});
    await page.goto("/trash");
    await ready(page);
    const questions: string[] = [];
    page.once("dialog", (dialog) => {
      questions.push(dialog.message());
      return dialog.dismiss();
    });
    await page.getByRole("button", { name: "Sign out" }).click();
    expect(questions).toEqual(["A draft that is not saved yet will be deleted from this device. Sign out?"]);
    expect(new URL(page.url()).pathname).toBe("/trash");
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  }));
