import { and, desc, eq, inArray, isNotNull, isNull, lte } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { drafts, fileContents, files, fileThumbs, notes, noteVersions } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { openOf } from "~/notes/draft-rows.server";
import { foldName } from "~/notes/markdown/tag";
import type { NoteId } from "~/notes/note.server";
import { ownedById, tick } from "~/notes/notes.server";
import { beyond, cutPage, PAGE } from "~/notes/paging.server";
import { keepUndo, UNDO_FOR } from "~/notes/undo.server";
import { type Arrived, settle, sweepContents } from "./contents.server";
import type { FileId } from "./file.server";
import { freeName } from "./mentions.server";
import { safeName } from "./name.server";

type Owner = { id: string };

/** Files of one note that its page shows. */
const MOST_OF_NOTE = 200;
const DAY = 86_400_000;

const SHOWN = {
  id: files.id,
  name: files.name,
  type: files.type,
  bytes: files.bytes,
  width: files.width,
  height: files.height,
  created: files.created,
};

/** A file as the pages show it. */
export type FileRow = Pick<typeof files.$inferSelect, keyof typeof SHOWN>;

/** A file that is to be kept: what came of looking at its bytes. */
export interface NewFile {
  content: Arrived;
  /** As it was sent. */
  name: string;
  type: string;
  width?: number;
  height?: number;
  thumb?: Buffer | null;
}

/** Where a file belongs: to a note, to a text that isn't saved yet, or to nothing. */
export interface Home {
  noteId: NoteId | null;
  waiting?: boolean;
  /** Where it was in the vault that it comes from, and its digest there. */
  vault?: { folder: string; origin: string };
}

let latest = 0;

/**
 * Makes a file of what has arrived, under a name that no other file of its note has.
 *
 * @throws Response 404 when the viewer has no such note.
 */
export async function keepFile(viewer: Owner, home: Home, file: NewFile): Promise<FileRow> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    if (home.noteId) await requireNote(tx, viewer, home.noteId);
    const contentKey = await settle(tx, viewer, file.content);
    const name = await freeName(tx, viewer, home.noteId, safeName(file.name));
    // Later than every other, so that files of one form stand in its order: their ids are in none.
    latest = Math.max(Date.now(), latest + 1);
    const now = latest;
    const { type, width = null, height = null } = file;
    const row = { id: uuid(), name, type, bytes: file.content.bytes, width, height, created: now };
    await tx.insert(files).values({
      ...row,
      ownerId: viewer.id,
      noteId: home.noteId,
      contentKey,
      folded: foldName(name),
      ...home.vault,
      waiting: home.waiting ? now : null,
    });
    if (file.thumb) await tx.insert(fileThumbs).values({ contentKey, bytes: file.thumb }).onConflictDoNothing();
    return row;
  });
}

/** The file that was made of the same file of a vault before; null where there is none, or it is deleted. */
export async function findImported(
  viewer: Owner,
  name: string,
  { folder, origin }: { folder: string; origin: string },
) {
  // Served by files_name.
  const [file] = await db()
    .select({ id: files.id })
    .from(files)
    .where(
      and(
        eq(files.ownerId, viewer.id),
        eq(files.folded, foldName(safeName(name))),
        eq(files.folder, folder),
        eq(files.origin, origin),
        isNull(files.removed),
      ),
    );
  return file?.id ?? null;
}

async function requireNote(tx: Database, viewer: Owner, id: NoteId) {
  const [note] = await tx.select({ id: notes.id }).from(notes).where(ownedById(viewer, id));
  if (!note) throw notFound();
}

/** The files of one note, in the order they came. */
export async function listNoteFiles(viewer: Owner, noteId: NoteId): Promise<FileRow[]> {
  // Served by files_note.
  return db()
    .select(SHOWN)
    .from(files)
    .where(and(eq(files.ownerId, viewer.id), eq(files.noteId, noteId), isNull(files.removed)))
    .orderBy(files.created, files.id)
    .limit(MOST_OF_NOTE);
}

/** One page of all of the viewer's files, the newest first, each with the note it belongs to. */
export async function listFiles(viewer: Owner, { after }: { after?: string }) {
  // Served by files_newest.
  const rows = await db()
    .select({ ...SHOWN, note: { id: notes.id, heading: notes.heading, trashed: notes.trashed } })
    .from(files)
    .leftJoin(notes, and(eq(notes.id, files.noteId), eq(notes.ownerId, viewer.id)))
    .where(
      and(
        eq(files.ownerId, viewer.id),
        isNull(files.removed),
        after ? beyond(after, files.created, files.id) : undefined,
      ),
    )
    .orderBy(desc(files.created), desc(files.id))
    .limit(PAGE + 1);
  const { page, next } = cutPage(rows, PAGE, ({ created }) => created);
  return { files: page, next };
}

/**
 * What is needed to send a file.
 *
 * @throws Response 404 when the viewer has none of this name, or has deleted it.
 */
