import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { cursorAt } from "~/notes/paging.server";
import type { Client } from "../support/client";
import { elementsIn } from "../support/html";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

function rows(sql: string, ...parameters: unknown[]) {
  const database = new Sqlite(verso.settings.databaseFile, { readonly: true });
  const found = database.prepare(sql).all(...parameters) as Record<string, unknown>[];
  database.close();
  return found;
}

/** The textarea as a browser would have it, and send it. */
function textareaOf(page: string) {
  const field = elementsIn(page).find(({ tagName }) => tagName === "textarea");
  const text = (field?.children ?? []).map(({ value }) => value ?? "").join("");
  return text.replace(/\r\n?|\n/g, "\r\n");
}

const ODD_TEXTS: [what: string, content: string][] = [
  ["CRLF", "a\r\nb\r\n"],
  ["LF", "a\nb\n"],
  ["lone CR", "a\rb\r"],
  ["mixed breaks", "a\r\nb\nc\rd"],
  ["breaks at the head", "\n\n\r\n\ntext"],
  ["a CRLF at the head", "\r\ntext"],
  ["trailing spaces and tabs", "a  \n\tb\t \n   \n"],
  ["a byte order mark", "\ufefftext"],
  ["joiners and marks", "👩‍👩‍👧‍👦 e\u0301 \u202etext\u202c \u200b\u00ad"],
  ["control characters", "a\u0001\u0007\u000b\u000c\u001b\u007f\u0085b"],
  ["line separators", "a\u2028b\u2029c"],
  ["HTML", "</textarea><script>alert(1)</script>&amp;&lt;\"'<!--"],
  ["front matter", "---\r\ntitle: x\r\n---\r\n\r\ntext"],
  ["nothing but space", " \n "],
];

test.each(ODD_TEXTS)("D11 a text with %s comes out of the edit form byte for byte", async (_what, content) => {
  const made = await ada.postJson("/api/v1/notes", { title: "Odd", content });
  expect(made).toHaveStatus(201);
  const { id } = JSON.parse(made.text) as { id: string };
  const form = await ada.get(`/notes/${id}/edit`);
  const sent = { title: "Odd", content: textareaOf(form.text), version: "1" };
  expect(await ada.post(`/notes/${id}/edit`, sent)).toSeeOther(`/notes/${id}`);
  expect(rows("select content, version from notes")).toEqual([{ content, version: 1 }]);
});

test("D11 a changed text keeps the kind of line break it had", async () => {
  for (const [content, stored] of [
    ["a\r\nb", "a\r\nb\r\nc"],
    ["a\nb", "a\nb\nc"],
  ]) {
    const made = await ada.postJson("/api/v1/notes", { title: "", content });
    const { id } = JSON.parse(made.text) as { id: string };
    await ada.post(`/notes/${id}/edit`, { title: "", content: "a\r\nb\r\nc", version: "1" });
    expect(rows(`select content from notes where id = '${id}'`)).toEqual([{ content: stored }]);
  }
});

test("D12 the edit form has the whole of a long text", async () => {
  const content = `${"日本語の文章 ".repeat(30_000)}end`;
  const id = await ada.write("Long", content);
  expect(textareaOf((await ada.get(`/notes/${id}/edit`)).text)).toBe(content);
});

test("D12 an excerpt never ends inside of a character", async () => {
  await ada.write("Emoji", "👩‍👩‍👧‍👦".repeat(200));
  const page = await ada.get("/notes");
  expect(page.text).toMatch(/(👩‍👩‍👧‍👦)+…/);
  expect(page.text).not.toContain("�");
});

test("D05 D06 with a second save, all three texts are kept", async () => {
  const id = await ada.write("Plan", "base");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "first", version: "1" });
  const late = { title: "Plan", content: "second", version: "1" };
  expect(await ada.post(`/notes/${id}/edit`, late)).toHaveStatus(409);
  expect(await ada.post(`/notes/${id}/edit`, late)).toHaveStatus(409);
  expect(rows("select version, content from notes")).toEqual([{ version: 2, content: "first" }]);
  expect(rows("select version, fate, content from note_versions order by fate")).toEqual([
    { version: 1, fate: "refused", content: "second" },
    { version: 1, fate: "replaced", content: "base" },
  ]);
});

