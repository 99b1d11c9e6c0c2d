import { basename } from "node:path";
import { and, desc, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, StorageFailure, transaction } from "~/db/engine.server";
import { importedFiles, imports, notes } from "~/db/schema.server";
import { sweepContents } from "~/files/contents.server";
import { missingFiles } from "~/files/mentions.server";
import { importFile } from "~/files/receive.server";
import { RefusedFile } from "~/files/refused.server";
import { inBackground } from "~/http/background.server";
import { describeError, log } from "~/http/log.server";
import { notFound } from "~/http/responses.server";
import type { Reading } from "~/notes/markdown/reading.server";
import { reading } from "~/notes/markdown/rendered.server";
import { insertNote, tick } from "~/notes/notes.server";
import { tellUnread } from "~/notes/unread.server";
import { type FileNote, readFileNote } from "./file-note.server";
import { isText, type Source, type SourceFile, whySkipped } from "./source.server";

export type ImportState = "running" | "done" | "interrupted";

/** What became of one file. */
export interface FileOutcome {
  path: string;
  outcome: "made" | "skipped" | "failed";
  why?: string;
  /** The note that was made, or the file. */
  note?: string;
  file?: string;
}

/** Files in one transaction, and their bytes: few enough that other people's saves don't wait. */
const BATCH = 100;
const BATCH_BYTES = 1_048_576;
/** Lines of a report that are kept. */
const REPORTED = 5_000;
/** Why a file is skipped that is counted, not named. */
const HERE = "It is here already.";

/** Whom the notes are for. */
type Importer = Pick<Viewer, "id">;

/** Imports under way, by person: a person has one at a time. */
const running = new Map<string, Promise<void>>();
let stopping = false;

/**
 * Begins to import in the background; the row it returns the id of tells how far it is.
 * The source is closed when the import is over, and also when it can't begin.
 *
 * @returns null where an import of this person is still running.
 */
export async function startImport(
  viewer: Importer,
  source: Source,
): Promise<{ id: string; finished: Promise<void> } | null> {
  if (running.has(viewer.id)) {
    await source.close();
    return null;
  }
  // Taken at once: two forms sent together must not both pass.
  const started = begin(viewer, source);
  const finished = started.then(({ work }) => work);
  running.set(
    viewer.id,
    finished.catch(() => {}).finally(() => running.delete(viewer.id)),
  );
  return { id: (await started).id, finished };
}

/** The viewer's imports, the latest first. */
export function listImports(viewer: Importer) {
  return db()
    .select({
      id: imports.id,
      source: imports.source,
      state: imports.state,
      total: imports.total,
      created: imports.created,
    })
    .from(imports)
    .where(eq(imports.ownerId, viewer.id))
    .orderBy(desc(imports.created))
    .limit(20);
}

/**
 * How far an import is, and what became of each file.
 *
 * @throws Response 404 when the viewer has no such import.
 */
export async function readImport(viewer: Importer, id: string | undefined) {
  const [found] = await db()
    .select()
    .from(imports)
    .where(and(eq(imports.ownerId, viewer.id), eq(imports.id, id ?? "")));
  if (!found) throw notFound();
  const { ownerId: _, report, ...row } = found;
  const { counts, files, here = 0 } = JSON.parse(report) as Report;
  return { ...row, counts, files, here };
}

/** Marks what was cut off by the end of an earlier process. */
export async function markInterruptedImports() {
  stopping = false;
  await transaction((tx) => tx.update(imports).set({ state: "interrupted" }).where(eq(imports.state, "running")));
}

/** Ends what is running after its present batch. */
export async function stopImports() {
  stopping = true;
  await Promise.all(running.values());
}

interface Report {
  counts: Record<FileOutcome["outcome"], number>;
  files: FileOutcome[];
  /** How many of those skipped were here already: a vault that is imported again has little else. */
  here?: number;
}

async function begin(viewer: Importer, source: Source) {
  const id = uuid();
  try {
    await transaction((tx) =>
      tx.insert(imports).values({
        id,
        ownerId: viewer.id,
        source: source.name,
        state: "running",
        done: 0,
        total: source.files.length,
        report: JSON.stringify(reportOf([])),
        created: Date.now(),
      }),
    );
  } catch (error) {
    await source.close();
    throw error;
  }
  return { id, work: inBackground(() => work(viewer, id, source)) };
}

async function work(viewer: Importer, id: string, source: Source) {
  const outcomes: FileOutcome[] = [];
  try {
    const known = await knownFiles(viewer);
    for (const files of batchesOf(filesFirst(source.files))) {
      if (stopping) break;
      outcomes.push(...(await importBatch(viewer, files, known)));
      await progress(viewer, id, outcomes, "running");
    }
    await progress(viewer, id, outcomes, stopping ? "interrupted" : "done");
  } catch (error) {
    log.error(describeError(error), "an import failed");
    await progress(viewer, id, outcomes, "interrupted").catch(() => {});
  } finally {
    tellUnread();
    await source.close();
    await sweepContents().catch(() => {});
  }
}

/** What is no note comes first, so that the notes find the files that they show. */
function filesFirst(files: SourceFile[]) {
  const [others, texts] = [files.filter(({ path }) => !isText(path)), files.filter(({ path }) => isText(path))];
  return [...others, ...texts];
}

