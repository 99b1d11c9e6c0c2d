import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setEngine } from "~/db/engine.server";
import { noteVersions, users } from "~/db/schema.server";
import { openSqlite, type SqliteEngine } from "~/db/sqlite.server";
import { readEnvironment } from "~/environment.server";
import { setSettings, settingsFrom } from "~/settings.server";
import { createNote, readNote, updateNote } from "./notes.server";
import { leavesTrash, listTrash, purgeTrash, restoreNote, trashNote } from "./trash.server";

const ada = { id: "1", name: "Ada", email: "ada@example.org", role: "owner" as const, sessionId: "" };
const eve = { id: "2", name: "Eve", email: "eve@example.org", role: "member" as const, sessionId: "" };

let folder: string;
let engine: SqliteEngine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "verso-trash-"));
  engine = await openSqlite(join(folder, "verso.db"), new URL("../../drizzle/sqlite", import.meta.url).pathname);
  setEngine(engine);
  setSettings(settingsFrom(readEnvironment({ SECRET: "a-secret-for-the-tests-of-forty-characters" })));
  const people = [ada, eve].map(({ sessionId: _, ...person }) => ({ ...person, passwordHash: "", created: 1 }));
  await engine.transaction((tx) => tx.insert(users).values(people));
});
afterEach(() => {
  setEngine(null);
  engine.close();
  rmSync(folder, { recursive: true });
});

async function throwAway(viewer: typeof ada | typeof eve) {
  const { id } = await createNote(viewer, { title: "Gone", content: "before" });
  await updateNote(viewer, id, 1, { title: "Gone", content: "after" });
  await trashNote(viewer, id);
  return id;
}

const clocks = () => engine.read.select({ clock: users.clock }).from(users).orderBy(users.id);

test("after thirty days in the trash a note goes for good, its versions with it, whoever's it is", async () => {
  const [mine, hers] = [await throwAway(ada), await throwAway(eve)];
  const { seen } = await listTrash(ada, {});
  const due = leavesTrash((await listTrash(eve, {})).seen);

  expect(await purgeTrash(leavesTrash(seen) - 1)).toBe(0);
  expect(await readNote(ada, mine)).toMatchObject({ content: "after" });

  const before = await clocks();
  expect(await purgeTrash(due)).toBe(2);
  await expect(readNote(ada, mine)).rejects.toMatchObject({ status: 404 });
  await expect(readNote(eve, hers)).rejects.toMatchObject({ status: 404 });
  expect(await engine.read.$count(noteVersions)).toBe(0);
  expect(await clocks()).toEqual(before.map(({ clock }) => ({ clock: clock + 1 })));
});

test("thirty days count from the last time a note was thrown away, and no others are touched", async () => {
  const kept = await throwAway(ada);
  await restoreNote(ada, kept);
  const before = await clocks();
  expect(await purgeTrash(leavesTrash(leavesTrash(Date.now())))).toBe(0);
  expect(await readNote(ada, kept)).toMatchObject({ content: "after" });
  expect(await clocks()).toEqual(before);
});
