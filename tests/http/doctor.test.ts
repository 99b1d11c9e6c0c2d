import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Client } from "../support/client";
import { runVerso } from "../support/process";
import { startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
let file: string;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
  file = verso.settings.databaseFile;
  for (const name of ["Milk", "Bread", "Butter"]) await ada.write(name, `${name} of the #shop`);
  await ada.ask("/files?index", upload([{ name: "list.bin", data: "what to buy" }]));
});
afterEach(() => verso.stop());

const doctor = (...words: string[]) => runVerso(file, "doctor", ...words);

/** So many words that the index is larger than one of its blocks. */
const MANY_WORDS = `with recursive n (i) as (values (1) union all select i + 1 from n where i < 800)
  insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
  select 'n' || i, (select id from users), '', '', '', 0, 1, 0, 0, '', 'word' || i || ' ' || hex(randomblob(20)) from n`;

/** Changes the database behind Verso's back. */
function harm(statements: string) {
  const database = new Sqlite(file);
  database.unsafeMode(true);
  database.pragma("foreign_keys = OFF");
  database.exec(statements);
  database.close();
}

test("a database that is whole is fine, and the look leaves nothing behind but what it found", async () => {
  // Of a look that was cut off, and of one that goes on meanwhile.
  for (const process of ["1", "2"]) writeFileSync(`${file}.doctor-${process}`, "somebody's notes");
  utimesSync(`${file}.doctor-1`, 0, 0);
  const { code, stdout } = await doctor();
  expect(stdout).toMatch(/^All is well\.$/m);
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/^(wrong|mended)/m);
  expect(stdout).toContain("3 notes");
  const files = readdirSync(dirname(file)).filter(
    (name) => name.startsWith(basename(file)) && !/-(wal|shm)$/.test(name),
  );
  expect(files.sort()).toEqual([basename(file), `${basename(file)}.checkup.json`, `${basename(file)}.doctor-2`]);
});

test.each([
  ["Search index", "update note_search_data set block = zeroblob(20) where id > 10"],
  ["Search index", `${MANY_WORDS}; delete from note_search_idx`],
  ["Search index", "delete from note_search_docsize where id = (select min(key) from notes)"],
  ["Numbers of notes", "update note_counts set listed = listed + 1"],
  ["Numbers of notes", "delete from note_counts"],
  ["Numbers of notes with tags", "update tags set notes = 7"],
  ["Room that files take", "update note_counts set file_bytes = 7"],
  ["Attached files", "insert into file_contents (owner_id, digest, bytes) select id, 'left over', 0 from users"],
  ["Order of tagged notes", "update note_tags set updated = 5"],
])("%s that is wrong is found, and mended with --fix: %s", async (name, statements) => {
  harm(statements);
  const found = await doctor();
  expect(found.stdout).toMatch(new RegExp(`^wrong +${name} `, "m"));
  expect(found.code).toBe(1);
  const mended = await doctor("--fix");
  expect(mended.stdout).toMatch(new RegExp(`^mended +${name} `, "m"));
  expect(mended.code).toBe(0);
  expect((await doctor()).stdout).toMatch(/^All is well\.$/m);
  expect((await ada.get("/notes?q=milk")).text).toContain("Milk");
});

test.each([
  ["Attached files", "delete from file_chunks where content_key = (select min(key) from file_contents)"],
  ["Attached files", "update file_contents set digest = null"],
  ["Schema", "drop trigger notes_search_update"],
  ["Schema", "drop index notes_newest"],
  ["Foreign keys", "delete from users"],
  ["Migrations", "delete from migrations where tag = (select max(tag) from migrations)"],
  ["Migrations", "insert into migrations values ('9999_later', 'x', 1)"],
])("%s that are wrong are found, and left as they are: %s", async (name, statements) => {
  harm(statements);
  const found = await doctor("--fix");
  expect(found.stdout).toMatch(new RegExp(`^wrong +${name} `, "m"));
  expect(found.code).toBe(1);
});

test("a damaged page is found", async () => {
  const copy = join(verso.folder, "copy.db");
  await runVerso(file, "backup", copy);
  const database = new Sqlite(copy);
  const page = database.prepare<[], number>("select rootpage from sqlite_schema where name = 'notes_newest'");
  const place = Number(database.pragma("page_size", { simple: true })) * (Number(page.pluck().get()) - 1);
  database.close();
  const bytes = readFileSync(copy);
  writeFileSync(copy, bytes.fill(0xff, place, place + 64));
  const found = await runVerso(copy, "doctor");
  expect(found.stdout).toMatch(/^wrong +Integrity /m);
  expect(found.code).toBe(1);
});

test("what isn't there, or is no database, ends with 2 and a sentence", async () => {
  const other = join(verso.folder, "text.db");
  writeFileSync(
    other,
    "no database at all, but a text that is long enough to be read as the header of one, or so it seems",
  );
  expect(await runVerso(other, "doctor")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("can’t be opened"),
  });
  rmSync(other);
  expect(await runVerso(other, "doctor")).toMatchObject({ code: 2, stderr: `There is no database ${other}.\n` });
  expect(readdirSync(verso.folder)).not.toContain("text.db");
  expect(await doctor("--mend")).toMatchObject({ code: 2, stderr: expect.stringContaining("--mend") });
});

test("the owner's page looks, and shows what was found; nobody else has it", async () => {
  expect((await ada.get("/doctor")).text).toContain("Nobody has looked yet");
  expect(await ada.post("/doctor")).toSeeOther("/doctor");
  const shown = await ada.get("/doctor");
  expect(shown.text).toContain("All is well");
  harm("update tags set notes = 7");
  await ada.post("/doctor");
  expect((await ada.get("/doctor")).text).toContain("1 thing is wrong");
  const eve = await verso.join("Eve");
  expect(await eve.get("/doctor")).toHaveStatus(404);
  expect(await eve.post("/doctor")).toHaveStatus(404);
  expect((await eve.get("/account")).text).not.toContain("/doctor");
});
