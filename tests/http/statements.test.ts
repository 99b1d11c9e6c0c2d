import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { StatementReport } from "~/db/statements.server";
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

function seed(count: number) {
  const { writer } = verso.engine as SqliteEngine;
  writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
    insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
    select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users), 'Note ' || i, 'Note ' || i, 'text', 2, 1, i, i, '', 'word number ' || i from n`);
}

/** Earlier texts 1 to `count` of the note `id`. */
function seedVersions(count: number) {
  const { writer } = verso.engine as SqliteEngine;
  writer
    .prepare(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
      insert into note_versions (id, note_id, owner_id, version, fate, title, saved, content)
      select printf('0199a9a9-0000-7000-9000-%012d', i), ?, (select id from users), i, 'replaced', 'Old', i, 'old text' from n`)
    .run(id);
}

const id = "0199a9a9-0000-7000-8000-000000000007";
const versions = `/notes/${id}/versions`;
const PAGES: [path: string, statements: number, withMany?: number][] = [
  ["/notes", 3],
  ["/notes?only=pinned", 3],
  // What more than 2,000 texts have is counted in two steps.
  ["/notes?q=number", 4, 5],
  // The fifth looks for words that are near.
  ["/notes?q=absent", 5],
  ["/notes?q=???", 2],
  [`/notes/${id}`, 6],
  [`/notes/${id}/files`, 4],
  ["/files", 4],
  ["/link?to=Note+7", 3],
  ["/link?to=Nobody", 3],
  [`/notes/${id}/edit`, 4],
  [versions, 4],
  [`${versions}/0199a9a9-0000-7000-9000-000000000007`, 4],
  [`${versions}/compare?from=0199a9a9-0000-7000-9000-000000000007`, 6],
  ["/notes/new", 4],
  ["/drafts", 3],
  ["/trash", 4],
  ["/archive", 3],
  ["/notebooks", 3],
  ["/notebooks/none", 3],
  ["/tags", 3],
  ["/search", 3],
  ["/suggestions?kind=note", 2],
  ["/suggestions?kind=note&q=Note+7", 3],
  ["/suggestions?kind=tag&q=wo", 2],
  ["/suggestions?kind=find&q=number", 2],
  [`/notes/${id}?q=number`, 6],
];

test.each(PAGES)(
  "%s takes %i statements with 10 notes and with 10,000",
  async (path, statements, withMany = statements) => {
    seed(10);
    seedVersions(10);
    expect(await verso.statementsOf(() => ada.get(path))).toUseStatements(statements);
    (verso.engine as SqliteEngine).writer.exec("delete from notes");
    seed(10_000);
    seedVersions(1_000);
    expect(await verso.statementsOf(() => ada.get(path))).toUseStatements(withMany);
  },
);

const PLANS: [path: string, index: string][] = [
  ["/notes", "notes_newest"],
  [`/notes?after=${cursorAt(0, 5_000, id)}`, "notes_newest"],
  ["/notebooks/none", "notes_notebook"],
  [`/notebooks/none?after=${cursorAt(0, 5_000, id)}`, "notes_notebook"],
  ["/archive", "notes_archived"],
  [`/notes/${id}`, "notes_id"],
  ["/trash", "notes_trashed"],
  ["/trash?after=5000.0199a9a9-0000-7000-8000-000000000007", "notes_trashed"],
];

test.each([
  ["created", "notes_made", 500],
  ["title", "notes_titles", "Note 500"],
] as const)(
  "all notes by %s are served by %s, also further down, and sorted by nothing else",
  async (sort, index, at) => {
    seed(1_000);
    await ada.post("/view", { sort, layout: "list" });
    for (const path of ["/notes", `/notes?after=${cursorAt(0, at, id)}`]) {
      const [list] = (await verso.statementsOf(() => ada.get(path))).filter(({ text }) =>
        text.includes('from "notes"'),
      );
      expect(list && planOf(list)).toMatch(new RegExp(`USING INDEX ${index}`));
      expect(list && planOf(list)).not.toContain("TEMP B-TREE");
    }
  },
);

