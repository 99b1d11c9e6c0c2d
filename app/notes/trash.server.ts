import { and, count, desc, inArray, isNotNull, isNull, lte, max, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { drafts, notes } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { settings } from "~/settings.server";
import type { NoteId } from "./note.server";
import { ownedBy, ownedById, tick } from "./notes.server";
import { beyond, Cursor, cutPage, PAGE } from "./paging.server";

const DAY = 86_400_000;

/** When a note that was thrown away at `trashed` goes for good, in milliseconds. */
export function leavesTrash(trashed: number): number {
  return trashed + trashKeeps();
}

function trashKeeps() {
  return settings().trashDays * DAY;
}

/** Which page of the trash. */
export const TrashFilter = z.object({ after: Cursor.optional() });

/** What to do with a note in the trash, or with all that was there at `seen`. */
export const TrashAction = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("restore"), note: z.string() }),
  z.object({ intent: z.literal("delete"), note: z.string() }),
  z.object({ intent: z.literal("empty"), seen: z.coerce.number().int().min(0) }),
]);

/**
 * One page of the viewer's trash, thrown away last first.
 *
 * @returns `total` and `seen`, how many notes there are on all pages and when the last was thrown
 * away; `days`, how long they stay; `next`, the cursor of the page that follows, null on the last one.
 */
export async function listTrash(viewer: Viewer, { after }: z.infer<typeof TrashFilter>) {
  // Both served by notes_trashed.
  const [[all], rows] = await Promise.all([
    db()
      .select({ total: count(), seen: max(notes.trashed) })
      .from(notes)
      .where(inTrash(viewer)),
    db()
      .select({ id: notes.id, heading: notes.heading, excerpt: notes.excerpt, trashed: notes.trashed })
      .from(notes)
      .where(and(inTrash(viewer), after ? beyond(after, notes.trashed, notes.id) : undefined))
      .orderBy(desc(notes.trashed), desc(notes.id))
      .limit(PAGE + 1),
  ]);
  const { page, next } = cutPage(rows, PAGE, ({ trashed }) => trashed ?? 0);
  const shown = page.map(({ trashed, ...note }) => ({ ...note, goes: leavesTrash(trashed ?? 0) }));
  return { total: all?.total ?? 0, seen: all?.seen ?? 0, days: settings().trashDays, notes: shown, next };
}

function inTrash(viewer: Viewer) {
  return and(ownedBy(viewer), isNotNull(notes.trashed));
}

/** The name of a note, if it is in the viewer's trash. */
export async function trashedNote(viewer: Viewer, name: string): Promise<string | null> {
  const [note] = await db()
    .select({ id: notes.id })
    .from(notes)
    .where(and(ownedById(viewer, name as NoteId), isNotNull(notes.trashed)));
  return note?.id ?? null;
}

/**
 * Puts a note into the trash; done twice, it stays as it is.
 *
 * @throws Response 404 when the viewer has no such note.
 */
export async function trashNote(viewer: Viewer, id: NoteId) {
  await transaction(async (tx) => {
    await tick(tx, viewer);
    await tx
      .update(notes)
      .set({ trashed: Date.now() })
      .where(and(ownedById(viewer, id), isNull(notes.trashed)));
    const [note] = await tx.select({ id: notes.id }).from(notes).where(ownedById(viewer, id));
    if (!note) throw notFound();
  });
}

/**
 * Takes a note out of the trash.
 *
 * @throws Response 404 when the viewer has no such note.
 */
export async function restoreNote(viewer: Viewer, id: NoteId) {
  await change(viewer, (tx) =>
    tx.update(notes).set({ trashed: null }).where(ownedById(viewer, id)).returning({ id: notes.id }),
  );
}

/**
 * Deletes a note that is in the trash, its versions with it.
 *
 * @throws Response 404 when there is none in the viewer's trash.
 */
export async function deleteNote(viewer: Viewer, id: NoteId) {
  await change(viewer, (tx) => deleteForGood(tx, and(ownedById(viewer, id), isNotNull(notes.trashed))));
}

/**
 * Empties the viewer's trash of what was in it at `seen`, the time on the page that was looked at:
 * what was thrown away since, in another tab, stays.
 *
 * @returns how many notes went.
 */
export async function emptyTrash(viewer: Viewer, seen: number): Promise<number> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const gone = await deleteForGood(tx, and(inTrash(viewer), lte(notes.trashed, seen)));
    return gone.length;
  });
}

/** Deletes everybody's notes that were in the trash for as long as it keeps them. @returns how many. */
export async function purgeTrash(now = Date.now()): Promise<number> {
  return transaction(async (tx) => {
    // Served by notes_due.
    const due = await deleteForGood(tx, and(isNotNull(notes.trashed), lte(notes.trashed, now - trashKeeps())));
    for (const id of new Set(due.map((note) => note.ownerId))) await tick(tx, { id });
    return due.length;
  });
}

/** What was typed for those notes and never saved stays: their drafts become drafts of new notes. */
async function deleteForGood(tx: Database, which: SQL | undefined) {
  await tx
    .update(drafts)
    .set({ noteId: null, version: 0 })
    // Served by drafts_note. Those that were dropped a moment ago can still be had back.
    .where(inArray(drafts.noteId, tx.select({ id: notes.id }).from(notes).where(which)));
  return tx.delete(notes).where(which).returning({ id: notes.id, ownerId: notes.ownerId });
}

type Change = Parameters<Parameters<typeof transaction<{ id: string }[]>>[0]>[0];

async function change(viewer: Viewer, work: (tx: Change) => Promise<{ id: string }[]>) {
  await transaction(async (tx) => {
    await tick(tx, viewer);
    const changed = await work(tx);
    if (changed.length === 0) throw notFound();
  });
}
