import { array, assert, asyncProperty, constantFrom, record } from "fast-check";
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

/** The headings of a list, in its order. */
async function listed(path: string, who = ada) {
  const { text } = await who.get(path);
  return [...text.matchAll(/<a href="\/notes\/[\da-f-]{36}" dir="auto">([^<]*)</g)].map(([, heading]) => heading);
}

async function notebook(name: string, parent = "") {
  const made = await ada.post("/notebooks?index", { name, parent });
  expect(made).toHaveStatus(303);
  return String(made.headers.location).replace("/notebooks/", "");
}

/** What the sidebar says of a place: its name and its number. */
async function counted(name: string) {
  const { text } = await ada.get("/places");
  const main = text.slice(text.indexOf("<main"));
  return Number(
    new RegExp(`<bdi>${name}</bdi></a><span class="count">(\\d+)`).exec(main.replaceAll("<!-- -->", ""))?.[1],
  );
}

/** How many notes of the lists have a tag; 0 where there is no such tag. */
function numberOf(tag: string) {
  const { writer } = verso.engine as SqliteEngine;
  return writer.prepare("select coalesce(max(notes), 0) from tags where name = ?").pluck().get(tag);
}

function change(id: string, fields: Record<string, string>, who = ada) {
  return who.post(`/notes/${id}/organise`, fields);
}

const undoIn = (answer: { headers: { location?: string } }) =>
  /undo=([\da-f-]+)/.exec(answer.headers.location ?? "")?.[1] ?? "";
const none = "0199a9a9-0000-7000-8000-000000000000";

test("a note is in one notebook or in none, and each list and number says so", async () => {
  const work = await notebook("Work");
  const id = await ada.write("Plan");
  await ada.write("Loose");
  expect(await change(id, { what: "move", notebook: work })).toHaveStatus(303);
  expect(await listed(`/notebooks/${work}`)).toEqual(["Plan"]);
  expect(await listed("/notebooks/none")).toEqual(["Loose"]);
  expect(await listed("/notes")).toEqual(["Loose", "Plan"]);
  expect(await counted("Work")).toBe(1);
  await ada.post(`/notes/${id}/trash`);
  expect(await counted("Work")).toBe(0);
  expect(await counted("Trash")).toBe(1);
});

test("notebooks nest three deep and no deeper, and never in themselves", async () => {
  const one = await notebook("One");
  const two = await notebook("Two", one);
  const three = await notebook("Three", two);
  const tooDeep = await ada.post("/notebooks?index", { name: "Four", parent: three });
  expect(tooDeep).toHaveStatus(422);
  expect(tooDeep.text).toContain("at most 3 deep");
  expect(tooDeep.text).toContain('value="Four"');
  for (const parent of [one, two, three]) {
    const inItself = await ada.post(`/notebooks/${one}`, { intent: "change", name: "One", parent });
    expect(inItself).toHaveStatus(422);
    expect(inItself.text).toContain("into itself");
  }
  const other = await notebook("Other");
  const withTwo = await ada.post(`/notebooks/${one}`, { intent: "change", name: "One", parent: other });
  expect(withTwo, "with what is in it, it would be four deep").toHaveStatus(422);
  expect(await ada.post(`/notebooks/${two}`, { intent: "change", name: "Two", parent: other })).toHaveStatus(303);
});

test("two notebooks in one place have two names, whatever their case", async () => {
  await notebook("Work");
  const twin = await ada.post("/notebooks?index", { name: " WORK ", parent: "" });
  expect(twin).toHaveStatus(422);
  expect(twin.text).toContain("There is a notebook “WORK” in that place already.");
  for (const name of ["", "  ", "x".repeat(101), "a\nb"])
    expect(await ada.post("/notebooks?index", { name, parent: "" }), JSON.stringify(name)).toHaveStatus(422);
});

