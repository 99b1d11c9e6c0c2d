import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findByEmail } from "~/accounts/people.server";
import { type Engine, setEngine } from "~/db/engine.server";
import { openSqlite, type SqliteEngine } from "~/db/sqlite.server";
import { listenToStatements } from "~/db/statements.server";
import { readEnvironment } from "~/environment.server";
import { purgeFiles } from "~/files/files.server";
import { purgeDrafts } from "~/notes/drafts.server";
import { cursorAt } from "~/notes/paging.server";
import { readTexts } from "~/notes/read-texts.server";
import { purgeTrash } from "~/notes/trash.server";
import { setSettings, settingsFrom } from "~/settings.server";
import { markInterruptedImports } from "~/transfer/imports.server";
import { planTree, stepsOf } from "~/verso/plan";
import { withoutIndex } from "~/verso/without-index.server";
import { backOf, plain, recordOf } from "../support/back";
import type { Answer, Client } from "../support/client";
import { sendDraft } from "../support/drafts";
import { ADA, program, startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

/** The plans that a record's page leads to, with the statement of each. */
async function plansOf(answer: Answer) {
  const back = await ada.turnOver(answer);
  const found = [...plain(back).matchAll(/<pre[^>]*>([^<]+)<\/pre>.*?href="(\/back\/[\w-]+\/plan\/\d+)"/gs)];
  return found.map(([, text = "", path = ""]) => ({ text, path }));
}

test("the plan of a statement stands in plain words, as a picture, and without its index", async () => {
  await ada.write("Plan", "text");
  const plans = await plansOf(await ada.get("/notes"));
  expect(plans).toHaveLength(3);
  const { path = "" } = plans.find(({ text }) => text.includes('from "notes"')) ?? {};
  const page = await ada.get(path);
  expect(page).toHaveStatus(200);
  expect(plain(page)).toContain(
    "Finds rows of notes by owner_id, along the index notes_newest. They come in the order that is asked for, so nothing has to be sorted.",
  );
  expect(plain(page)).toContain("<code>SEARCH notes USING INDEX notes_newest (owner_id=?)</code>");
  expect(plain(page)).toMatch(/<svg[^>]*role="img"/);
  expect(plain(page)).toContain("Without <code>notes_newest</code>");
  expect(plain(page)).toContain("in memory it sorts by the last 2.");
  expect(page.text).not.toMatch(/ style=/);
});

test("a plan leads to the pages that explain plans and indexes, where it has any", async () => {
  const id = await ada.write("Plan", "one");
  const plans = await plansOf(await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "1" }));
  const linksOf = async (start: string) => {
    const { text } = await ada.get(plans.find(({ text }) => text.startsWith(start))?.path ?? "");
    return [...text.matchAll(/href="\/learn\/([\w-]+)"/g)].map(([, name]) => name);
  };
  expect(await linksOf('update "notes"')).toEqual(["query-plans", "indexes"]);
  expect(await linksOf("commit")).toEqual([]);
});

test("the plan page has the headers of a back page and is not recorded itself", async () => {
  const [{ path = "" } = {}] = await plansOf(await ada.get("/notes"));
  const page = await ada.get(path);
  expect(page.headers["cache-control"]).toBe("private, no-store");
  expect(page.headers["referrer-policy"]).toBe("no-referrer");
  expect(page.headers["x-robots-tag"]).toBe("noindex");
  expect(page.headers["server-timing"]).toBeUndefined();
  expect(page.text).not.toContain('class="turn"');
});

