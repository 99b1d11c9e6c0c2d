import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import {
  answering,
  draftsReachable,
  draftsUnreachable,
  offers,
  oneBrowser,
  open,
  save,
  signIn,
  textOf,
  type Visit,
  visit,
  withAndWithoutScript,
  write,
} from "../support/browser";
import { sendDraft } from "../support/drafts";

oneBrowser();

const kept = (page: Page) => page.getByText("Draft kept").waitFor();

/** A note of Ada's whose form is open. */
async function editing({ page }: Visit, text = "saved text") {
  await signIn(page);
  const address = await write(page, "Plan", text);
  await open(page, `${address}/edit`);
  return address;
}

/** Texts of the drafts that the server has. */
function draftsOn({ verso }: Visit) {
  const { writer } = verso.engine as SqliteEngine;
  return writer.prepare("select content from drafts where ended is null order by kept").pluck().all();
}

/** Waits until the server's drafts are these. */
const draftsAre = (at: Visit, texts: string[]) => expect.poll(() => draftsOn(at), { timeout: 8_000 }).toEqual(texts);

test("with script, a draft that the server has is offered once, also in the browser that it was typed in", () =>
  visit(true, async (at) => {
    const { page } = at;
    const address = await editing(at);
    await textOf(page).fill("typed and not saved");
    await kept(page);
    await page.goto("/notes");
    await open(page, `${address}/edit`);
    await offers(page).getByText("What it changes").waitFor();
    expect(await page.getByText("is kept on this device").count()).toBe(0);
  }));

test("D02 with script, a draft is kept two seconds after typing stops, survives a killed tab, and is taken up on another device", () =>
  visit(true, async (at) => {
    const { page, verso } = at;
    const address = await editing(at);
    await textOf(page).fill("typed and not saved");
    await kept(page);
    await page.close({ runBeforeUnload: false });
    const other = await (await page.context().browser())?.newContext({ baseURL: verso.origin });
    const elsewhere = await other?.newPage();
    if (!elsewhere) throw new Error("no browser");
    await signIn(elsewhere);
    await open(elsewhere, `${address}/edit`);
    await offers(elsewhere).getByText("What it changes").click();
    await offers(elsewhere).getByText("typed and not").waitFor();
    // Never put in by itself.
    expect(await textOf(elsewhere).inputValue()).toBe("saved text");
    await elsewhere.getByRole("link", { name: "Take it up" }).click();
    await elsewhere.getByText("is in the form").waitFor();
    expect(await textOf(elsewhere).inputValue()).toBe("typed and not saved");
    await save(elsewhere);
    await elsewhere.locator("article.note").getByText("typed and not saved").waitFor();
    await open(elsewhere, `${address}/edit`);
    expect(await offers(elsewhere).count()).toBe(0);
    expect(draftsOn(at)).toEqual([]);
    await other?.close();
  }));

test("D02 D13 with script, what is typed when the page hides or is left is kept at once", () =>
  visit(true, async (at) => {
    const { page } = at;
    const address = await editing(at);
    await textOf(page).fill("saved text and more");
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await draftsAre(at, ["saved text and more"]);
    await page.evaluate(() => Reflect.deleteProperty(document, "visibilityState"));
    await textOf(page).fill("left in a hurry");
    await answering(page, "accept", () => page.getByRole("link", { name: "Trash", exact: true }).click());
    await page.getByRole("heading", { name: "Trash", level: 1 }).waitFor();
    await draftsAre(at, ["left in a hurry"]);
    await open(page, `${address}/edit`);
    await textOf(page).fill("closed in a hurry");
    await page.close({ runBeforeUnload: false });
    await draftsAre(at, ["left in a hurry", "closed in a hurry"]);
  }));

