import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  answering,
  offers,
  oneBrowser,
  open,
  save,
  signIn,
  textOf,
  unreachable,
  type Visit,
  visit,
  withAndWithoutScript,
  write,
} from "../support/browser";

oneBrowser();

/** Opens a note in two tabs, saves `theirs` in the other one, and then `mine` in this one. */
async function saveInTwoTabs(page: Page, before: string, theirs: string, mine: string) {
  await signIn(page);
  const address = await write(page, "Plan", before);
  const other = await page.context().newPage();
  for (const tab of [page, other]) await open(tab, `${address}/edit`);
  await textOf(other).fill(theirs);
  await save(other);
  await other.locator("article.note").waitFor();
  await textOf(page).fill(mine);
  await save(page);
}

withAndWithoutScript("D06 a note saved in two tabs keeps both texts", async ({ page }) => {
  await saveInTwoTabs(page, "top\nmiddle\nend", "top\nmiddle of theirs\nend", "top\nmiddle of mine\nend");
  await page.getByRole("heading", { name: "Both edits are here" }).waitFor();
  await page.getByLabel("Keep your text").check();
  await page.getByRole("button", { name: "Save with these choices" }).click();
  await page.locator(".body").getByText("middle of mine").waitFor();
  expect(await page.locator(".body").textContent()).not.toContain("theirs");
});

withAndWithoutScript(
  "D06 different words of one line are joined; where the same words differ, they are marked",
  async ({ page }) => {
    await saveInTwoTabs(
      page,
      "Bread\n- [ ] 350 g water and salt",
      "Bread\n- [x] 400 g water and salt",
      "Bread\n- [ ] 360 g water, rye and salt",
    );
    await page.getByText("What differs is marked").waitFor();
    expect(await page.locator(".theirs mark").allTextContents()).toEqual(["400"]);
    expect(await page.locator(".mine mark").allTextContents()).toEqual(["360"]);
    await page.getByLabel("Keep the other text").check();
    await page.getByRole("button", { name: "Save with these choices" }).click();
    await page.locator("article.note").getByText("400 g water, rye and salt").waitFor();
    expect(await page.locator(".body").getByRole("checkbox", { checked: true }).count()).toBe(1);
  },
);

withAndWithoutScript("edits in different places are merged, and saved after a look", async ({ page }) => {
  await saveInTwoTabs(page, "one\ntwo\nthree", "ONE\ntwo\nthree", "one\ntwo\nTHREE");
  await page.getByRole("button", { name: "Save the merged note" }).click();
  await page.locator("article.note").waitFor();
  expect(await page.locator(".body").innerText()).toMatch(/ONE\s+two\s+THREE/);
});

withAndWithoutScript("D06 tags and notebook of a save that met a conflict are kept, and said to be", async (at) => {
  const { page, verso } = at;
  await signIn(page);
  const address = await write(page, "Plan", "top\nmiddle\nend");
  const ada = await verso.signIn();
  await ada.post("/notebooks?index", { name: "Work", parent: "" });
  await open(page, `${address}/edit`);
  await ada.post(`${address}/edit`, { title: "Plan", content: "top\ntheirs\nend", version: "1" });
  await textOf(page).fill("top\nmine\nend");
  await page.getByLabel("Tags").fill("home office");
  await page.getByLabel("Notebook").selectOption("Work");
  await save(page);
  await page.getByText("Your change of the tags and the notebook is saved already").waitFor();
  await page.getByRole("button", { name: "Save with these choices" }).click();
  await page.locator("article.note").waitFor();
  await open(page, `${address}/edit`);
  expect(await offers(page).count()).toBe(0);
  expect(await page.getByLabel("Tags").inputValue()).toBe("home office");
  expect(await page.getByLabel("Notebook").locator("option:checked").textContent()).toBe("Work");
});

/** A note with three lines of which both sides changed the middle one; the page shows the conflict. */
async function openConflict({ page, verso }: Visit) {
  await signIn(page);
  const address = await write(page, "Plan", "top\nmiddle\nend");
  await open(page, `${address}/edit`);
  await (await verso.signIn()).post(`${address}/edit`, { title: "Plan", content: "top\ntheirs\nend", version: "1" });
  await textOf(page).fill("top\nmine\nend");
  await save(page);
  await page.getByRole("heading", { name: "Both edits are here" }).waitFor();
  return address;
}

test("with script, a merge by hand that doesn't reach the server stays on the page, and can be saved after", () =>
  visit(true, async (at) => {
    const { page } = at;
    const address = await openConflict(at);
    await textOf(page).fill("top\nmerged by hand\nend");
    await unreachable(page);
    await page.getByRole("button", { name: "Save this text" }).click();
    await page.getByText("Verso could not be reached").waitFor();
    expect(await textOf(page).inputValue()).toBe("top\nmerged by hand\nend");
    await page.unroute("**/*");
    await save(page);
    await page.locator("article.note").getByText("merged by hand").waitFor();
    await open(page, `${address}/edit`);
    expect(await offers(page).count()).toBe(0);
  }));

test("with script, a conflict that is settled by choices leaves no draft", () =>
  visit(true, async (at) => {
    const { page } = at;
    const address = await openConflict(at);
    await page.getByText("Draft kept").waitFor();
    await page.getByRole("button", { name: "Save with these choices" }).click();
    await page.locator("article.note").waitFor();
    await open(page, `${address}/edit`);
    expect(await offers(page).count()).toBe(0);
  }));

test("with script, choices that don't reach the server never write over the other text", () =>
  visit(true, async (at) => {
    const { page } = at;
    await openConflict(at);
    await unreachable(page);
    await page.getByRole("button", { name: "Save with these choices" }).click();
    await page.getByText("Verso could not be reached").waitFor();
    expect(await textOf(page).inputValue()).toBe("top\nmine\nend");
    await page.unroute("**/*");
    await save(page);
    await page.getByRole("heading", { name: "Both edits are here" }).waitFor();
  }));

test("with script, leaving a conflict asks first, and what was written by hand is kept as a draft", () =>
  visit(true, async (at) => {
    const { page } = at;
    const address = await openConflict(at);
    await textOf(page).fill("half a merge");
    await page.getByText("Draft kept").waitFor();
    await answering(page, "accept", () => page.getByRole("link", { name: "Notes", exact: true }).click());
    await page.getByRole("heading", { name: "Notes", level: 1 }).waitFor();
    await open(page, `${address}/edit`);
    await page.getByRole("link", { name: "Take it up" }).first().click();
    await page.getByText("is in the form").waitFor();
    expect(await textOf(page).inputValue()).toBe("half a merge");
  }));
