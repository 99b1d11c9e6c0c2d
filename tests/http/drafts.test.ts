import { randomUUID } from "node:crypto";
import { array, assert, asyncProperty, integer, record, uniqueArray } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { Client } from "../support/client";
import { sendDraft } from "../support/drafts";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const keep = (id: string, fields: Record<string, string>, client = ada) => sendDraft(verso, client, id, fields);

const edit = (id: string, fields: Record<string, string>) =>
  ada.post(`/notes/${id}/edit`, { title: "Plan", version: "1", ...fields });

const rows = () =>
  (verso.engine as SqliteEngine).writer.prepare("select id, ended, content, sequence from drafts").all() as {
    id: string;
    ended: string | null;
    content: string;
    sequence: number;
  }[];

test("D02 a draft is offered on whatever device, with what it changes, and is never put in by itself", async () => {
  const note = await ada.write("Plan", "350 g water");
  const id = randomUUID();
  expect(await keep(id, { note, title: "Plan", content: "360 g water" })).toHaveStatus(200);
  const elsewhere = await verso.signIn();
  const page = (await elsewhere.get(`/notes/${note}/edit`)).text;
  expect(page).toContain("<del>350</del> g water");
  expect(page).toContain("<ins>360</ins> g water");
  expect(page).toMatch(/<textarea[^>]*name="content"[^>]*>350 g water</);
  const taken = (await elsewhere.get(`/notes/${note}/edit?draft=${id}`)).text;
  expect(taken).toMatch(/<textarea[^>]*name="content"[^>]*>360 g water</);
  expect(taken).toContain(`name="settles" value="${id}.1"`);
  expect((await elsewhere.get(`/notes/${note}`)).text).toContain("1 unsaved draft");
});

test("a draft of a new note is offered at the form for one, with the tags and the notebook that were typed", async () => {
  const shelf = String((await ada.post("/notebooks?index", { name: "Shelf", parent: "" })).headers.location);
  const notebook = shelf.replace("/notebooks/", "");
  const id = randomUUID();
  await keep(id, { title: "Idea", content: "half a\nthought", tags: "home", notebook });
  const offer = (await ada.get("/notes/new")).text;
  expect(offer).toContain(`href="/notes/new?draft=${id}"`);
  expect(offer).toContain("half a thought");
  const taken = (await ada.get(`/notes/new?draft=${id}`)).text;
  expect(taken).toMatch(/<textarea[^>]*name="content"[^>]*>half a\nthought</);
  expect(taken).toMatch(/name="tags"[^>]* value="home"/);
  expect(taken).toContain(`<option value="${notebook}" selected="">`);
  await ada.post("/notes", { title: "Idea", content: "a thought", settles: `${id}.1` });
  expect((await ada.get("/notes/new")).text).not.toContain("Unsaved draft");
});

test("a draft that changes only the tags or the notebook is kept, and is in the form when it is taken up", async () => {
  const note = await ada.write("Plan", "text");
  const id = randomUUID();
  const same = { note, title: "Plan", content: "text" };
  expect((await keep(id, { ...same, tags: "home" })).text).toBe('{"kept":"kept"}');
  expect((await ada.get(`/notes/${note}/edit?draft=${id}`)).text).toMatch(/name="tags"[^>]* value="home"/);
  expect((await keep(id, { ...same, notebook: "", sequence: "2" })).text).toBe('{"kept":"kept"}');
  expect((await keep(id, { ...same, sequence: "3" })).text).toBe('{"kept":"needless"}');
  expect((await ada.get("/drafts")).text).toContain("There are no unsaved drafts.");
});

