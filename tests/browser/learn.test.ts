import { expect, test } from "vitest";
import { oneBrowser, ready, signIn, visit, withAndWithoutScript, write } from "../support/browser";

oneBrowser();

withAndWithoutScript(
  "a reader comes from a note to its concept, runs it, and answers the question",
  async ({ page }) => {
    await signIn(page);
    await write(page, "Bread", "flour");
    await ready(page);
    await page.getByRole("contentinfo").getByRole("link", { name: "Learn" }).click();
    await page.getByRole("heading", { name: "The back end, by running it" }).waitFor();
    await page.getByRole("link", { name: "Transactions" }).last().click();
    await page.getByRole("heading", { name: "Transactions", level: 1 }).waitFor();
    await page.getByText("Turn that page over").waitFor();
    const run = page.getByRole("region", { name: "Pull the plug half-way" });
    await run.getByRole("button", { name: "Run it" }).click();
    await run.getByText("Just as it is printed.").waitFor();
    expect(new URL(page.url()).hash).toBe("#weird");
    await page.getByRole("radio", { name: "It is faster." }).check();
    await page.getByRole("button", { name: "See" }).click();
    await page.getByText("Not quite.").waitFor();
    await page.goto("/learn");
    await page.getByText("1 of 15").waitFor();
  },
);

test("pages that are read load no script, also when one comes from a page that has some", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await ready(page);
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.resourceType()));
    await page.getByRole("contentinfo").getByRole("link", { name: "Learn" }).click();
    await page.getByRole("heading", { name: "The back end, by running it" }).waitFor();
    await page.getByRole("link", { name: "Validation" }).last().click();
    await page.getByRole("heading", { name: "Validation", level: 1 }).waitFor();
    expect(loaded).toContain("document");
    expect(loaded.filter((kind) => kind === "script" || kind === "fetch")).toEqual([]);
  }));
