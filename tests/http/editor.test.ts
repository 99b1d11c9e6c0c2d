import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { Suggestion } from "~/notes/suggestions.server";
import type { Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

async function suggested(kind: string, q: string, client = ada): Promise<Suggestion[]> {
  const answer = await client.get(`/suggestions?${new URLSearchParams({ kind, q })}`);
  expect(answer).toHaveStatus(200);
  return JSON.parse(answer.text).suggestions;
}

const values = async (kind: string, q: string, client = ada) =>
  (await suggested(kind, q, client)).map(({ value }) => value);

test("titles are suggested that begin so, then those that hold the words, and none that no link can hold", async () => {
  for (const title of ["Plan", "plan B", "My planning", "Plan #2", "Plan | x", "[Plan]", "Plan ^a", "Déjà vu", "Other"])
    await ada.write(title);
  const gone = await ada.write("Plan C");
  await ada.post(`/notes/${gone}/trash`);
  expect(await values("note", "plan")).toEqual(["[[Plan]]", "[[Plan ^a]]", "[[plan B]]", "[[My planning]]"]);
  expect(await values("note", "PLAN b")).toEqual(["[[plan B]]"]);
  expect(await values("note", "déjà")).toEqual(["[[Déjà vu]]"]);
  expect(await values("note", "nothing")).toEqual([]);
});

test("what is suggested is a link to that very note", async () => {
  for (const title of [
    "Plain",
    "With (brackets)",
    "a/b",
    "50% & more",
    "Ünïcode 日本",
    "*stars* and _lines_",
    "C:\\x",
    "`tick`",
  ])
    await ada.write(title);
  for (const { value, shown } of await suggested("note", "")) {
    const note = await ada.get(`/notes/${await ada.write("Links", value)}`);
    const [, to = ""] = /class="wikilink"[^>]*href="([^"]+)"|href="(\/link[^"]+)"/.exec(note.text) ?? [];
    const [path = ""] = /\/link\?to=[^"]+/.exec(note.text) ?? [to];
    const found = await ada.get(path.replaceAll("&#x26;", "&").replaceAll("&amp;", "&"));
    expect(found, value).toHaveStatus(303);
    const api = await ada.get(`/api/v1${String(found.headers.location)}`);
    expect(JSON.parse(api.text).title).toBe(shown);
  }
});

test("of two notes with one title the notebook tells which", async () => {
  const shelf = String((await ada.post("/notebooks?index", { name: "Work", parent: "" })).headers.location);
  await ada.write("Plan");
  await ada.post("/notes", { title: "Plan", content: "x", notebook: shelf.replace("/notebooks/", "") });
  expect((await values("note", "plan")).sort()).toEqual(["[[Plan]]", "[[Work/Plan]]"]);
});

test("tags are suggested that go on, and not the one that is typed already", async () => {
  await ada.write("One", "#work #work/home #Workshop #other");
  expect(await values("tag", "work")).toEqual(["#work/home", "#Workshop"]);
  expect(await values("tag", "WO")).toEqual(["#work", "#work/home", "#Workshop"]);
});

test("S58 suggestions are made of the viewer's own notes and tags only", async () => {
  const eve = await verso.join("Eve");
  await eve.write("Secret plan", "#secretive words");
  for (const kind of ["note", "find"])
    for (const q of ["sec", "plan", ""]) expect(await suggested(kind, q)).toEqual([]);
  expect(await suggested("tag", "sec")).toEqual([]);
  expect(await values("note", "sec", eve)).toEqual(["[[Secret plan]]"]);
  expect(await verso.visitor().get("/suggestions?kind=note&q=sec")).toHaveStatus(303);
  expect((await ada.get("/suggestions?kind=note")).headers["cache-control"]).toBe("private, no-store");
});

test("S68 whatever is typed is answered, and what is no question is refused with a sentence", async () => {
  for (const q of ['"', "*", "NEAR(", "a OR", "^", "%", "_", "\0", "x".repeat(300), "\u{1f600}", "\ud800", "[[", "-"])
    for (const kind of ["note", "tag", "find"]) await suggested(kind, q);
  for (const query of [
    "?kind=other",
    `?kind=note&q=${"x".repeat(301)}`,
    "?kind=find&q=is:purple",
    "?kind=note&kind=tag",
  ]) {
    const answer = await ada.get(`/suggestions${query}`);
    expect(answer, query).toHaveStatus(422);
    expect(JSON.parse(answer.text).message.length).toBeGreaterThan(5);
  }
});

test("titles that begin so are found along notes_suggested, with 10,000 notes of somebody else beside", async () => {
  const { writer } = verso.engine as SqliteEngine;
  const statements = await verso.statementsOf(() => ada.get("/suggestions?kind=note&q=p"));
  const { text = "" } = statements.find((one) => one.text.includes('from "notes"')) ?? {};
  const plan = writer.prepare(`explain query plan ${text}`).all(...Array(text.split("?").length - 1).fill("p")) as {
    detail: string;
  }[];
  expect(plan[0]?.detail).toMatch(
    /^SEARCH notes USING INDEX notes_suggested \(owner_id=\? AND link_name>\? AND link_name<\?\)$/,
  );
  expect(plan.map(({ detail }) => detail).join()).not.toContain("TEMP B-TREE");
});

const DATA = { new: ["/notes", "routes/notes._index"], edit: ["/edit", "routes/notes.$noteId.edit"] } as const;

test("a preview answers 200 with the text laid out and the form as it was, and writes nothing", async () => {
  const id = await ada.write("Kept", "before");
  for (const path of ["/notes", `/notes/${id}/edit`]) {
    const { writer } = verso.engine as SqliteEngine;
    const changes = () => writer.prepare("select total_changes()").pluck().get();
    const before = changes();
    const answer = await ada.post(path, {
      title: "My <title>",
      content: "*words* <b>",
      version: "1",
      tags: "a b",
      next: "preview",
    });
    expect(answer).toHaveStatus(200);
    expect(answer.text).toContain("<em>words</em> &#x3C;b>");
    expect(answer.text).toContain('value="My &lt;title&gt;"');
    expect(answer.text).toContain("*words* &lt;b&gt;</textarea>");
    expect(answer.text).toContain('value="a b"');
    expect(answer.text).toContain("Not saved.");
    expect(changes()).toBe(before);
  }
  expect(JSON.parse((await ada.get(`/api/v1/notes/${id}`)).text).content).toBe("before");
});

test("a preview of too much keeps the text and says so, and S51 one of somebody else's note is not found", async () => {
  const id = await ada.write("Kept", "before");
  const much = await ada.post(`/notes/${id}/edit`, {
    title: "",
    content: "x".repeat(1_100_000),
    version: "1",
    next: "preview",
  });
  expect(much).toHaveStatus(413);
  expect(much.text).toContain("xxxx</textarea>");
  const eve = await verso.join("Eve");
  const theirs = await eve.post(`/notes/${id}/edit`, { title: "", content: "x", version: "1", next: "preview" });
  expect(theirs).toHaveStatus(404);
  const data = await ada.postData(`/notes/${id}${DATA.edit[0]}`, DATA.edit[1], {
    title: "",
    content: "**x**",
    version: "1",
    next: "preview",
  });
  expect(JSON.parse(data.text).preview.html).toBe("<p><strong>x</strong></p>");
});