test("a draft that changes only the tags or the notebook says in a line what it changes, and shows no empty difference", async () => {
  const shelf = String((await ada.post("/notebooks?index", { name: "Shelf", parent: "" })).headers.location);
  const notebook = shelf.replace("/notebooks/", "");
  const note = await ada.write("Plan", "line\r\nline");
  const id = randomUUID();
  const same = { note, title: "Plan", content: "line\nline" };
  const lines: [fields: Record<string, string>, line: string][] = [
    [{ tags: "home, #work" }, "Tags: home, work"],
    [{ tags: "" }, "Tags: none"],
    [{ notebook }, "Notebook: Shelf"],
    [{ notebook: "" }, "Notebook: none"],
    [{ tags: "a b", notebook }, "Tags: a, b · Notebook: Shelf"],
    [{ notebook: randomUUID() }, "Notebook: one that is not there any more"],
  ];
  for (const [place, [fields, line]] of lines.entries()) {
    await keep(id, { ...same, ...fields, sequence: String(place + 1) });
    for (const path of [`/notes/${note}/edit`, `/drafts/${id}`])
      expect(plain((await ada.get(path)).text), path).toContain(`>${line}<`);
    expect((await ada.get(`/notes/${note}/edit`)).text, line).not.toContain("What it changes");
  }
  await keep(id, { ...same, content: "line\nother", tags: "home", sequence: "9" });
  const both = plain((await ada.get(`/notes/${note}/edit`)).text);
  expect(both).toContain(">Tags: home<");
  expect(both).toContain("What it changes");
  await keep(id, { ...same, content: "line\nother", sequence: "10" });
  expect(plain((await ada.get(`/notes/${note}/edit`)).text)).not.toMatch(/>(Tags|Notebook): /);
});

/** A page without the marks around names and between texts. */
function plain(text: string) {
  return text.replaceAll(/<!-- -->|<\/?bdi>/g, "");
}

test("a draft of a form without tags and notebook leaves those of the note, also the ones that it got since", async () => {
  const shelf = String((await ada.post("/notebooks?index", { name: "Shelf", parent: "" })).headers.location);
  const notebook = shelf.replace("/notebooks/", "");
  const note = await ada.write("Plan", "text");
  const id = randomUUID();
  await keep(id, { note, title: "Plan", content: "merged by hand" });
  await edit(note, { content: "text", tags: "home", tagsBefore: "", notebook, notebookBefore: "" });
  const taken = (await ada.get(`/notes/${note}/edit?draft=${id}`)).text;
  expect(taken).toMatch(/<textarea[^>]*name="content"[^>]*>merged by hand</);
  expect(taken).toMatch(/name="tags"[^>]* value="home"/);
  expect(taken).toContain(`<option value="${notebook}" selected="">`);
});

test("D09 what arrives late is older than what is kept, whatever the order", async () => {
  const text = (sequence: number) => `typed ${sequence}`;
  await assert(
    asyncProperty(uniqueArray(integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }), async (sequences) => {
      const id = randomUUID();
      for (const sequence of sequences) await keep(id, { sequence: String(sequence), content: text(sequence) });
      const [row] = rows().filter((one) => one.id === id);
      expect(row?.content).toBe(text(Math.max(...sequences)));
      await ada.post(`/drafts/${id}/drop`);
    }),
    { numRuns: 10 },
  );
});

test("a save ends its draft, and holds off what was sent before it and arrives after", async () => {
  const note = await ada.write("Plan", "one");
  const id = randomUUID();
  await keep(id, { note, sequence: "1", title: "Plan", content: "one two" });
  expect(await edit(note, { content: "one two three", settles: `${id}.2` })).toHaveStatus(303);
  await keep(id, { note, sequence: "2", title: "Plan", content: "one two thr" });
  expect((await ada.get(`/notes/${note}/edit`)).text).not.toContain("Unsaved draft");
  expect(rows()).toEqual([{ id, ended: "saved", content: "", sequence: 2 }]);
  await keep(id, { note, version: "2", sequence: "3", title: "Plan", content: "one two three four" });
  expect((await ada.get(`/notes/${note}/edit`)).text).toContain("one two three<ins> four</ins>");
  expect(rows()).toMatchObject([{ ended: null, content: "one two three four" }]);
});

