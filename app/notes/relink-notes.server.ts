import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { noteLinks, notes, noteVersions } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { countLinking, setLinks } from "./links.server";
import { canBeLinked, type Reading } from "./markdown/reading.server";
import { relink } from "./markdown/relink.server";
import { linkPlaces, reading } from "./markdown/rendered.server";
import { linkName } from "./markdown/wikilink";
import { NoteContent, type NoteId, NoteTitle } from "./note.server";
import { ownedById, tasksIn, tick } from "./notes.server";
import { type ReadText, rewriteText, TEXT, unchanged } from "./rewrite.server";
import { setTags } from "./tags.server";

/** Links to a title that the note had are to go to the one it has. */
export const Relinking = z.object({ from: NoteTitle });

/** How often it begins anew because notes were saved while they were read. */
const TRIES = 5;

/**
 * What the page of a renamed note offers: how many notes link to a title that it had.
 *
 * @returns null where none does; `possible` is false where a link to the new title can't be written.
 */
export async function readRenamed(
  viewer: Viewer,
  { id, title }: { id: NoteId; title: string },
  from: string | undefined,
) {
  if (!from || linkName(from) === linkName(title) || !(await wasCalled(viewer, id, from))) return null;
  const notes = await countLinking(viewer, id, from);
  return notes > 0 ? { from, notes, possible: canBeLinked(title.trim()) } : null;
}

/** The address is anybody's to write: only titles that the note had are offered. */
async function wasCalled(viewer: Viewer, id: NoteId, title: string) {
  // Served by note_versions_note.
  const [version] = await db()
    .select({ id: noteVersions.id })
    .from(noteVersions)
    .where(and(eq(noteVersions.ownerId, viewer.id), eq(noteVersions.noteId, id), eq(noteVersions.title, title)))
    .limit(1);
  return version !== undefined;
}

/**
 * Makes the links to a title that a note had go to the one it has, in every text; those are new
 * versions. A text that can't be read, or would become too long, is left alone.
 *
 * @returns how many texts were changed and how many left alone.
 * @throws Response 404 when the viewer has no such note, or it never had that title.
 */
export async function relinkNotes(
  viewer: Viewer,
  id: NoteId,
  from: string,
): Promise<{ changed: number; left: number }> {
  for (let tries = 1; ; tries += 1) {
    const title = await titleOf(viewer, id);
    const renamed = await readRenamed(viewer, { id, title }, from);
    if (!renamed) {
      if (!(await wasCalled(viewer, id, from))) throw notFound();
      return { changed: 0, left: 0 };
    }
    const texts = await textsLinkingTo(viewer, from);
    if (!renamed.possible) return { changed: 0, left: texts.length };
    // Read before the transaction: everybody's saves would wait for it.
    const read: Relinked[] = [];
    for (const text of texts) read.push(await relinked(text, from, title.trim()));
    const done = await transaction((tx) => write(tx, viewer, { id, title, from }, read));
    if (done) return done;
    if (tries === TRIES) throw new Error("Links could not be updated: the notes were saved all the time.");
  }
}

async function titleOf(viewer: Viewer, id: NoteId, connection: Database = db()) {
  const [note] = await connection.select({ title: notes.title }).from(notes).where(ownedById(viewer, id));
  if (!note) throw notFound();
  return note.title;
}

function linkingTo(viewer: Viewer, title: string) {
  return and(eq(noteLinks.ownerId, viewer.id), eq(noteLinks.target, linkName(title)), eq(notes.ownerId, viewer.id));
}

/** The notes of the viewer that link to a title, the trash included. */
function textsLinkingTo(viewer: Viewer, title: string) {
  return db()
    .select(TEXT)
    .from(notes)
    .innerJoin(noteLinks, eq(noteLinks.noteId, notes.id))
    .where(linkingTo(viewer, title));
}

interface Relinked {
  text: ReadText;
  /** Null where the text is left alone. */
  now: { content: string; reading: Reading } | null;
}

async function relinked(text: ReadText, from: string, to: string): Promise<Relinked> {
  const content = relink(text.content, (await linkPlaces(text.content)) ?? [], from, to);
  if (content === text.content || !NoteContent.safeParse(content).success) return { text, now: null };
  const found = await reading(content);
  // Among other marks the new title may be read as something else than a link.
  const linked = found?.links.some(({ name }) => name === linkName(to));
  return { text, now: found && linked ? { content, reading: found } : null };
}

/** @returns null where a note was saved since it was read: nothing is changed then. */
async function write(
  tx: Database,
  viewer: Viewer,
  { id, title, from }: { id: NoteId; title: string; from: string },
  read: Relinked[],
) {
  await tick(tx, viewer);
  const now = await tx
    .select({ id: notes.id, version: notes.version })
    .from(notes)
    .innerJoin(noteLinks, eq(noteLinks.noteId, notes.id))
    .where(linkingTo(viewer, from));
  const texts = read.map(({ text }) => text);
  if (!unchanged(texts, now) || (await titleOf(viewer, id, tx)) !== title) return null;
  let changed = 0;
  for (const { text, now } of read) {
    if (!now) continue;
    const { content, reading } = now;
    await rewriteText(tx, viewer, text, content, tasksIn(reading));
    await setTags(tx, viewer, text.id, { written: reading.tags });
    await setLinks(tx, viewer, text.id, reading.links);
    changed += 1;
  }
  return { changed, left: read.length - changed };
}