test.each([
  ["mine", "top\nmine\nend"],
  ["theirs", "top\ntheirs\nend"],
  ["both", "top\ntheirs\nmine\nend"],
])("D06 a conflict is settled by a plain form: %s", async (choice, content) => {
  const id = await ada.write("Plan", "top\nbase\nend");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "top\ntheirs\nend", version: "1" });
  const page = await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "top\nmine\nend", version: "1" });
  expect(page).toHaveStatus(409);
  for (const field of ['name="choice-0" value="mine"', 'name="base" value="1"', 'name="version" value="2"'])
    expect(page.text).toContain(field);
  const sent = { title: "Plan", content: "top\nmine\nend", version: "2", base: "1", "choice-0": choice };
  expect(await ada.post(`/notes/${id}/edit`, sent)).toSeeOther(`/notes/${id}`);
  expect(rows("select content from notes")).toEqual([{ content }]);
});

test("D06 whoever saves while a conflict is settled is not written over either", async () => {
  const id = await ada.write("Plan", "base");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "first", version: "1" });
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "mine", version: "1" });
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "second", version: "2" });
  const again = await ada.post(`/notes/${id}/edit`, {
    title: "Plan",
    content: "mine",
    version: "2",
    base: "1",
    "choice-0": "mine",
  });
  expect(again).toHaveStatus(409);
  expect(again.text).toContain("second");
  expect(rows("select content from notes")).toEqual([{ content: "second" }]);
});

test("D06 what a refused save changed of tags and notebook is saved, and the page that settles it says so", async () => {
  const made = await ada.post("/notebooks?index", { name: "Work", parent: "" });
  const notebook = String(made.headers.location).replace("/notebooks/", "");
  const id = await ada.write("Plan", "base");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "first", version: "1" });
  const mine = { title: "Plan", content: "mine", version: "1", notebookBefore: "", tagsBefore: "" };
  const tags = await ada.post(`/notes/${id}/edit`, { ...mine, tags: "home", notebook: "" });
  expect(tags).toHaveStatus(409);
  expect(tags.text.replaceAll("<!-- -->", "")).toContain("Your change of the tags is saved already");
  const both = await ada.post(`/notes/${id}/edit`, { ...mine, tags: "home office", tagsBefore: "home", notebook });
  expect(both.text.replaceAll("<!-- -->", "")).toContain("Your change of the tags and the notebook is saved already");
  const settled = { title: "Plan", content: "mine", version: "2", base: "1", "choice-0": "both" };
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "second", version: "2" });
  const again = await ada.post(`/notes/${id}/edit`, settled);
  expect(again).toHaveStatus(409);
  expect(again.text).not.toContain("is saved already");
  expect(await ada.post(`/notes/${id}/edit`, { ...settled, title: "x".repeat(301), version: "3" })).toHaveStatus(422);
  expect(await ada.post(`/notes/${id}/edit`, { ...settled, version: "3" })).toHaveStatus(303);
  const { text } = await ada.get(`/notes/${id}/edit`);
  expect(text).toMatch(/name="tags"[^>]* value="home office"/);
  expect(text).toContain(`<option value="${notebook}" selected="">`);
});

test("D01 a text whose notebook was deleted meanwhile is still in its form, to save in another one", async () => {
  const made = String((await ada.post("/notebooks?index", { name: "Work", parent: "" })).headers.location);
  const notebook = made.replace("/notebooks/", "");
  const id = await ada.write("Plan", "base");
  await ada.post(made, { intent: "delete" });
  const sent = { title: "Plan", content: "my words", version: "1", tags: "home", tagsBefore: "", notebook };
  for (const path of ["/notes", `/notes/${id}/edit`]) {
    const refused = await ada.post(path, { ...sent, notebookBefore: "" });
    expect(refused, path).toHaveStatus(422);
    expect(textareaOf(refused.text)).toBe("my words");
    expect(refused.text).toContain("That notebook is not there any more.");
    expect(refused.text).toMatch(/name="tags"[^>]* value="home"/);
    expect(await ada.post(path, { ...sent, notebook: "", notebookBefore: "" }), path).toHaveStatus(303);
  }
  expect(await ada.post(`/notes/${id}/edit`, { ...sent, version: "2", notebookBefore: notebook })).toHaveStatus(303);
});