test("a plan is nobody's but its own login's, and only a statement has one", async () => {
  const [{ path = "" } = {}] = await plansOf(await ada.get("/notes"));
  const record = path.replace(/\/plan.*/, "");
  expect(await ada.get(path)).toHaveStatus(200);
  expect(await (await verso.signIn()).get(path)).toHaveStatus(404);
  expect(await (await verso.join("Eve")).get(path)).toHaveStatus(404);
  expect(await verso.visitor().get(path)).toHaveStatus(404);
  const back = await ada.get(record);
  const places = new Set([...back.text.matchAll(/\/plan\/(\d+)"/g)].map(([, place]) => place));
  for (let place = 0; place < 12; place += 1)
    expect(await ada.get(`${record}/plan/${place}`), `${place}`).toHaveStatus(places.has(`${place}`) ? 200 : 404);
  const place = /\d+$/.exec(path)?.[0];
  for (const other of [
    `0${place}`,
    `${place}.0`,
    `+${place}`,
    "-1",
    "1e0",
    "99999",
    "length",
    "select%201",
    "__proto__",
  ])
    expect(await ada.get(`${record}/plan/${other}`), other).toHaveStatus(404);
  expect(await ada.get(`/back/AAAAAAAAAAAAAAAAAAAAAA/plan/${place}`)).toHaveStatus(404);
  expect(await ada.get(`${record}/plan`)).toHaveStatus(404);
});

test("a visitor sees the plans of what their own browser asked for", async () => {
  const visitor = verso.visitor();
  await visitor.get("/login");
  const refused = await visitor.post("/login", { ...ADA, password: "canary-wrong" });
  const [path = ""] = /\/back\/[\w-]+\/plan\/\d+/.exec((await visitor.get(backOf(refused))).text) ?? [];
  const page = await visitor.get(path);
  expect(plain(page)).toContain("Finds rows of users by email, along the index");
  expect(page.text).not.toMatch(/canary|ada@example/);
  expect(await verso.visitor().get(path)).toHaveStatus(404);
  expect(await ada.get(path)).toHaveStatus(404);
});

test("a write has a plan too, a transaction's begin and end have none, and looking at them changes nothing", async () => {
  const id = await ada.write("Plan", "one");
  const plans = await plansOf(await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "1" }));
  const count = () => (verso.engine as SqliteEngine).writer.prepare("select total_changes()").pluck().get();
  const before = count();
  const pages = new Map<string, string>();
  const statements = await verso.statementsOf(async () => {
    for (const { text, path } of plans) pages.set(text, plain(await ada.get(path)));
  });
  const pageOf = (start: string) => [...pages].find(([text]) => text.startsWith(start))?.[1];
  expect(pageOf('update "notes"')).toContain("along the index notes_id");
  expect(pageOf('update "notes"')).toContain("What a write leads to");
  expect(pageOf("begin")).toContain("SQLite has no plan for this statement");
  expect(pageOf("commit")).toContain("SQLite has no plan for this statement");
  expect(count()).toBe(before);
  expect(statements.filter(({ text }) => !/from "(sessions|note_counts)"/.test(text))).toEqual([]);
});

test("an index that other tables point at can't be done without, and the plan says so", async () => {
  const id = await ada.write("Gone", "text");
  await ada.post(`/notes/${id}/trash`);
  const plans = await plansOf(await ada.post("/trash", { intent: "delete", note: id }));
  const { path = "" } = plans.find(({ text }) => text.startsWith('delete from "notes"')) ?? {};
  const page = plain(await ada.get(path));
  expect(page).toContain(
    "Without <code>notes_id</code></h2><p>This index keeps a key, and the tables can’t be without it.",
  );
});

test("statements that repeat say so, and whether it matters", async () => {
  const ids = [await ada.write("One"), await ada.write("Two"), await ada.write("Three")];
  const fields = Object.fromEntries(ids.map((id) => [`note-${id}`, "1"]));
  const answer = await ada.post("/notes/batch", { what: "pin", place: "all", seen: "1", ...fields });
  const [, undo] = /undo=([\da-f-]+)/.exec(answer.headers.location ?? "") ?? [];
  const back = plain(await ada.turnOver(await ada.post(`/undo/${undo}`)));
  expect(back).toMatch(/This statement ran 3 times, together [\d.]+ ms of the \d+(\.\d)? ms that the answer took\./);
});

/** Every address of the app asked for once, in all its forms that ask the database for something else. */
const DRIVEN: Record<string, (ids: { live: string; gone: string; imported: string }) => Promise<unknown>> = {
  root: () => ada.get("/nowhere?_data=root"),
  "routes/$": () => ada.get("/nowhere"),
  "routes/_index": () => verso.visitor().get("/"),
  "routes/account": async () => {
    await ada.get("/account");
    const other = "wholly new battery horse";
    await ada.post("/account", { currentPassword: ADA.password, newPassword: other });
    await ada.post("/account", { currentPassword: other, newPassword: ADA.password });
  },
  "routes/doctor": async () => {
    expect(await ada.post("/doctor")).toSeeOther("/doctor");
    await ada.get("/doctor");
  },
  "routes/api.v1.notes": async () => {
    await ada.get("/api/v1/notes");
    await ada.get(`/api/v1/notes?q=plan&after=${cursorAt(0, 5_000, EXAMPLE)}`);
    await ada.postJson("/api/v1/notes", { title: "By program", content: "x" });
  },
  "routes/api.v1.notes.$noteId": ({ live }) => ada.get(`/api/v1/notes/${live}`),
  "routes/back.$recordId._index": async () => ada.turnOver(await ada.get("/notes")),
  "routes/back.$recordId.compare": async () => ada.get(`/back/${recordOf(await ada.get("/notes"))}/compare`),
  "routes/back.$recordId.keep": async () => ada.get(`/back/${recordOf(await ada.get("/notes"))}/keep`),
  "routes/back.$recordId.keep[.]har": async () => ada.get(`/back/${recordOf(await ada.get("/notes"))}/keep.har`),
  "routes/back.$recordId.keep[.]html": async () => ada.get(`/back/${recordOf(await ada.get("/notes"))}/keep.html`),
  "routes/back.$recordId.plan.$place": async () => ada.get((await plansOf(await ada.get("/notes")))[0]?.path ?? ""),
  "routes/archive": async () => {
    await ada.get("/archive");
    await ada.get(`/archive?after=${cursorAt(0, 5_000, EXAMPLE)}`);
  },
  "routes/files._index": async () => {
    await ada.ask("/files?index", upload([{ name: "a.bin", data: "bytes" }]));
    await ada.get("/files");
    await ada.get(`/files?after=5000.${EXAMPLE}`);
  },
  "routes/files.$fileId._index": async ({ live }) => ada.get(`/files/${await attached(live)}`),
  "routes/files.$fileId.delete": async ({ live }) => {
    const answer = await ada.post(`/files/${await attached(live)}/delete`);
    const [, undo = ""] = /undo=([\da-f-]+)/.exec(String(answer.headers.location)) ?? [];
    await ada.post(`/undo/${undo}`);
  },
  "routes/files.$fileId.thumb": async ({ live }) => ada.get(`/files/${await attached(live)}/thumb`),
  "routes/files.named": () => ada.get("/files/named?name=a.bin"),
  "routes/drafts._index": () => ada.get("/drafts"),
  "routes/drafts.$draftId._index": async ({ live }) => {
    for (const note of [live, ""]) await keepDraft({ note, content: "typed" });
    await ada.get(`/drafts/${EXAMPLE}`);
    await ada.get(`/notes/new?draft=${EXAMPLE}`);
  },
  "routes/drafts.$draftId.drop": async ({ live }) => {
    await keepDraft({ note: live, sequence: "2", content: "typed on" });
    await ada.get(`/notes/${live}/edit?draft=${EXAMPLE}&dropped=${EXAMPLE}`);
    await ada.post(`/drafts/${EXAMPLE}/drop`);
    await ada.post(`/drafts/${EXAMPLE}/drop`, { undo: "yes" });
  },
  "routes/drafts.$draftId.keep": async () => {
    await keepDraft({ content: "typed", sequence: "3" });
    await ada.post("/notes", { title: "From a draft", settles: `${EXAMPLE}.3` });
  },
  "routes/import._index": async () => {
    await ada.get("/import");
    await ada.ask("/import", upload([{ name: "Second.md", data: "second" }]));
  },
  "routes/import.$importId": ({ imported }) => ada.get(imported),
  "routes/join": async () => {
    await verso.visitor().get("/join");
    await verso.join("Eve");
  },
  "routes/learn._index": () => ada.get("/learn"),
  "routes/learn.$concept": () => ada.post("/learn/transactions", { run: "tutorial" }),
  "routes/login": async () => {
    await verso.visitor().get("/login");
    await verso.signIn();
    await verso.visitor().post("/login", { ...ADA, password: "wrong" });
  },
  "routes/logout": async () => (await verso.signIn()).post("/logout"),
  "routes/notes._index": async () => {
    const once = { title: "Once", content: "x", once: EXAMPLE };
    for (const form of [{ title: "Plan" }, once, once, { ...once, content: "y" }]) await ada.post("/notes", form);
    await ada.get("/notes?only=pinned");
    await inEveryOrder("/notes");
    for (const q of [
      "",
      "plan",
      "plan+-other",
      "-plan",
      "%22two+words%22",
      "%E6%97%A5%E6%9C%AC",
      "???",
      "is:todo",
      "has:file",
      "has:image",
      "plann",
      "created:today",
    ])
      for (const after of ["", `&after=${cursorAt(0, 5_000, EXAMPLE)}`]) await ada.get(`/notes?q=${q}${after}`);
    await (await verso.join("Empty")).get("/notes");
  },
  "routes/keys": () => ada.post("/keys", { single: "on" }),
  "routes/link": async () => {
    for (const to of ["Live", "Nobody", ""]) await ada.get(`/link?to=${to}`);
  },
  "routes/notes.$noteId.links": async ({ live }) => {
    const from = await ada.write("From", "to [[Moved]]");
    const moved = await ada.write("Moved");
    await ada.post(`/notes/${moved}/edit`, { title: "Moved on", content: "", version: "1" });
    await ada.get(`/notes/${moved}?renamed=Moved`);
    await ada.post(`/notes/${moved}/links`, { from: "Moved" });
    await ada.post(`/notes/${from}/edit`, { title: "From", content: "to [[Live]]", version: "2" });
    await ada.get(`/notes/${live}`);
  },
  "routes/notes.$noteId.files": ({ live }) => ada.get(`/notes/${live}/files`),
  "routes/notes.$noteId.mentions": async () => {
    const note = await ada.write("Showing", "![[a.bin]]");
    const id = await attached(note);
    await ada.post(`/notes/${note}/mentions`, { file: id });
    await ada.write("Showing too", `![[a.bin]] /files/${id}`);
    const waiting = await ada.ask("/files?for=text&_data=routes%2Ffiles._index", upload([{ name: "b", data: "b" }]));
    await ada.write("Showing what waited", JSON.parse(waiting.text).kept[0].markdown);
    await ada.post(`/notes/${note}/edit`, { title: "Showing", content: "no more", version: "2" });
  },
  "routes/notebooks._index": async () => {
    await ada.get("/notebooks");
    await notebook("Other");
  },
  "routes/notebooks.$notebookId": async ({ live }) => {
    const parent = await notebook("Shelf");
    const child = await notebook("Within", parent);
    await ada.post(`/notes/${live}/organise`, { what: "move", notebook: parent });
    for (const path of [`/notebooks/${parent}`, "/notebooks/none"]) await inEveryOrder(path);
    await ada.post(`/notebooks/${child}`, { intent: "change", name: "Inside", parent });
    const { headers } = await ada.post(`/notebooks/${parent}`, { intent: "delete" });
    await ada.get(String(headers.location));
    await ada.post(`/undo/${String(headers.location).split("undo=")[1]}`);
  },
  "routes/notes.batch": async ({ live }) => {
    const tag = /value="tag:([\da-f-]+)"/.exec((await ada.get("/tags/made")).text)?.[1];
    for (const place of ["all", "pinned", "none", "archive", `notebook:${EXAMPLE}`, `tag:${tag}`])
      await ada.post("/notes/batch", { what: "pin", place, all: "yes", seen: "1" });
    for (const what of ["tag", "untag"])
      await ada.post("/notes/batch", { what, tag: "batch", place: "all", seen: "1", [`note-${live}`]: "1" });
  },
  "routes/notes.export": async ({ live }) => {
    await ada.post("/notes/export", { place: "all", seen: "1", [`note-${live}`]: "1" });
  },
  "routes/notes.$noteId.organise": async ({ live }) => {
    const path = `/notes/${live}/organise`;
    for (const what of ["pin", "unpin", "archive", "unarchive"]) await ada.post(path, { what });
    await ada.post(path, { what: "colour", colour: "red" });
    await ada.post(path, { what: "tag", tag: "made" });
  },
  "routes/notes.new": () => ada.get("/notes/new"),
  "routes/suggestions": async () => {
    await ada.write("Suggested", "#suggested");
    for (const q of ["", "sug", "ggest", "suggested+note"])
      for (const kind of ["note", "tag", "find"]) await ada.get(`/suggestions?kind=${kind}&q=${q}`);
  },
  "routes/notes.$noteId._index": async ({ live, gone }) => {
    await ada.get(`/notes/${live}`);
    await ada.get(`/notes/${gone}`);
  },
  "routes/notes.$noteId.edit": async ({ live }) => {
    await ada.get(`/notes/${live}/edit`);
    for (const content of ["two", "three", "four"])
      await ada.post(`/notes/${live}/edit`, { title: "Live", content, version: "1" });
    await ada.post(`/notes/${live}/edit`, { title: "Live", content: "five", version: "1", base: "1" });
  },
  "routes/notes.$noteId.versions._index": async ({ live }) => {
    await ada.get(`/notes/${live}/versions`);
    await ada.get(`/notes/${live}/versions?after=5000.${EXAMPLE}`);
  },
  "routes/notes.$noteId.versions.$versionId": async ({ live }) => {
    const [path = ""] =
      /\/notes\/[\w-]+\/versions\/[\w-]{36}/.exec((await ada.get(`/notes/${live}/versions`)).text) ?? [];
    await ada.get(path);
    await ada.post(path);
  },
  "routes/notes.$noteId.tick": async () => {
    const id = await ada.write("Ticks", "- [ ] one\n- [ ] two");
    const [task = ""] = /name="task" value="([^"]+)"/.exec((await ada.get(`/notes/${id}`)).text)?.slice(1) ?? [];
    expect(await ada.post(`/notes/${id}/tick`, { task })).toHaveStatus(303);
  },
  "routes/today": () => ada.get("/today"),
  "routes/notes.$noteId.versions.compare": async ({ live }) => {
    const [version] = /[\da-f-]{36}(?=" key|">\d)/.exec((await ada.get(`/notes/${live}/versions`)).text) ?? [];
    await ada.get(`/notes/${live}/versions/compare?from=${version}`);
  },
  "routes/notes.$noteId.trash": async ({ live }) => {
    await ada.post(`/notes/${live}/trash`);
    await ada.get(`/notes?trashed=${live}`);
  },
  "routes/search": async () => {
    await ada.post("/search", { intent: "save", name: "Plans", q: "plan" });
    const [, id = ""] = /name="id" value="([\da-f-]{36})"/.exec((await ada.get("/search")).text) ?? [];
    await ada.post("/search", { intent: "rename", id, name: "Other" });
    const { headers } = await ada.post("/search", { intent: "delete", id });
    const [undo = ""] = /(?<=undo=)[\da-f-]+/.exec(String(headers.location)) ?? [];
    await ada.get(`/search?undo=${undo}`);
    await ada.post(`/undo/${undo}`);
  },
  // Its form was sent before everything else.
  "routes/setup": () => ada.get("/setup"),
  "routes/offline": () => ada.get("/offline"),
  "routes/share": async () => {
    await ada.get("/share?title=x");
    await ada.post("/share", { title: "Shared", text: "words" });
  },
  "routes/places": () => ada.get("/places"),
  "routes/tags._index": () => ada.get("/tags"),
  "routes/tags.$": async ({ live }) => {
    await ada.post(`/notes/${live}/organise`, { what: "tag", tag: "made" });
    await ada.write("Tagged", "#made #both");
    await inEveryOrder("/tags/made");
    await ada.post("/tags/made", { name: "remade" });
    await ada.post("/tags/remade", { name: "both", merge: "yes" });
    const { headers } = await ada.post("/tags/both", { name: "made" });
    expect(await ada.post(`/undo/${String(headers.location).split("undo=")[1]}`)).toSeeOther("/tags/both");
    await ada.post("/tags/both", { name: "made" });
  },
  "routes/undo.$undoId": async ({ live }) => {
    for (const change of [
      { what: "pin" },
      { what: "unpin" },
      { what: "archive" },
      { what: "unarchive" },
      { what: "tag", tag: "x" },
    ] as Record<string, string>[]) {
      const { headers } = await ada.post(`/notes/${live}/organise`, change);
      await ada.post(`/undo/${String(headers.location).split("undo=")[1]}`);
    }
  },
  "routes/view": () => ada.post("/view", { sort: "updated", layout: "list" }),
  "routes/trash": async ({ live, gone }) => {
    await ada.get("/trash");
    await ada.get(`/trash?after=5000.${EXAMPLE}`);
    await ada.post("/trash", { intent: "restore", note: live });
    await ada.post("/trash", { intent: "delete", note: gone });
    await ada.post("/trash", { intent: "empty", seen: String(Date.now()) });
  },
};

