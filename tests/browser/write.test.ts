import { expect, test } from "vitest";
import { oneBrowser, ready, signIn, unreachable, visit, withAndWithoutScript, write } from "../support/browser";

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
