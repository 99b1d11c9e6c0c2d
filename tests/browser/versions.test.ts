import { expect } from "vitest";
import { oneBrowser, open, save, signIn, textOf, withAndWithoutScript, write } from "../support/browser";

oneBrowser();

withAndWithoutScript("an earlier text is found, compared and made the text again", async ({ page }) => {
  await signIn(page);
  const address = await write(page, "Bread", "flour\nwater");
  await open(page, `${address}/edit`);
  await textOf(page).fill("flour\nmilk");
  await save(page);
  await page.getByRole("link", { name: "1 earlier version" }).click();
  await page.getByRole("heading", { name: "Earlier versions" }).waitFor();
  await page.getByRole("main").getByRole("listitem").getByRole("link").click();
  await page.getByRole("heading", { name: "The text as it was typed" }).waitFor();
  expect(await page.getByRole("deletion").textContent()).toContain("− water");
  expect(await page.getByRole("insertion").textContent()).toContain("+ milk");
  await page.getByRole("button", { name: "Make this the text again" }).click();
  await page.locator(".body").getByText("water").waitFor();
  await page.getByRole("link", { name: "2 earlier versions" }).waitFor();
});

withAndWithoutScript("from a conflict one gets to the versions, and the conflict stays open", async (at) => {
  const { page, context, verso } = at;
  await signIn(page);
  const address = await write(page, "Plan", "base");
  await open(page, `${address}/edit`);
  await (await verso.signIn()).post(`${address}/edit`, { title: "Plan", content: "theirs", version: "1" });
  await textOf(page).fill("mine");
  await save(page);
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "All earlier versions of this note" }).click();
  const versions = await opened;
  await versions.getByText("Refused in a conflict").waitFor();
  await versions.getByText("Replaced by a later save").waitFor();
  expect(await page.getByRole("heading", { name: "Both edits are here" }).count()).toBe(1);
});
