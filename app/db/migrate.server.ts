import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type Sqlite from "better-sqlite3";
import { copyVerified } from "./snapshot.server";

interface Options {
  file: string;
  /** Takes the write lock, waiting for another starter that migrates. */
  begin: () => Promise<void>;
}

/**
 * Brings the database to this program's schema: all that is missing in one transaction, after a
 * verified copy of the file beside it. Several starters wait for one.
 *
 * Drizzle's own runner is not used: with foreign keys on, a rebuilt table takes its child rows with it.
 *
 * @param folder the migrations that drizzle-kit wrote.
 * @throws Error with a sentence when the file is newer than the program, or is broken afterwards.
 */
export async function migrate(writer: Sqlite.Database, folder: string, { file, begin }: Options) {
  const known = migrationsOf(folder);
  // Has to be set outside the transaction; SQLite ignores it inside.
  writer.pragma("foreign_keys = OFF");
  try {
    await begin();
    const done = applied(writer);
    const missing = pending(known, done, file);
    writer.exec("commit");
    if (missing.length === 0) return;
    // Outside the transaction too: that is where VACUUM, which makes the copy, can run.
    if (done.length > 0) copyBefore(writer, file, done.length);
    await begin();
    for (const migration of pending(known, applied(writer), file)) {
      writer.exec(migration.sql);
      writer
        .prepare("insert into migrations (tag, digest, applied) values (?, ?, ?)")
        .run(migration.tag, migration.digest, Date.now());
    }
    const orphans = writer.pragma("foreign_key_check") as unknown[];
    if (orphans.length > 0) {
      throw new Error(`Verso can't start: migrating ${file} would leave ${orphans.length} rows without their owner.`);
    }
    writer.exec("commit");
  } finally {
    if (writer.inTransaction) writer.exec("rollback");
    writer.pragma("foreign_keys = ON");
  }
}

interface Migration {
  tag: string;
  sql: string;
  digest: string;
}

/** The migrations of a folder, in their order. */
export function migrationsOf(folder: string): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(({ tag }) => {
    const sql = readFileSync(join(folder, `${tag}.sql`), "utf8");
    return { tag, sql, digest: createHash("sha256").update(sql).digest("hex") };
  });
}

function pending(known: Migration[], done: string[], file: string) {
  const unknown = done.find((tag) => !known.some((migration) => migration.tag === tag));
  if (unknown) {
    throw new Error(
      `Verso can't start: ${file} was written by a newer Verso (it has ${unknown}). Start that version, or restore the copy made before the upgrade.`,
    );
  }
  return known.filter((migration) => !done.includes(migration.tag));
}

function applied(writer: Sqlite.Database): string[] {
  writer.exec(
    "create table if not exists migrations (tag text primary key, digest text not null, applied integer not null) strict",
  );
  return writer.prepare("select tag from migrations order by rowid").pluck().all() as string[];
}

function copyBefore(writer: Sqlite.Database, file: string, count: number) {
  const copy = `${file}.before-${String(count).padStart(4, "0")}`;
  // A copy gets its name only when it is whole.
  rmSync(`${copy}.partial`, { force: true });
  copyVerified(writer, `${copy}.partial`);
  renameSync(`${copy}.partial`, copy);
}
