import { afterEach, beforeEach, expect, test } from "vitest";
import type { Answer, Client } from "../support/client";
import { sendDraft } from "../support/drafts";
import { program, startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

/** What the back of an answer tells that others would get. */
async function toldBy(answer: Answer) {
  const { text } = await ada.turnOver(answer);
  const row = (who: string) => new RegExp(`${who}</th><td>([^<]+)</td>`).exec(text)?.[1];
  return { nobody: row("Somebody who isn’t signed in"), another: row("Another person of this Verso") };
}

/** Addresses that are Ada's, by what stands in their routes. */
async function namesOfAda() {
  const noteId = await ada.write("Ada's", "text");
  await ada.post(`/notes/${noteId}/edit`, { title: "Ada's", content: "text, changed", version: "1" });
  const [, versionId] = /versions\/([\da-f-]{36})"/.exec((await ada.get(`/notes/${noteId}/versions`)).text) ?? [];
  const imported = await ada.ask("/import", upload([{ name: "a.md", data: "text" }]));
  const importId = String(imported.headers.location).replace("/import/", "");
  const shelf = await ada.post("/notebooks?index", { name: "Shelf", parent: "" });
  const notebookId = String(shelf.headers.location).replace("/notebooks/", "");
  await ada.ask(`/notes/${noteId}/files`, upload([{ name: "a.bin", data: "bytes" }]));
  const [, fileId] = /\/files\/([\da-f-]{36})"/.exec((await ada.get(`/notes/${noteId}`)).text) ?? [];
  const draftId = "0199a9a9-0000-7000-8000-00000000000d";
  await sendDraft(verso, ada, draftId, { content: "draft" });
  return {
    noteId,
    draftId,
    fileId: String(fileId),
    versionId: String(versionId),
    importId,
    notebookId,
    concept: "transactions",
  };
}

function pathOf(id: string, names: Record<string, string>): string {
  const route = program.routes[id];
  const own = (route?.path ?? "").replace(/:(\w+)/g, (_, name) => names[name] ?? "").replace("*", "nowhere");
  const parent = route?.parentId ? pathOf(route.parentId, names).replace(/^\/$/, "") : "";
  return own === "" ? parent || "/" : `${parent}/${own}`;
}

const ROUTES = Object.keys(program.routes).filter((id) => id !== "root" && !id.startsWith("routes/back."));

test("what the back of a page says that others would get is what they get, at every address", async () => {
  const names = await namesOfAda();
  const eve = await verso.join("Eve");
  let compared = 0;
  for (const route of ROUTES) {
    const path = pathOf(route, names);
    const answer = await ada.get(path);
    // What never asks who is there has no back of hers.
    if (!answer.headers["server-timing"]) continue;
    const told = await toldBy(answer);
    const got = {
      nobody: String((await verso.visitor().get(path)).status),
      another: String((await eve.get(path)).status),
    };
    expect(told, `${route} has to be in app/verso/elsewhere.server.ts`).toEqual(got);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(15);
});

test.each([
  ["/notes/:noteId/edit", { title: "x", content: "y", version: "1" }],
  ["/notes/:noteId/trash", {}],
  ["/notes", { title: "x" }],
  ["/trash", { intent: "empty", seen: "0" }],
  ["/account", { currentPassword: "", newPassword: "" }],
  ["/learn/transactions", { run: "none" }],
  ["/login", { email: "", password: "" }],
  ["/nowhere", {}],
  ["/setup", {}],
])("what the back of a form sent to %s says that others would get is what they get", async (address, fields) => {
  const path = address.replace(":noteId", (await namesOfAda()).noteId);
  const eve = await verso.join("Eve");
  const got = {
    nobody: (await verso.visitor().post(path, fields)).status,
    another: (await eve.post(path, fields)).status,
  };
  const told = await toldBy(await ada.post(path, fields));
  for (const who of ["nobody", "another"] as const) {
    if (told[who] === "let in") expect([200, 303, 401, 422], who).toContain(got[who]);
    else expect(told[who], who).toBe(String(got[who]));
  }
});

test("what others would get at an address with a query that was refused isn't told further than it is known", async () => {
  expect(await toldBy(await ada.get("/notes?after=bad"))).toEqual({ nobody: "303", another: "let in" });
  expect(await toldBy(await ada.get("/notes?q=words"))).toEqual({ nobody: "303", another: "200" });
});

test("an address with an escape in it is the same for others as without", async () => {
  expect(await toldBy(await ada.get("/learn/%69ndexes"))).toEqual({ nobody: "200", another: "200" });
  const id = await ada.write("Mine", "text");
  expect(await toldBy(await ada.get(`/notes/${id.replace("-", "%2d")}`))).toEqual({
    nobody: "303",
    another: "404",
  });
  const cut = await ada.get(`/learn/${"%C3%A4".repeat(170)}`);
  expect(await toldBy(cut)).toEqual({ nobody: "404", another: "404" });
});

test("what the back says that another person would get doesn't tell whether they have something there", async () => {
  const eve = await verso.join("Eve");
  const hers = await toldBy(await ada.get(`/notes/${await eve.write("Eve's", "text")}`));
  const nobodys = await toldBy(await ada.get("/notes/0199a9a9-0000-7000-8000-000000000000"));
  expect(hers).toEqual({ nobody: "303", another: "404" });
  expect(hers).toEqual(nobodys);
});
