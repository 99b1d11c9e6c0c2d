import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fromBuffer } from "yauzl";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

function exported(ids: string[], who = ada) {
  const picked = Object.fromEntries(ids.map((id) => [`note-${id}`, "1"]));
  return who.post("/notes/export", { place: "all", seen: "1", ...picked });
}

/** The names in a zip. */
function namesIn(zip: Buffer) {
  return new Promise<string[]>((resolve, reject) => {
    const names: string[] = [];
    fromBuffer(zip, (error, file) => {
      if (error) return reject(error);
      file.on("entry", ({ fileName }) => names.push(fileName)).once("end", () => resolve(names));
    });
  });
}

test("what is exported comes in again with its text, title, times and tags", async () => {
  const content = "one #written\r\n\r\ttwo  \n– três 日本";
  const made = await ada.post("/notes", { title: "A/B: “plan”?", content, tags: "given" });
  const id = String(made.headers.location).replace("/notes/", "");
  const answer = await exported([id]);
  expect(answer).toHaveStatus(200);
  expect(answer.headers["content-disposition"]).toBe('attachment; filename="notes.zip"');
  const eve = await verso.join("Eve");
  const imported = await eve.ask("/import", upload([{ name: "notes.zip", data: answer.body }]));
  await expect.poll(async () => (await eve.get(String(imported.headers.location))).text).toContain("1 made");
  const { notes } = JSON.parse((await eve.get("/api/v1/notes")).text);
  expect(notes).toMatchObject([{ heading: "A/B: “plan”?" }]);
  const { text } = await eve.get(`/notes/${notes[0].id}`);
  for (const tag of ["given", "written"]) expect(text).toContain(`href="/tags/${tag}"`);
  const edit = (await eve.get(`/notes/${notes[0].id}/edit`)).text;
  expect(edit).toContain("– três 日本");
});

test("files go out with their notes, once each, and are there again where the export comes in", async () => {
  const picture = readFileSync("public/icon-192.png");
  const shelf = await ada.post("/notebooks?index", { name: "Trips (2026)", parent: "" });
  const notebook = String(shelf.headers.location).replace("/notebooks/", "");
  const made = await ada.post("/notes", { title: "Shown", content: "", notebook });
  const shown = String(made.headers.location).replace("/notes/", "");
  const attach = async (note: string, name: string, data: string | Buffer) => {
    await ada.ask(`/notes/${note}/files`, upload([{ name, data }]));
    const { text } = await ada.get(`/notes/${note}/files`);
    return [...text.matchAll(/\/files\/([\da-f-]{36})"/g)].map(([, id]) => id).at(-1);
  };
  const id = await attach(shown, "a photo (1).png", picture);
  await ada.post(`/notes/${shown}/edit`, {
    title: "Shown",
    content: `![One](/files/${id}) and [two](</files/${id}>), https://example.org/files/${id}`,
    notebook,
    version: "1",
  });
  const named = await ada.write("Named", "![[a photo (1).png]]");
  await attach(named, "a photo (1).png", Buffer.concat([picture, Buffer.from("more")]));
  await attach(named, "list.csv", "a,b\n");
  const other = await ada.write("Other");
  await attach(other, "stays.txt", "here");
  const answer = await exported([shown, named]);
  expect((await namesIn(answer.body)).sort()).toEqual([
    "Named.md",
    "Trips (2026)/Shown.md",
    "files/2/a photo (1).png",
    "files/a photo (1).png",
    "files/list.csv",
  ]);
  const eve = await verso.join("Eve");
  const imported = await eve.ask("/import", upload([{ name: "notes.zip", data: answer.body }]));
  await expect.poll(async () => (await eve.get(String(imported.headers.location))).text).toContain("5 made");
  const { notes } = JSON.parse((await eve.get("/api/v1/notes")).text) as { notes: { id: string; heading: string }[] };
  for (const { id: own, heading } of notes) {
    const { text } = await eve.get(`/notes/${own}`);
    if (heading === "Shown") expect(text).toContain(`https://example.org/files/${id}`);
    const [, source = ""] = /<img[^>]* src="(\/files\/[^"]+)"/.exec(text) ?? [];
    const led = await eve.get(source.replaceAll("&amp;", "&"));
    const shownThere = led.headers.location ? await eve.get(led.headers.location) : led;
    expect(shownThere.headers["content-type"], heading).toBe("image/png");
  }
});

test("no file of an export stands where a folder has to be", async () => {
  await ada.post("/notebooks?index", { name: "files", parent: "" });
  const ids = [await ada.write("One"), await ada.write("Two")];
  for (const [place, names] of [["photo.txt", "2"], ["photo.txt"]].entries())
    await ada.ask(`/notes/${ids[place]}/files`, upload(names.map((name) => ({ name, data: "text" }))));
  const names = (await namesIn((await exported(ids)).body)).filter((name) => !name.endsWith(".md"));
  expect(names.sort()).toEqual(["files (2)/2", "files (2)/3/photo.txt", "files (2)/photo.txt"]);
});

test("a file whose bytes are gone says so in its place, and the server goes on", async () => {
  const id = await ada.write("One");
  await ada.ask(`/notes/${id}/files`, upload([{ name: "gone.txt", data: "gone" }]));
  (verso.engine as SqliteEngine).writer.exec("delete from file_chunks");
  const { body } = await exported([id]);
  expect(await namesIn(body)).toEqual(["One.md", "files/gone.txt"]);
  expect(body.includes("couldn’t be read")).toBe(true);
});

test("S17 S18 S20 names lead to no other folder, and equal ones stay apart", async () => {
  const titles = ["../../etc/passwd", "/etc/x", "Plan", "plan", "PLAN", "con", "a\u202egnp", "日".repeat(200)];
  const ids = [];
  for (const title of titles) ids.push(await ada.write(title, "text"));
  const shelf = await ada.post("/notebooks?index", { name: "..", parent: "" });
  const notebook = String(shelf.headers.location).replace("/notebooks/", "");
  const shelved = await ada.post("/notes", { title: "Shelved", content: "", notebook });
  ids.push(String(shelved.headers.location).replace("/notes/", ""));
  const names = await namesIn((await exported(ids)).body);
  expect(names).toHaveLength(titles.length + 1);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  for (const name of names) {
    expect(name).toMatch(/^[^/\\]+(\/[^/\\]+)*\.md$/);
    expect(name).not.toMatch(/(^|\/)\.|\p{Cc}|\u202e/u);
    for (const part of name.split("/")) expect(Buffer.byteLength(part)).toBeLessThan(256);
  }
});

test("S51 nobody exports what isn't theirs; nothing chosen is said", async () => {
  const id = await ada.write("Ada's", "secret words");
  const eve = await verso.join("Eve");
  const own = await eve.write("Eve's", "");
  expect(await namesIn((await exported([id, own], eve)).body)).toEqual(["Eve's.md"]);
  const none = await exported([], eve);
  expect(none).toSeeOther("/notes/batch?refused=none");
  expect((await eve.get("/notes/batch?refused=none")).text).toContain("No note is chosen");
  expect(await exported([id], verso.visitor())).toHaveStatus(401);
});

test("an export of texts that can't be read says so in their files, and the server goes on", async () => {
  const ids = [await ada.write("One", "text"), await ada.write("Two", "text")];
  const { writer } = verso.engine as SqliteEngine;
  // The list of notes can be read, and their texts can't.
  writer.exec("alter table notes rename column content to gone");
  expect(await namesIn((await exported(ids)).body)).toHaveLength(2);
  writer.exec("alter table notes rename column gone to content");
  expect(await ada.get("/notes")).toHaveStatus(200);
});
