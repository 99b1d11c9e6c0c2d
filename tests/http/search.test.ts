import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

function search(q: string, who = ada) {
  return who.get(`/notes?${new URLSearchParams({ q })}`);
}

/** What a search finds, in its order; the API must find the same. */
async function found(q: string, who = ada) {
  const { text } = await search(q, who);
  const headings = [...text.matchAll(/<a href="\/notes\/[\da-f-]{36}\?q=[^"]+" dir="auto">([^<]*)</g)].map(
    ([, one]) => one,
  );
  const answer = await who.get(`/api/v1/notes?${new URLSearchParams({ q })}`);
  const { notes } = JSON.parse(answer.text) as { notes: { heading: string }[] };
  if ((await who.get("/places")).status === 200) expect(notes.map(({ heading }) => heading)).toEqual(headings);
  return headings;
}

async function notebook(name: string, parent = "") {
  const made = await ada.post("/notebooks?index", { name, parent });
  return String(made.headers.location).replace("/notebooks/", "");
}

/** Some notes, written in this order. */
async function write() {
  const [work, home] = [await notebook("Work"), await notebook("Home")];
  const old = await notebook("Old", work);
  const ids = {
    milk: await ada.write("Milk", "- [ ] buy #shop\n- [x] pour"),
    eggs: await ada.write("Eggs", "- [x] all done #shop/dairy"),
    plan: await ada.write("Plan", "milk for the team"),
    put: await ada.write("Put away", "milk of old #shop"),
    gone: await ada.write("Gone", "milk no more"),
  };
  for (const [id, to] of [
    [ids.plan, work],
    [ids.eggs, home],
    [ids.put, old],
  ] as const)
    await ada.post(`/notes/${id}/organise`, { what: "move", notebook: to });
  await ada.post(`/notes/${ids.put}/organise`, { what: "archive" });
  await ada.post(`/notes/${ids.plan}/organise`, { what: "pin" });
  await ada.post(`/notes/${ids.gone}/trash`);
  return { ...ids, work };
}

test("each operator finds what it says, on the page and for programs", async () => {
  await write();
  const eve = await verso.join("Eve");
  await eve.write("Eve's milk", "- [ ] x #shop");
  for (const [q, headings] of [
    ["milk", ["Plan", "Milk"]],
    ["title:milk", ["Milk"]],
    ["milk -title:milk", ["Plan"]],
    ["eggs OR team", ["Plan", "Eggs"]],
    ["eggs OR team milk", ["Plan"]],
    ["tag:shop", ["Eggs", "Milk"]],
    ["tag:#SHOP/dairy", ["Eggs"]],
    ["-tag:shop", ["Plan"]],
    ["tag:shop OR is:pinned", ["Plan", "Eggs", "Milk"]],
    ["tag:shop milk", ["Milk"]],
    ["notebook:work", ["Plan"]],
    ["-notebook:work", ["Eggs", "Milk"]],
    ["notebook:work OR notebook:Home", ["Plan", "Eggs"]],
    ["is:pinned", ["Plan"]],
    ["-is:pinned milk", ["Milk"]],
    ["is:todo", ["Milk"]],
    ["is:done", ["Eggs"]],
    ["has:task", ["Eggs", "Milk"]],
    ["-has:task", ["Plan"]],
    ["is:archived", ["Put away"]],
    ["is:archived milk", ["Put away"]],
    ['is:archived notebook:"Work / Old" tag:shop', ["Put away"]],
    ["is:archived notebook:work/old", ["Put away"]],
    ["is:trashed milk", ["Gone"]],
    ["is:trashed eggs", []],
    ["created:today", ["Plan", "Eggs", "Milk"]],
    ["created:<2026-01", []],
    ["created:>2026-01 updated:<7d milk", ["Plan", "Milk"]],
    ["updated:>7d", []],
  ] as const)
    expect(await found(q), q).toEqual(headings);
});

