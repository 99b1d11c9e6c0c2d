import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { cursorAt } from "~/notes/paging.server";
import type { Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

/** Notes 1 to `count`, thrown away where there are times for that; `trashed` is SQL over `i`. */
function seed(count: number, trashed = "null") {
  (verso.engine as SqliteEngine).writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
    insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, trashed, spaced, content)
    select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users), 'Note ' || i, 'Note ' || i, 'text', 2, 1, i, i, ${trashed}, '', 'word' from n`);
}

/** The notes of all pages, from link to link. */
async function walk(first: string) {
  const pages: string[][] = [];
  for (let path: string | undefined = first; path; ) {
    const { text }: { text: string } = await ada.get(path);
    pages.push([...text.matchAll(/>(Note \d+)</g)].map(([, heading = ""]) => heading));
    path = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
  }
  return pages;
}

const PAST = "after=0.0199a9a9-0000-7000-8000-000000000000";

test("the trash is gone through page by page, each note once, also those of one moment", async () => {
  seed(230, `${Date.now()} + i / 100`);
  const pages = await walk("/trash");
  expect(pages.map((page) => page.length)).toEqual([50, 50, 50, 50, 30]);
  expect(pages.flat()).toEqual(Array.from({ length: 230 }, (_, count) => `Note ${230 - count}`));
  for (const after of ["x", "1.", "1.' or 1=1"]) {
    const answer = await ada.get(`/trash?after=${encodeURIComponent(after)}`);
    expect(answer, after).toHaveStatus(422);
    expect(answer.text).toContain("This page of the list doesn&#x27;t exist.");
    expect(answer.text).not.toContain("The trash is empty");
  }
});

test("emptying the trash from its last page empties all of it, as the button says", async () => {
  seed(60, "1000 + i");
  const second = /href="([^"]+)" rel="next"/.exec((await ada.get("/trash")).text)?.[1] ?? "";
  const { text } = await ada.get(second);
  expect(text).toMatch(/Delete (<!-- -->)?60 notes/);
  const seen = /name="seen" value="(\d+)"/.exec(text)?.[1] ?? "";
  expect(await ada.post("/trash", { intent: "empty", seen })).toSeeOther("/trash");
  expect((await ada.get("/trash")).text).toContain("The trash is empty");
});

test("a form of the trash that can't be read is refused with a sentence", async () => {
  await ada.post(`/notes/${await ada.write("Gone")}/trash`);
  for (const fields of [{}, { intent: "burn" }, { intent: "empty", seen: "x" }] as Record<string, string>[]) {
    const answer = await ada.post("/trash", fields);
    expect(answer).toHaveStatus(422);
    expect(answer.text).toMatch(/role="alert"[^>]*><h2[^>]*>Nothing was done: choose what to do with which note\.</);
    expect(answer.text).toContain(">Gone<");
  }
});

test("past the end of a list there are no older notes, and a way back", async () => {
  seed(60);
  await ada.post(`/notes/${await ada.write("Gone")}/trash`);
  for (const [path, first] of [
    [`/notes?after=${cursorAt(0, 0, "")}`, "/notes"],
    [`/notes?q=word&after=${cursorAt(0, 0, "")}`, "/notes?q=word"],
    [`/trash?${PAST}`, "/trash"],
  ]) {
    const { text } = await ada.get(String(path));
    expect(text, path).toContain(`No older notes. <a href="${first}">Go to the first page</a>`);
    expect(text, path).not.toContain("Nothing is written here yet");
  }
  expect((await walk("/notes?q=word")).map((page) => page.length)).toEqual([50, 10]);
});

test("an empty list says whether anything was ever written", async () => {
  expect((await ada.get("/notes")).text).toContain("Nothing is written here yet");
  await ada.post(`/notes/${await ada.write("Gone")}/trash`);
  const one = await ada.get("/notes");
  expect(one.text).toContain("Your only note is in the trash.");
  expect(one.text).not.toContain("Nothing is written here yet");
  await ada.post(`/notes/${await ada.write("Gone too")}/trash`);
  expect((await ada.get("/notes")).text).toContain("All 2 notes are in the trash.");
  expect((await (await verso.join("Eve")).get("/notes")).text).toContain("Nothing is written here yet");
});

test("a search for signs alone finds nothing and says why", async () => {
  await ada.write("Really???", "what 🙂");
  for (const q of ["???", "🙂", '"-"']) {
    const { text } = await ada.get(`/notes?q=${encodeURIComponent(q)}`);
    expect(text, q).toContain("has no letters or digits to look for");
    expect(text, q).not.toContain(">Really???<");
  }
  expect(JSON.parse((await ada.get("/api/v1/notes?q=???")).text)).toEqual({ notes: [], next: null });
});

test("a note without a title is listed by its first line, and below it the rest", async () => {
  await ada.write("", "Shopping\nmilk\neggs");
  const { text } = await ada.get("/notes");
  expect(text).toContain(">Shopping</a>");
  expect(text).toContain(">milk eggs</p>");
});
