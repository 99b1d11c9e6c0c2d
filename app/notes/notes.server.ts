import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, engine, prepared, transaction } from "~/db/engine.server";
import { notes, noteVersions, users } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { describe } from "./describe.server";
import { asStored, withLf } from "./line-endings";
import type { NoteId, NoteText } from "./note.server";
import { beyond, Cursor, cutPage, PAGE } from "./paging.server";
import { excerptFinder, parseSearch, READ } from "./search.server";
import { keepRefused, keepReplaced, readReplaced } from "./versions.server";

/** Which notes of the list: those after a cursor, those that match a search. */
export const NoteFilter = z.object({
  q: z.string().trim().max(300, "Search for 300 characters or fewer.").default(""),
  after: Cursor.optional(),
});

/**
 * One page of the viewer's notes, last changed first; a search narrows it.
 *
 * @returns `next`, the cursor of the page that follows, null on the last one. With a search, a
 * piece of each text around the first match; nothing where there is nothing to look for.
 */
export async function listNotes(viewer: Viewer, { q, after }: z.infer<typeof NoteFilter>, limit = PAGE) {
  const search = parseSearch(q);
  if (q && !search) return { notes: [], next: null };
  const excerptOf = search && excerptFinder(search);
  // Served by notes_newest, a search too: it walks the list and takes what note_search found, so
  // that nothing is sorted, no row of anybody else is read, and a full page ends the walk.
  const rows = await db()
    .select({
      id: notes.id,
      heading: notes.heading,
      excerpt: notes.excerpt,
      updated: notes.updated,
      ...(excerptOf && { text: sql<string>`substr(${notes.content}, 1, ${READ})` }),
    })
    .from(notes)
    .where(
      and(
        ownedBy(viewer),
        isNull(notes.trashed),
        search ? engine().matching(search, { inOrder: true }) : undefined,
        after ? beyond(after, notes.updated, notes.id) : undefined,
      ),
    )
    .orderBy(desc(notes.updated), desc(notes.id))
    .limit(limit + 1);
  const { page, next } = cutPage(rows, limit, ({ updated }) => updated);
  return {
    notes: page.map(({ text, ...note }) => ({ ...note, found: text ? (excerptOf?.(text) ?? null) : null })),
    next,
  };
}

/** How many notes a search finds, in the list and in the trash; null where nothing is searched for. */
export async function countFound(viewer: Viewer, q: string) {
  const search = parseSearch(q);
  if (!search) return null;
  // note_search leads to the rows: most searches find few.
  const [counts] = await db()
    .select({ listed: sql<number>`count(*) - count(${notes.trashed})`, trashed: sql<number>`count(${notes.trashed})` })
    .from(notes)
    .where(and(ownedBy(viewer), engine().matching(search)));
  return counts ?? null;
}

/**
 * One note with its text, the trash included; `versions` is how many earlier texts are kept.
 *
 * @throws Response 404 when there is none that the viewer may read.
 */
export async function readNote(viewer: Viewer, id: NoteId) {
  const [note] = await noteQuery().execute({ viewer: viewer.id, id });
  if (!note) throw notFound();
  return note;
}

/**
 * Makes a note. The same form sent again (`once`) with the same text names the note it made
 * before; with another text it makes another note, so that neither text is lost.
 */
export async function createNote(viewer: Viewer, draft: NoteText & { once?: string }): Promise<{ id: NoteId }> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const before = draft.once ? await findMadeBy(tx, viewer, draft.once) : undefined;
    if (before && before.title === draft.title && before.content === draft.content) return { id: before.id as NoteId };
    return insertNote(tx, viewer, before ? { ...draft, once: undefined } : draft);
  });
}

/** Writes a new note's row; the transaction is the caller's. */
export async function insertNote(
  tx: Database,
  viewer: { id: string },
  { title, content, once, created, updated }: NoteText & { once?: string; created?: number; updated?: number },
): Promise<{ id: NoteId }> {
  const id = uuid() as NoteId;
  const now = Date.now();
  await tx.insert(notes).values({
    id,
    ownerId: viewer.id,
    title,
    content,
    version: 1,
    once: once ?? null,
    created: created ?? now,
    updated: updated ?? created ?? now,
    trashed: null,
    ...describe(title, content),
  });
  return { id };
}

