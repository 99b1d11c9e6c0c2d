import { and, eq, inArray, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db } from "~/db/engine.server";
import { notes, noteVersions } from "~/db/schema.server";
import { setLinks } from "./links.server";
import type { Reading } from "./markdown/reading.server";
import { readingOfAny } from "./markdown/rendered.server";
import { tasksIn } from "./notes.server";
import { type ReadText, rewriteText, TEXT } from "./rewrite.server";
import { inParts, readTag, setTagsOfMany, spell, withGiven } from "./tags.server";
import type { Renaming } from "./undo.server";

/** A text that a renaming wrote, the one before it, and what was read of that: null where it took too long. */
export interface Renamed {
  text: ReadText;
  earlier: string;
  reading: Reading | null;
}

/**
 * The texts that can be put back, as they were before the tag was renamed. To be asked for before the
 * transaction: everybody's saves would wait for it.
 */
export async function readRenamed(viewer: Viewer, { texts }: Renaming): Promise<Renamed[]> {
  const versions = new Map(texts.map(({ id, version }) => [id, version]));
  const read: Renamed[] = [];
  for (const some of inParts([...versions.keys()])) {
    // Served by notes_id and note_versions_replaced.
    const rows = await db()
      .select({ text: TEXT, earlier: noteVersions.content })
      .from(notes)
      .innerJoin(
        noteVersions,
        and(
          eq(noteVersions.noteId, notes.id),
          eq(noteVersions.version, sql`${notes.version} - 1`),
          eq(noteVersions.fate, "replaced"),
        ),
      )
      .where(and(eq(notes.ownerId, viewer.id), eq(noteVersions.ownerId, viewer.id), inArray(notes.id, some)));
    for (const { text, earlier } of rows)
      if (text.version === versions.get(text.id)) read.push({ text, earlier, reading: await readingOfAny(earlier) });
  }
  return read;
}

/**
 * Takes back that a tag was renamed: the tags of the forms that still have what this gave them, the
 * texts that are still as this wrote them, as new versions, and the spelling of its name. The
 * transaction is the caller's.
 *
 * @returns the headings of the notes whose text was left alone, and the tag as it is called now.
 */
export async function unrenameTag(
  tx: Database,
  viewer: Viewer,
  { from, to, texts, given, names }: Renaming,
  read: Renamed[],
): Promise<{ left: { heading: string }[]; tag: string | null }> {
  const now = await standing(tx, viewer, texts);
  const same = read.filter(({ text }) => now.get(text.id)?.version === text.version);
  for (const { text } of same) now.delete(text.id);
  const changes = new Map<string, { written?: string[]; add?: string[]; remove?: string[] }>();
  for (const { text, earlier, reading } of same) {
    await rewriteText(tx, viewer, text, earlier, reading ? tasksIn(reading) : { reading: 0 });
    if (!reading) continue;
    if (reading.links.length > 0) await setLinks(tx, viewer, text.id, reading.links);
    changes.set(text.id, { written: reading.tags });
  }
  for (const { gone, come, has, notes } of given)
    for (const id of await withGiven(tx, viewer, notes, has))
      changes.set(id, { ...changes.get(id), add: gone, remove: come });
  await setTagsOfMany(tx, viewer, changes);
  for (const { was, is } of names) await spell(tx, viewer, was, is ?? undefined);
  const found = await Promise.all([from, to].map((name) => readTag(viewer, name, tx).catch(() => null)));
  return { left: [...now.values()], tag: found.find((tag) => tag !== null)?.name ?? null };
}

/** The notes of a renaming that are still there. */
async function standing(tx: Database, viewer: Viewer, texts: Renaming["texts"]) {
  const found = new Map<string, { heading: string; version: number }>();
  for (const some of inParts(texts.map(({ id }) => id))) {
    const rows = await tx
      .select({ id: notes.id, heading: notes.heading, version: notes.version })
      .from(notes)
      .where(and(eq(notes.ownerId, viewer.id), inArray(notes.id, some)));
    for (const { id, ...note } of rows) found.set(id, note);
  }
  return found;
}