test("a name that there is no tag or notebook of finds nothing, and is said", async () => {
  await write();
  const eve = await verso.join("Eve");
  await eve.write("Hers", "#secret");
  const { text } = await search("tag:secret notebook:Nowhere");
  expect(text).toContain("There is no <bdi>tag #secret</bdi>.");
  expect(text).toContain("There is no <bdi>notebook “Nowhere”</bdi>.");
  expect(await found("-tag:secret is:pinned")).toEqual(["Plan"]);
  expect(await found("notebook:Work", eve)).toEqual([]);
});

test("two notebooks of one name are both meant, and their path tells them apart", async () => {
  const [one, two] = [await notebook("One"), await notebook("Two")];
  for (const parent of [one, two]) {
    const id = await ada.write(parent === one ? "In one" : "In two");
    await ada.post(`/notes/${id}/organise`, { what: "move", notebook: await notebook("Same", parent) });
  }
  expect(await found("notebook:Same")).toEqual(["In two", "In one"]);
  expect(await found('notebook:"One / Same"')).toEqual(["In one"]);
});

test("a title without spaces between its words is found by a part of it", async () => {
  await ada.write("東京の散歩", "朝");
  await ada.write("朝", "東京の散歩");
  expect(await found("title:東京 ")).toEqual(["東京の散歩"]);
  expect(await found("title:散歩 -title:朝")).toEqual(["東京の散歩"]);
});

test("what can't be understood is said with 422, the query stays in its field", async () => {
  for (const [q, sentence] of [
    ["is:happy milk", "is:pinned, is:todo, is:done, is:archived and is:trashed"],
    ["has:video", "Verso can’t tell “has:video” yet"],
    ["created:soon", "“created:soon” has no date that can be read"],
    ["-is:trashed", "stands by itself"],
  ] as const) {
    const answer = await search(q);
    expect(answer).toHaveStatus(422);
    expect(answer.text).toContain(sentence);
    expect(answer.text).toContain(`value="${q}"`);
    expect(answer.text).toContain('href="/search"');
    const problem = await ada.get(`/api/v1/notes?${new URLSearchParams({ q })}`);
    expect(problem).toHaveStatus(422);
    expect(JSON.parse(problem.text).errors.q.join(" ")).toContain(sentence);
  }
  const taken = await search("colour:red");
  expect(taken).toHaveStatus(200);
  expect(taken.text).toContain("“<bdi>colour:</bdi>” is no operator of a search");
});

test("a search says what it finds elsewhere, and leads there with the same words", async () => {
  await write();
  const { text } = await search("mil");
  expect(text).toContain("2 notes");
  expect(text).toContain('<a href="/notes?q=is%3Aarchived+mil">1 more in the archive</a>');
  expect(text).toContain('<a href="/notes?q=is%3Atrashed+mil">1 more in the trash</a>');
  const archive = await search("is:archived tag:shop");
  expect(archive.text).toContain("1 note<!-- --> in the archive");
  expect(archive.text).toContain('<a href="/notes?q=tag%3Ashop">2 more in your lists</a>');
  expect((await search("tag:shop")).text).toContain("1 more in the archive");
});

