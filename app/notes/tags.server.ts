import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { type Database, db } from "~/db/engine.server";
import { noteTags, tags } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { foldName } from "./markdown/tag";

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
    .select({ name: tags.name, given: noteTags.given })
    .from(noteTags)
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .where(and(eq(noteTags.ownerId, id), eq(noteTags.noteId, noteId)))
    .orderBy(asc(tags.folded));
  return found
    .map(({ name, given }) => ({ name, given: given === 1 }))
    .filter(({ name, given }) => !found.some((other) => isBelow(other.name, name) && other.given === Number(given)));
}

function isBelow(name: string, above: string) {
  return foldName(name).startsWith(`${foldName(above)}/`);
}

/** Makes `written` the tags that stand in the note's text, and changes those given in its form. */
export async function setTags(
  tx: Database,
  owner: Owner,
  noteId: string,
  { written, add = [], remove = [] }: { written?: string[]; add?: string[]; remove?: string[] },
) {
  const had = await tx
    .select({ tagId: noteTags.tagId, name: tags.name, given: noteTags.given, written: noteTags.written })
    .from(noteTags)
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .where(and(eq(noteTags.ownerId, owner.id), eq(noteTags.noteId, noteId)));
  const folded = (names: string[]) => new Set(names.map(foldName));
  const names = (origin: "given" | "written") => had.filter((tag) => tag[origin] === 1).map(({ name }) => name);
  const removed = folded(remove);
  // What stood above a tag that goes was there for its sake only, unless another one is below it.
  const kept = names("given").filter((name) => !removed.has(foldName(name)));
  const leaves = kept.filter((name) => !had.some((other) => other.given && isBelow(other.name, name)));
  const given = withParents([...(remove.length > 0 ? leaves : kept), ...add]);
  const inText = withParents(written ?? names("written"));
  const [hasGiven, hasWritten] = [folded(given), folded(inText)];
  const gone = had.filter(({ name }) => !hasGiven.has(foldName(name)) && !hasWritten.has(foldName(name)));
  if (gone.length > 0) await removeTags(tx, owner, noteId, gone);
  const wanted = new Map([...given, ...inText].map((name) => [foldName(name), name]));
  const flags = (key: string) => ({ given: Number(hasGiven.has(key)), written: Number(hasWritten.has(key)) });
  const before = new Map(had.map((tag) => [foldName(tag.name), tag]));
  const changed = [...wanted].filter(([key]) => {
    const now = flags(key);
    const was = before.get(key);
    return was?.given !== now.given || was.written !== now.written;
  });
  if (changed.length === 0) return;
  const ids = await idsOf(
    tx,
    owner,
    changed.map(([, name]) => name),
  );
  const rows = changed.map(([key]) => ({ ownerId: owner.id, noteId, tagId: ids.get(key) ?? "", ...flags(key) }));
  await tx
    .insert(noteTags)
    .values(rows)
    .onConflictDoUpdate({
      target: [noteTags.noteId, noteTags.tagId],
      set: { given: sql`excluded.given`, written: sql`excluded.written` },
    });
}

function removeTags(tx: Database, owner: Owner, noteId: string, gone: { tagId: string }[]) {
  const ids = gone.map(({ tagId }) => tagId);
  return tx
    .delete(noteTags)
    .where(and(eq(noteTags.ownerId, owner.id), eq(noteTags.noteId, noteId), inArray(noteTags.tagId, ids)));
}

/** The ids of tags by folded name; those that don't exist yet are made. */
async function idsOf(tx: Database, owner: Owner, names: string[]): Promise<Map<string, string>> {
  await tx
    .insert(tags)
    .values(names.map((name) => ({ id: uuid(), ownerId: owner.id, name, folded: foldName(name) })))
    .onConflictDoNothing();
  const found = await tx
    .select({ id: tags.id, folded: tags.folded })
    .from(tags)
    .where(and(eq(tags.ownerId, owner.id), inArray(tags.folded, names.map(foldName))));
  return new Map(found.map(({ id, folded }) => [folded, id]));
}
