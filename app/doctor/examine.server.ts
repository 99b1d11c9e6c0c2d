import { existsSync, readdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { schemaOf } from "~/db/explain.server";
import { migrationsOf } from "~/db/migrate.server";
import { copyVerified } from "~/db/snapshot.server";
import { openInMemory, refuseUnsafeSqlite } from "~/db/sqlite.server";
import { lookAtFiles, mendFiles } from "./attached-files.server";
import type { Finding } from "./finding";
import { lookAtCounts } from "./kept-counts.server";
import { lookAtIndex, mendIndex } from "./search-index.server";

/** What the doctor looks at. */
export interface Examined {
  /** The database. */
  file: string;
  /** The folder of this program's migrations. */
  migrations: string;
  /** Mends what can be made anew from the notes, and nothing else. */
  fix: boolean;
}

const HOUR = 3_600_000;

/** Less room than this on the disk and saves begin to be refused before long. */
const LITTLE_ROOM = 256 * 1024 * 1024;

/**
 * Looks the database through while Verso runs or doesn't: it reads, and writes only a copy that is
 * deleted again, or with `fix` what can be made anew.
 *
 * @throws Error with a sentence where there is no database that can be opened.
 */
export async function examine({ file, migrations, fix }: Examined): Promise<Finding[]> {
  if (!existsSync(file)) throw new Error(`There is no database ${file}.`);
  const reader = openToRead(file);
  try {
    const first = [
      lookAtProgram(reader),
      lookAtFile(file),
      lookAtRoom(file),
      look("Integrity", () => lookAtPages(reader)),
      look("Foreign keys", () => lookAtKeys(reader)),
    ];
    const shape = await lookAtShape(reader, migrations);
    const findings = [...first, ...shape];
    // Behind a damaged page or in another shape, what follows would say nothing that holds.
    if (!canGoOn(findings)) return findings;
    const index = await lookAtCopy(reader, file);
    const looked = [...findings, index, lookAtFiles(reader), ...lookAtCounts(reader, false), countNotes(reader)];
    return fix ? mend(file, looked) : looked;
  } finally {
    reader.close();
  }
}

/** A look that the damage itself breaks off has found it. */
function look(name: string, work: () => Finding): Finding {
  try {
    return work();
  } catch (error) {
    return { name, verdict: "wrong", words: `${messageOf(error)}. ${RESTORE}` };
  }
}

const RESTORE = "Stop Verso, copy the file, and restore the latest backup that is whole.";

function openToRead(file: string) {
  try {
    const reader = new Sqlite(file, { readonly: true, timeout: 5_000 });
    reader.pragma("trusted_schema = OFF");
    reader.prepare("select count(*) from migrations").get();
    return reader;
  } catch (error) {
    throw new Error(`${file} can’t be opened (${messageOf(error)}).`, { cause: error });
  }
}

function lookAtProgram(reader: Sqlite.Database): Finding {
  const version = String(reader.prepare("select sqlite_version()").pluck().get());
  try {
    refuseUnsafeSqlite(version);
    return { name: "Program", verdict: "fine", words: `Node ${process.version.slice(1)}, SQLite ${version}.` };
  } catch (error) {
    return { name: "Program", verdict: "wrong", words: messageOf(error) };
  }
}

function lookAtFile(file: string): Finding {
  const open = [file, `${file}.secret`].filter((path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0);
  if (open.length > 0)
    return {
      name: "Files",
      verdict: "wrong",
      words: `Others on this machine can read ${open.join(" and ")}: chmod 600.`,
    };
  return { name: "Files", verdict: "fine", words: `${megabytes(sizeOf(file))}, for nobody else on this machine.` };
}

function lookAtRoom(file: string): Finding {
  const { bavail, bsize } = statfsSync(dirname(file));
  const free = bavail * bsize;
  const words = `${megabytes(free)} are free.`;
  return { name: "Disk", verdict: free < LITTLE_ROOM ? "wrong" : "fine", words };
}

function lookAtPages(reader: Sqlite.Database): Finding {
  const verdicts = reader.prepare("pragma integrity_check(10)").pluck().all().map(String);
  // Whether the search index is whole is looked at by itself, and can be mended.
  const damage = verdicts.filter((line) => line !== "ok" && !line.includes("note_search"));
  if (damage.length === 0)
    return { name: "Integrity", verdict: "fine", words: "Every page and index of the file is whole." };
  const words = `${damage[0]}. ${RESTORE}`;
  return { name: "Integrity", verdict: "wrong", words };
}

function lookAtKeys(reader: Sqlite.Database): Finding {
  const orphans = (reader.pragma("foreign_key_check") as unknown[]).length;
  return orphans === 0
    ? { name: "Foreign keys", verdict: "fine", words: "Every row has what it belongs to." }
    : { name: "Foreign keys", verdict: "wrong", words: `${orphans} rows belong to something that isn’t there.` };
}

/** Whether the file has this program's schema: all of its migrations, and everything that they make. */
async function lookAtShape(reader: Sqlite.Database, migrations: string): Promise<Finding[]> {
  const known = migrationsOf(migrations);
  const done = new Map(reader.prepare<[], [string, string]>("select tag, digest from migrations").raw().all());
  const missing = known.filter(({ tag }) => !done.has(tag)).length;
  const unknown = [...done.keys()].find((tag) => !known.some((migration) => migration.tag === tag));
  const changed = known.find(({ tag, digest }) => done.has(tag) && done.get(tag) !== digest);
  const name = "Migrations";
  if (unknown) return [{ name, verdict: "wrong", words: `A newer Verso wrote this file (it has ${unknown}).` }];
  if (missing > 0) return [{ name, verdict: "wrong", words: `${missing} are missing: start this Verso once.` }];
  if (changed) return [{ name, verdict: "wrong", words: `${changed.tag} is not the one that made this file.` }];
  const whole: Finding = { name, verdict: "fine", words: `All ${known.length} are there.` };
  const model = await openInMemory(migrations);
  const wanted = new Set(model.schema());
  model.close();
  const here = new Set(schemaOf(reader));
  const lost = [...wanted].filter((statement) => !here.has(statement)).map(nameOf);
  const more = [...here].filter((statement) => !wanted.has(statement)).map(nameOf);
  const words = [
    lost.length > 0 && `missing: ${lost.join(", ")}`,
    more.length > 0 && `not Verso’s: ${more.join(", ")}`,
  ];
  const schema: Finding = {
    name: "Schema",
    verdict: lost.length > 0 ? "wrong" : more.length > 0 ? "told" : "fine",
    words: words.filter(Boolean).join("; ") || "Every table, index and trigger is there.",
  };
  return [whole, schema];
}

/** Whether what is wrong is nothing that stands in the way of looking further. */
function canGoOn(findings: Finding[]) {
  return findings.every(
    ({ name, verdict }) => verdict !== "wrong" || !["Integrity", "Migrations", "Schema"].includes(name),
  );
}

/** Reads a copy through, as a backup is, and its search index against its notes. */
async function lookAtCopy(reader: Sqlite.Database, file: string): Promise<Finding> {
  const { bavail, bsize } = statfsSync(dirname(file));
  if (bavail * bsize < 2 * sizeOf(file))
    return {
      name: "Search index",
      verdict: "told",
      words: "Not looked at: there is no room for a copy of the database.",
    };
  removeLeftCopies(file);
  const place = `${file}.doctor-${process.pid}`;
  // Left by a process that had the same number.
  rmSync(place, { force: true });
  try {
    copyVerified(reader, place);
    const copy = new Sqlite(place);
    copy.pragma("journal_mode = OFF");
    copy.pragma("synchronous = OFF");
    try {
      return lookAtIndex(copy);
    } finally {
      copy.close();
    }
  } catch (error) {
    return {
      name: "Search index",
      verdict: "wrong",
      words: `No copy of the database could be made (${messageOf(error)}).`,
    };
  } finally {
    rmSync(place, { force: true });
  }
}

/** Copies of looks that were cut off, each all of somebody's notes; a younger one may be of a look that still goes on. */
function removeLeftCopies(file: string) {
  const copies = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.doctor-`));
  for (const path of copies.map((name) => join(dirname(file), name))) {
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (made < Date.now() - HOUR) rmSync(path, { force: true });
  }
}

/** How much there is: after a restore one wants to know. */
function countNotes(reader: Sqlite.Database): Finding {
  const versions = reader.prepare("select count(*) from note_versions").pluck().get();
  const notes = reader.prepare("select count(*) from notes").pluck().get();
  return { name: "Notes", verdict: "fine", words: `${notes} notes, ${versions} earlier texts.` };
}

function mend(file: string, findings: Finding[]): Finding[] {
  const broken = (name: string) => findings.some((one) => one.name === name && one.verdict === "wrong");
  const writer = new Sqlite(file, { timeout: 30_000 });
  try {
    const mended = writer
      .transaction(() => [
        ...(broken("Search index") ? [mendIndex(writer)] : []),
        ...(broken("Attached files") ? [mendFiles(writer)] : []),
        ...lookAtCounts(writer, true),
      ])
      .immediate();
    return findings.map(
      (finding) => mended.find(({ name, verdict }) => name === finding.name && verdict !== "fine") ?? finding,
    );
  } finally {
    writer.close();
  }
}

function nameOf(statement: string) {
  return /^create (?:unique |virtual )?\w+ [`"]?(\w+)/i.exec(statement)?.[1] ?? statement.slice(0, 40);
}

function sizeOf(file: string) {
  return statSync(file).size + (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0);
}

function megabytes(bytes: number) {
  return `${new Intl.NumberFormat("en").format(Math.ceil(bytes / 1_000_000))} MB`;
}

function messageOf(error: unknown) {
  return error instanceof Error ? error.message : String(error);
}