test("“all of this list” is not offered on a search, nor a choice in the trash", async () => {
  (verso.engine as SqliteEngine).writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 70)
    insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, trashed, spaced, content)
    select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users), 'N' || i, 'N' || i, '', 0, 1, i, i, case when i > 60 then i end, '', 'word' from n`);
  expect((await ada.get("/notes")).text).toContain('name="all"');
  expect((await search("word")).text).not.toContain('name="all"');
  const { text } = await search("is:trashed word");
  expect(text).toContain("N70");
  expect(text).not.toContain('id="batch"');
});

test("links are found: to a title, to anything, and not", async () => {
  await ada.write("Hub", "nothing");
  await ada.write("Spoke", "see [[hub#Part|it]]");
  await ada.write("Web", "see <https://example.org/x>");
  await ada.write("Plain", "see the hub");
  expect(await found("links:hub")).toEqual(["Spoke"]);
  expect(await found('links:"folder/HUB.md"')).toEqual(["Spoke"]);
  expect(await found("has:link")).toEqual(["Web", "Spoke"]);
  expect(await found("hub -links:Hub")).toEqual(["Plain", "Hub"]);
  expect(await found("links:Web")).toEqual([]);
  const bob = await verso.join("Bob");
  expect(await found("links:hub", bob)).toEqual([]);
});

test("each example of the help page runs", async () => {
  await ada.write("Milk");
  const { text } = await ada.get("/search");
  const examples = [...text.matchAll(/href="(\/notes\?q=[^"]+)"/g)].map(([, path = ""]) => path);
  expect(examples.length).toBeGreaterThan(15);
  for (const path of examples) {
    const answer = await ada.get(path.replaceAll("&amp;", "&"));
    expect(answer, path).toHaveStatus(200);
    expect(answer.text, path).not.toContain("is no operator");
  }
  for (const q of ["milk", "nothing"]) expect((await search(q)).text).toContain('<a href="/search">');
});

/** The saved searches of the sidebar: name and address. */
async function saved(who = ada) {
  const { text } = await who.get("/places");
  const main = text.slice(text.indexOf("<main"));
  return [...main.matchAll(/<a href="(\/notes\?q=[^"]*)"[^>]*><bdi>([^<]*)</g)].map(([, to, name]) => `${name} ${to}`);
}

async function idOf(name: string) {
  const { text } = await ada.get("/search");
  const main = text.slice(text.indexOf("<main"));
  return new RegExp(`<bdi>${name}</bdi>.*?name="id" value="([\\da-f-]{36})"`, "s").exec(main)?.[1] ?? "";
}

test("a search is saved, stands in the sidebar, is renamed and deleted", async () => {
  await ada.write("Milk", "- [ ] buy");
  expect((await search("milk is:todo")).text).toContain("Save this search…");
  const q = "milk is:todo";
  expect(await ada.post("/search", { intent: "save", name: "To buy", q })).toSeeOther("/notes?q=milk+is%3Atodo");
  await ada.post("/search", { intent: "save", name: "A", q: "milk" });
  expect(await saved()).toEqual(["A /notes?q=milk", "To buy /notes?q=milk+is%3Atodo"]);
  expect(await ada.post("/search", { intent: "rename", id: await idOf("To buy"), name: "Shop" })).toSeeOther(
    "/search#saved",
  );
  const deleted = await ada.post("/search", { intent: "delete", id: await idOf("A") });
  expect(deleted.headers.location).toMatch(/^\/search\?undo=[\da-f-]{36}#saved$/);
  expect(await saved()).toEqual(["Shop /notes?q=milk+is%3Atodo"]);
});

test("a saved search that is deleted comes back, under another name where its own is taken, and once", async () => {
  await ada.post("/search", { intent: "save", name: "Buy", q: "milk" });
  const { headers } = await ada.post("/search", { intent: "delete", id: await idOf("Buy") });
  const page = await ada.get(String(headers.location));
  expect(page.text).toContain("The saved search “Buy” is deleted.");
  const [undo = ""] = /\/undo\/[\da-f-]{36}/.exec(page.text) ?? [];
  expect(await (await verso.join("Eve")).post(undo)).toHaveStatus(404);
  await ada.post("/search", { intent: "save", name: "BUY", q: "eggs" });
  expect(await ada.post(undo, { back: "/search" })).toSeeOther("/search");
  expect(await saved()).toEqual(["BUY /notes?q=eggs", "Buy (2) /notes?q=milk"]);
  expect(await ada.post(undo)).toHaveStatus(404);
});

test("the page of a note that was found marks the words, and leads from one to the next", async () => {
  await ada.write("Shop", "Milk and *milk*,\n\nand [milk](https://milk.example).");
  const results = await search("milk");
  const [path = ""] = /\/notes\/[\da-f-]{36}\?q=milk/.exec(results.text) ?? [];
  const { text } = await ada.get(path);
  for (const place of [1, 2, 3]) {
    expect(text).toContain(`<mark id="mark-${place}">`);
    expect(text).toContain(`href="#mark-${place}"`);
  }
  expect(text).toContain("in 3 places");
  expect(text).toContain('href="https://milk.example"');
  expect((await ada.get(path.replace("?q=milk", ""))).text).not.toContain("<mark");
  expect((await ada.get(path.replace("milk", "butter"))).text).toContain("is not in the text itself");
  expect((await ada.get(path.replace("milk", "is:todo"))).text).not.toContain("found-marks");
  expect((await ada.get(path.replace("milk", encodeURIComponent("<script>alert(1)</script>")))).text).not.toContain(
    "<script>alert",
  );
  expect(await ada.get(path.replace("milk", "x".repeat(400)))).toHaveStatus(200);
});

async function instead(q: string, who = ada) {
  return /Did you mean.*?<bdi>([^<]+)<\/bdi>/s.exec((await search(q, who)).text)?.[1]?.replaceAll("&quot;", '"');
}

test("a search that finds nothing names what may have been meant, where that finds something", async () => {
  await ada.write("Shopping list", "Butter and cheese");
  await ada.write("Garden", "Tulips, crème");
  expect(await instead("buter")).toBe("butter");
  expect(await instead("shoping chese")).toBe("shopping cheese");
  expect(await instead("gadren tag:none")).toBeUndefined();
  expect(await instead("butter tulpis")).toBeUndefined();
  expect(await instead("creem")).toBe("crème");
  expect(await instead("wholly")).toBeUndefined();
  expect(await instead("butt")).toBeUndefined();
  expect((await search('"butter"')).text).toContain("Shopping list");
});

test("S58 what may have been meant is said of the viewer's own words only", async () => {
  const eve = await verso.join("Eve");
  await eve.write("Secrets", "hippopotamus");
  expect(await instead("hipopotamus")).toBeUndefined();
  expect(await instead("hipopotamus", eve)).toBe("hippopotamus");
});

test("a search that can't be saved is refused with a sentence, and what was typed", async () => {
  await ada.post("/search", { intent: "save", name: "Twice", q: "milk" });
  for (const [fields, sentence] of [
    [{ intent: "save", name: " TWICE", q: "eggs" }, "There is a saved search “TWICE” already."],
    [{ intent: "save", name: "", q: "eggs" }, "Give it a name."],
    [{ intent: "save", name: "x".repeat(61), q: "eggs" }, "60 characters or fewer"],
    [{ intent: "save", name: "Bad", q: "is:happy" }, "A note can’t be “is:happy”."],
    [{ intent: "save", name: "None", q: " " }, "There is nothing to look for."],
  ] as const) {
    const answer = await ada.post("/search", fields);
    expect(answer, sentence).toHaveStatus(422);
    expect(answer.text).toContain(sentence);
    expect(answer.text).toContain(`name="q" value="${fields.q}"`);
  }
  for (const fields of [{}, { intent: "burn" }, { intent: "delete", id: "x" }] as Record<string, string>[])
    expect(await ada.post("/search", fields)).toHaveStatus(422);
  expect(await saved()).toHaveLength(1);
});

test("fifty searches can be saved, and no more", async () => {
  (verso.engine as SqliteEngine).writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 50)
    insert into saved_searches select 's' || i, (select id from users), 'S' || i, 's' || i, 'x', i from n`);
  const answer = await ada.post("/search", { intent: "save", name: "One more", q: "milk" });
  expect(answer).toHaveStatus(422);
  expect(answer.text).toContain("There are 50 saved searches");
});