/** SQLite plans by the values too, so the plan is asked for with values that could have been there. */
function planOf({ text, parameters }: StatementReport) {
  const { writer } = verso.engine as SqliteEngine;
  const owner = writer.prepare("select id from users").pluck().get();
  const values = parameters.map(({ kind, length }) => (kind === "number" ? 51 : length === 36 ? owner : "number"));
  const plan = writer.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
  return plan.map(({ detail }) => detail).join("\n");
}

test.each(PLANS)("%s is served by %s, sorts nothing, and reads no texts for a list", async (path, index) => {
  seed(1_000);
  const statements = await verso.statementsOf(() => ada.get(path));
  const ours = statements.filter(({ text }) => text.includes('from "notes"'));
  expect(ours.length).toBeGreaterThan(0);
  for (const statement of ours) {
    expect(planOf(statement)).toContain(index);
    expect(planOf(statement)).not.toContain("TEMP B-TREE");
    if (!path.includes(id) || path.includes("after")) expect(statement.text).not.toContain('"content"');
  }
});

test.each([versions, `${versions}?after=500.0199a9a9-0000-7000-9000-000000000007`])(
  "%s is served by note_versions_latest, sorts nothing, and reads no texts",
  async (path) => {
    seed(1_000);
    seedVersions(1_000);
    const statements = await verso.statementsOf(() => ada.get(path));
    const [list, ...more] = statements.filter(({ text }) => text.includes('from "note_versions"'));
    expect(more).toEqual([]);
    expect(list && planOf(list)).toMatch(/^SEARCH note_versions USING INDEX note_versions_latest [^\n]*$/);
    for (const { text } of statements.slice(1))
      expect(text.replace('octet_length("content")', "")).not.toContain('"content"');
  },
);

test("the earlier texts of a note are counted along an index alone, in the statement that reads the note", async () => {
  seed(1_000);
  seedVersions(1_000);
  const statements = await verso.statementsOf(() => ada.get(`/notes/${id}`));
  const [note] = statements.filter(({ text }) => text.includes('from "note_versions"'));
  expect(note && planOf(note)).toMatch(/SEARCH note_versions USING COVERING INDEX note_versions_\w+ \(note_id=\?\)/);
});

test.each([
  ["before", ""],
  ["after", "analyze"],
])(
  "%s ANALYZE a search goes along notes_newest and sorts nothing; its count starts from what was found, and looks at no more than 2,000",
  async (_when, sql) => {
    seed(10_000);
    (verso.engine as SqliteEngine).writer.exec(sql);
    for (const path of [
      "/notes?q=number",
      "/notes?q=number+-other",
      `/notes?q=number&after=${cursorAt(0, 5_000, id)}`,
    ]) {
      const statements = await verso.statementsOf(() => ada.get(path));
      const ours = statements.filter(({ text }) => text.includes('from "notes"'));
      const [count = "", elsewhere = "", list = "", ...more] = ours.map(planOf);
      expect(more).toEqual([]);
      expect(ours[0]?.text).toMatch(/ limit \?\)/);
      expect(list).toMatch(
        /^SEARCH notes USING INDEX notes_newest .*\nLIST SUBQUERY \d+\nSCAN note_search VIRTUAL TABLE/,
      );
      expect(list).not.toContain("TEMP B-TREE");
      expect(count).toMatch(
        /^SEARCH notes USING INTEGER PRIMARY KEY .*\nLIST SUBQUERY \d+\n(CO-ROUTINE .*\n)?SCAN note_search VIRTUAL TABLE/,
      );
      expect(elsewhere).toMatch(/INDEX notes_archived[\s\S]*INDEX notes_trashed/);
      expect(elsewhere).not.toMatch(/notes_newest|TEMP B-TREE/);
    }
  },
);

