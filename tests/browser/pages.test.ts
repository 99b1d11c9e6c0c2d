import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { oneBrowser, open, signIn, textOf, visit, write } from "../support/browser";
import { upload } from "../support/zip";

oneBrowser();

const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC",
  "base64",
);

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** For a test that looks at dozens of pages, in milliseconds. */
const MANY_PAGES = 240_000;
const LONG_LINE = "x".repeat(300);
const RICH = `# Head\n\n- [x] a\n- [ ] b\n\n| a | b |\n|-|-|\n| c | d |\n\n\`\`\`js\nlong code ${LONG_LINE}\n\`\`\`\n\n> quote[^1]\n\n[^1]: foot\n\n[link](https://example.org) ![pic](https://example.org/a.png)`;

/** Looks the page over at both widths. */
async function lookOver(page: Page, what: string) {
  await page.evaluate(AXE);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 760 });
    const found = await page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { violations } = await (window as unknown as { axe: Axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
    expect(found, `${what} at ${width} px`).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, `${what} at ${width} px`).toBeLessThanOrEqual(0);
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  const look = { colorScheme, bypassCSP: true };

  test(`axe finds nothing on the pages for anyone, ${colorScheme}, and nothing overflows`, () =>
    visit(
      true,
      async ({ page }) => {
        for (const path of ["/", "/login", "/join", "/nowhere"]) {
          await page.goto(path);
          await lookOver(page, path);
        }
      },
      look,
    ));

  test(`axe finds nothing on the pages to learn from, ${colorScheme}, and nothing overflows`, () =>
    visit(
      true,
      async ({ page }) => {
        await page.goto("/learn/validation?choice=0");
        await lookOver(page, "a concept, for anyone");
        await signIn(page);
        await page.goto("/learn/sql-injection-and-xss");
        await page.locator("#weird").getByRole("button", { name: "Run it" }).click();
        await page.getByText("Just as it is printed.").waitFor();
        await page.locator("#weird summary").first().click();
        await lookOver(page, "a run");
        await page.goto("/learn");
        await lookOver(page, "the map");
      },
      look,
    ));

  test(
    `axe finds nothing on a person's pages, ${colorScheme}, and nothing overflows`,
    () =>
      visit(
        true,
        async ({ page, verso }) => {
          await signIn(page);
          const address = await write(page, "Rich", RICH);
          const client = await verso.signIn();
          const gone = await client.write("Gone", "x");
          await client.post(`/notes/${gone}/trash`);
          const changed = `${RICH.replace("[ ] b", `[x] b ${LONG_LINE}`)}\n\nmore`;
          await client.post(`${address}/edit`, { title: "x".repeat(300), content: changed, version: "1" });
          await client.post(`${address}/edit`, { title: "Rich", content: RICH, version: "2" });
          await client.post("/search", { intent: "save", name: "Kept", q: "Rich" });
          const versions = (await client.get(`${address}/versions`)).text;
          const [version] = /\/notes\/[^"/]+\/versions\/[^"/]+/.exec(versions) ?? [];
          const attached = upload([
            { name: `${"long name ".repeat(15)}.pdf`, data: "x" },
            { name: "dot.png", data: DOT },
          ]);
          await client.ask(`${address}/files`, attached);
          const paths = [
            `${address}/files`,
            "/files",
            "/notes",
            "/notes?q=Rich",
            "/notes?q=nothing",
            `${address}?q=a`,
            "/notes?q=is:happy",
            "/notes?q=is:trashed",
            "/search",
            `/notes?trashed=${gone}`,
            address,
            `${address}/edit`,
            `${address}/versions`,
            String(version),
            `/notes/${gone}/versions`,
            `/notes/${gone}`,
            "/notes/new",
            "/trash",
            "/import",
            "/account",
            "/doctor",
            "/offline",
            "/share?title=Seen&text=words",
            "/nowhere",
          ];
          for (const path of paths) {
            await page.goto(path);
            await lookOver(page, path);
          }
          await open(page, `${address}/edit`);
          await page.getByRole("toolbar").waitFor();
          await page.getByRole("button", { name: "Preview" }).click();
          await page.locator(".preview table").waitFor();
          await lookOver(page, "a preview");
          await textOf(page).focus();
          await page.keyboard.press("Control+Home");
          await page.keyboard.type("[[ri");
          await page.getByRole("listbox", { name: "Suggestions" }).waitFor();
          await lookOver(page, "suggestions");
          await page.keyboard.press("Enter");
          await page.getByRole("button", { name: "Save", exact: true }).click();
          await page.locator("article.note").waitFor();
          await page.keyboard.press("Control+k");
          await page.getByRole("dialog").getByRole("option", { name: "Rich" }).waitFor();
          await lookOver(page, "the palette");
          await page.keyboard.press("Escape");
          await page.keyboard.press("?");
          await page.getByRole("dialog", { name: "Keys" }).waitFor();
          await lookOver(page, "the keys");
          await page.goto(address);
          await page.getByRole("link", { name: "Turn this page over" }).click();
          await page.getByRole("heading", { name: "What the server just did" }).waitFor();
          await lookOver(page, "the back of a note");
          await page.getByRole("link", { name: "How the rows were found" }).last().click();
          await page.getByRole("heading", { name: "How the rows were found" }).waitFor();
          await lookOver(page, "the plan of a statement");
          await page.goBack();
          const save = page.locator(".others a", { hasText: "POST /notes (" });
          await save.click();
          await page.getByRole("heading", { name: "What the form held" }).waitFor();
          await lookOver(page, "the back of a save");
          await page.getByRole("button", { name: "Compare" }).click();
          await page.getByRole("heading", { name: "What differs" }).waitFor();
          await lookOver(page, "two requests compared");
          await page.goBack();
          await page.getByRole("link", { name: "Keep it as a file" }).click();
          await page.getByRole("heading", { name: "Keep it as a file" }).waitFor();
          await page.getByText("The HAR, word for word").click();
          await lookOver(page, "what a file will hold");
        },
        look,
      ),
    MANY_PAGES,
  );

  test(
    `axe finds nothing on the pages that refuse, ${colorScheme}, and nothing overflows`,
    () =>
      visit(
        true,
        async ({ page, context, verso }) => {
          // Past the script, so that each page comes whole from the server.
          const send = async (title: string, content: string) => {
            await page.getByLabel("Title").fill(title);
            await page.getByRole("textbox", { name: "Text" }).fill(content);
            await page.locator("form.writing").evaluate((form: HTMLFormElement) => form.submit());
          };
          await signIn(page);
          const address = await write(page, "Plan", `top\n${LONG_LINE}\nend`);
          const client = await verso.signIn();

          await page.goto(`${address}/edit`);
          await client.post(`${address}/edit`, {
            title: "Theirs",
            content: `top\n${LONG_LINE} theirs\nend`,
            version: "1",
          });
          await send("Mine", `top\n${LONG_LINE} mine\nend`);
          await page.getByRole("heading", { name: "Both edits are here" }).waitFor();
          await lookOver(page, "a conflict");

          await page.goto("/notes/new");
          await send("x".repeat(301), "text");
          await page.getByRole("alert").waitFor();
          await lookOver(page, "a refused form");

          const { writer } = verso.engine as SqliteEngine;
          await page.goto("/notes/new");
          writer.pragma("query_only = 1");
          await send("Title", `${LONG_LINE}\ntext`);
          await page.getByRole("heading", { name: "What you wrote is here" }).waitFor();
          await lookOver(page, "a full disk");
          writer.pragma("query_only = 0");

          await page.goto("/notes/new");
          await context.clearCookies();
          await send("Title", `${LONG_LINE}\ntext`);
          await page.getByRole("heading", { name: "Sign in to save it" }).waitFor();
          await lookOver(page, "an expired login");
        },
        look,
      ),
    MANY_PAGES,
  );
}
