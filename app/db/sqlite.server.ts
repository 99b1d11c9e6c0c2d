import { AsyncLocalStorage } from "node:async_hooks";
import { closeSync, existsSync, openSync, statfsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { type Database, type Engine, StorageFailure, type StorageTrouble } from "./engine.server";
import { explain, schemaOf } from "./explain.server";
import { makeFolderOf } from "./folder.server";
import { migrate } from "./migrate.server";
import { copyVerified } from "./snapshot.server";
import { calledFrom, observedClient } from "./sqlite-client.server";
import { containing, matching, matchingMore, rebuildIndex } from "./sqlite-search.server";
import { callSite, reported } from "./statements.server";

/** How long a transaction waits for another process that holds the file, in milliseconds. */
const PATIENCE = 5_000;

/** The same for a starting process that finds another one migrating. */
const MIGRATION_PATIENCE = 120_000;

/**
 * Opens the SQLite file, making and migrating it where needed, and returns the engine over it.
 *
 * @param onRebuilt is called when the search index was damaged and has been built anew.
 * @throws Error with a sentence for the operator when the file can't be used.
 */
export async function openSqlite(file: string, migrations: string, onRebuilt?: () => void): Promise<SqliteEngine> {
  refuseUnsafeSqlite(sqliteVersion());
  prepareFolder(file);
  const writer = await openWriter(file);
  try {
    await migrate(writer, migrations, { file, begin: () => begin(writer, MIGRATION_PATIENCE) });
    const reader = new Sqlite(file, { readonly: true, timeout: 0 });
    reader.pragma("trusted_schema = OFF");
    return engineOver(writer, reader, onRebuilt);
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** Pages that a database in memory may have, 4 KiB each: 64 MiB. */
const MOST_PAGES = 16_384;

/**
 * Opens a new database that is nowhere but in memory, with the same schema, for trying things out.
 * It has one connection: a second one would be another database. So a reader sees what a
 * transaction has written and not committed yet.
 */
export async function openInMemory(migrations: string): Promise<SqliteEngine> {
  const only = new Sqlite(":memory:");
  only.pragma(`max_page_count = ${MOST_PAGES}`);
  only.pragma("trusted_schema = OFF");
  await migrate(only, migrations, { file: ":memory:", begin: () => begin(only) });
  return engineOver(only, only);
}

/**
 * SQLite before 3.51.3 could corrupt a file when a write-ahead log was reset while read.
 *
 * @see https://sqlite.org/wal.html#walresetbug
 */
export function refuseUnsafeSqlite(version: string) {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const number = major * 1_000_000 + minor * 1_000 + patch;
  const backported = (minor === 50 && patch >= 7) || (minor === 44 && patch >= 6);
  if ((number >= 3_051_003 && number !== 3_052_000) || (major === 3 && backported)) return;
  throw new Error(
    `Verso can't start: this SQLite (${version}) can damage a database. Version 3.51.3 or later is needed; run npm ci.`,
  );
}

function sqliteVersion() {
  const memory = new Sqlite(":memory:");
  const version = memory.prepare("select sqlite_version()").pluck().get();
  memory.close();
  return String(version);
}

/** File systems that several machines share: SQLite's locks and shared memory don't work there. */
const NETWORK_FILE_SYSTEMS = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x01021997, "9P"],
  [0x00c36400, "Ceph"],
  [0x47504653, "GPFS"],
  [0x5346414f, "AFS"],
]);

function prepareFolder(file: string) {
  const folder = makeFolderOf(file);
  const network = NETWORK_FILE_SYSTEMS.get(statfsSync(folder).type >>> 0);
  if (network) {
    throw new Error(
      `Verso can't start: ${folder} is on a network file system (${network}), where SQLite can lose data. Set DATABASE_URL to a file on a local disk.`,
    );
  }
}