test("a deleted notebook leaves its notes in none and what is in it a level up; the undo brings all back", async () => {
  const work = await notebook("Work");
  const inside = await notebook("Inside", work);
  const id = await ada.write("Plan");
  await change(id, { what: "move", notebook: work });
  const deleted = await ada.post(`/notebooks/${work}`, { intent: "delete", name: "Work", parent: "" });
  expect(await ada.get(`/notebooks/${work}`)).toHaveStatus(404);
  expect(await listed("/notebooks/none")).toEqual(["Plan"]);
  expect((await ada.get("/notebooks")).text).toContain(`<li data-depth="1"><a href="/notebooks/${inside}"`);
  const page = await ada.get(String(deleted.headers.location));
  expect(page.text).toContain("The notebook “Work” is deleted; its notes are in no notebook.");
  expect(await ada.post(`/undo/${undoIn(deleted)}`, { back: `/notebooks/${work}` })).toSeeOther(`/notebooks/${work}`);
  expect(await listed(`/notebooks/${work}`)).toEqual(["Plan"]);
  expect((await ada.get("/notebooks")).text).toContain(`<li data-depth="2"><a href="/notebooks/${inside}"`);
});

test("what was moved again before the undo stays where it was moved to", async () => {
  const [work, home] = [await notebook("Work"), await notebook("Home")];
  const [one, two] = [await ada.write("One"), await ada.write("Two")];
  for (const id of [one, two]) await change(id, { what: "move", notebook: work });
  const deleted = await ada.post(`/notebooks/${work}`, { intent: "delete" });
  await change(two, { what: "move", notebook: home });
  await ada.post(`/undo/${undoIn(deleted)}`);
  expect(await listed(`/notebooks/${work}`)).toEqual(["One"]);
  expect(await listed(`/notebooks/${home}`)).toEqual(["Two"]);
});

test("S54 a note restored after its notebook was deleted is in none, and in the list of all", async () => {
  const work = await notebook("Work");
  const id = await ada.write("Plan");
  await change(id, { what: "move", notebook: work });
  await ada.post(`/notes/${id}/trash`);
  await ada.post(`/notebooks/${work}`, { intent: "delete" });
  await ada.post("/trash", { intent: "restore", note: id });
  expect(await listed("/notebooks/none")).toEqual(["Plan"]);
  expect(await listed("/notes")).toEqual(["Plan"]);
});

