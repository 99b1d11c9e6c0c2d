import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { notes, noteTags, tags } from "~/db/schema.server";
import { tagPlaces } from "./markdown/rendered.server";
import { retag } from "./markdown/retag.server";
import { foldName, isTagName } from "./markdown/tag";
import { NoteContent } from "./note.server";
import { tick } from "./notes.server";
import { type ReadText, rewriteText, TEXT, unchanged } from "./rewrite.server";
import { readTag, setTagsOfMany } from "./tags.server";

/** Another name for a tag; `merge` says that it may be the name of one that there is already. */
export const RenamedTag = z.object({
  name: z
    .string()
    .trim()
    .transform((name) => name.replace(/^#/, "").normalize("NFC"))
    .refine(isTagName, "A tag is letters, digits, “-” and “_”, in parts divided by “/”, and not a number alone."),
  merge: z.literal("yes").optional(),
});

/** How often a rename begins anew because notes were saved while it read them. */
const TRIES = 5;

/**
 * Renames a tag and all below it, in every note that has it and in every text it stands in; those
 * are new versions. With the name of another tag the two become one. A note whose text can't be read,
 * or would become too long, is left alone and keeps the tag.
 *
 * @returns how many notes and texts were changed and how many notes left alone, or `exists` where there is a tag of that name and
 * `merge` wasn't said: nothing is done then.
 * @throws Response 404 when no note of the viewer has the tag.
 */
export async function renameTag(
  viewer: Viewer,
  from: string,
  { name: to, merge }: z.infer<typeof RenamedTag>,
): Promise<{ notes: number; texts: number; left: number } | { exists: string }> {
  await readTag(viewer, from);
  const other = foldName(from) === foldName(to) ? null : await readTag(viewer, to).catch(() => null);
  if (other && !merge) return { exists: other.name };
  for (let tries = 1; ; tries += 1) {
    const texts = await textsWith(viewer, from);
    // Read before the transaction: everybody's saves would wait for it.
    const read: Retagged[] = [];
    for (const text of texts) read.push(await retagged(text, from, to));
    const changed = await transaction((tx) => rename(tx, viewer, from, to, read));
    if (changed) return changed;
    if (tries === TRIES) throw new Error("A tag could not be renamed: its notes were saved all the time.");
  }
}

/** The notes of the viewer that have the tag in their text. */
async function textsWith(viewer: Viewer, name: string) {
  const { id } = await readTag(viewer, name);
  return db().select(TEXT).from(notes).innerJoin(noteTags, eq(noteTags.noteId, notes.id)).where(withTag(viewer, id));
}

function withTag(viewer: Viewer, id: string) {
  return and(eq(notes.ownerId, viewer.id), eq(noteTags.tagId, id), eq(noteTags.written, 1));
}

interface Retagged {
  text: ReadText;
  /** Null where the note is left alone. */
  content: string | null;
}

async function retagged(text: ReadText, from: string, to: string): Promise<Retagged> {
  const places = await tagPlaces(text.content);
  if (!places) return { text, content: null };
  const content = retag(text.content, places, from, to);
  return { text, content: content === text.content || NoteContent.safeParse(content).success ? content : null };
}

/** @returns null where a note was saved since its text was read: nothing is changed then. */
async function rename(tx: Database, viewer: Viewer, from: string, to: string, read: Retagged[]) {
  await tick(tx, viewer);
  const { id } = await readTag(viewer, from, tx);
  const now = await tx
    .select({ id: notes.id, version: notes.version })
    .from(notes)
    .innerJoin(noteTags, eq(noteTags.noteId, notes.id))
    .where(withTag(viewer, id));
  const texts = read.map(({ text }) => text);
  if (!unchanged(texts, now)) return null;
  let rewritten = 0;
  for (const { text, content } of read) {
    if (content === null || content === text.content) continue;
    // The words around its links may hold the tag: they are read again at the next start.
    await rewriteText(tx, viewer, text, content, { reading: 0 });
    rewritten += 1;
  }
  const given = await tagged(tx, viewer, from);
  const left = read.filter(({ content }) => content === null);
  for (const { text } of left) given.delete(text.id);
  const changes = [...given].map(([noteId, had]) => {
    const [written, add] = [had.written, had.given].map((names) => names.map((name) => renamed(name, from, to)));
    return [noteId, { written, add, remove: had.given }] as const;
  });
  await setTagsOfMany(tx, viewer, new Map(changes));
  for (const name of new Set([...given.values()].flatMap((had) => [...had.given, ...had.written])))
    if (isOrBelow(name, from)) await spell(tx, viewer, renamed(name, from, to));
  return { notes: given.size, texts: rewritten, left: left.length };
}

/** A tag keeps the name that it was written with first; here it gets the one that is wanted. */
async function spell(tx: Database, viewer: Viewer, name: string) {
  await tx
    .update(tags)
    .set({ name })
    .where(and(eq(tags.ownerId, viewer.id), eq(tags.folded, foldName(name))));
}

/** All tags of the notes that have this one, note by note. */
async function tagged(tx: Database, viewer: Viewer, name: string) {
  const { id } = await readTag(viewer, name, tx);
  const having = tx
    .select({ noteId: noteTags.noteId })
    .from(noteTags)
    .where(and(eq(noteTags.ownerId, viewer.id), eq(noteTags.tagId, id)));
  const rows = await tx
    .select({ noteId: noteTags.noteId, name: tags.name, given: noteTags.given, written: noteTags.written })
    .from(noteTags)
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .where(and(eq(noteTags.ownerId, viewer.id), inArray(noteTags.noteId, having)));
  const notesWith = new Map<string, { given: string[]; written: string[] }>();
  for (const row of rows) {
    const found = notesWith.get(row.noteId) ?? { given: [], written: [] };
    if (row.given && isOrBelow(row.name, name)) found.given.push(row.name);
    if (row.written) found.written.push(row.name);
    notesWith.set(row.noteId, found);
  }
  return notesWith;
}

function isOrBelow(name: string, above: string) {
  return `${foldName(name)}/`.startsWith(`${foldName(above)}/`);
}

function renamed(name: string, from: string, to: string) {
  return isOrBelow(name, from) ? [to, ...name.split("/").slice(from.split("/").length)].join("/") : name;
}
