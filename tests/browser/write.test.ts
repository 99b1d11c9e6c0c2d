import { expect, test } from "vitest";
import {
  oneBrowser,
  open,
  ready,
  save,
  signIn,
  textOf,
  unreachable,
  visit,
  withAndWithoutScript,
  write,
} from "../support/browser";

oneBrowser();

const LONG = `${"Above.\n\n".repeat(60)}- [ ] milk\n- [x] bread\n- [ ] *salt*\n\n${"Below.\n\n".repeat(60)}`;

withAndWithoutScript(
  "tasks are ticked where they are read, by pointer and by key, and the page stays",
  async ({ page, script }) => {
    await signIn(page);
    const address = await write(page, "List", LONG);
    await page.goto(address);
    await ready(page);
    const box = (name: string) => page.getByRole("checkbox", { name });
    await box("milk").scrollIntoViewIfNeeded();
    const before = Number(await page.evaluate("scrollY"));
    if (script) await page.evaluate("window.stayed = true");
    await box("milk").click();
    await page.getByText("2 of 3 done").waitFor();
    expect(await box("milk").isChecked()).toBe(true);
    expect(await box("bread").isChecked()).toBe(true);
    await page.waitForFunction(() => {
      const { top = -1 } = document.getElementById("note-task-1")?.getBoundingClientRect() ?? {};
      return top >= 0 && top < innerHeight;
    });
    if (script) {
      expect(await page.evaluate("window.stayed")).toBe(true);
      expect(await page.evaluate("scrollY")).toBe(before);
      expect(await page.evaluate("document.activeElement.id")).toBe("note-task-1");
    }
    await box("salt").focus();
    await page.keyboard.press("Space");
    await page.getByText("3 of 3 done").waitFor();
    await box("bread").click();
    await page.getByText("2 of 3 done").waitFor();
    expect(await box("bread").isChecked()).toBe(false);
  },
);

withAndWithoutScript(
  "a box whose line was changed elsewhere is not ticked: a sentence, and the note as it is",
  async ({ page, verso }) => {
    await signIn(page);
    const address = await write(page, "List", "- [ ] milk");
    await page.goto(address);
    await ready(page);
    const elsewhere = await verso.signIn();
    await elsewhere.post(`${address}/edit`, { title: "List", content: "- [ ] silk", version: "1" });
    await page.getByRole("checkbox", { name: "milk" }).click();
    await page.getByText("nothing was ticked").waitFor();
    expect(await page.getByRole("checkbox", { name: "silk" }).isChecked()).toBe(false);
    await page.getByRole("checkbox", { name: "silk" }).click();
    await page.getByText("1 of 1 done").waitFor();
  },
);

test("with script, boxes ticked in quick succession are all ticked, and one that doesn't arrive says so", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "List", "- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d");
    await page.goto(address);
    await ready(page);
    await page.evaluate(() => {
      for (const box of document.querySelectorAll<HTMLButtonElement>("button.tick")) box.click();
    });
    await page.getByText("4 of 4 done").waitFor();
    await unreachable(page);
    await page.getByRole("checkbox", { name: "a" }).click();
    await page.getByText("Verso could not be reached").waitFor();
    expect(await page.getByRole("checkbox", { name: "a" }).isChecked()).toBe(true);
  }));

withAndWithoutScript(
  "a note is saved while it is written, from its first line on, and writing goes on",
  async ({ page, verso }) => {
    await signIn(page);
    await open(page, "/notes/new");
    const keep = () => page.getByRole("button", { name: "Save and keep writing" }).click();
    const saved = page.getByText(/^Saved \d/);
    await page.getByLabel("Title").fill("Diary");
    await textOf(page).fill("one");
    await keep();
    await page.getByRole("heading", { name: "Edit note" }).waitFor();
    await saved.waitFor();
    const note = new URL(page.url()).pathname.replace("/edit", "");
    await ready(page);
    expect(await textOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
    for (const text of ["one two", "one two three"]) {
      await textOf(page).fill(text);
      await keep();
      await page.waitForFunction(
        (version) => document.querySelector<HTMLInputElement>("input[name=version]")?.value === version,
        String(text.split(" ").length),
      );
      await saved.waitFor();
      expect(await textOf(page).inputValue()).toBe(text);
    }
    expect(await page.getByText("An unsaved draft").count()).toBe(0);
    await save(page);
    await page.locator("article.note").getByText("one two three").waitFor();
    expect(
      (await (await verso.signIn()).get(`${note}/versions`)).text.match(/\/versions\/[\da-f-]{36}"/g),
    ).toHaveLength(2);
  },
);

test("with script, what is typed while a save is under way stays in the form, as a draft that isn't saved", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    const address = await write(page, "Diary", "one");
    await open(page, `${address}/edit`);
    await textOf(page).fill("one two");
    await page.route("**/edit?_data=*", async (route) => {
      if (route.request().method() === "POST") await textOf(page).pressSequentially(" three");
      await route.continue();
    });
    await page.getByRole("button", { name: "Save and keep writing" }).click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>("input[name=version]")?.value === "2");
    expect(await textOf(page).inputValue()).toContain("three");
    await page.getByText("Not saved yet").waitFor();
    expect(await page.getByText("An unsaved draft").count()).toBe(0);
    await page.unrouteAll();
    await save(page);
    await page.locator("article.note").getByText("three").waitFor();
  }));

withAndWithoutScript("today's note is begun from its template, and found again", async ({ page }) => {
  await signIn(page);
  await write(page, "Today", "#template\nWeather on {{date}}:");
  await open(page, "/notes/new");
  await page.getByRole("link", { name: "Today", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("textarea")?.value.includes("Weather on 2"));
  await page.goto("/today");
  await ready(page);
  await textOf(page).fill("Weather: fog");
  await save(page);
  await page.locator("article.note").getByText("Weather: fog").waitFor();
  await page.goto("/today");
  await page.locator("article.note").getByText("Weather: fog").waitFor();
});
