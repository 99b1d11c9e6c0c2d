import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { SENT_BY_SCRIPT } from "~/verso/ways";
import { oneBrowser, ready, signIn, visit, write } from "../support/browser";
import { sendDraft } from "../support/drafts";
import { upload } from "../support/zip";

oneBrowser();

/**
 * Every route that takes a form from a page whose reader is signed in: others get no script at all.
 * A draft that a script keeps, what another app shares and the export, which is a button of the
 * batch's form, have no form of their own.
 */
const taking = readdirSync("app/routes")
  .map((file) => ({ name: file.replace(/\.tsx?$/, ""), text: readFileSync(`app/routes/${file}`, "utf8") }))
  .filter(
    ({ name, text }) =>
      /^export async function action/m.test(text) &&
      !/^(api\.|join$|login$|setup$|share$|notes\.export$|drafts\.\$draftId\.keep$)/.test(name),
  )
  .map(({ name }) => {
    const parts = name.split(".").filter((part) => part !== "_index");
    const pattern = parts.map((part) => (part.startsWith("$") ? "[^/]+" : part)).join("/");
    return { route: `routes/${name}`, path: new RegExp(`^/${pattern}$`) };
  });

/** The routes that the forms of a page go to, and whether a script sends them; none is sent. */
async function formsOf(page: Page, address: string) {
  await page.goto(address);
  await page.locator("form[method=post]").first().waitFor();
  if (!address.startsWith("/learn")) await ready(page);
  const forms = await page.locator("form[method=post]").evaluateAll((found) =>
    (found as HTMLFormElement[]).map((form) => {
      const submitter =
        [...form.elements].find(
          (element): element is HTMLButtonElement => element instanceof HTMLButtonElement && element.type === "submit",
        ) ?? null;
      const submit = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter });
      form.dispatchEvent(submit);
      return {
        path: new URL(form.getAttribute("action") ?? "", location.href).pathname,
        script: submit.defaultPrevented,
      };
    }),
  );
  return forms.map(({ path, script }) => ({ route: taking.find((one) => one.path.test(path))?.route ?? path, script }));
}

test("the back of a page knows which forms a script sends", async () =>
  visit(true, async ({ page, verso }) => {
    await signIn(page);
    const note = await write(page, "Plan", "- [ ] one");
    const other = await verso.signIn();
    await other.write("Linking", "to [[Plan]], with a #tag");
    const renamed = await other.post(`${note}/edit`, { title: "New plan", content: "- [ ] two", version: "1" });
    const pinned = await other.post(`${note}/organise`, { what: "pin" });
    const shelf = await other.post("/notebooks?index", { name: "Shelf", parent: "" });
    const { text } = await other.get(`${note}/versions`);
    const version = /\/notes\/[^"/]+\/versions\/[\da-f-]{36}/.exec(text)?.[0] ?? "";
    await other.ask(`${note}/files`, upload([{ name: "a.bin", data: "bytes" }]));
    const draft = "0199a9a9-0000-4000-8000-00000000000d";
    await sendDraft(verso, other, draft, { content: "typed" });
    const thrown = await other.write("Thrown away", "three");
    await other.post(`/notes/${thrown}/trash`);
    // What a script sends is answered here: nothing comes of it.
    await page.route(
      () => true,
      (route) =>
        route.request().method() === "POST"
          ? route.fulfill({ status: 204, headers: { "X-Remix-Redirect": "/account", "X-Remix-Status": "303" } })
          : route.fallback(),
    );
    const forms = [];
    for (const address of [
      "/notes/new",
      note,
      `${note}/edit`,
      `${note}/files`,
      "/files",
      version,
      String(renamed.headers.location),
      String(pinned.headers.location),
      String(shelf.headers.location),
      "/notebooks",
      "/drafts",
      "/notes?q=plan",
      "/tags/tag",
      "/trash",
      "/account",
      "/doctor",
      "/import",
      "/learn/indexes",
    ])
      forms.push(...(await formsOf(page, address)));
    expect([...new Set(forms.map(({ route }) => route))].sort()).toEqual(taking.map(({ route }) => route).sort());
    const sent = forms.filter(({ script }) => script).map(({ route }) => route);
    expect([...new Set(sent)].sort()).toEqual([...SENT_BY_SCRIPT].sort());
  }));
