import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { notes, noteTags, tags } from "~/db/schema.server";
import { tagPlaces } from "./markdown/rendered.server";
import { retag } from "./markdown/retag.server";
import { foldName, isTagName, lowest } from "./markdown/tag";
import { NoteContent } from "./note.server";
import { tick } from "./notes.server";
import { type ReadText, rewriteText, TEXT, unchanged } from "./rewrite.server";
import { readTag, setTagsOfMany, spell, spelled } from "./tags.server";
import { keepUndo, type Renaming } from "./undo.server";

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
 * @returns the name of the undo, which says what was done, and the tag as it is called now; or `exists`
 * where there is a tag of that name and `merge` wasn't said: nothing is done then.
 * @throws Response 404 when no note of the viewer has the tag.
 */
export async function renameTag(
  viewer: Viewer,
  from: string,
  { name: to, merge }: z.infer<typeof RenamedTag>,
): Promise<{ undo: string; tag: string } | { exists: string }> {
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
  const rewritten: Renaming["texts"] = [];
  for (const { text, content } of read) {
    if (content === null || content === text.content) continue;
    // The words around its links may hold the tag: they are read again at the next start.
    await rewriteText(tx, viewer, text, content, { reading: 0 });
    rewritten.push({ id: text.id, version: text.version + 1 });
  }
  const notesWith = await tagged(tx, viewer, from);
  const left = read.filter(({ content }) => content === null);
  for (const { text } of left) notesWith.delete(text.id);
  const all = new Set([...notesWith.values()].flatMap((had) => [...had.given, ...had.written]));
  const names = await renamedNames(tx, viewer, [...all], from, to);
  const changes = [...notesWith].map(([noteId, had]) => {
    const remove = had.given.filter((name) => isOrBelow(name, from));
    const [written, add] = [had.written, remove].map((names) => names.map((name) => renamed(name, from, to)));
    return [noteId, { written, add, remove }] as const;
  });
  await setTagsOfMany(tx, viewer, new Map(changes));
  for (const name of all) if (isOrBelow(name, from)) await spell(tx, viewer, renamed(name, from, to));
  const renaming = { from, to, texts: rewritten, given: inForms(notesWith, from, to), names };
  const done = sayDone(renaming, notesWith.size) + sayLeft(left.length);
  // With every note left alone there may be no tag of the new name.
  const tag = notesWith.size > 0 ? to : from;
  return { undo: await keepUndo(tx, viewer, done, { notes: [], renaming }), tag };
}

function sayDone({ from, to, texts, given, names }: Renaming, count: number) {
  if (texts.length + given.length + names.length === 0) return "Nothing was changed.";
  return `#${from} is #${to} now, in ${count === 1 ? "1 note" : `${count} notes`}.`;
}

function sayLeft(count: number) {
  if (count === 0) return "";
  const left = count === 1 ? "1 note was left alone and has" : `${count} notes were left alone and have`;
  return ` ${left} the tag as it was: the text would be too long with the new name, or can’t be read.`;
}

/** Tags that get another name or another spelling; a tag keeps the one that it was written with first, until now. */
async function renamedNames(tx: Database, viewer: Viewer, all: string[], from: string, to: string) {
  const own = all.filter((name) => isOrBelow(name, from));
  const targets = new Map(own.map((name) => [foldName(renamed(name, from, to)), renamed(name, from, to)]));
  const there = await spelled(tx, viewer, [...targets.values()]);
  const names: Renaming["names"] = there.map((was) => ({ was, is: targets.get(foldName(was)) ?? was }));
  const gone = own.filter((name) => !targets.has(foldName(name))).map((was) => ({ was, is: null }));
  return [...names.filter(({ was, is }) => was !== is), ...gone];
}

/** What becomes of the tags in the forms of notes, those with the same change together. */
function inForms(notesWith: Tagged, from: string, to: string): Renaming["given"] {
  const groups = new Map<string, Renaming["given"][number]>();
  for (const [noteId, had] of notesWith) {
    const before = lowest(had.given);
    const after = lowest(before.map((name) => renamed(name, from, to)));
    const has = lowest(before.filter((name) => isOrBelow(name, from)).map((name) => renamed(name, from, to)));
    const [gone, come] = [without(before, after), without(after, before)];
    if (gone.length + come.length === 0) continue;
    const key = `${gone} ${come} ${has}`;
    const group = groups.get(key) ?? { gone, come, has, notes: [] };
    groups.set(key, group);
    group.notes.push(noteId);
  }
  return [...groups.values()];
}

function without(names: string[], others: string[]) {
  const folded = new Set(others.map(foldName));
  return names.filter((name) => !folded.has(foldName(name)));
}

type Tagged = Awaited<ReturnType<typeof tagged>>;

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
    if (row.given) found.given.push(row.name);
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