/** What became of an edit. In a conflict: all three texts, and the refused one is in the versions. */
export type Saved = { kind: "saved"; restored: boolean };
export type Conflict = {
  kind: "conflict";
  base: NoteText | null;
  theirs: NoteText & { version: number };
  mine: NoteText;
};

/**
 * Saves the note if nobody else saved it since `version` was read; the text before goes to the
 * versions. A note that is in the trash comes out of it: somebody is writing on it.
 *
 * @throws Response 404 when the viewer has no such note.
 */
export async function updateNote(
  viewer: Viewer,
  id: NoteId,
  version: number,
  text: NoteText,
  lineBreaks: "as browsers send them" | "as they are" = "as browsers send them",
): Promise<Saved | Conflict> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const stored = await find(tx, viewer, id);
    if (!stored) throw notFound();
    const mine = {
      title: text.title,
      content: lineBreaks === "as they are" ? text.content : asStored(text.content, stored.content),
    };
    if (mine.title === stored.title && mine.content === stored.content) return { kind: "saved", restored: false };
    if (version !== stored.version) {
      const base = await readReplaced(viewer, id, version, tx);
      const unchanged = base && mine.title === base.title && withLf(mine.content) === withLf(base.content);
      if (unchanged) return { kind: "saved", restored: false };
      await keepRefused(tx, viewer, id, version, mine);
      return {
        kind: "conflict",
        base,
        theirs: { title: stored.title, content: stored.content, version: stored.version },
        mine,
      };
    }
    await keepReplaced(tx, viewer, stored);
    await tx
      .update(notes)
      .set({
        ...mine,
        ...describe(mine.title, mine.content),
        version: stored.version + 1,
        updated: Date.now(),
        trashed: null,
      })
      .where(and(ownedById(viewer, id), eq(notes.version, version)));
    return { kind: "saved", restored: stored.trashed !== null };
  });
}

/**
 * Counts a change that this person can see: two equal counts mean that nothing they see has changed
 * between. First thing in each transaction that makes one.
 */
export async function tick(tx: Database, viewer: { id: string }) {
  await tx
    .update(users)
    .set({ clock: sql`${users.clock} + 1` })
    .where(eq(users.id, viewer.id));
}

/** The viewer's notes, the condition in every query. */
export function ownedBy(viewer: { id: string }): SQL {
  return eq(notes.ownerId, viewer.id);
}

/** One note, if it is the viewer's. */
export function ownedById(viewer: { id: string }, id: NoteId) {
  return and(ownedBy(viewer), eq(notes.id, id));
}

const WHOLE = {
  id: notes.id,
  title: notes.title,
  heading: notes.heading,
  words: notes.words,
  version: notes.version,
  created: notes.created,
  updated: notes.updated,
  trashed: notes.trashed,
  content: notes.content,
};

const noteQuery = prepared((database) =>
  database
    // Counted along note_versions_latest, in this statement: no page asks for it by itself.
    .select({ ...WHOLE, versions: database.$count(noteVersions, eq(noteVersions.noteId, notes.id)) })
    .from(notes)
    .where(and(eq(notes.ownerId, sql.placeholder("viewer")), eq(notes.id, sql.placeholder("id"))))
    .prepare("note"),
);

async function find(connection: Database, viewer: Viewer, id: NoteId) {
  const [note] = await connection.select(WHOLE).from(notes).where(ownedById(viewer, id));
  return note;
}

async function findMadeBy(tx: Database, viewer: Viewer, once: string) {
  const [note] = await tx
    .select({ id: notes.id, title: notes.title, content: notes.content })
    .from(notes)
    .where(and(ownedBy(viewer), eq(notes.once, once)));
  return note;
}