test("D06 two titles are shown to choose from", async () => {
  const id = await ada.write("Base", "same");
  await ada.post(`/notes/${id}/edit`, { title: "Theirs", content: "same", version: "1" });
  const page = await ada.post(`/notes/${id}/edit`, { title: "Mine", content: "same", version: "1" });
  expect(page).toHaveStatus(409);
  expect(page.text).toContain('value="Theirs"');
  expect(page.text).toContain('value="Mine"');
});

test("D06 a refused choice is merged again, it does not write over the other text", async () => {
  const id = await ada.write("Plan", "base");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "theirs", version: "1" });
  const sent = { title: "x".repeat(301), content: "mine", version: "2", base: "1", "choice-0": "mine" };
  const refused = await ada.post(`/notes/${id}/edit`, sent);
  expect(refused).toHaveStatus(422);
  expect(refused.text).toContain('name="version" value="1"');
});

test("two texts that together are longer than a note are refused, and both are still there", async () => {
  const [mine, theirs] = ["m".repeat(700_000), "t".repeat(700_000)];
  const id = await ada.write("Long", "base");
  await ada.post(`/notes/${id}/edit`, { title: "Long", content: theirs, version: "1" });
  const sent = { title: "Long", content: mine, version: "2", base: "1" };
  const refused = await ada.post(`/notes/${id}/edit`, { ...sent, "choice-0": "both" });
  expect(refused).toHaveStatus(413);
  expect(textareaOf(refused.text)).toBe(mine);
  expect(rows("select length(content) length from notes")).toEqual([{ length: 700_000 }]);
  expect(await ada.post(`/notes/${id}/edit`, { ...sent, "choice-0": "mine" })).toSeeOther(`/notes/${id}`);
});

test("a form that nothing was changed in saves nothing over a newer text", async () => {
  const id = await ada.write("Plan", "base");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "newer", version: "1" });
  expect(await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "base", version: "1" })).toSeeOther(
    `/notes/${id}`,
  );
  expect(rows("select content, version from notes")).toEqual([{ content: "newer", version: 2 }]);
  expect(rows("select fate from note_versions")).toEqual([{ fate: "replaced" }]);
});

test("D11 a note of a whole mebibyte comes out of the edit form and goes in again", async () => {
  const content = "half a line\n".repeat(90_000).slice(0, 1_048_576);
  const id = await ada.write("Full", content);
  const edit = { title: "Full", content: content.replaceAll("\n", "\r\n"), version: "1" };
  expect(await ada.post(`/notes/${id}/edit`, edit)).toSeeOther(`/notes/${id}`);
  expect(rows("select version, content = ? same from notes", content)).toEqual([{ version: 1, same: 1 }]);
});

test("D01 a text for a note that was deleted meanwhile can be saved as a new note", async () => {
  const id = await ada.write("Gone", "old");
  await ada.post(`/notes/${id}/trash`);
  await ada.post("/trash", { intent: "delete", note: id });
  const refused = await ada.post(`/notes/${id}/edit`, { title: "Gone", content: "new words", version: "1" });
  expect(refused).toHaveStatus(404);
  expect(refused.text).toMatch(/action="\/notes".*new words.*Save it as a new note/s);
});

test("a save names its draft in the address that follows, and nothing but a draft's name gets there", async () => {
  const saved = await ada.post("/notes", { title: "A", content: "b", draft: "1,0199a9a9-0000" });
  expect(saved.headers.location).toMatch(/\?saved=1%2C0199a9a9-0000$/);
  const odd = await ada.post("/notes", { title: "A", content: "b", draft: "x\r\nSet-Cookie: a=b" });
  expect(odd.headers.location).toMatch(/^\/notes\/[\da-f-]{36}$/);
});

test("the same text saved twice in two tabs is no conflict", async () => {
  const id = await ada.write("Plan", "base");
  const edit = { title: "Plan", content: "changed", version: "1" };
  expect(await ada.post(`/notes/${id}/edit`, edit)).toSeeOther(`/notes/${id}`);
  expect(await ada.post(`/notes/${id}/edit`, edit)).toSeeOther(`/notes/${id}`);
});

test("a form that is sent twice makes one note, and another text from it makes another", async () => {
  const once = /name="once" value="([^"]+)"/.exec((await ada.get("/notes/new")).text)?.[1] ?? "";
  const send = (content: string) => ada.post("/notes", { title: "Once", content, once });
  const answers = await Promise.all([send("text"), send("text"), send("text")]);
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(rows("select count(*) as notes from notes")).toEqual([{ notes: 1 }]);
  await send("another text");
  expect(rows("select content from notes order by content")).toEqual([
    { content: "another text" },
    { content: "text" },
  ]);
});