test("a save ends no draft that was typed later, nor one of another tab; a save that is refused ends none", async () => {
  const note = await ada.write("Plan", "one");
  const [mine, others] = [randomUUID(), randomUUID()];
  await keep(mine, { note, sequence: "5", title: "Plan", content: "typed after" });
  await keep(others, { note, title: "Plan", content: "in another tab" });
  expect(await edit(note, { content: "", title: "x".repeat(301), settles: `${mine}.5` })).toHaveStatus(422);
  expect(await edit(note, { content: "two", settles: `${mine}.4` })).toHaveStatus(303);
  expect(await edit(note, { content: "three", settles: `${mine}.5` })).toHaveStatus(409);
  expect(rows().map(({ content }) => content)).toEqual(["typed after", "in another tab"]);
});

test("D04 a draft of an older version says so, and saving it joins both", async () => {
  const note = await ada.write("Plan", "one\ntwo\nthree");
  const id = randomUUID();
  await keep(id, { note, title: "Plan", content: "one\ntwo\nTHREE" });
  await edit(note, { content: "ONE\ntwo\nthree" });
  const page = (await ada.get(`/notes/${note}/edit`)).text;
  expect(page).toContain("The note was saved since");
  // What the draft changes, not what the save after it did.
  expect(page).toMatch(/− <del class="line">three<\/del>/);
  expect(page).not.toMatch(/<del class="line">ONE/);
  const taken = (await ada.get(`/notes/${note}/edit?draft=${id}`)).text;
  expect(taken).toContain('name="version" value="1"');
  const conflict = await edit(note, { content: "one\ntwo\nTHREE", settles: `${id}.1` });
  expect(conflict).toHaveStatus(409);
  expect(conflict.text).toMatch(/name="content"[^>]*>ONE\ntwo\nTHREE</);
  expect(conflict.text).toContain(`name="settles" value="${id}.1"`);
});

test("a draft goes when nothing of it is unsaved any more", async () => {
  const note = await ada.write("Plan", "one");
  const id = randomUUID();
  await keep(id, { note, sequence: "1", title: "Plan", content: "one two" });
  await keep(id, { note, sequence: "2", title: "Plan", content: "one" });
  expect((await ada.get(`/notes/${note}`)).text).not.toContain("unsaved draft");
  const other = randomUUID();
  await keep(other, { sequence: "1", content: "begun" });
  await keep(other, { sequence: "2", content: "" });
  expect((await ada.get("/drafts")).text).toContain("There are no unsaved drafts.");
});

test("what is dropped can be had back for ten minutes, and goes after an hour", async () => {
  const id = randomUUID();
  await keep(id, { title: "Idea", content: "thought" });
  const dropped = await ada.post(`/drafts/${id}/drop`, { back: "/notes/new" });
  expect(dropped).toSeeOther(`/notes/new?dropped=${id}`);
  const page = (await ada.get(String(dropped.headers.location))).text;
  expect(page).toContain("The draft is dropped.");
  expect(page).not.toContain("Unsaved draft");
  expect(await ada.post(`/drafts/${id}/drop`, { back: "/notes/new", undo: "yes" })).toSeeOther("/notes/new");
  expect((await ada.get("/notes/new")).text).toContain("Unsaved draft");
  await ada.post(`/drafts/${id}/drop`);
  const { writer } = verso.engine as SqliteEngine;
  writer.exec("update drafts set kept = kept - 601000");
  expect(await ada.post(`/drafts/${id}/drop`, { undo: "yes" })).toHaveStatus(404);
});

