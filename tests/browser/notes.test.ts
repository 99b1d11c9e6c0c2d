import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { oneBrowser, ready, signIn, visit, withAndWithoutScript, write } from "../support/browser";
import { ADA } from "../support/verso";
import { zip } from "../support/zip";

oneBrowser();

withAndWithoutScript(
  "on the first start one makes the owner's account and writes the first note",
  async ({ page }) => {
    await page.goto("/");
    await page.getByLabel("Name").fill(ADA.name);
    await page.getByLabel("E-mail").fill(ADA.email);
    await page.getByLabel("Password").fill(ADA.password);
    await page.getByRole("button", { name: "Make my account" }).click();
    await page.getByRole("link", { name: "Write the first note" }).click();
    await page.getByLabel("Title").fill("First");
    await page.getByRole("textbox", { name: "Text" }).fill("- [x] done\n- [ ] to do");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "First", level: 1 }).waitFor();
    expect(await page.getByRole("checkbox", { name: "Done" }).isChecked()).toBe(true);
  },
  { empty: true },
);

withAndWithoutScript("a note is written, found, edited, thrown away and brought back", async ({ page }) => {
  await signIn(page);
  const address = await write(page, "Bread", "flour and water");
  await page.getByLabel("Search your notes").fill("flour");
  await page.getByLabel("Search your notes").press("Enter");
  await page.getByText("1 note", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Bread" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await ready(page);
  await page.getByRole("textbox", { name: "Text" }).fill("flour, water and salt");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("flour, water and salt").waitFor();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("back from the trash").waitFor();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await page.getByText("Delete for good").click();
  await page.getByRole("button", { name: "Delete it and all its versions" }).click();
  await page.getByText("The trash is empty").waitFor();
  expect((await page.goto(address))?.status()).toBe(404);
});

withAndWithoutScript("D06 a note saved in two tabs keeps both texts", async ({ page, context }) => {
  await signIn(page);
  const address = await write(page, "Plan", "top\nmiddle\nend");
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(`${address}/edit`);
    await ready(tab);
  }
  await other.getByRole("textbox", { name: "Text" }).fill("top\nmiddle of theirs\nend");
  await other.getByRole("button", { name: "Save" }).click();
  await other.locator("article.note").waitFor();
  await page.getByRole("textbox", { name: "Text" }).fill("top\nmiddle of mine\nend");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Both edits are here" }).waitFor();
  await page.getByLabel("Keep your text").check();
  await page.getByRole("button", { name: "Save with these choices" }).click();
  await page.locator(".body").getByText("middle of mine").waitFor();
  expect(await page.locator(".body").textContent()).not.toContain("theirs");
});

withAndWithoutScript("edits in different places are merged, and saved after a look", async ({ page, context }) => {
  await signIn(page);
  const address = await write(page, "Plan", "one\ntwo\nthree");
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(`${address}/edit`);
    await ready(tab);
  }
  await other.getByRole("textbox", { name: "Text" }).fill("ONE\ntwo\nthree");
  await other.getByRole("button", { name: "Save" }).click();
  await other.locator("article.note").waitFor();
  await page.getByRole("textbox", { name: "Text" }).fill("one\ntwo\nTHREE");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Save the merged note" }).click();
  await page.locator("article.note").waitFor();
  expect(await page.locator(".body").textContent()).toMatch(/ONE\s+two\s+THREE/);
});

withAndWithoutScript(
  "D01 what is saved when the login has expired is saved after signing in",
  async ({ page, context }) => {
    await signIn(page);
    const address = await write(page, "Long", "before");
    await page.goto(`${address}/edit`);
    await ready(page);
    await page.getByRole("textbox", { name: "Text" }).fill("written for an hour");
    await context.clearCookies();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Sign in to save it" }).waitFor();
    await page.getByLabel("E-mail").fill(ADA.email);
    await page.getByLabel("Password").fill(ADA.password);
    await page.getByRole("button", { name: "Sign in and save" }).click();
    await page.getByText("written for an hour").waitFor();
    expect(new URL(page.url()).pathname).toBe(address);
  },
);