test.each([
  ["before", ""],
  ["after", "analyze"],
])("%s ANALYZE a search that finds few notes walks along no list", async (_when, sql) => {
  seed(10_000);
  (verso.engine as SqliteEngine).writer.exec(sql);
  for (const sort of ["updated", "title"]) {
    await ada.post("/view", { sort, layout: "list", back: "/notes" });
    const statements = await verso.statementsOf(() => ada.get('/notes?q="number+77"'));
    const [, list = ""] = statements.filter(({ text }) => text.includes('from "notes"')).map(planOf);
    expect(list).toMatch(
      /^SEARCH notes USING INTEGER PRIMARY KEY .*\nLIST SUBQUERY \d+\nSCAN note_search VIRTUAL TABLE/,
    );
  }
});

const ALONG: [q: string, index: string][] = [
  ["created:>2026-01", "notes_newest"],
  ["updated:<7d is:todo", "notes_newest"],
  ["-tag:number", "notes_newest"],
  ["-number", "notes_newest"],
  ["number OR is:pinned", "notes_newest"],
  ["number -is:done", "notes_newest"],
  ["title:note", "notes_newest"],
  ["title:東京", "notes_newest"],
  ["links:Tagged", "notes_newest"],
  ["number -links:Tagged", "notes_newest"],
  ["has:link", "notes_newest"],
  ["is:pinned number", "notes_newest"],
  ["tag:tagged", "note_tags_newest"],
  ["tag:tagged number is:todo", "note_tags_newest"],
  ["notebook:shelf", "notes_notebook"],
  ["-notebook:shelf", "notes_newest"],
  ["notebook:shelf OR tag:tagged", "notes_newest"],
  ["is:archived number", "notes_archived"],
  ["is:archived tag:tagged", "notes_archived"],
  ["is:trashed", "notes_trashed"],
  ["is:trashed notebook:shelf", "notes_trashed"],
];

test.each([
  ["before", ""],
  ["after", "analyze"],
])(
  "%s ANALYZE each kind of search goes along an index, sorts nothing and walks through no table",
  async (_when, sql) => {
    seed(1_900);
    // So many that none of the searches finds few.
    (verso.engine as SqliteEngine).writer.exec(`
    update notes set archived = updated where updated > 1600;
    update notes set pinned = 1 where updated between 1300 and 1600`);
    await ada.write("Tagged", "#tagged");
    (verso.engine as SqliteEngine).writer.exec(`
    insert into note_tags (owner_id, note_id, tag_id, given, written)
    select owner_id, id, (select id from tags), 1, 0 from notes where updated < 1000`);
    await ada.post("/notebooks?index", { name: "shelf", parent: "" });
    (verso.engine as SqliteEngine).writer.exec(sql);
    for (const [q, index] of ALONG) {
      const all = await verso.statementsOf(() => ada.get(`/notes?${new URLSearchParams({ q })}`));
      // What finds nothing also looks for words that are near.
      const statements = all.filter(({ text }) => !text.startsWith('select "heading", "excerpt" from'));
      const ours = statements.filter(({ text }) => text.includes('from "notes"'));
      expect(ours, q).toHaveLength(2);
      const [count = "", list = ""] = ours.map(planOf);
      expect(list, q).toMatch(new RegExp(`SEARCH \\w+ USING (COVERING )?INDEX ${index}`));
      for (const plan of [list, count]) {
        expect(plan, q).not.toContain("TEMP B-TREE");
        expect(plan, q).not.toMatch(/SCAN (notes|note_tags|tags)\b/);
      }
      // The login, the sidebar, the list, its count, and one each for tags and notebooks that are named.
      expect(statements.length, q).toBe(4 + Number(q.includes("tag:")) + Number(q.includes("notebook:")));
    }
  },
);

test.each(["/files", `/files?after=5000.${id}`])("%s is served by files_newest and sorts nothing", async (path) => {
  const statements = await verso.statementsOf(() => ada.get(path));
  const [list] = statements.filter(({ text }) => text.includes('from "files"'));
  expect(planOf(list as StatementReport)).toContain("files_newest");
  expect(planOf(list as StatementReport)).not.toContain("TEMP B-TREE");
});