async function keepDraft(fields: Record<string, string>) {
  expect(await sendDraft(verso, ada, EXAMPLE, fields)).toHaveStatus(200);
}

async function notebook(name: string, parent = "") {
  return String((await ada.post("/notebooks?index", { name, parent })).headers.location).replace("/notebooks/", "");
}

async function inEveryOrder(path: string) {
  for (const sort of ["title", "created", "updated"]) {
    await ada.post("/view", { sort, layout: "list" });
    for (const after of ["", `?after=${cursorAt(0, 5_000, EXAMPLE)}`]) await ada.get(path + after);
  }
}

const EXAMPLE = "0199a9a9-0000-7000-8000-000000000007";

/** Whole walks through a table that may be, and why. */
const MAY_WALK: [statement: RegExp, why: string][] = [
  [
    /^select "id" from "users" where "users"\."role" = \?$/,
    "With its value SQLite goes along users_one_owner; once for each start.",
  ],
  [/^delete from "sessions" where \(/, "Logins are few, and whoever signs in clears the old ones of all."],
  [
    /^update "imports" set "state" = \? where "imports"\."state" = \?$/,
    "Once for each start, over a row for each import.",
  ],
];

test("each statement of the app is explained in plain words, and none walks through a whole table unseen", async () => {
  expect(Object.keys(DRIVEN).sort()).toEqual(Object.keys(program.routes).sort());
  const texts = new Set([...(await statementsOfPages()), ...(await statementsOfItself())]);
  const explained = [...texts].map((text) => ({ text, steps: stepsOf(planTree(verso.engine.explain(text), text)) }));
  const steps = explained.flatMap(({ text, steps }) => steps.map(({ node }) => ({ text, ...node })));
  const verbatim = steps.filter(({ sentence }) => sentence === null);
  const watched = steps.filter(({ kind }) => kind === "watch");
  const allowed = watched.filter(({ text }) => MAY_WALK.some(([statement]) => statement.test(text)));
  console.log(
    `${texts.size} statements explained in ${steps.length} steps, ${explained.filter(({ steps }) => steps.length === 0).length} without a plan; ${verbatim.length} steps verbatim, ${allowed.length} walks allowed.`,
  );
  expect(texts.size).toBeGreaterThan(45);
  expect(verbatim).toEqual([]);
  expect(watched.filter((step) => !allowed.includes(step))).toEqual([]);
  for (const [statement] of MAY_WALK)
    expect(
      [...texts].some((text) => statement.test(text)),
      `${statement}`,
    ).toBe(true);
  const schema = verso.engine.schema();
  for (const { text, index } of steps) if (index) expect(withoutIndex(schema, text, index).present).not.toEqual([]);
});

/** Attaches a file to a note. @returns its id. */
async function attached(note: string) {
  await ada.ask(`/notes/${note}/files`, upload([{ name: "a.bin", data: `${Math.random()}` }]));
  const [, id = ""] = /\/files\/([\da-f-]{36})"/.exec((await ada.get(`/notes/${note}`)).text) ?? [];
  return id;
}

/** From the first start on: the set-up, and then each address in turn. */
async function statementsOfPages() {
  await verso.stop();
  verso = await startVerso({ empty: true });
  ada = verso.visitor();
  const statements = await verso.statementsOf(async () => {
    expect(await ada.post("/setup", ADA)).toSeeOther("/notes");
    const imported = await ada.ask("/import", upload([{ name: "First.md", data: "first" }]));
    const live = await ada.write("Live", "one");
    const gone = await ada.write("Gone", "text");
    await ada.post(`/notes/${gone}/trash`);
    for (const [route, work] of Object.entries(DRIVEN)) {
      await work({ live, gone, imported: String(imported.headers.location) });
      expect(await ada.get("/notes"), `after ${route}`).toHaveStatus(200);
    }
    // Two hours later a login is seen again.
    (verso.engine as SqliteEngine).writer.exec("update sessions set seen = seen - 7200000");
    await ada.get("/notes");
  });
  return statements.map(({ text }) => text);
}

/** What nobody asks for: at the start, each hour, and on the command line. */
async function statementsOfItself() {
  const folder = mkdtempSync(join(tmpdir(), "verso-plans-"));
  const engine: Engine = await openSqlite(join(folder, "verso.db"), "drizzle/sqlite");
  const texts: string[] = [];
  const end = listenToStatements(({ text }) => texts.push(text));
  setEngine(engine);
  setSettings(settingsFrom(readEnvironment({ SECRET: "a-secret-for-the-tests-of-forty-characters" })));
  await markInterruptedImports();
  await purgeTrash();
  await purgeFiles();
  await purgeDrafts();
  await readTexts();
  await findByEmail(ADA.email);
  end();
  setEngine(null);
  engine.close();
  rmSync(folder, { recursive: true });
  return texts;
}