withAndWithoutScript(
  "a form that is refused says why, leads to the fields, and keeps what was typed",
  async ({ page, script }) => {
    await signIn(page);
    await page.goto("/notes/new");
    await ready(page);
    await page.getByLabel("Title").fill("x".repeat(301));
    await page.getByRole("textbox", { name: "Text" }).fill("the text");
    await page.getByRole("button", { name: "Save" }).click();
    const link = page.getByRole("alert").getByRole("link");
    await link.waitFor();
    expect(await page.locator("section.summary").evaluate((box) => box === document.activeElement)).toBe(true);
    await link.click();
    if (script) expect(await page.evaluate(() => document.activeElement?.id)).toBe("title");
    else expect(new URL(page.url()).hash).toBe("#title");
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("the text");
    await page.getByLabel("Title").fill("short");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "short" }).waitFor();
  },
);

withAndWithoutScript("a vault goes in by the form, is listed, searched, opened and edited", async ({ page }) => {
  const files = Array.from({ length: 120 }, (_, count) => ({
    name: `vault/Note ${count}.md`,
    data: `# Heading\n\ntext number ${count}`,
  }));
  await signIn(page);
  await page.goto("/import");
  await ready(page);
  await page.getByLabel("Files").setInputFiles({ name: "vault.zip", mimeType: "application/zip", buffer: zip(files) });
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByText("120 made, 0 skipped, 0 failed.").waitFor();
  await page.goto("/notes");
  expect(await page.locator(".notes > li").count()).toBe(50);
  await page.getByRole("link", { name: "Older notes" }).click();
  await page.waitForURL(/after=/);
  await page.goto("/notes?q=%22number+77%22");
  await page.getByRole("link", { name: "Note 77" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await ready(page);
  await page.getByRole("textbox", { name: "Text" }).fill("edited");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("edited").waitFor();
});

test("a page for anyone loads no script", () =>
  visit(true, async ({ page }) => {
    const scripts: string[] = [];
    page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
    for (const path of ["/", "/login", "/join", "/nowhere"]) await page.goto(path);
    expect(scripts).toEqual([]);
  }));

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

withAndWithoutScript("pressing Save twice makes one note", async ({ page, verso }) => {
  await signIn(page);
  await page.goto("/notes/new");
  await ready(page);
  await page.getByLabel("Title").fill("Twice");
  await page.getByRole("button", { name: "Save" }).dblclick();
  await page.locator("article.note").waitFor();
  expect((await (await verso.signIn()).get("/notes?q=Twice")).text).toContain("1 note<");
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing on any page, ${colorScheme}, ${width} px, and nothing overflows`, () =>
      visit(
        true,
        async ({ page, context, verso }) => {
          await signIn(page);
          const rich = "# Head\n\n- [x] a\n- [ ] b\n\n| a | b |\n|-|-|\n| c | d |\n\n```js\nlong code ".concat(
            "x".repeat(300),
            "\n```\n\n> quote[^1]\n\n[^1]: foot\n\n[link](https://example.org) ![pic](https://example.org/a.png)",
          );
          const address = await write(page, "Rich", rich);
          const client = await verso.signIn();
          await client.post(`/notes/${await client.write("Gone", "x")}/trash`);
          const check = async (path: string) => {
            await page.goto(path);
            await page.evaluate(AXE);
            const found = await page.evaluate(async () => {
              const axe = (
                window as unknown as {
                  axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
                }
              ).axe;
              return (await axe.run()).violations.map(
                ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
              );
            });
            expect(found, path).toEqual([]);
            expect(
              await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
              path,
            ).toBeLessThanOrEqual(0);
          };
          for (const path of [
            "/notes",
            "/notes?q=Rich",
            "/notes?q=nothing",
            address,
            `${address}/edit`,
            "/notes/new",
            "/trash",
            "/import",
            "/account",
            "/nowhere",
          ])
            await check(path);
          await context.clearCookies();
          for (const path of ["/", "/login", "/join", "/nowhere"]) await check(path);
        },
        { colorScheme, viewport: { width, height: 760 }, bypassCSP: true },
      ));
  }
}

test("by the keyboard alone the skip link comes first and is seen", () =>
  visit(true, async ({ page }) => {
    await signIn(page);
    await page.goto("/notes");
    await ready(page);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the page" });
    expect(
      await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().width > 50),
    ).toBe(true);
  }));

test("a note is printed without the app around it", () =>
  visit(false, async ({ page }) => {
    await signIn(page);
    await write(page, "Print", "text");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".rail").isVisible()).toBe(false);
    expect(await page.locator(".body").isVisible()).toBe(true);
  }));