function* batchesOf(files: SourceFile[]) {
  let batch: SourceFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length === BATCH || (batch.length > 0 && bytes + file.size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) yield batch;
}

/**
 * What the viewer imported before, by what makes a file the same in another folder or archive: its
 * name and its bytes. Read once, as `imported_files` has no index for it; so two such files in one
 * archive are still two notes.
 */
async function knownFiles(viewer: Importer) {
  const files = await db()
    .select({ path: importedFiles.path, digest: importedFiles.digest, trashed: notes.trashed })
    .from(importedFiles)
    .innerJoin(notes, eq(notes.id, importedFiles.noteId))
    .where(eq(importedFiles.ownerId, viewer.id));
  return new Map(files.map((file) => [identityOf(file), file]));
}

type KnownFiles = Awaited<ReturnType<typeof knownFiles>>;

/** macOS writes the letters of a name in parts (NFD), other systems don't. */
function identityOf({ path, digest }: { path: string; digest: string }) {
  return `${digest} ${basename(path).normalize("NFC")}`;
}

async function importBatch(viewer: Importer, files: SourceFile[], known: KnownFiles): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  const found: { note: FileNote; read: Reading | null }[] = [];
  for (const file of files) {
    const why = whySkipped(file.path);
    if (why) {
      outcomes.push({ path: file.path, outcome: "skipped", why });
      continue;
    }
    if (!isText(file.path)) {
      outcomes.push(await keepOther(viewer, file));
      continue;
    }
    const result = await readFileNote(file);
    if (result.kind === "note") found.push({ note: result.note, read: await reading(result.note.content) });
    else outcomes.push({ path: result.path, outcome: "failed", why: result.why });
  }
  const written = await transaction(async (tx) => {
    if (found.length > 0) await tick(tx, viewer);
    const results: FileOutcome[] = [];
    for (const { note, read } of found) results.push(await importNote(tx, viewer, note, read, known));
    return results;
  });
  return [...outcomes, ...written];
}

/** Opened when it is read and not before: a stream that fails while nobody reads it ends the process. */
async function* opened(stream: SourceFile["stream"]) {
  yield* await stream();
}

/** A picture, a PDF, whatever it is: a file of the person's, in no note, found by the name that the notes have for it. */
async function keepOther(viewer: Importer, { path, stream }: SourceFile): Promise<FileOutcome> {
  try {
    const { id, here } = await importFile(viewer, path, opened(stream));
    return here ? { path, outcome: "skipped", why: HERE } : { path, outcome: "made", file: id };
  } catch (error) {
    if (error instanceof StorageFailure) throw error;
    const why = error instanceof RefusedFile ? error.message : "It could not be read.";
    return { path, outcome: "failed", why };
  }
}

/** A file that was imported before stays the one note; the same path with another text is another note, so that nothing is written over. */
async function importNote(
  tx: Database,
  viewer: Importer,
  { path, digest, ...draft }: FileNote,
  read: Reading | null,
  known: KnownFiles,
): Promise<FileOutcome> {
  const earlier = await tx
    .select({ digest: importedFiles.digest, trashed: notes.trashed })
    .from(importedFiles)
    .innerJoin(notes, eq(notes.id, importedFiles.noteId))
    .where(and(eq(importedFiles.ownerId, viewer.id), eq(importedFiles.path, path)));
  const same = earlier.find((file) => file.digest === digest) ?? known.get(identityOf({ path, digest }));
  if (same) return { path, outcome: "skipped", why: same.trashed ? "It is in the trash." : HERE };
  const { id } = await insertNote(tx, viewer, { ...draft, read });
  await tx.insert(importedFiles).values({ ownerId: viewer.id, path, digest, noteId: id });
  const why = [
    earlier.length > 0 && "The file has changed since an earlier import; that note is kept as it is.",
    sayMissing(await missingFiles(tx, viewer, draft.content)),
  ].filter(Boolean);
  return { path, outcome: "made", why: why.join(" ") || undefined, note: id };
}

/** Files that are named; of more it is said how many. */
const MOST_NAMED = 5;

function sayMissing(paths: string[]) {
  if (paths.length === 0) return "";
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : "";
  return `It shows files that are not here: ${paths.slice(0, MOST_NAMED).join(", ")}${more}.`;
}

async function progress(viewer: Importer, id: string, outcomes: FileOutcome[], state: ImportState) {
  await transaction((tx) =>
    tx
      .update(imports)
      .set({ state, done: outcomes.length, report: JSON.stringify(reportOf(outcomes)) })
      .where(and(eq(imports.ownerId, viewer.id), eq(imports.id, id))),
  );
}

function reportOf(outcomes: FileOutcome[]): Report {
  const count = (outcome: FileOutcome["outcome"]) => outcomes.filter((file) => file.outcome === outcome).length;
  // What needs a look comes first.
  const order = ["failed", "skipped", "made"];
  const telling = outcomes.filter(({ why }) => why !== HERE);
  const files = telling.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome)).slice(0, REPORTED);
  const counts = { made: count("made"), skipped: count("skipped"), failed: count("failed") };
  return { counts, files, here: outcomes.length - telling.length };
}