test("S51 S53 S54 a draft is its owner's alone, also when the note that it is of is gone", async () => {
  const eve = await verso.join("Eve");
  const note = await ada.write("Ada's", "text");
  const id = randomUUID();
  await keep(id, { note, title: "Ada's", content: "secret words" });
  const of = (verso.engine as SqliteEngine).writer.prepare("select id from users where name = 'Eve'").pluck().get();
  expect(await keep(randomUUID(), { owner: String(of), note, content: "hers" }, eve)).toHaveStatus(404);
  for (const path of [`/drafts/${id}`, `/notes/${note}/edit?draft=${id}`])
    expect(await eve.get(path), path).toHaveStatus(404);
  expect(await eve.post(`/drafts/${id}/drop`)).toHaveStatus(404);
  for (const path of ["/drafts", "/notes/new", `/notes/new?draft=${id}`])
    expect((await eve.get(path)).text, path).not.toContain("secret words");
  // The same name is another draft with her.
  await keep(id, { owner: String(of), content: "Eve's own", sequence: "9" }, eve);
  expect((await ada.get(`/drafts/${id}`)).text).toContain("secret words");
  const others = await ada.write("Other", "text");
  expect((await ada.get(`/notes/${others}/edit?draft=${id}`)).text).toContain("That draft is no more");
  await ada.post(`/notes/${note}/trash`);
  await ada.post("/trash", { intent: "delete", note });
  expect((await ada.get(`/drafts/${id}`)).text).toContain("secret words");
  expect((await eve.get("/drafts")).text).not.toContain("secret words");
});

test.each([
  ["deleted", (note: string) => ada.post("/trash", { intent: "delete", note })],
  ["in a trash that is emptied", () => ada.post("/trash", { intent: "empty", seen: String(Date.now()) })],
])("what was typed for a note that is %s, and not saved, becomes a draft of a new note", async (_, goes) => {
  const note = await ada.write("Plan", "one");
  const [open, dropped] = [randomUUID(), randomUUID()];
  await keep(open, { note, title: "Plan", content: "one two" });
  await keep(dropped, { note, title: "Plan", content: "one three" });
  await ada.post(`/drafts/${dropped}/drop`);
  await ada.post(`/notes/${note}/trash`);
  expect(await goes(note)).toSeeOther("/trash");
  expect(await ada.get(`/notes/${note}`)).toHaveStatus(404);
  expect((await ada.get("/drafts")).text).toContain("one two");
  const taken = (await ada.get(`/notes/new?draft=${open}`)).text;
  expect(taken).toMatch(/<textarea[^>]*name="content"[^>]*>one two</);
  expect(await ada.post("/notes", { title: "Plan", content: "one two", settles: `${open}.1` })).toHaveStatus(303);
  expect((await ada.get("/drafts")).text).toContain("There are no unsaved drafts.");
  expect(await ada.post(`/drafts/${dropped}/drop`, { undo: "yes" })).toHaveStatus(303);
  expect((await ada.get("/drafts")).text).toContain("one three");
});

test("D01 what a page sends after its login ended, or when somebody else is signed in, goes to nobody", async () => {
  const id = randomUUID();
  expect(await keep(id, { content: "words" }, verso.visitor())).toHaveStatus(401);
  const eve = await verso.join("Eve");
  expect(await keep(id, { content: "Ada's words" }, eve)).toHaveStatus(401);
  expect(rows()).toEqual([]);
});

test.each([
  [422, { content: "a\0b" }],
  [413, { content: "x".repeat(1_048_577) }],
  [422, { content: "x", sequence: "0" }],
  [422, { content: "x", sequence: "1.5" }],
  [422, { content: "x", note: "'--" }],
  [404, { content: "x", note: "0199a9a9-0000-7000-8000-000000000000" }],
  [422, { content: "x", tags: "y".repeat(10_001) }],
])("a draft that can't be kept is refused with %i, and nothing is written", async (status, fields) => {
  expect(await keep(randomUUID(), fields as Record<string, string>)).toHaveStatus(status);
  expect(rows()).toEqual([]);
});

test("a draft is kept also where it could not be saved as it is: a title too long, tags that are none", async () => {
  const id = randomUUID();
  expect(await keep(id, { title: "x".repeat(301), tags: "1 ???", content: "\r\nline\r\n" })).toHaveStatus(200);
  expect(rows()).toMatchObject([{ content: "\nline\n" }]);
  expect((await ada.get(`/drafts/${id}`)).text).toContain("x".repeat(301));
});

