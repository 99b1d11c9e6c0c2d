import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, prepared, transaction } from "~/db/engine.server";
import { drafts, notebooks, notes, noteVersions, users } from "~/db/schema.server";
import { setMentions } from "~/files/mentions.server";
import { notFound } from "~/http/responses.server";
import { describe } from "./describe.server";
import { settleDrafts } from "./draft-rows.server";
import { asStored, withLf } from "./line-endings";
import { countLinking, setLinks } from "./links.server";
import { READING, type Reading } from "./markdown/reading.server";
import { reading } from "./markdown/rendered.server";
import { linkName } from "./markdown/wikilink";
import type { NoteId, NoteText, Organised, Settles } from "./note.server";
import { setTags } from "./tags.server";
import { tellUnread } from "./unread.server";
import { keepRefused, keepReplaced, readReplaced } from "./versions.server";

/**
 * One note with its text, the trash included; `versions` is how many earlier texts are kept,
 * `drafts` how many texts that are not saved.
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
 *
 * @throws Response 404 when the viewer has no such notebook.
 */
export async function createNote(
  viewer: Viewer,
  draft: NoteText & { once?: string },
  { tags, notebookId, settles = [] }: Organised & Settling = {},
): Promise<{ id: NoteId }> {
  const read = await reading(draft.content);
  const made = await transaction(async (tx) => {
    await tick(tx, viewer);
    await settleDrafts(tx, viewer, settles);
    const before = draft.once ? await findMadeBy(tx, viewer, draft.once) : undefined;
    if (before && before.title === draft.title && before.content === draft.content) return { id: before.id as NoteId };
    if (notebookId) await requireNotebook(tx, viewer, notebookId);
    return insertNote(tx, viewer, {
      ...draft,
      ...(before && { once: undefined }),
      read,
      notebookId: notebookId ?? null,
      tags: tags?.add,
    });
  });
  if (!read) tellUnread();
  return made;
}

/** The drafts of which nothing is unsaved any more. */
interface Settling {
  settles?: Settles;
}

interface NewRow extends NoteText {
  once?: string;
  created?: number;
  updated?: number;
  notebookId?: string | null;
  /** Tags besides those in the text. */
  tags?: string[];
  /** What was read of the text; null where that took too long: it is read again later. */
  read: Reading | null;
}

/** Writes a new note's row, its tags and its links; the transaction is the caller's. */
export async function insertNote(
  tx: Database,
  viewer: { id: string },
  { title, content, once, created, updated, notebookId, tags = [], read }: NewRow,
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
    notebookId: notebookId ?? null,
    ...describe(title, content),
    ...tasksIn(read),
    linkName: linkName(title),
  });
  const written = read?.tags ?? [];
  if (tags.length + written.length > 0) await setTags(tx, viewer, id, { written, add: tags });
  if (read && read.links.length > 0) await setLinks(tx, viewer, id, read.links);
  await setMentions(tx, viewer, id, content);
  return { id };
}

/** The columns of a note that come from reading its text. */
export function tasksIn(read: Reading | null) {
  return { tasks: read?.tasks ?? 0, tasksDone: read?.tasksDone ?? 0, reading: read ? READING : 0 };
}

/**
 * What became of an edit. In a conflict: all three texts, and the refused one is in the versions.
 * `renamed`: the title before, where other notes link to it.
 */
export type Saved = { kind: "saved"; restored: boolean; renamed?: string };
export type Conflict = {
  kind: "conflict";
  base: NoteText | null;
  theirs: NoteText & { version: number };
  mine: NoteText;
};

interface UpdateOptions extends Organised, Settling {
  lineBreaks?: "as browsers send them" | "as they are";
}

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
  { lineBreaks = "as browsers send them", settles = [], ...organised }: UpdateOptions = {},
): Promise<Saved | Conflict> {
  const read = await reading(text.content);
  const result = await transaction(async (tx) => {
    await tick(tx, viewer);
    const stored = await find(tx, viewer, id);
    if (!stored) throw notFound();
    // Whatever becomes of the text: a tag more or less conflicts with nothing.
    await organise(tx, viewer, id, organised);
    const saved = await save(tx, viewer, stored, { version, text, lineBreaks, read });
    if (saved.kind === "saved") await settleDrafts(tx, viewer, settles);
    return saved;
  });
  if (!read) tellUnread();
  return result;
}

interface Edit {
  version: number;
  text: NoteText;
  lineBreaks: UpdateOptions["lineBreaks"];
  read: Reading | null;
}

async function save(
  tx: Database,
  viewer: Viewer,
  stored: Stored,
  { version, text, lineBreaks, read }: Edit,
): Promise<Saved | Conflict> {
  const id = stored.id as NoteId;
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
  await keepReplaced(tx, viewer, stored, mine);
  await tx
    .update(notes)
    .set({
      ...mine,
      ...describe(mine.title, mine.content),
      ...tasksIn(read),
      linkName: linkName(mine.title),
      version: stored.version + 1,
      updated: Date.now(),
      trashed: null,
    })
    .where(and(ownedById(viewer, id), eq(notes.version, version)));
  if (read) {
    await setTags(tx, viewer, id, { written: read.tags });
    await setLinks(tx, viewer, id, read.links);
  }
  await setMentions(tx, viewer, id, mine.content, stored.content);
  const lost =
    linkName(mine.title) !== linkName(stored.title) && (await countLinking(viewer, id, stored.title, tx)) > 0;
  return { kind: "saved", restored: stored.trashed !== null, renamed: lost ? stored.title : undefined };
}

async function organise(tx: Database, viewer: Viewer, id: NoteId, { tags, notebookId }: Organised) {
  if (tags && tags.add.length + tags.remove.length > 0) await setTags(tx, viewer, id, tags);
  if (notebookId === undefined) return;
  if (notebookId) await requireNotebook(tx, viewer, notebookId);
  await tx.update(notes).set({ notebookId }).where(ownedById(viewer, id));
}

/** @throws Response 404 when the viewer has no such notebook. */
async function requireNotebook(tx: Database, viewer: Viewer, id: string) {
  const own = and(eq(notebooks.ownerId, viewer.id), eq(notebooks.id, id));
  const [notebook] = await tx.select({ id: notebooks.id }).from(notebooks).where(own);
  if (!notebook) throw notFound();
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
  archived: notes.archived,
  pinned: notes.pinned,
  colour: notes.colour,
  notebookId: notes.notebookId,
  tasks: notes.tasks,
  tasksDone: notes.tasksDone,
  content: notes.content,
};

const noteQuery = prepared((database) =>
  database
    // Counted along note_versions_latest, in this statement: no page asks for it by itself.
    .select({
      ...WHOLE,
      versions: database.$count(noteVersions, eq(noteVersions.noteId, notes.id)),
      // Along drafts_note.
      drafts: database.$count(drafts, and(eq(drafts.noteId, notes.id), isNull(drafts.ended))),
    })
    .from(notes)
    .where(and(eq(notes.ownerId, sql.placeholder("viewer")), eq(notes.id, sql.placeholder("id"))))
    .prepare("note"),
);

type Stored = NonNullable<Awaited<ReturnType<typeof find>>>;

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
