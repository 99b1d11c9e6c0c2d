import { and, asc, eq, exists, inArray, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { type Database, db } from "~/db/engine.server";
import { notes, noteTags, tags } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { foldName, isBelow } from "./markdown/tag";

type Owner = { id: string };

/** Each name with the names above it: `a/b` stands in the list of `a` too. */
export function withParents(names: string[]): string[] {
  const all = names.flatMap((name) => {
    const parts = name.split("/");
    return parts.map((_, count) => parts.slice(0, count + 1).join("/"));
  });
  return [...new Map(all.map((name) => [foldName(name), name])).values()];
}

/** All tags of the viewer by name, with how many notes of the lists have each. */
export async function listTags({ id }: Owner) {
  // Served by tags_name.
  return db()
    .select({ name: tags.name, notes: tags.notes })
    .from(tags)
    .where(eq(tags.ownerId, id))
    .orderBy(asc(tags.folded));
}

/**
 * A tag by its name, whatever its case.
 *
 * @throws Response 404 when no note of the viewer has it.
 */
export async function readTag({ id }: Owner, name: string, connection: Database = db()) {
  const [tag] = await connection
    .select({ id: tags.id, name: tags.name, notes: tags.notes })
    .from(tags)
    .where(and(eq(tags.ownerId, id), eq(tags.folded, foldName(name))));
  if (!tag) throw notFound();
  return tag;
}

/** The tags of a note, without those that stand above another one of it; `given` in its form, or written in its text. */
export async function tagsOf({ id }: Owner, noteId: string, connection: Database = db()) {
  const found = await connection
    .select({ name: tags.name, folded: tags.folded, given: noteTags.given })
    .from(noteTags)
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .where(and(eq(noteTags.ownerId, id), eq(noteTags.noteId, noteId)))
    .orderBy(asc(tags.folded));
  return found
    .filter(({ folded, given }) => !found.some((other) => isBelow(other.folded, folded) && other.given === given))
    .map(({ name, given }) => ({ name, given: given === 1 }));
}

/** How a note's tags change: those that stand in its text become `written`, and of those given in its form some come or go. */
interface TagChange {
  written?: string[];
  add?: string[];
  remove?: string[];
}

/** Makes `written` the tags that stand in the note's text, and changes those given in its form. */
export function setTags(tx: Database, owner: Owner, noteId: string, change: TagChange) {
  return setTagsOfMany(tx, owner, new Map([[noteId, change]]));
}

/** Notes or names in one statement: SQLite takes 32,766 parameters. */
const AT_ONCE = 1_000;

/**
 * The same for many notes, by their ids. As everybody's saves wait for it, the statements are as many
 * as there are tags and not as there are notes.
 */
export async function setTagsOfMany(tx: Database, owner: Owner, changes: Map<string, TagChange>) {
  const had = await rowsOf(tx, owner, [...changes.keys()]);
  const turned = [...changes].map(([noteId, change]) => ({ noteId, ...turn(had.get(noteId) ?? [], change) }));
  await removeTags(
    tx,
    owner,
    turned.flatMap(({ gone }) => gone),
  );
  const set = turned.flatMap(({ noteId, changed }) => changed.map((row) => ({ noteId, ...row })));
  const ids = await idsOf(tx, owner, new Map(set.map(({ folded, name }) => [folded, name])));
  const rows = set.map(({ folded, ...row }) => ({ ...row, tagId: ids.get(folded) ?? "" }));
  for (const given of [0, 1])
    for (const written of [0, 1])
      await putTags(
        tx,
        owner,
        rows.filter((row) => row.given === given && row.written === written),
        { given, written },
      );
}

async function putTags(
  tx: Database,
  owner: Owner,
  pairs: Pair[],
  { given, written }: { given: number; written: number },
) {
  for (const { noteIds, tagIds } of together(pairs))
    await tx
      .insert(noteTags)
      .select(
        tx
          .select({
            ownerId: notes.ownerId,
            noteId: sql<string>`${notes.id}`.as("note_id"),
            tagId: sql<string>`${tags.id}`.as("tag_id"),
            given: sql<number>`${given}`.as("given"),
            written: sql<number>`${written}`.as("written"),
            // The triggers copy these from the note.
            listed: sql<number>`0`.as("listed"),
            pinned: sql<number>`0`.as("pinned"),
            updated: sql<number>`0`.as("updated"),
          })
          .from(notes)
          .innerJoin(tags, and(eq(tags.ownerId, owner.id), inArray(tags.id, tagIds)))
          .where(and(eq(notes.ownerId, owner.id), inArray(notes.id, noteIds))),
      )
      .onConflictDoUpdate({
        target: [noteTags.noteId, noteTags.tagId],
        set: { given: sql`excluded.given`, written: sql`excluded.written` },
      });
}

interface Pair {
  noteId: string;
  tagId: string;
}

/** Notes and tags that belong together, each of the ones to each of the others, in few groups. */
function together(pairs: Pair[]): { noteIds: string[]; tagIds: string[] }[] {
  const byTag = [...groupBy(pairs, ({ tagId }) => tagId)];
  const byNote = [...groupBy(pairs, ({ noteId }) => noteId)].map(([noteId, rows]) => {
    return { noteId, tagIds: rows.map(({ tagId }) => tagId) };
  });
  const alike = [...groupBy(byNote, ({ tagIds }) => [...tagIds].sort().join()).values()];
  const groups =
    byTag.length < alike.length
      ? byTag.map(([tagId, rows]) => ({ noteIds: rows.map(({ noteId }) => noteId), tagIds: [tagId] }))
      : alike.map((rows) => ({ noteIds: rows.map(({ noteId }) => noteId), tagIds: rows[0]?.tagIds ?? [] }));
  return groups.flatMap(({ noteIds, tagIds }) => inParts(noteIds).map((some) => ({ noteIds: some, tagIds })));
}

export function inParts<Row>(rows: Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, part) =>
    rows.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
}