test("tags come from the form and from the text; a tag stands in the list of the one above it", async () => {
  const made = await ada.post("/notes", {
    title: "Soup",
    content: "for #winter/cold days",
    tags: "Food, #easy",
    tagsBefore: "",
  });
  for (const path of ["/tags/food", "/tags/EASY", "/tags/winter", "/tags/winter/cold"])
    expect(await listed(path), path).toEqual(["Soup"]);
  const { text } = await ada.get(String(made.headers.location));
  expect(text).toContain('<a href="/tags/winter/cold" class="tag">#winter/cold</a>');
  expect(text.match(/<bdi>#<!-- -->[^<]+/g)?.map((tag) => tag.replace("<bdi>#<!-- -->", ""))).toContain("winter/cold");
  expect(await ada.get("/tags/nothing")).toHaveStatus(404);
});

test("a tag is as many notes as its number says, and vanishes with the last", async () => {
  const one = await ada.write("One", "#both");
  const two = await ada.write("Two", "#both");
  expect(await counted("#<!-- -->both".replace("<!-- -->", ""))).toBe(2);
  await change(two, { what: "archive" });
  expect(await counted("#both")).toBe(1);
  await ada.post(`/notes/${one}/edit`, { title: "One", content: "none", version: "1" });
  expect(await counted("#both")).toBe(0);
  expect(await listed("/tags/both")).toEqual([]);
  await ada.post(`/notes/${two}/edit`, { title: "Two", content: "none", version: "1" });
  expect(await ada.get("/tags/both")).toHaveStatus(404);
});

test("two who change a note's tags at once both get what they changed", async () => {
  const made = await ada.post("/notes", { title: "N", content: "text", tags: "old keep", tagsBefore: "" });
  const path = `${made.headers.location}/edit`;
  const seen = { title: "N", content: "text", version: "1", tagsBefore: "keep old" };
  await ada.post(path, { ...seen, tags: "keep old mine" });
  await ada.post(path, { ...seen, tags: "keep yours" });
  const { text } = await ada.get(path);
  expect(text).toMatch(/name="tags"[^>]*value="keep mine yours"/);
});

test("a tag that can't be one is refused, with all that was typed", async () => {
  const refused = await ada.post("/notes", {
    title: "N",
    content: "my words",
    tags: "good ba,d 12 we!rd",
    tagsBefore: "",
  });
  expect(refused).toHaveStatus(422);
  expect(refused.text).toContain("A tag is letters, digits");
  expect(refused.text).toContain("my words");
  expect(refused.text).toContain('value="good ba,d 12 we!rd"');
});

test("a renamed tag is renamed in forms and in texts, and the texts before are kept", async () => {
  await ada.post("/notes", { title: "Given", content: "x", tags: "work", tagsBefore: "" });
  const written = await ada.write("Written", "#work and #work/plan but `#work`");
  await ada.write("Other", "#workshop");
  const done = await ada.post("/tags/work", { name: "job" });
  expect(done).toSeeOther(/^\/tags\/job\?undo=/);
  expect((await ada.get(String(done.headers.location))).text).toContain("#work is #job now, in 2 notes.");
  expect((await listed("/tags/job")).sort()).toEqual(["Given", "Written"]);
  expect(await listed("/tags/job/plan")).toEqual(["Written"]);
  expect(await listed("/tags/workshop")).toEqual(["Other"]);
  for (const gone of ["/tags/work", "/tags/work/plan"]) expect(await ada.get(gone), gone).toHaveStatus(404);
  expect((await ada.get(`/notes/${written}/edit`)).text).toContain("#job and #job/plan but `#work`");
  expect((await ada.get(`/notes/${written}`)).text).toContain("1 earlier version");
});

test("a text that would be too long with a tag's new name is left alone and said to be, and can still be saved", async () => {
  const content = "#qc ".repeat(100_000);
  const long = await ada.write("Long", content);
  await verso.readTexts();
  const to = "x".repeat(100);
  const alone = await ada.post("/tags/qc", { name: to });
  expect(alone, "nothing has the new name").toSeeOther(/^\/tags\/qc\?undo=/);
  const nothing = (await ada.get(String(alone.headers.location))).text;
  expect(nothing).toContain("Nothing was changed. 1 note was left alone and has the tag as it was");
  expect(nothing).not.toContain("Undo");
  await ada.write("Short", "#qc");
  const renamed = await ada.post("/tags/qc", { name: to });
  expect(renamed).toSeeOther(new RegExp(`^/tags/${to}\\?undo=`));
  const { text } = await ada.get(String(renamed.headers.location));
  expect(text).toContain("now, in 1 note. 1 note was left alone and has the tag as it was");
  expect(await listed(`/tags/${to}`)).toEqual(["Short"]);
  expect(await listed("/tags/qc")).toEqual(["Long"]);
  const { writer } = verso.engine as SqliteEngine;
  expect(writer.prepare("select content from notes where id = ?").pluck().get(long)).toBe(content);
  expect(await ada.post(`/notes/${long}/edit`, { title: "Long", content, version: "1" })).toHaveStatus(303);
});

test("a note whose text can't be read keeps a tag that is renamed, and is counted as left alone", async () => {
  const id = await ada.write("Nested", "#work");
  await ada.write("Plain", "#work");
  // At a save its tags would go; here it is as where a text could be read once and can't be now.
  const nested = `${">".repeat(3_900)} #work`;
  (verso.engine as SqliteEngine).writer.prepare("update notes set content = ? where id = ?").run(nested, id);
  const renamed = await ada.post("/tags/work", { name: "job" });
  expect((await ada.get(String(renamed.headers.location))).text).toContain("1 note was left alone");
  expect(await listed("/tags/job")).toEqual(["Plain"]);
  expect(await listed("/tags/work")).toEqual(["Nested"]);
});

test("a tag that is given another's name asks first; then the two are one", async () => {
  await ada.write("One", "#cat");
  await ada.write("Two", "#dog #cat");
  const asked = await ada.post("/tags/cat", { name: "Dog" });
  expect(asked).toHaveStatus(409);
  expect(asked.text).toContain("There is a tag #dog already: the two would become one.");
  expect(await listed("/tags/cat")).toHaveLength(2);
  expect(await ada.post("/tags/cat", { name: "Dog", merge: "yes" })).toSeeOther(/^\/tags\/Dog\?undo=/);
  expect((await listed("/tags/dog")).sort()).toEqual(["One", "Two"]);
  expect(await ada.get("/tags/cat")).toHaveStatus(404);
});

/** Every note's text and tags, as they are spelled, given and written, and each tag's number. */
function standing() {
  const { writer } = verso.engine as SqliteEngine;
  const texts = "select title, content from notes order by title";
  const tagged = `select title, name, tags.notes number, given, written from notes
    join note_tags on note_id = notes.id join tags on tags.id = tag_id order by title, folded`;
  return { texts: writer.prepare(texts).all(), tags: writer.prepare(tagged).all() };
}

test("the undo of a renamed tag brings back texts, as new versions, forms and spelling", async () => {
  await ada.post("/notes", { title: "Given", content: "x", tags: "work work/deep", tagsBefore: "" });
  const written = await ada.write("Written", "#Work and #work/plan but `#work`");
  await ada.post("/notes", { title: "Both", content: "#work", tags: "work/deep home", tagsBefore: "" });
  await ada.write("Other", "#workshop");
  await ada.post("/notes", {
    title: "Front",
    content: "---\ntags: [work, home]\n---\n[[Given]] #work",
    tagsBefore: "",
  });
  const before = standing();
  const done = await ada.post("/tags/work", { name: "job/Main" });
  const page = (await ada.get(String(done.headers.location))).text;
  expect(page).toMatch(new RegExp(`action="/undo/${undoIn(done)}"`));
  expect(standing()).not.toEqual(before);
  const { writer } = verso.engine as SqliteEngine;
  const kept = String(writer.prepare("select before from undos where id = ?").pluck().get(undoIn(done)));
  expect(kept, "no text in it").not.toMatch(/and|but|\[\[/);
  expect(await ada.post(`/undo/${undoIn(done)}`, { back: "/tags/job/Main" })).toSeeOther("/tags/work");
  expect(standing()).toEqual(before);
  expect((await ada.get(`/notes/${written}`)).text).toContain("2 earlier versions");
  expect(await ada.get("/tags/job")).toHaveStatus(404);
  expect(await ada.post(`/undo/${undoIn(done)}`), "once only").toHaveStatus(404);
});

test("the undo of a merge gives each note the tags that it had, and nothing to those changed since", async () => {
  const write = async (title: string, content: string, tags: string) => {
    const { headers } = await ada.post("/notes", { title, content, tags, tagsBefore: "" });
    return String(headers.location).replace("/notes/", "");
  };
  await write("Cat", "#cat", "cat/small");
  await write("Dog", "#dog", "dog");
  await write("Both", "#cat #dog", "cat dog");
  const before = standing();
  const untagged = await write("Untagged since", "x", "cat");
  const hadBoth = await write("Had both", "x", "cat dog");
  const edited = await write("Edited since", "#cat here", "");
  const gone = await write("Gone since", "#cat", "cat");
  const done = await ada.post("/tags/cat", { name: "DOG", merge: "yes" });
  expect((await ada.get("/tags")).text).toContain("DOG");
  await ada.post(`/notes/${untagged}/edit`, { title: "-", content: "x", version: "1", tags: "", tagsBefore: "DOG" });
  await ada.post(`/notes/${hadBoth}/edit`, { title: "-", content: "x", version: "1", tags: "", tagsBefore: "DOG" });
  await ada.post(`/notes/${edited}/edit`, { title: "Edited since", content: "#DOG there", version: "2" });
  await ada.post(`/notes/${gone}/trash`);
  await ada.post("/trash", { intent: "delete", note: gone });
  const undone = await ada.post(`/undo/${undoIn(done)}`, {});
  expect(undone).toSeeOther(/^\/tags\/cat\?undo=/);
  const { text } = await ada.get(String(undone.headers.location));
  expect(text).toContain("The tag is #cat again. Left alone, because saved since it was renamed: “Edited since”.");
  expect(text).not.toContain(">Undo<");
  expect((await listed("/tags/cat")).sort()).toEqual(["Both", "Cat"]);
  expect((await listed("/tags/dog")).sort()).toEqual(["Both", "Dog", "Edited since"]);
  for (const id of [untagged, hadBoth, edited]) {
    await ada.post(`/notes/${id}/trash`);
    await ada.post("/trash", { intent: "delete", note: id });
  }
  expect(standing()).toEqual(before);
});

test("a tag renamed and had back leaves tags and texts as they were, whatever they were", async () => {
  const name = constantFrom("a", "A", "a/b", "a/b/c", "b", "B/a", "c");
  const note = record({ given: array(name, { maxLength: 3 }), written: array(name, { maxLength: 3 }) });
  let count = 0;
  await assert(
    asyncProperty(array(note, { minLength: 1, maxLength: 5 }), name, name, async (made, from, to) => {
      for (const { given, written } of made) {
        const content = `${written.map((tag) => `#${tag}`).join(" ")} and \`#a\``;
        await ada.post("/notes", { title: `N${count++}`, content, tags: given.join(" "), tagsBefore: "" });
      }
      const before = standing();
      const done = await ada.post(`/tags/${from}`, { name: to, merge: "yes" });
      if (done.status !== 404) expect(await ada.post(`/undo/${undoIn(done)}`)).toHaveStatus(303);
      expect(standing()).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test("pinned notes come first, the archive is out of the lists, and a colour has its name", async () => {
  const [one, two] = [await ada.write("One"), await ada.write("Two")];
  await ada.write("Three");
  await change(one, { what: "pin" });
  await change(two, { what: "colour", colour: "green" });
  expect(await listed("/notes")).toEqual(["One", "Three", "Two"]);
  expect(await listed("/notes?only=pinned")).toEqual(["One"]);
  expect((await ada.get("/notes")).text).toMatch(/class="marked green".*Green/s);
  const archived = await change(one, { what: "archive" });
  expect(await listed("/notes")).toEqual(["Three", "Two"]);
  expect(await listed("/archive")).toEqual(["One"]);
  expect(await listed("/notes?q=one")).toEqual([]);
  expect((await ada.get("/notes?q=one")).text).toContain("1 more in the archive");
  await ada.post(`/undo/${undoIn(archived)}`);
  expect(await listed("/notes")).toEqual(["One", "Three", "Two"]);
});

test("sort and look are remembered for the person, on every list", async () => {
  await ada.write("b");
  await ada.write("A");
  await ada.write("c");
  expect(await ada.post("/view", { sort: "title", layout: "cards", back: "/notebooks/none" })).toSeeOther(
    "/notebooks/none",
  );
  expect(await listed("/notes")).toEqual(["A", "b", "c"]);
  expect(await listed("/notebooks/none")).toEqual(["A", "b", "c"]);
  expect((await ada.get("/notes")).text).toContain('<ol class="notes cards">');
  expect(await listed("/notes", await verso.signIn())).toEqual(["A", "b", "c"]);
  await ada.post("/view", { sort: "nonsense", layout: "" });
  expect(await listed("/notes")).toEqual(["c", "A", "b"]);
});

test("many at once: those that were saved since are left alone and named, one undo for all", async () => {
  const ids = [await ada.write("One"), await ada.write("Two"), await ada.write("Three")];
  await ada.post(`/notes/${ids[1]}/edit`, { title: "Two, changed", content: "", version: "1" });
  const fields = Object.fromEntries(ids.map((id) => [`note-${id}`, "1"]));
  const done = await ada.post("/notes/batch", { what: "trash", place: "all", seen: "1", back: "/notes", ...fields });
  expect(done).toHaveStatus(303);
  const { text } = await ada.get(String(done.headers.location));
  expect(text).toContain("2 notes are in the trash. Left alone, because saved since you saw it: “Two, changed”.");
  expect(await listed("/notes")).toEqual(["Two, changed"]);
  await ada.post(`/undo/${undoIn(done)}`);
  expect(await listed("/notes")).toHaveLength(3);
  expect(await ada.post(`/undo/${undoIn(done)}`), "once only").toHaveStatus(404);
});

test("a tag given to many and its undo", async () => {
  const made = await ada.post("/notes", { title: "Had it", content: "x", tags: "new", tagsBefore: "" });
  const ids = [String(made.headers.location).replace("/notes/", ""), await ada.write("Two")];
  const fields = Object.fromEntries(ids.map((id) => [`note-${id}`, "1"]));
  const done = await ada.post("/notes/batch", { what: "tag", tag: "new", place: "all", seen: "1", ...fields });
  expect((await listed("/tags/new")).sort()).toEqual(["Had it", "Two"]);
  await ada.post(`/undo/${undoIn(done)}`);
  expect(await listed("/tags/new")).toEqual(["Had it"]);
});

/** Notes made at once, each with the tag `had` in its form. */
function many(count: number) {
  (verso.engine as SqliteEngine).writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
    insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
    select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users), 'N' || i, 'N' || i, '', 0, 1, i, i, '', '' from n;
    insert or ignore into tags (id, owner_id, name, folded) select 'had', id, 'had', 'had' from users;
    insert into note_tags (owner_id, note_id, tag_id, given, written) select owner_id, id, 'had', 1, 0 from notes`);
}

test("tags of many notes are given, taken, renamed and had back with as many statements as those of a few", async () => {
  const all = { place: "all", all: "yes", sure: "yes", seen: "10000", back: "/notes" };
  const counts = [];
  for (const notes of [30, 300]) {
    await verso.stop();
    verso = await startVerso();
    ada = await verso.signIn();
    many(notes);
    const archived = "0199a9a9-0000-7000-8000-000000000001";
    let undo = "";
    const work: (() => Promise<unknown>)[] = [
      async () => {
        undo = undoIn(await ada.post("/notes/batch", { ...all, what: "tag", tag: "a/b c HAD" }));
      },
      () => ada.post(`/undo/${undo}`),
      () => ada.post("/notes/batch", { ...all, what: "tag", tag: "a/b a/c" }),
      async () => {
        undo = undoIn(await ada.post("/notes/batch", { ...all, what: "untag", tag: "a/b had" }));
      },
      () => change(archived, { what: "archive" }),
      () => ada.post(`/undo/${undo}`),
      async () => {
        undo = undoIn(await ada.post("/tags/a", { name: "z" }));
      },
      () => ada.post(`/undo/${undo}`),
    ];
    const after = [
      { a: notes, "a/b": notes, c: notes, had: notes },
      { a: 0, "a/b": 0, c: 0, had: notes },
      { a: notes, "a/b": notes, "a/c": notes, had: notes },
      { a: notes, "a/b": 0, "a/c": notes, had: 0 },
      { a: notes - 1, "a/c": notes - 1 },
      { a: notes - 1, "a/b": notes - 1, "a/c": notes - 1, had: notes - 1 },
      { a: 0, z: notes - 1, "z/b": notes - 1, "z/c": notes - 1, had: notes - 1 },
      { a: notes - 1, "a/b": notes - 1, "a/c": notes - 1, z: 0, had: notes - 1 },
    ];
    const used = [];
    for (const [step, act] of work.entries()) {
      used.push((await verso.statementsOf(act)).length);
      const numbers = Object.entries(after[step] ?? {});
      for (const [tag, number] of numbers)
        expect(numberOf(tag), `#${tag} of ${notes} notes after step ${step}`).toBe(number);
    }
    counts.push(used);
  }
  expect(counts[1]).toEqual(counts[0]);
});

test("a batch without notes or without sense is refused, and nothing is done", async () => {
  const id = await ada.write("One");
  const base = { place: "all", seen: "1", [`note-${id}`]: "1" };
  for (const fields of [
    { place: "all", seen: "1", what: "trash" },
    { ...base, what: "burn" },
    { ...base, what: "tag", tag: "" },
    { ...base, what: "colour", colour: "pink" },
    { ...base, what: "trash", place: "everywhere" },
  ] as Record<string, string>[])
    expect(await ada.post("/notes/batch", fields), JSON.stringify(fields)).toHaveStatus(422);
  expect(await listed("/notes")).toEqual(["One"]);
});

test("more than a hundred at once are asked about first", async () => {
  (verso.engine as SqliteEngine).writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 130)
    insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
    select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users), 'N' || i, 'N' || i, '', 0, 1, i, i, '', '' from n`);
  const fields = { what: "archive", place: "all", all: "yes", seen: "1000", back: "/notes" };
  const asked = await ada.post("/notes/batch", fields);
  expect(asked).toHaveStatus(422);
  expect(asked.text.replaceAll("<!-- -->", "")).toContain("Yes, all 130");
  expect(await counted("Archive")).toBe(0);
  await ada.post("/notes/batch", { ...fields, sure: "yes" });
  expect(await counted("Archive")).toBe(130);
});

test("S51 S52 nobody can move, tag, see or undo what isn't theirs, nor put theirs into another's notebook", async () => {
  const shelf = await notebook("Ada's");
  const id = await ada.write("Secret", "#secret-tag");
  const undone = undoIn(await change(id, { what: "pin" }));
  const eve = await verso.join("Eve");
  const own = await eve.write("Own");
  const answers = [
    await change(id, { what: "archive" }, eve),
    await change(own, { what: "move", notebook: shelf }, eve),
    await change(own, { what: "move", notebook: none }, eve),
    await eve.get(`/notebooks/${shelf}`),
    await eve.post(`/notebooks/${shelf}`, { intent: "delete" }),
    await eve.get("/tags/secret-tag"),
    await eve.post("/tags/secret-tag", { name: "mine" }),
    await eve.post(`/undo/${undone}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  expect(await eve.post("/notes", { title: "x", content: "", notebook: shelf })).toHaveStatus(422);
  expect(await eve.post(`/notes/${own}/edit`, { title: "x", content: "", version: "1", notebook: shelf })).toHaveStatus(
    422,
  );
  const batch = await eve.post("/notes/batch", { what: "trash", place: "all", seen: "1", [`note-${id}`]: "1" });
  expect((await eve.get(String(batch.headers.location))).text).toContain("Nothing was changed.");
  const all = await eve.post("/notes/batch", { what: "archive", place: `notebook:${shelf}`, all: "yes", seen: "1" });
  expect(all).toHaveStatus(422);
  expect((await eve.get(`/notes?undo=${undone}`)).text).not.toContain("is pinned");
  expect(await listed("/notes")).toEqual(["Secret"]);
  expect(await counted("Ada&#x27;s")).toBe(0);
});

test("notes from before there were tags are read for them at the start", async () => {
  const { writer } = verso.engine as SqliteEngine;
  writer.exec(`insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
    select '${none}', id, 'Old', 'Old', '', 0, 1, 1, 1, '', '#early - [ ] x' || char(10, 10) || '- [x] done' from users`);
  await verso.readTexts();
  expect(await listed("/tags/early")).toEqual(["Old"]);
  expect((await ada.get("/notes")).text).toContain("1 of 1 done");
});
