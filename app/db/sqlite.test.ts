import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { users } from "./schema.server";
import { openSqlite, refuseUnsafeSqlite, type SqliteEngine } from "./sqlite.server";

let folder: string;
let engine: SqliteEngine;
const migrations = new URL("../../drizzle/sqlite", import.meta.url).pathname;
const person = { id: "1", email: "a@example.org", name: "A", role: "member" as const, passwordHash: "x", created: 1 };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "verso-db-"));
  engine = await openSqlite(join(folder, "verso.db"), migrations);
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const count = () => engine.read.$count(users);

test("a transaction that throws leaves nothing", async () => {
  const failing = engine.transaction(async (tx) => {
    await tx.insert(users).values(person);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await count()).toBe(0);
});

test("a transaction inside a transaction is an error, not a wait without end", async () => {
  const nested = engine.transaction(() => engine.transaction(async () => {}));
  await expect(nested).rejects.toThrow("inside a transaction");
  await engine.transaction((tx) => tx.insert(users).values(person));
  expect(await count()).toBe(1);
});

test("the connection for reading can't write", async () => {
  await expect((async () => engine.read.insert(users).values(person))()).rejects.toThrow();
});

test("timers run while transactions follow one another", async () => {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 1);
  const work = Array.from({ length: 300 }, () =>
    engine.transaction((tx) => tx.update(users).set({ clock: sql`clock + 1` })),
  );
  await Promise.all(work);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(3);
});

test("D15 while another process holds the file a transaction waits, and then goes through", async () => {
  const other = new Sqlite(join(folder, "verso.db"));
  other.exec("begin immediate");
  const waiting = engine.transaction((tx) => tx.insert(users).values(person));
  setTimeout(() => other.exec("commit"), 60);
  await waiting;
  other.close();
  expect(await count()).toBe(1);
});

test("a save is on the disk before it is acknowledged: synchronous is FULL", () => {
  expect(engine.writer.pragma("synchronous", { simple: true })).toBe(2);
  expect(engine.writer.pragma("journal_mode", { simple: true })).toBe("wal");
  expect(engine.writer.pragma("foreign_keys", { simple: true })).toBe(1);
});

test.each(["3.51.2", "3.52.0", "3.50.6", "3.44.5", "3.40.1"])(
  "SQLite %s, which can damage a database, is refused",
  (version) => {
    expect(() => refuseUnsafeSqlite(version)).toThrow("can damage");
  },
);

test.each(["3.51.3", "3.52.1", "3.53.2", "3.50.7", "3.44.6", "4.0.0"])("SQLite %s is taken", (version) => {
  expect(() => refuseUnsafeSqlite(version)).not.toThrow();
});

test("D14 before a file is migrated a verified copy of it is made, and a failing migration changes nothing", async () => {
  await engine.transaction((tx) => tx.insert(users).values(person));
  engine.close();
  const later = join(folder, "migrations");
  cpSync(migrations, later, { recursive: true });
  const journal = join(later, "meta", "_journal.json");
  const { entries } = JSON.parse(readFileSync(journal, "utf8")) as { entries: object[] };
  writeFileSync(journal, JSON.stringify({ entries: [...entries, { tag: "9999_later" }] }));
  writeFileSync(join(later, "9999_later.sql"), "alter table users add column later text; select broken from nowhere;");
  await expect(openSqlite(join(folder, "verso.db"), later)).rejects.toThrow("nowhere");
  writeFileSync(join(later, "9999_later.sql"), "alter table users add column later text;");
  engine = await openSqlite(join(folder, "verso.db"), later);
  expect(engine.schemaVersion()).toBe("9999_later");
  expect(await count()).toBe(1);
  const copies = readdirSync(folder).filter((name) => name.includes(".before-"));
  expect(copies).toEqual([`verso.db.before-${String(entries.length).padStart(4, "0")}`]);
  const copy = new Sqlite(join(folder, copies[0] ?? ""), { readonly: true });
  expect(copy.prepare("select name from users").pluck().all()).toEqual(["A"]);
  copy.close();
});