test("D09 with script, answers that come late or in another order change neither the text, nor the caret, nor what can be undone", () =>
  visit(true, async (at) => {
    const { page } = at;
    await editing(at);
    const held: Route[] = [];
    await page.route("**/drafts/*/keep", (route) => void held.push(route));
    const caught = (count: number) => expect.poll(() => held.length, { timeout: 8_000 }).toBe(count);
    await textOf(page).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" one");
    await caught(1);
    await page.keyboard.type(" two");
    await caught(2);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    const caret = () =>
      textOf(page).evaluate((field) => [
        (field as HTMLTextAreaElement).selectionStart,
        (field as HTMLTextAreaElement).selectionEnd,
      ]);
    const before = await caret();
    await held[1]?.continue();
    await kept(page);
    await held[0]?.continue();
    await expect.poll(() => draftsOn(at)).toEqual(["saved text one two"]);
    expect(await caret()).toEqual(before);
    expect(await textOf(page).inputValue()).toBe("saved text one two");
    await page.keyboard.press("End");
    await page.keyboard.press("Control+z");
    expect(await textOf(page).inputValue()).not.toBe("saved text one two");
    await page.keyboard.press("Control+Shift+z");
    expect(await textOf(page).inputValue()).toBe("saved text one two");
    await page.unroute("**/drafts/*/keep");
  }));

test("D09 with script, a word that is being composed stays one while a draft is kept", () =>
  visit(true, async (at) => {
    const { page, context } = at;
    await editing(at, "");
    await textOf(page).focus();
    const events: string[] = [];
    await page.exposeFunction("told", (kind: string) => events.push(kind));
    await textOf(page).evaluate((field) => {
      for (const kind of ["compositionstart", "compositionend"])
        field.addEventListener(kind, () => (window as unknown as { told(kind: string): void }).told(kind));
    });
    const devtools = await context.newCDPSession(page);
    const compose = (text: string) =>
      devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await compose("に");
    await compose("にほ");
    await kept(page);
    await compose("にほん");
    expect(events).toEqual(["compositionstart"]);
    await devtools.send("Input.insertText", { text: "日本" });
    await expect.poll(() => events).toEqual(["compositionstart", "compositionend"]);
    expect(await textOf(page).inputValue()).toBe("日本");
    await draftsAre(at, ["日本"]);
  }));

test("with script, tags alone that were typed and not saved are asked about, kept, and taken up", () =>
  visit(true, async (at) => {
    const { page } = at;
    const address = await editing(at);
    await page.getByLabel("Tags").fill("home");
    await kept(page);
    await answering(page, "dismiss", () => page.getByRole("link", { name: "Trash", exact: true }).click());
    expect(await page.getByLabel("Tags").inputValue()).toBe("home");
    await answering(page, "accept", () => page.getByRole("link", { name: "Trash", exact: true }).click());
    await page.getByRole("heading", { name: "Trash", level: 1 }).waitFor();
    await open(page, `${address}/edit`);
    await page.getByText("Tags: home", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Take it up" }).click();
    await page.getByText("is in the form").waitFor();
    expect(await page.getByLabel("Tags").inputValue()).toBe("home");
    await save(page);
    await page.locator("article.note").waitFor();
    expect(draftsOn(at)).toEqual([]);
  }));

test("with script, a draft that a conflict leaves keeps the note's tags", () =>
  visit(true, async (at) => {
    const { page, verso } = at;
    const address = await editing(at, "top\nend");
    const elsewhere = await verso.signIn();
    await elsewhere.post(`${address}/edit`, { title: "Plan", content: "TOP\nend", version: "1", tags: "home" });
    await textOf(page).fill("top\nEND");
    await save(page);
    await page.getByRole("heading", { name: "Both edits are here" }).waitFor();
    await kept(page);
    await answering(page, "accept", () => open(page, `${address}/edit`));
    await page.getByRole("link", { name: "Take it up" }).first().click();
    await page.getByText("is in the form").waitFor();
    expect(await page.getByLabel("Tags").inputValue()).toBe("home");
  }));

test("with script, a server that is away is tried again until it is back; the text is kept here meanwhile", () =>
  visit(true, async (at) => {
    const { page } = at;
    await editing(at);
    await draftsUnreachable(page);
    await textOf(page).fill("typed in a tunnel");
    await page.getByText("Not kept – trying again. A draft is kept on this device.").waitFor();
    await draftsReachable(page);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await kept(page);
    await draftsAre(at, ["typed in a tunnel"]);
    // What the server has needs no second place.
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("verso draft")))).toEqual(
      [],
    );
  }));

