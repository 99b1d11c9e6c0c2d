import { and, desc, eq, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db } from "~/db/engine.server";
import { notes, noteVersions } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { changeLine } from "./change-line.server";
import type { NoteId, NoteText, VersionId } from "./note.server";
import { beyond, Cursor, cutPage, PAGE } from "./paging.server";
import { wordDifference } from "./word-difference.server";

/** Which page of a note's earlier texts. */
export const VersionFilter = z.object({ after: Cursor.optional() });

/**
 * One page of the earlier texts of a note, latest first.
 *
 * @returns `next`, the cursor of the page that follows, null on the last one.
 * @throws Response 404 when the viewer has no such note.
 */
export async function listVersions(viewer: Viewer, id: NoteId, { after }: z.infer<typeof VersionFilter>) {
  const [[note], rows] = await Promise.all([
    db()
      .select({ id: notes.id, heading: notes.heading })
      .from(notes)
      .where(and(eq(notes.ownerId, viewer.id), eq(notes.id, id))),
    // Served by note_versions_latest. The number of bytes stands in a row's head: no text is read for it.
    db()
      .select({
        id: noteVersions.id,
        title: noteVersions.title,
        fate: noteVersions.fate,
        saved: noteVersions.saved,
        change: noteVersions.change,
        bytes: sql<number>`octet_length(${noteVersions.content})`,
      })
      .from(noteVersions)
      .where(and(ofNote(viewer, id), after ? beyond(after, noteVersions.saved, noteVersions.id) : undefined))
      .orderBy(desc(noteVersions.saved), desc(noteVersions.id))
      .limit(PAGE + 1),
  ]);
  if (!note) throw notFound();
  const { page, next } = cutPage(rows, PAGE, ({ saved }) => saved);
  return { note, versions: page, next };
}

/**
 * One earlier text of a note.
 *
 * @throws Response 404 when this note has none of that name, or isn't the viewer's.
 */
export async function readVersion(viewer: Viewer, id: NoteId, version: VersionId) {
  const [found] = await db()
    .select({
      id: noteVersions.id,
      title: noteVersions.title,
      fate: noteVersions.fate,
      saved: noteVersions.saved,
      content: noteVersions.content,
    })
    .from(noteVersions)
    .where(and(ofNote(viewer, id), eq(noteVersions.id, version)));
  if (!found) throw notFound();
  return found;
}

/** Which two texts of a note are compared; `now` is the one it has. */
export const ComparedVersions = z.object({
  from: z.union([z.uuid(), z.literal("now")]).default("now"),
  to: z.union([z.uuid(), z.literal("now")]).default("now"),
  as: z.literal("sides").optional().catch(undefined),
});

/**
 * What differs between two texts of a note, with those that could be chosen instead: the latest.
 *
 * @throws Response 404 when the note isn't the viewer's, or has no such text.
 */
export async function compareVersions(viewer: Viewer, id: NoteId, { from, to }: z.infer<typeof ComparedVersions>) {
  const [list, present] = await Promise.all([listVersions(viewer, id, {}), readPresent(viewer, id)]);
  const now = { ...present, id: "now", saved: present.updated };
  const read = async (name: string) => (name === "now" ? now : readVersion(viewer, id, name as VersionId));
  const [before, after] = await Promise.all([read(from), read(to)]);
  const shown = ({ id, title, saved }: typeof before) => ({ id, title, saved });
  return {
    note: list.note,
    from: shown(before),
    to: shown(after),
    stretches: wordDifference(before.content, after.content),
    choices: [shown(now), ...list.versions.map(({ id, title, saved }) => ({ id, title, saved }))],
  };
}

async function readPresent(viewer: Viewer, id: NoteId) {
  const [note] = await db()
    .select({ title: notes.title, updated: notes.updated, content: notes.content })
    .from(notes)
    .where(and(eq(notes.ownerId, viewer.id), eq(notes.id, id)));
  if (!note) throw notFound();
  return note;
}

/** The text that a note had as this version, or null when that was never replaced. */
export async function readReplaced(
  viewer: Viewer,
  id: NoteId,
  version: number,
  connection: Database = db(),
): Promise<NoteText | null> {
  const [found] = await connection
    .select({ title: noteVersions.title, content: noteVersions.content })
    .from(noteVersions)
    .where(and(ofNote(viewer, id), eq(noteVersions.version, version), eq(noteVersions.fate, "replaced")));
  return found ?? null;
}

/** Keeps the text that a save is about to replace by `next`, with what that changes. */
export async function keepReplaced(
  tx: Database,
  viewer: Viewer,
  { id, version, title, content, updated }: NoteText & { id: string; version: number; updated: number },
  next: Partial<NoteText>,
) {
  const change = changeLine({ title, content }, { title, content, ...next });
  await keep(tx, viewer, { noteId: id, version, fate: "replaced", title, content, saved: updated, change });
}

/** Keeps a text that a conflict refused; the same form sent twice keeps it once. */
export async function keepRefused(
  tx: Database,
  viewer: Viewer,
  id: NoteId,
  version: number,
  { title, content }: NoteText,
) {
  const kept = await tx
    .select({ title: noteVersions.title, content: noteVersions.content })
    .from(noteVersions)
    .where(and(ofNote(viewer, id), eq(noteVersions.version, version), eq(noteVersions.fate, "refused")));
  if (kept.some((text) => text.title === title && text.content === content)) return;
  await keep(tx, viewer, { noteId: id, version, fate: "refused", title, content, saved: Date.now() });
}

type Kept = Omit<typeof noteVersions.$inferInsert, "id" | "ownerId">;

async function keep(tx: Database, viewer: Viewer, text: Kept) {
  await tx.insert(noteVersions).values({ id: uuid(), ownerId: viewer.id, ...text });
}

function ofNote(viewer: Viewer, id: NoteId) {
  return and(eq(noteVersions.ownerId, viewer.id), eq(noteVersions.noteId, id));
}