test("S51 S52 nobody sees, renames or deletes another's saved search", async () => {
  await ada.post("/search", { intent: "save", name: "Hers", q: "milk" });
  const id = await idOf("Hers");
  const eve = await verso.join("Eve");
  for (const fields of [
    { intent: "rename", id, name: "Mine" },
    { intent: "delete", id },
  ] as Record<string, string>[])
    expect(await eve.post("/search", fields)).toHaveStatus(404);
  expect(await saved(eve)).toEqual([]);
  expect((await eve.get("/search")).text).not.toContain("Hers");
  expect(await eve.post("/search", { intent: "save", name: "Hers", q: "eggs" })).toHaveStatus(303);
  expect(await saved()).toEqual(["Hers /notes?q=milk"]);
});

/** Breaks the full-text index as bad sectors would, from one of its blocks on; the notes are whole. */
function damageIndex(from = 0) {
  const { writer } = verso.engine as SqliteEngine;
  writer.unsafeMode(true);
  writer.exec(`update note_search_data set block = zeroblob(20) where id > ${from}`);
  writer.unsafeMode(false);
}

test.each([
  ["searches", 10, () => found("milk")],
  ["saves", 0, () => ada.write("Butter", "and milk")],
])("D22 a damaged search index is built anew by the first who %s", async (_, from, first) => {
  await write();
  const before = await found("milk");
  damageIndex(from);
  await first();
  expect((await found("milk")).filter((title) => title !== "Butter")).toEqual(before);
});

