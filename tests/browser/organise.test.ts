import { expect } from "vitest";
import { oneBrowser, open, save, signIn, textOf, withAndWithoutScript, write } from "../support/browser";

oneBrowser();

const PHONE = { viewport: { width: 390, height: 760 } };

withAndWithoutScript("a note gets a notebook, tags, a colour and a pin, and is found by each", async ({ page }) => {
  await signIn(page);
  await open(page, "/notebooks");
  await page.getByLabel("Name").fill("Garden");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("heading", { name: "Garden", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Write a note in it" }).click();
  await page.getByLabel("Title").fill("Tomatoes");
  await textOf(page).fill("sown in #march");
  await page.getByLabel("Tags").fill("vegetables");
  await save(page);
  const note = page.locator("article.note");
  await note.getByRole("link", { name: "Garden" }).waitFor();
  await page.getByText("Organise…").click();
  await note.getByLabel("Colour").selectOption("Green");
  await page.getByRole("button", { name: "Mark", exact: true }).click();
  await page.getByText("The note is marked.").waitFor();
  await page.getByText("Organise…").click();
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await page.getByText("The note is pinned.").waitFor();
  await note.getByRole("link", { name: "#march" }).first().click();
  await page.getByRole("heading", { name: "#march", level: 1 }).waitFor();
  await page.getByText("Pinned · Green").waitFor();
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "#vegetables" }).click();
  await page.getByRole("heading", { name: "#vegetables", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Tomatoes" }).waitFor();
});

withAndWithoutScript("several notes are archived at once, and brought back by the undo", async ({ page }) => {
  await signIn(page);
  for (const title of ["One", "Two", "Three"]) await write(page, title, "");
  await open(page, "/notes");
  for (const title of ["One", "Three"]) await page.getByLabel(`Choose ${title}`).check();
  await page.getByText("With the notes that are ticked…").click();
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await page.getByText("2 notes are in the archive.").waitFor();
  expect(await page.getByRole("main").getByRole("listitem").count()).toBe(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Three" }).waitFor();
  expect(await page.getByRole("main").getByRole("listitem").count()).toBe(3);
});

withAndWithoutScript(
  "on a phone the places are a page of their own",
  async ({ page }) => {
    await signIn(page);
    await write(page, "Note", "with a #tag");
    expect(await page.getByRole("navigation", { name: "Places" }).count()).toBe(0);
    await page.getByRole("link", { name: "Places" }).click();
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "#tag" }).click();
    await page.getByRole("heading", { name: "#tag", level: 1 }).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(wide).toBe(0);
  },
  PHONE,
);