export async function readFile(viewer: Owner, id: FileId) {
  const [file] = await db()
    .select({
      id: files.id,
      name: files.name,
      type: files.type,
      bytes: files.bytes,
      noteId: files.noteId,
      key: files.contentKey,
      digest: fileContents.digest,
    })
    .from(files)
    .innerJoin(fileContents, eq(fileContents.key, files.contentKey))
    .where(owned(viewer, id));
  if (!file?.digest) throw notFound();
  return { ...file, digest: file.digest };
}

/**
 * The small picture of a picture.
 *
 * @throws Response 404 when there is none, or no such file of the viewer's.
 */
export async function readThumb(viewer: Owner, id: FileId) {
  const [thumb] = await db()
    .select({ bytes: fileThumbs.bytes, digest: fileContents.digest })
    .from(files)
    .innerJoin(fileContents, eq(fileContents.key, files.contentKey))
    .innerJoin(fileThumbs, eq(fileThumbs.contentKey, files.contentKey))
    .where(owned(viewer, id));
  if (!thumb) throw notFound();
  return thumb;
}

function owned(viewer: Owner, id: FileId) {
  return and(eq(files.ownerId, viewer.id), eq(files.id, id), isNull(files.removed));
}

/**
 * Deletes a file; for ten minutes it can be brought back.
 *
 * @returns the name of the undo.
 * @throws Response 404 when the viewer has no such file.
 */
export async function deleteFile(viewer: Viewer, id: FileId): Promise<string> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const [file] = await tx
      .update(files)
      .set({ removed: Date.now() })
      .where(owned(viewer, id))
      .returning({ name: files.name });
    if (!file) throw notFound();
    return keepUndo(tx, viewer, `“${file.name}” is deleted.`, { notes: [], files: [id] });
  });
}

/**
 * Removes for good what was deleted ten minutes ago, and what waited a day for a text that was never
 * saved; and takes away the contents that nothing has any more. A file that an open draft mentions
 * goes on waiting, and one that an earlier or refused text mentions goes to that text's note.
 *
 * @returns how many files went.
 */
export async function purgeFiles(now = Date.now()): Promise<number> {
  // Served by files_waiting.
  const stale = await db()
    .select({ id: files.id, ownerId: files.ownerId })
    .from(files)
    .where(lte(files.waiting, now - DAY))
    .limit(MOST_OF_NOTE);
  // Looked for before the transaction: everybody's saves would wait for it.
  const wanted: [owner: Owner, id: string, by: Wanted][] = [];
  for (const ownerId of new Set(stale.map((file) => file.ownerId))) {
    const owner = { id: ownerId };
    const ids = stale.filter((file) => file.ownerId === ownerId).map(({ id }) => id);
    for (const [id, by] of await wantedBy(owner, ids)) wanted.push([owner, id, by]);
  }
  const gone = await transaction(async (tx) => {
    // Served by files_removed.
    const removed = await tx
      .delete(files)
      .where(lte(files.removed, now - UNDO_FOR))
      .returning({ id: files.id });
    const kept = new Set(wanted.map(([, id]) => id));
    const left = stale.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    for (const [owner, id, by] of wanted)
      await tx
        .update(files)
        .set(by === "draft" ? { waiting: now } : { noteId: by.noteId, waiting: null })
        .where(and(eq(files.ownerId, owner.id), eq(files.id, id), isNotNull(files.waiting)));
    // One that a text has taken meanwhile waits no longer.
    if (left.length > 0) await tx.delete(files).where(and(inArray(files.id, left), isNotNull(files.waiting)));
    return removed.length + left.length;
  });
  await sweepContents();
  return gone;
}

/** Who still mentions a file that waits: a draft, for which it goes on waiting, or an earlier text of a note. */
type Wanted = "draft" | { noteId: string };

/** Texts that are looked through at once. */
const TEXTS_AT_ONCE = 50;

async function wantedBy(owner: Owner, ids: string[]): Promise<Map<string, Wanted>> {
  const found = new Map<string, Wanted>();
  const look = (content: string, by: Wanted) => {
    for (const id of ids) if (!found.has(id) && content.includes(`/files/${id}`)) found.set(id, by);
  };
  // Served by drafts_open: a hundred a person at most.
  const open = await db().select({ content: drafts.content }).from(drafts).where(openOf(owner));
  for (const { content } of open) look(content, "draft");
  // Served by note_versions_owner; the texts by their key, with a turn for everybody else between.
  const versions = await db()
    .select({ id: noteVersions.id })
    .from(noteVersions)
    .where(eq(noteVersions.ownerId, owner.id));
  for (let place = 0; place < versions.length && found.size < ids.length; place += TEXTS_AT_ONCE) {
    const some = versions.slice(place, place + TEXTS_AT_ONCE).map(({ id }) => id);
    const texts = await db()
      .select({ noteId: noteVersions.noteId, content: noteVersions.content })
      .from(noteVersions)
      .where(and(eq(noteVersions.ownerId, owner.id), inArray(noteVersions.id, some)));
    for (const { noteId, content } of texts) look(content, { noteId });
    await new Promise((turn) => setImmediate(turn));
  }
  return found;
}