/** Those of some notes that are still there and have all of `names` in their form. */
export async function withGiven(tx: Database, owner: Owner, noteIds: string[], names: string[]): Promise<string[]> {
  const given = names.map((name) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(noteTags)
        .innerJoin(tags, eq(tags.id, noteTags.tagId))
        .where(
          and(
            eq(noteTags.ownerId, owner.id),
            eq(noteTags.noteId, notes.id),
            eq(noteTags.given, 1),
            eq(tags.folded, foldName(name)),
          ),
        ),
    ),
  );
  const found: string[] = [];
  for (const some of inParts(noteIds)) {
    const rows = await tx
      .select({ id: notes.id })
      .from(notes)
      .where(and(eq(notes.ownerId, owner.id), inArray(notes.id, some), ...given));
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

/** The tags that there are of these names, as they are spelled. */
export async function spelled(tx: Database, owner: Owner, names: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const some of inParts(names.map(foldName))) {
    const rows = await tx
      .select({ name: tags.name })
      .from(tags)
      .where(and(eq(tags.ownerId, owner.id), inArray(tags.folded, some)));
    found.push(...rows.map(({ name }) => name));
  }
  return found;
}

/** Spells a tag anew, with `was` only where it is still spelled so. */
export async function spell(tx: Database, owner: Owner, name: string, was?: string) {
  await tx
    .update(tags)
    .set({ name })
    .where(
      and(
        eq(tags.ownerId, owner.id),
        eq(tags.folded, foldName(name)),
        was === undefined ? undefined : eq(tags.name, was),
      ),
    );
}

interface TagRow {
  noteId: string;
  tagId: string;
  name: string;
  folded: string;
  given: number;
  written: number;
}

/** The tags of notes, note by note. */
async function rowsOf(tx: Database, owner: Owner, noteIds: string[]) {
  const rows: TagRow[] = [];
  for (const some of inParts(noteIds)) {
    const found = await tx
      .select({
        noteId: noteTags.noteId,
        tagId: noteTags.tagId,
        name: tags.name,
        folded: tags.folded,
        given: noteTags.given,
        written: noteTags.written,
      })
      .from(noteTags)
      .innerJoin(tags, eq(tags.id, noteTags.tagId))
      .where(and(eq(noteTags.ownerId, owner.id), inArray(noteTags.noteId, some)));
    for (const row of found) rows.push(row);
  }
  return groupBy(rows, ({ noteId }) => noteId);
}

function groupBy<Row>(rows: Row[], keyOf: (row: Row) => string) {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** What a change makes of the tags that a note had: those that go, and those that come or change. */
function turn(had: TagRow[], { written, add = [], remove = [] }: TagChange) {
  const removed = new Set(remove.map(foldName));
  const kept = had.filter(({ given, folded }) => given === 1 && !removed.has(folded));
  // What stood above a tag that goes was there for its sake only, unless another one is below it.
  const leaves = () => kept.filter(({ folded }) => !had.some((other) => other.given && isBelow(other.folded, folded)));
  const namesOf = (rows: TagRow[]) => rows.map(({ name }) => name);
  const given = byFolded([...namesOf(remove.length > 0 ? leaves() : kept), ...add]);
  const inText = byFolded(written ?? namesOf(had.filter((tag) => tag.written === 1)));
  const before = new Map(had.map((tag) => [tag.folded, tag]));
  const changed = [...new Map([...given, ...inText])]
    .map(([folded, name]) => {
      return { folded, name, given: Number(given.has(folded)), written: Number(inText.has(folded)) };
    })
    .filter(({ folded, given, written }) => {
      const was = before.get(folded);
      return was?.given !== given || was.written !== written;
    });
  return { gone: had.filter(({ folded }) => !given.has(folded) && !inText.has(folded)), changed };
}

/** Names and those above them, by folded name. */
function byFolded(names: string[]) {
  return new Map(withParents(names).map((name) => [foldName(name), name]));
}

async function removeTags(tx: Database, owner: Owner, gone: Pair[]) {
  for (const { noteIds, tagIds } of together(gone))
    await tx
      .delete(noteTags)
      .where(and(eq(noteTags.ownerId, owner.id), inArray(noteTags.noteId, noteIds), inArray(noteTags.tagId, tagIds)));
}

/** The ids of tags by folded name, of names by folded name; those that don't exist yet are made. */
async function idsOf(tx: Database, owner: Owner, names: Map<string, string>): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const some of inParts([...names])) {
    await tx
      .insert(tags)
      .values(some.map(([folded, name]) => ({ id: uuid(), ownerId: owner.id, name, folded })))
      .onConflictDoNothing();
    const found = await tx
      .select({ id: tags.id, folded: tags.folded })
      .from(tags)
      .where(
        and(
          eq(tags.ownerId, owner.id),
          inArray(
            tags.folded,
            some.map(([folded]) => folded),
          ),
        ),
      );
    for (const { id, folded } of found) ids.set(folded, id);
  }
  return ids;
}