test("D22 where the index can't be built anew, searches go through the texts", async () => {
  await write();
  const before = await found("milk");
  damageIndex(10);
  (verso.engine as SqliteEngine).writer.pragma("max_page_count = 1");
  expect(await found("milk")).toEqual(before);
  expect(await found("100%")).toEqual([]);
});

test("a word in thousands of texts is counted up to 1,000 in each place, whoever else has it", async () => {
  const bob = await verso.join("Bob");
  const { writer } = verso.engine as SqliteEngine;
  const seed = (who: string, first: number, count: number) =>
    writer
      .prepare(`with recursive n(i) as (select ? union all select i + 1 from n where i < ?)
        insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
        select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users where name = ?), 'Note', 'Note', 'text', 1, 1, i, i, '', 'word' from n`)
      .run(first, first + count - 1, who);
  seed("Bob", 1, 2_500);
  seed("Ada", 10_001, 999);
  seed("Ada", 20_001, 3);
  writer.exec("update notes set archived = updated where updated > 20000");
  const told = async (who: Client) =>
    /role="status">(.*?)<\/p>/.exec((await search("word", who)).text)?.[1]?.replace(/<[^>]*>/g, "");
  expect(await told(ada)).toContain("999 notes, newest first · 3 more in the archive ·");
  expect(await told(bob)).toContain("more than 1,000 notes, newest first · How to");
  seed("Ada", 30_001, 2);
  writer.exec("update notes set trashed = updated where updated > 30000");
  seed("Ada", 40_001, 2);
  expect(await told(ada)).toContain(
    "more than 1,000 notes, newest first · 3 more in the archive · 2 more in the trash ·",
  );
});

test("S52 what others have written changes neither a count nor what is asked of the database", async () => {
  const eve = await verso.join("Eve");
  (verso.engine as SqliteEngine).writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
    insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
    select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users where name = 'Eve'), 'Note', 'Note', 'text', 1, 1, i, i, '', 'bait' from n;
    update notes set archived = updated`);
  await ada.write("Plan", "the zanzibar merger");
  const asked = async (q: string) => {
    let text = "";
    const statements = await verso.statementsOf(async () => ({ text } = await search(q, eve)));
    return [statements.length, /"archived":(\d+)/.exec(text)?.[1], /"listed":(\d+)/.exec(text)?.[1]];
  };
  expect(await asked("bait OR zanzib")).toEqual(await asked("bait OR zanzic"));
});
