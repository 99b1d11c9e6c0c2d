import { expect, vi } from "vitest";
import { oneBrowser, ready, save, signIn, textOf, withAndWithoutScript } from "../support/browser";
import { hand, picture, widths } from "../support/pictures";

oneBrowser();
// As long as ten others, and each of its pages is turned over in the end.
vi.setConfig({ testTimeout: 180_000 });

withAndWithoutScript(
  "from a note's first word to the trash and back are 32 steps, and four more without script, where no picture can be pasted",
  async ({ page, script }) => {
    const steps: string[] = [];
    /** One thing that a person does: types into a field, chooses, presses, follows a link. */
    const step = async (what: string, act: () => Promise<unknown>) => {
      steps.push(what);
      await act();
    };
    const link = (name: string) => page.getByRole("link", { name, exact: true });
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const text = page.locator("article.note .body");
    const arrive = async (name: string) => {
      await page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
      await ready(page);
    };

    await signIn(page);
    await ready(page);

    await step("new note", () => link("New note").click());
    await arrive("New note");
    await step("its title", () => page.getByLabel("Title").fill("Oven"));
    await step("its text", () => textOf(page).fill("Slow to heat."));
    await step("save", () => save(page));
    await arrive("Oven");

    await step("new note", () => link("New note").click());
    await arrive("New note");
    await step("its title", () => page.getByLabel("Title").fill("Sourdough"));
    const written = "A #bread for the [[Oven]], from a [[Starter]].\n\n- [ ] buy flour\n\n";
    await step("its text", () => textOf(page).fill(written));
    if (script) {
      await step("paste the picture", async () => hand(textOf(page), "paste", await picture()));
      await expect.poll(() => textOf(page).inputValue()).toContain("![paste.jpg](/files/");
    }
    await step("its tags", () => page.getByLabel("Tags").fill("kitchen"));
    await step("save", () => save(page));
    await arrive("Sourdough");

    if (!script) {
      const jpeg = { name: "loaf.jpg", mimeType: "image/jpeg", buffer: await picture() };
      await step("attach files", () => page.getByText("Attach files…").click());
      await step("choose the picture", () => page.locator("input[type=file]").setInputFiles(jpeg));
      await step("attach", () => button("Attach").click());
      const attached = page.getByRole("listitem").filter({ has: link("loaf.jpg") });
      await step("more of the picture", () => attached.locator("summary").click());
      await step("put into the text", () => attached.getByRole("button", { name: "Put at the end" }).click());
    }
    await expect.poll(() => widths(page, ".body img")).toEqual([640]);

    for (const tag of ["#kitchen", "#bread"]) {
      await step(`the list of ${tag}`, () =>
        page.locator("article.note").getByRole("link", { name: tag }).first().click(),
      );
      await arrive(tag);
      await step("back to the note", () => page.getByRole("main").getByRole("link", { name: "Sourdough" }).click());
      await arrive("Sourdough");
    }

    await step("tick the task", () => page.getByRole("checkbox", { name: "buy flour" }).click());
    await page.getByRole("checkbox", { name: "buy flour", checked: true }).waitFor();

    await step("follow a link", () => text.getByRole("link", { name: "Oven" }).click());
    await arrive("Oven");
    await page.getByText("A #bread for the Oven, from a Starter.").waitFor();
    await step("back by the backlink", () =>
      page.locator(".backlinks").getByRole("link", { name: "Sourdough" }).click(),
    );
    await arrive("Sourdough");

    await step("follow a link to no note", () => text.getByRole("link", { name: "Starter" }).click());
    await step("write it", () => link("Write it").click());
    await arrive("New note");
    expect(await page.getByLabel("Title").inputValue()).toBe("Starter");
    await step("its text", () => textOf(page).fill("Flour and water."));
    await step("save", () => save(page));
    await arrive("Starter");
    await page.locator(".backlinks").getByRole("link", { name: "Sourdough" }).waitFor();

    await step("what to look for", () => page.getByLabel("Search your notes").fill("tag:kitchen has:image flour"));
    await step("search", () => page.getByLabel("Search your notes").press("Enter"));
    await page.getByText("1 note · How to search").waitFor();
    await step("open what was found", () => page.getByRole("main").getByRole("link", { name: "Sourdough" }).click());
    await arrive("Sourdough");

    await step("edit", () => link("Edit").click());
    await arrive("Edit note");
    await step("another text", () => textOf(page).fill("Bought, not baked."));
    await step("save", () => save(page));
    await text.getByText("Bought, not baked.").waitFor();

    await step("earlier versions", () => page.getByRole("link", { name: /^\d earlier versions$/ }).click());
    await arrive("Earlier versions");
    const versions = page.getByRole("main").getByRole("listitem").getByRole("link");
    // Put at the end of a text, a picture makes a version that a pasted one doesn't.
    expect(await versions.count()).toBe(script ? 2 : 3);
    await step("the first one", () => versions.last().click());
    await arrive("Sourdough");
    await step("make it the text again", () => button("Make this the text again").click());
    await page.getByRole("checkbox", { name: "buy flour", checked: false }).waitFor();
    expect(await text.textContent()).not.toContain("Bought");
    expect(await text.locator("img").count()).toBe(script ? 1 : 0);

    await step("to the trash", () => button("Move to trash").click());
    await page.getByText("The note is in the trash.").waitFor();
    expect(await page.getByRole("main").getByRole("link", { name: "Sourdough" }).count()).toBe(0);
    await step("undo", () => button("Undo").click());
    await page.getByText("back from the trash").waitFor();
    await text.getByRole("link", { name: "Starter" }).waitFor();

    expect(steps.length, steps.join(", ")).toBe(script ? 32 : 36);
  },
);
