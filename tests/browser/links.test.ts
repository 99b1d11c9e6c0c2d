import { expect } from "vitest";
import { oneBrowser, open, save, signIn, textOf, withAndWithoutScript, write } from "../support/browser";

oneBrowser();

withAndWithoutScript(
  "a note is made from a link to it, linked from there, renamed, and its links follow",
  async ({ page }) => {
    await signIn(page);
    const diary = await write(page, "Diary of the garden", "Today I asked [[Uncle Ferdinand|my uncle]] about apples.");
    await page.getByRole("link", { name: "my uncle" }).click();
    await page.getByText("There is no note of this title yet").waitFor();
    await page.getByRole("link", { name: "Write it" }).click();
    await page.getByRole("heading", { name: "New note" }).waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("Uncle Ferdinand");
    await textOf(page).fill("# Apples\n\n# Pears\n\n# Plums\n\n# Quinces");
    await save(page);
    await page.locator("article.note").waitFor();
    const uncle = new URL(page.url()).pathname;
    await page.getByRole("heading", { name: "Notes that link here" }).waitFor();
    await page.getByText("Today I asked my uncle about apples.").waitFor();
    await page.getByText("Contents", { exact: true }).click();
    await page.getByRole("link", { name: "Quinces" }).click();
    expect(new URL(page.url()).hash).toBe("#note-quinces");
    await open(page, `${uncle}/edit`);
    await page.getByLabel("Title").fill("Great-uncle Ferdinand");
    await save(page);
    await page.getByText("1 note links to this one as “Uncle Ferdinand”.").waitFor();
    await page.getByRole("button", { name: "Update the links" }).click();
    await page.getByText("The links of 1 note have the new title").waitFor();
    await page.getByRole("link", { name: "Diary of the garden" }).first().click();
    await page.waitForURL(`**${diary}`);
    await page.getByRole("link", { name: "my uncle" }).click();
    await page.waitForURL(`**${uncle}`);
    await page.getByRole("heading", { name: "Great-uncle Ferdinand", level: 1 }).waitFor();
  },
);

withAndWithoutScript("a link to a heading shows the heading", async ({ page }) => {
  await signIn(page);
  const far = `${"line\n\n".repeat(60)}# Down there\n\n${"line\n\n".repeat(60)}`;
  await write(page, "Very long note", far);
  await write(page, "Where it begins", "[[very long note#Down there]]");
  await page.getByRole("link", { name: "very long note › Down there" }).click();
  await page.waitForURL("**#note-down-there");
  await page.getByRole("heading", { name: "Down there" }).waitFor();
  await expect
    .poll(() => page.evaluate("document.getElementById('note-down-there').getBoundingClientRect().top"))
    .toBeLessThan(100);
});