test("a note of exactly 1 MiB is kept; one byte more is answered 413 with the text", async () => {
  const content = `${"é".repeat(524_287)}ab`;
  expect(Buffer.byteLength(content)).toBe(1_048_576);
  expect(await ada.post("/notes", { title: "Full", content })).toSeeOther(/^\/notes\//);
  const answer = await ada.post("/notes", { title: "Over", content: `${content}c` });
  expect(answer).toHaveStatus(413);
  expect(textareaOf(answer.text)).toBe(`${content}c`);
  expect(answer).toHaveFieldError("content");
});

test("what is not UTF-8, or holds a NUL, is answered 422 with the text, and nothing is written", async () => {
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  for (const body of [
    "title=Latin&content=caf%E9",
    "title=Nul&content=a%00b",
    "title=Half&content=%ED%A0%80",
    "title=Two&title=Too&content=x",
  ]) {
    const answer = await ada.ask("/notes", { method: "POST", headers: type, body });
    expect(answer, body).toHaveStatus(422);
    expect(answer.text, body).toContain(body.slice(6, 9));
  }
  for (const content of ["\ud800", "a\0b"]) expect(await ada.postJson("/api/v1/notes", { content })).toHaveStatus(422);
  expect(rows("select * from notes")).toEqual([]);
});

test("a title is one line of 300 characters, and every message stands at its field", async () => {
  const answer = await ada.post("/notes", { title: "x".repeat(301), content: "kept text" });
  expect(answer).toHaveStatus(422);
  expect(answer).toHaveFieldError("title");
  expect(answer.text).toContain('href="#title"');
  expect(answer.text).toContain("kept text");
  expect(await ada.post("/notes", { title: "two\nlines", content: "x" })).toHaveStatus(422);
  expect(await ada.post("/notes", { title: " ", content: "\n" })).toHaveStatus(422);
});

test("a form as multipart is a form too", async () => {
  const body =
    '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nBy parts\r\n--b\r\nContent-Disposition: form-data; name="content"\r\n\r\nñ\r\n--b--\r\n';
  const answer = await ada.ask("/notes", {
    method: "POST",
    headers: { "Content-Type": "multipart/form-data; boundary=b" },
    body,
  });
  expect(answer).toSeeOther(/^\/notes\//);
  expect(rows("select title, content from notes")).toEqual([{ title: "By parts", content: "ñ" }]);
});

test("an id that can't be one is not found", async () => {
  for (const id of [
    "1",
    "x",
    "0199a9a9-0000-7000-8000-00000000000g",
    "%00",
    "'--",
    "0199A9A9-0000-7000-8000-000000000000",
  ]) {
    expect((await ada.get(`/notes/${id}`)).status, id).toBe(404);
    expect(await ada.post(`/notes/${id}/trash`), id).toHaveStatus(404);
  }
});

const TROUBLES: [what: string, begin: string, end: string][] = [
  ["the disk is full", "max_page_count = 1", "max_page_count = 1073741823"],
  ["the database can't be written to", "query_only = 1", "query_only = 0"],
];

test.each(TROUBLES)(
  "D08 when %s a save says so, gives the text back, and nothing is half-written",
  async (_what, begin, end) => {
    const id = await ada.write("Before", "before");
    const { writer } = verso.engine as SqliteEngine;
    writer.pragma(begin);
    const big = "words that must not be lost ".repeat(2_000);
    for (const [path, fields] of [
      ["/notes", { title: "New", content: big }],
      [`/notes/${id}/edit`, { title: "Before", content: big, version: "1" }],
    ] as const) {
      const answer = await ada.post(path, fields);
      expect(answer, path).toHaveStatus(503);
      expect(answer.headers["retry-after"]).toBe("30");
      expect(textareaOf(answer.text)).toBe(big);
    }
    expect(await ada.get("/notes")).toHaveStatus(200);
    expect((await ada.get("/notes")).text).toContain("can’t save at the moment");
    expect(await verso.visitor().get("/readyz")).toHaveStatus(503);
    writer.pragma(end);
    expect(await ada.post(`/notes/${id}/edit`, { title: "Before", content: "after", version: "1" })).toSeeOther(
      `/notes/${id}`,
    );
    expect((await ada.get("/notes")).text).not.toContain("can’t save");
    expect(await verso.visitor().get("/readyz")).toHaveStatus(200);
    expect(rows("select content, version from notes")).toEqual([{ content: "after", version: 2 }]);
  },
);

test("D15 fifty saves at once all arrive", async () => {
  const id = await ada.write("Shared", "x");
  const saves = Array.from({ length: 50 }, (_, count) =>
    ada.post("/notes", { title: `Note ${count}`, content: "text" }),
  );
  const edits = Array.from({ length: 20 }, (_, count) =>
    ada.post(`/notes/${id}/edit`, { title: "Shared", content: `edit ${count}`, version: "1" }),
  );
  const answers = await Promise.all([...saves, ...edits]);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(rows("select count(*) as notes from notes where title like 'Note %'")).toEqual([{ notes: 50 }]);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  expect(rows("select count(*) as kept from note_versions where fate = 'refused'")).toEqual([{ kept: 19 }]);
});

test("what is thrown away can be brought back, by Undo and from the trash", async () => {
  const id = await ada.write("Away", "text");
  const list = await ada.get(String((await ada.post(`/notes/${id}/trash`)).headers.location));
  expect(list.text).toContain("Undo");
  expect(list.text).not.toContain(">Away<");
  expect(await ada.get(`/notes/${id}`)).toHaveStatus(200);
  expect(await ada.post("/trash", { intent: "restore", note: id })).toSeeOther(`/notes/${id}?restored`);
  expect((await ada.get("/notes")).text).toContain("Away");
});

test("deleting for good takes a note out of the trash only, with its versions", async () => {
  const id = await ada.write("Away", "text");
  await ada.post(`/notes/${id}/edit`, { title: "Away", content: "changed", version: "1" });
  expect(await ada.post("/trash", { intent: "delete", note: id })).toHaveStatus(404);
  await ada.post(`/notes/${id}/trash`);
  expect(await ada.post("/trash", { intent: "delete", note: id })).toSeeOther("/trash");
  expect(rows("select * from note_versions")).toEqual([]);
  expect(await ada.get(`/notes/${id}`)).toHaveStatus(404);
});

test("a text for a note that was deleted meanwhile is given back", async () => {
  const id = await ada.write("Away", "text");
  await ada.post(`/notes/${id}/trash`);
  await ada.post("/trash", { intent: "delete", note: id });
  const answer = await ada.post(`/notes/${id}/edit`, { title: "Away", content: "written since", version: "1" });
  expect(answer).toHaveStatus(404);
  expect(answer.text).toContain("written since");
});

test("an edit that arrives when the note is in the trash brings it back", async () => {
  const id = await ada.write("Away", "text");
  await ada.post(`/notes/${id}/trash`);
  expect(await ada.post(`/notes/${id}/edit`, { title: "Away", content: "more", version: "1" })).toSeeOther(
    `/notes/${id}?restored=yes`,
  );
  expect(rows("select content, trashed from notes")).toEqual([{ content: "more", trashed: null }]);
});

test("emptying the trash leaves what was thrown away after the page was looked at", async () => {
  const seen = await ada.write("Seen", "x");
  await ada.post(`/notes/${seen}/trash`);
  const mark = /name="seen" value="(\d+)"/.exec((await ada.get("/trash")).text)?.[1] ?? "";
  const later = await ada.write("Later", "x");
  await expect.poll(() => Date.now()).toBeGreaterThan(Number(mark));
  await ada.post(`/notes/${later}/trash`);
  expect(await ada.post("/trash", { intent: "empty", seen: mark })).toSeeOther("/trash");
  expect(rows("select title from notes")).toEqual([{ title: "Later" }]);
  for (const fields of [
    {},
    { intent: "burn" },
    { intent: "empty" },
    { intent: "empty", seen: "x" },
    { intent: "delete" },
  ] as Record<string, string>[]) {
    expect(await ada.post("/trash", fields)).toHaveStatus(422);
  }
});

test("going from page to page sees each of many notes once, also those of one moment", async () => {
  const { writer } = verso.engine as SqliteEngine;
  const [{ id: owner } = { id: "" }] = rows("select id from users") as { id: string }[];
  const insert = writer.prepare(
    "insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content) values (?, ?, ?, ?, '', 0, 1, ?, ?, '', '')",
  );
  for (let count = 0; count < 1_000; count += 1) {
    const id = `0199a9a9-0000-7000-8000-${String(count).padStart(12, "0")}`;
    insert.run(id, owner, `N${count}`, `N${count}`, 5_000, 5_000 + Math.floor(count / 300));
  }
  const seen: string[] = [];
  for (let path: string | undefined = "/notes"; path; ) {
    const { text }: { text: string } = await ada.get(path);
    seen.push(...[...text.matchAll(/href="\/notes\/(0199[^"]+)"/g)].map(([, id = ""]) => id));
    path = /href="(\/notes\?after=[^"]+)"/.exec(text)?.[1];
  }
  expect(seen).toHaveLength(1_000);
  expect(new Set(seen).size).toBe(1_000);
  for (const after of ["x", "1", "1.", "-1.x", "9e9.0199a9a9-0000-7000-8000-000000000000", "1.' or 1=1"]) {
    expect(await ada.get(`/notes?after=${encodeURIComponent(after)}`), after).toHaveStatus(422);
  }
  expect(await ada.get(`/notes?after=${cursorAt(0, 5_000, "0199a9a9-0000-7000-8000-000000000000")}`)).toHaveStatus(200);
});

test("the list as JSON has a limit and a cursor, and makes notes", async () => {
  for (const title of ["One", "Two", "Three"]) await ada.write(title, "text");
  const first = JSON.parse((await ada.get("/api/v1/notes?limit=2")).text);
  expect(first.notes.map(({ heading }: { heading: string }) => heading)).toEqual(["Three", "Two"]);
  const second = JSON.parse((await ada.get(`/api/v1/notes?limit=2&after=${first.next}`)).text);
  expect(second).toMatchObject({ notes: [{ heading: "One" }], next: null });
  const made = await ada.postJson("/api/v1/notes", { title: "By program", content: "text" });
  expect(made).toHaveStatus(201);
  const note = JSON.parse(made.text);
  expect(note).toMatchObject({ title: "By program", content: "text", version: 1 });
  expect(JSON.parse((await ada.get(String(made.headers.location))).text)).toEqual(note);
});

test("what a program sends wrong comes back as problem details", async () => {
  const expectProblem = (answer: Awaited<ReturnType<Client["get"]>>, status: number) => {
    expect(answer).toHaveStatus(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(JSON.parse(answer.text)).toMatchObject({ status, title: expect.any(String) });
  };
  const json = { "Content-Type": "application/json" };
  expectProblem(await verso.visitor().get("/api/v1/notes"), 401);
  expect((await verso.visitor().get("/api/v1/notes")).headers["www-authenticate"]).toBeDefined();
  expectProblem(await verso.visitor().postJson("/api/v1/notes", {}), 401);
  for (const query of ["limit=0", "limit=101", "limit=x", "limit=1&limit=2", "after=x"])
    expectProblem(await ada.get(`/api/v1/notes?${query}`), 422);
  for (const body of ["{", "", "[]", "null", '"x"', '{"title":1}', '{"content":[]}', "{}"]) {
    expectProblem(await ada.ask("/api/v1/notes", { method: "POST", headers: json, body }), 422);
  }
  expectProblem(
    await ada.ask("/api/v1/notes", { method: "POST", headers: json, body: Buffer.from([0x22, 0xe9, 0x22]) }),
    422,
  );
  expectProblem(await ada.postJson("/api/v1/notes", { content: "x".repeat(1_048_577) }), 413);
  expectProblem(await ada.post("/api/v1/notes", { title: "x" }), 415);
  expectProblem(await ada.ask("/api/v1/notes", { method: "DELETE" }), 405);
  expectProblem(await ada.get("/api/v1/notes/nonsense"), 404);
});

test("a text as long as a book is laid out too, if not at once", async () => {
  const id = await ada.write(
    "Long",
    "A paragraph of *ordinary* prose with a [link](https://example.org) in it.\n\n".repeat(3_000),
  );
  await vi.waitUntil(async () => (await ada.get(`/notes/${id}`)).text.includes("<em>ordinary</em>"), {
    timeout: 60_000,
    interval: 500,
  });
}, 90_000);