test("past a hundred drafts no new one is begun, those there are go on, and none is thrown away", async () => {
  const { writer } = verso.engine as SqliteEngine;
  writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)
    insert into drafts (owner_id, id, version, sequence, kept, title, tags, notebook, content)
    select (select id from users), printf('0199a9a9-0000-7000-8000-%012d', i), 0, 1, i, '', '', '', 'draft ' || i from n`);
  const refused = await keep(randomUUID(), { content: "one more" });
  expect(refused).toHaveStatus(422);
  expect(refused.text).toContain("You have 100 unsaved drafts");
  const first = "0199a9a9-0000-7000-8000-000000000001";
  expect(await keep(first, { sequence: "2", content: "goes on" })).toHaveStatus(200);
  expect((await ada.get("/drafts")).text.match(/<li>/g)?.length ?? 0).toBeGreaterThanOrEqual(100);
  expect((await ada.get("/notes/new")).text).toContain("All unsaved drafts");
});

test("a login that sends drafts without end is slowed down, and others are not", async () => {
  const id = randomUUID();
  const answers = [];
  for (let sequence = 1; sequence <= 70; sequence += 1)
    answers.push((await keep(id, { sequence: String(sequence), content: "x" })).status);
  expect(answers).toContain(429);
  expect(answers.slice(0, 60)).not.toContain(429);
  expect(await keep(id, { sequence: "99", content: "y" }, await verso.signIn())).toHaveStatus(200);
});

test("the back keeps of a page's drafts the latest only, and says so, with no word of it", async () => {
  const asked = await ada.get("/notes");
  const id = randomUUID();
  for (let sequence = 1; sequence <= 55; sequence += 1)
    await keep(id, { sequence: String(sequence), content: "canary words" });
  const other = await keep(randomUUID(), { content: "canary of another page" });
  const latest = await keep(id, { sequence: "56", content: "canary words" }, ada);
  const back = (await ada.turnOver(latest)).text.replaceAll("<!-- -->", "");
  expect(back).toContain("The same page had sent 55 drafts before this one; of those only the latest is kept here.");
  expect(back).not.toMatch(/canary/);
  expect((await ada.turnOver(other)).text).not.toContain("drafts before this one");
  // What the person asked for themselves is still there.
  expect(await ada.turnOver(asked)).toHaveStatus(200);
});

test("S07 whatever a draft holds stays text", async () => {
  const evil = '"><img src=x onerror=alert(1)></textarea></pre><script>alert(1)</script>{{7*7}}\u202e';
  const note = await ada.write("Plan", "text");
  const [id, other] = [randomUUID(), randomUUID()];
  await keep(id, { note, title: evil, content: evil, tags: evil, notebook: evil.slice(0, 90) });
  await keep(other, { title: evil, content: evil });
  for (const path of [
    "/drafts",
    `/drafts/${id}`,
    `/notes/${note}/edit`,
    `/notes/${note}/edit?draft=${id}`,
    "/notes/new",
    `/notes/new?draft=${other}`,
  ]) {
    const { text } = await ada.get(path);
    expect(text, path).not.toMatch(/<img|<script>alert/);
  }
});

test("any drafts of any tabs: each is what its own tab typed last", async () => {
  const typed = array(record({ tab: integer({ min: 0, max: 2 }), word: integer({ min: 1, max: 99 }) }), {
    maxLength: 8,
  });
  await assert(
    asyncProperty(typed, async (keys) => {
      const tabs = [randomUUID(), randomUUID(), randomUUID()];
      const last = new Map<string, string>();
      for (const [place, { tab, word }] of keys.entries()) {
        const id = tabs[tab] ?? "";
        last.set(id, `word ${word}`);
        await keep(id, { sequence: String(place + 1), content: `word ${word}` });
      }
      for (const [id, content] of last) expect(rows().find((row) => row.id === id)?.content).toBe(content);
      for (const id of last.keys()) await ada.post(`/drafts/${id}/drop`);
    }),
    { numRuns: 6 },
  );
});
