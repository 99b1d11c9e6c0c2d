import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { oneBrowser, open, signIn, type Visit, visit, write } from "../support/browser";
import { ADA } from "../support/verso";

oneBrowser();

const PHONE = { viewport: { width: 390, height: 760 }, serviceWorkers: "allow" } as const;

/** Signs in and waits until the browser has what it needs for when Verso can't be reached. */
async function settle(page: Page) {
  await signIn(page);
  await page.evaluate("navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 0)))");
  await expect.poll(() => page.evaluate("Boolean(navigator.serviceWorker.controller)")).toBe(true);
}

/** Nothing answers any more at Verso's address. */
async function goAway({ verso }: Visit) {
  verso.server.closeAllConnections();
  await new Promise((closed) => verso.server.close(closed));
}

async function comeBack({ verso }: Visit) {
  const port = Number(new URL(verso.origin).port);
  await new Promise<void>((listening) => verso.server.listen(port, "127.0.0.1", listening));
}

async function writeWithout(page: Page, title: string, text: string) {
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text").fill(text);
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("listitem").filter({ hasText: title }).waitFor();
}

const HEADING = { name: "Without a connection", level: 1 };

test("what is written without a connection waits in sight, is sent once, and outlives the browser's page", () =>
  visit(
    true,
    async (here) => {
      const { page, context } = here;
      await settle(page);
      await write(page, "At home", "words of the house");
      await goAway(here);
      await page.goto("/notes");
      await page.getByRole("heading", HEADING).waitFor();
      expect(await page.content()).not.toContain(ADA.name);
      await writeWithout(page, "On the train", "words of the train");
      await page.getByLabel("Text").fill("half a thought");
      await page.getByText("Kept on this device.").waitFor();
      await page.close();
      await comeBack(here);
      const later = await context.newPage();
      await later.goto("/notes");
      await later.getByText("2 notes that you wrote without a connection are here now.").waitFor();
      await later.goto("/notes");
      for (const text of ["words of the train", "half a thought"])
        expect(await later.getByRole("main").getByText(text).count()).toBe(1);
      await later.goto("/offline");
      await later.getByText("Nothing waits.").waitFor();
    },
    PHONE,
  ));

test("S69 what the browser keeps is nobody's, and what waits is shown and sent for its writer only", () =>
  visit(
    true,
    async (here) => {
      const { page, verso } = here;
      await verso.join("Eve");
      await settle(page);
      const address = await write(page, "Secret plan", "words of Ada");
      await page.goto("/notes?q=secret");
      await goAway(here);
      await page.goto(address);
      await page.getByRole("heading", HEADING).waitFor();
      await writeWithout(page, "Train plan", "more words of Ada");
      await comeBack(here);
      // Kept answers: no page of anybody is among them.
      const kept = (await page.evaluate(`caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)
        .then(async (cache) => Promise.all((await cache.matchAll()).map(async (answer) => [answer.url, await answer.text()])))))
        ).then((all) => all.flat())`)) as [string, string][];
      expect(kept.length).toBeGreaterThan(3);
      for (const [url, text] of kept) {
        expect(new URL(url).pathname).toMatch(/^\/(build\/|offline$|offline\.js$|[\w-]+\.(svg|png|webmanifest)$)/);
        for (const secret of [ADA.name, "Secret plan", "words of Ada"]) expect(text.includes(secret), url).toBe(false);
      }
      // The login has ended meanwhile.
      (verso.engine as SqliteEngine).writer.exec("delete from sessions");
      await page.goto("/notes");
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      await goAway(here);
      await page.goto("/notes");
      await page.getByText("Nobody is signed in on this device").waitFor();
      expect(await page.getByRole("main").innerText()).not.toContain("Train plan");
      await comeBack(here);
      await page.goto("/login");
      await signIn(page, { ...ADA, email: "eve@example.org" });
      await page.goto("/offline");
      await page.getByText("Nothing waits.").waitFor();
      await page.goto("/notes");
      await page
        .getByText("Nothing is written yet")
        .or(page.getByRole("heading", { level: 1 }))
        .first()
        .waitFor();
      expect(await page.getByRole("main").innerText()).not.toContain("Train plan");
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      await signIn(page);
      await page.getByText("1 note that you wrote without a connection is here now.").waitFor();
      await open(page, "/notes");
      await page.getByRole("main").getByText("Train plan").waitFor();
    },
    PHONE,
  ));

test("what another site sends to the address for sharing is refused, with the service worker between too", () =>
  visit(
    true,
    async ({ page, context, verso }) => {
      await settle(page);
      const other = await context.newPage();
      await other.setContent(`<form method="post" enctype="multipart/form-data" action="${verso.origin}/share">
        <input name="title" value="Forged"><button>Go</button></form>`);
      await other.getByRole("button").click();
      await other.getByRole("heading", { name: "This form didn't come from Verso" }).waitFor();
      await open(page, "/notes");
      expect(await page.getByText("Forged").count()).toBe(0);
    },
    PHONE,
  ));