/** Only one starter at a time can make a new file's log; the others wait for it. */
async function openWriter(file: string) {
  const deadline = Date.now() + MIGRATION_PATIENCE;
  for (;;) {
    try {
      return openWriterNow(file);
    } catch (error) {
      const busy = error instanceof Error && troubleOf(error.cause) === "busy";
      if (!busy || Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}

function openWriterNow(file: string) {
  let writer: Sqlite.Database | null = null;
  try {
    // Made here first, so that nobody else on the machine may read it.
    if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
    writer = new Sqlite(file, { timeout: 0 });
    // journal_mode answers with the mode it could set, and says nothing when it couldn't.
    const mode = writer.pragma("journal_mode = WAL", { simple: true });
    if (mode !== "wal") throw new Error(`journal mode stays ${String(mode)}`);
    // NORMAL could lose an acknowledged save with the power.
    writer.pragma("synchronous = FULL");
    writer.pragma("foreign_keys = ON");
    writer.pragma("trusted_schema = OFF");
    writer.pragma("cell_size_check = ON");
    writer.pragma("secure_delete = FAST");
    return writer;
  } catch (error) {
    writer?.close();
    throw new Error(`Verso can't start: the database ${file} can't be opened for writing (${codeOf(error)}).`, {
      cause: error,
    });
  }
}

/** Whether the full-text index is damaged: a constraint that fails without a name is one of its own tables. */
function isIndexDamage(error: unknown): boolean {
  if (!(error instanceof Sqlite.SqliteError)) return error instanceof Error && isIndexDamage(error.cause);
  return error.code === "SQLITE_CORRUPT_VTAB" || error.message === "constraint failed";
}

function engineOver(writer: Sqlite.Database, reader: Sqlite.Database, onRebuilt = () => {}): SqliteEngine {
  const tx = databaseOver(writer, "write");
  const inside = new AsyncLocalStorage<true>();
  const unindexed = new AsyncLocalStorage<true>();
  let last: Promise<unknown> = Promise.resolve();
  let trouble: StorageTrouble | null = null;

  async function transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (inside.getStore()) throw new Error("A transaction was begun inside a transaction: it would wait for itself.");
    const turn = last;
    let finish = () => {};
    last = new Promise<void>((done) => {
      // The next one begins a turn of the event loop later: awaited SQLite never lets timers in.
      finish = () => void setImmediate(done);
    });
    await turn;
    try {
      const result = await attempt(work).catch(async (error) => {
        if (!isIndexDamage(error)) throw error;
        await attempt(rebuild);
        return attempt(work);
      });
      trouble = null;
      return result;
    } catch (error) {
      const found = troubleOf(error);
      if (!found) throw error;
      trouble = found;
      throw new StorageFailure(found, { cause: error });
    } finally {
      finish();
    }
  }

  async function attempt<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    await begin(writer);
    try {
      const result = await inside.run(true, () => work(tx));
      execute(writer, "commit");
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (writer.inTransaction) execute(writer, "rollback");
      throw error;
    }
  }

  async function rebuild() {
    rebuildIndex(writer);
    onRebuilt();
  }

  async function searching<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isIndexDamage(error)) throw error;
      const rebuilt = await transaction(rebuild).then(
        () => true,
        () => false,
      );
      return rebuilt ? work() : unindexed.run(true, work);
    }
  }

  return {
    read: databaseOver(reader, "read"),
    transaction,
    matching: (groups, how) => (unindexed.getStore() ? containing(groups) : matching(groups, how)),
    matchingMore: (groups, most) => (unindexed.getStore() ? sql<number>`0` : matchingMore(groups, most)),
    searching,
    calledFrom,
    explain: (text) => explain(reader, text),
    schema: () => schemaOf(reader),
    snapshot: (file) => copyVerified(writer, file),
    trouble: () => trouble,
    schemaVersion: () => String(reader.prepare("select max(tag) from migrations").pluck().get()),
    close() {
      if (reader !== writer) reader.close();
      tidy(writer);
      writer.close();
    },
    writer,
  };
}

/** Leaves one file behind. On a full disk it stays two, and nothing is lost. */
function tidy(writer: Sqlite.Database) {
  try {
    writer.pragma("optimize");
    writer.pragma("wal_checkpoint(TRUNCATE)");
  } catch (error) {
    if (!troubleOf(error)) throw error;
  }
}

/** The engine with its writing connection, for tests that make the disk fail. */
export interface SqliteEngine extends Engine {
  writer: Sqlite.Database;
}

/** Drizzle over a connection; each query knows where it was begun, for the listeners of statements. */
function databaseOver(connection: Sqlite.Database, kind: "read" | "write"): Database {
  const client = observedClient(connection, kind);
  const plain = drizzle(client as unknown as Sqlite.Database) as unknown as Database & { session: object };
  const begun = <Name extends keyof Database>(name: Name): Database[Name] => {
    const begin = (...words: unknown[]) => {
      const prepare = client.prepare;
      const site = callSite(begin);
      const there = { value: { ...client, prepare: (text: string) => prepare(text, site) } };
      // The same objects but for the client, which the session hands every query.
      const session = Object.create(plain.session, { client: there });
      const database = site ? Object.create(plain, { session: { value: session } }) : plain;
      return database[name](...words);
    };
    return begin as unknown as Database[Name];
  };
  return {
    select: begun("select"),
    selectDistinct: begun("selectDistinct"),
    insert: begun("insert"),
    update: begun("update"),
    delete: begun("delete"),
    $count: begun("$count"),
  };
}

/**
 * Takes the write lock at once, so that a transaction never finds half-way that another holds it.
 * Waits with a sleep: SQLite's own waiting would stop the whole process.
 */
async function begin(writer: Sqlite.Database, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    try {
      return execute(writer, "begin immediate");
    } catch (error) {
      if (troubleOf(error) !== "busy" || Date.now() > deadline) throw error;
      await sleep(wait);
    }
  }
}

function execute(writer: Sqlite.Database, text: string) {
  reported(
    text,
    "write",
    [],
    () => writer.exec(text),
    () => 0,
  );
}

/** What is wrong with the disk, read off the first SQLite error in the chain of causes. */
function troubleOf(error: unknown): StorageTrouble | null {
  const code = codeOf(error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "busy";
  if (/^SQLITE_FULL/.test(code)) return "full";
  if (/^SQLITE_(READONLY|PERM|AUTH)/.test(code)) return "read-only";
  if (/^SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB|NOMEM)/.test(code)) return "broken";
  return null;
}

function codeOf(error: unknown): string {
  for (let link = error; link instanceof Error; link = link.cause) {
    if ("code" in link && typeof link.code === "string") return link.code;
  }
  return error instanceof Error ? error.message : String(error);
}