test("with script, a full disk is said so, and the draft is kept here", () =>
  visit(true, async (at) => {
    const { page, verso } = at;
    await editing(at);
    const { writer } = verso.engine as SqliteEngine;
    writer.pragma("query_only = 1");
    await textOf(page).fill("words on a full disk");
    await page.getByText("Not kept – trying again. A draft is kept on this device.").waitFor();
    writer.pragma("query_only = 0");
    await kept(page);
    await draftsAre(at, ["words on a full disk"]);
  }));

test("D01 with script, a login that ends while somebody types loses nothing, and goes on after signing in in another tab", () =>
  visit(true, async (at) => {
    const { page, context, verso } = at;
    await editing(at);
    (verso.engine as SqliteEngine).writer.exec("delete from sessions");
    await textOf(page).fill("typed after the login ended");
    await page.getByText("Sign in again in another tab; nothing is lost.").waitFor();
    const tab = await context.newPage();
    await signIn(tab);
    await page.bringToFront();
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await kept(page);
    await draftsAre(at, ["typed after the login ended"]);
    await save(page);
    await page.locator("article.note").getByText("typed after the login ended").waitFor();
    expect(draftsOn(at)).toEqual([]);
  }));

test("D06 with script, two tabs on one note keep two drafts, and a save in one leaves the other's", () =>
  visit(true, async (at) => {
    const { page, context } = at;
    const address = await editing(at);
    const other = await context.newPage();
    await open(other, `${address}/edit`);
    await textOf(page).fill("mine");
    await kept(page);
    await textOf(other).fill("theirs");
    await kept(other);
    await draftsAre(at, ["mine", "theirs"]);
    await save(page);
    await page.locator("article.note").getByText("mine").waitFor();
    expect(draftsOn(at)).toEqual(["theirs"]);
    await open(page, `${address}/edit`);
    await offers(page).getByText("The note was saved since").waitFor();
  }));

test("with script, what is typed after “Save and keep writing” is a draft of the new version", () =>
  visit(true, async (at) => {
    const { page, verso } = at;
    await editing(at);
    await textOf(page).fill("one");
    await kept(page);
    await page.getByRole("button", { name: "Save and keep writing" }).click();
    await page.getByRole("status").getByText("Saved").waitFor();
    expect(draftsOn(at)).toEqual([]);
    await textOf(page).fill("one two");
    await kept(page);
    const { writer } = verso.engine as SqliteEngine;
    expect(writer.prepare("select content, version from drafts where ended is null").all()).toEqual([
      { content: "one two", version: 2 },
    ]);
    await textOf(page).fill("one");
    await draftsAre(at, []);
  }));

test("with script, a text of more than a page may send while it goes is kept all the same", () =>
  visit(true, async (at) => {
    const { page, context } = at;
    const address = await editing(at);
    await textOf(page).fill("long ".repeat(20_000));
    await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await open(again, `${address}/edit`);
    await offers(again).first().waitFor();
  }));

withAndWithoutScript("a draft is looked at, dropped, had back, taken up and saved", async (at) => {
  const { page, verso } = at;
  await signIn(page);
  const address = await write(page, "Plan", "350 g water");
  const note = address.replace("/notes/", "");
  const id = "0199a9a9-0000-4000-8000-00000000000d";
  await sendDraft(verso, await verso.signIn(), id, { note, title: "Plan", content: "360 g water" });
  await open(page, "/notes");
  await page.getByRole("link", { name: "Drafts" }).click();
  await page.getByRole("heading", { name: "Drafts" }).waitFor();
  await page.getByRole("button", { name: "Drop it" }).click();
  await page.getByText("There are no unsaved drafts.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.locator(".drafts").getByRole("link", { name: "Plan" }).click();
  await page.locator("del", { hasText: "350" }).waitFor();
  await page.getByRole("link", { name: "Take it up" }).click();
  await page.getByText("is in the form").waitFor();
  expect(await textOf(page).inputValue()).toBe("360 g water");
  await save(page);
  await page.locator("article.note").getByText("360 g water").waitFor();
  expect(draftsOn(at)).toEqual([]);
});
