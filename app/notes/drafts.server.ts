import { and, desc, eq, gt, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { drafts, notes } from "~/db/schema.server";
import { Limiter } from "~/http/limits.server";
import { notFound } from "~/http/responses.server";
import { visible } from "~/http/visible";
import { shorten } from "./describe.server";
import type { Filing } from "./draft-filing";
import { AS_IT_IS, type DraftRow, ENDED, openOf, putDraft, settleDrafts } from "./draft-rows.server";
import { withLf } from "./line-endings";
import { type DraftId, Keepable, NoteContent, type NoteId, Settled, settledBy } from "./note.server";
import { ownedById, readNote, tick } from "./notes.server";
import { readReplaced } from "./versions.server";
import { wordDifference } from "./word-difference.server";

/** Drafts that one person may have open; past that no new one is begun, and none is thrown away for it. */
const MOST_OPEN = 100;
/** How long a dropped draft can be had back, in milliseconds. */
const BACK_FOR = 10 * 60_000;
/** How long an ended draft's row holds off what was sent before and arrives late, in milliseconds. */
const HOLDS_OFF = 60 * 60_000;
/** Drafts that the form of a note offers; the page of drafts has them all. */
const OFFERED = 3;

const whole = visible(
  z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31),
);

/** A draft as a page sends it. More is kept than could be saved: a title that is too long, tags that are none. */
export const TypedDraft = z.object({
  /** Whose page it was typed on: in this browser somebody else may be signed in by now. */
  owner: z.string(),
  /** "" for a note that isn't made yet. */
  note: z.union([z.uuid(), z.literal("")]),
  version: whole,
  sequence: whole.min(1),
  title: Keepable.max(10_000),
  content: NoteContent,
  /** Not sent where the form hasn't changed them, or has no such field. */
  tags: Keepable.max(10_000).optional(),
  notebook: Keepable.max(100).optional(),
  settles: Settled,
});

/** The form that drops a draft, or takes that back; `back` is the page it stood on. */
export const DroppedDraft = z.object({ back: z.string().optional(), undo: visible(z.literal("yes").optional()) });

/** Saves of drafts by one login: a burst, then one a second. A page sends one every two seconds at most. */
const pace = new Limiter(60, 1);

/** What became of a draft that was sent. `needless`: nothing of it is unsaved; `older`: what is kept was typed later. */
export type Kept =
  | { kind: "kept" }
  | { kind: "needless" }
  | { kind: "older" }
  | { kind: "too many"; message: string }
  | { kind: "too fast"; seconds: number };

/**
 * Keeps what is typed in a form and not saved, unless something typed later is kept already. A text
 * that is the note's own needs no draft, and ends the one there was. Drafts that were put into the
 * form (`settles`) give way to this one.
 *
 * @throws Response 404 when it is of a note that the viewer doesn't have.
 */
export async function keepDraft(
  viewer: Viewer,
  id: DraftId,
  { note, version, sequence, title, content, tags, notebook, settles }: z.infer<typeof TypedDraft>,
): Promise<Kept> {
  const seconds = pace.take(viewer.sessionId);
  if (seconds > 0) return { kind: "too fast", seconds };
  return transaction(async (tx): Promise<Kept> => {
    await tick(tx, viewer);
    const text = { title, content: withLf(content) };
    const saved = await isSaved(tx, viewer, note as NoteId | "", text);
    // A notebook alone makes no new note.
    const needless = saved && !tags && (note === "" || (tags === undefined && notebook === undefined));
    if (!needless && !(await hasRoom(tx, viewer, id)))
      return { kind: "too many", message: `You have ${MOST_OPEN} unsaved drafts. Save or drop some of them.` };
    const row = needless
      ? ENDED
      : { noteId: note || null, version, ...text, tags: tags ?? AS_IT_IS, notebook: notebook ?? AS_IT_IS, ended: null };
    const kept = await putDraft(tx, viewer, id, { ...row, sequence }, sql`${drafts.sequence} < ${sequence}`);
    await settleDrafts(tx, viewer, settledBy(settles));
    if (!kept) return { kind: "older" };
    return { kind: needless ? "needless" : "kept" };
  });
}

/** Whether nothing of a text is unsaved, but for where it is filed. */
async function isSaved(tx: Database, viewer: Viewer, note: NoteId | "", { title, content }: Text) {
  if (note === "") return title === "" && content === "";
  const [stored] = await tx
    .select({ title: notes.title, content: notes.content })
    .from(notes)
    .where(ownedById(viewer, note));
  if (!stored) throw notFound();
  return stored.title === title && withLf(stored.content) === content;
}

interface Text {
  title: string;
  content: string;
}

async function hasRoom(tx: Database, viewer: Viewer, id: DraftId) {
  const open = await tx.select({ id: drafts.id }).from(drafts).where(openOf(viewer)).limit(MOST_OPEN);
  return open.length < MOST_OPEN || open.some((draft) => draft.id === id);
}

/** The viewer's drafts, last typed first, each with the note that it is of: no more than {@link MOST_OPEN}. */
export async function listDrafts(viewer: Viewer) {
  // Served by drafts_open.
  const rows = await db()
    .select({ ...NAMED, heading: notes.heading, bytes: sql<number>`octet_length(${drafts.content})` })
    .from(drafts)
    .leftJoin(notes, and(eq(notes.id, drafts.noteId), eq(notes.ownerId, viewer.id)))
    .where(openOf(viewer))
    .orderBy(desc(drafts.kept), desc(drafts.id))
    .limit(MOST_OPEN);
  return rows.map(({ begins, ...draft }) => ({ ...draft, excerpt: excerptOf(begins) }));
}

const FACTS = {
  id: drafts.id,
  noteId: drafts.noteId,
  version: drafts.version,
  sequence: drafts.sequence,
  kept: drafts.kept,
  title: drafts.title,
};

const FILED = { tags: drafts.tags, notebook: drafts.notebook };

const NAMED = {
  ...FACTS,
  begins: sql<string>`substr(${drafts.content}, 1, 400)`.as("begins"),
};

/** Where a draft files its note, as far as that isn't where the note is. */
function filingOf({ tags, notebook }: Required<Filing>): Filing {
  return { ...(tags !== AS_IT_IS && { tags }), ...(notebook !== AS_IT_IS && { notebook }) };
}

function excerptOf(begins: string) {
  return shorten(begins.replace(/\s+/g, " ").trim(), 200);
}

/** The latest drafts of a note, or of notes that aren't made yet; the first with what it changes. */
async function offeredDrafts(viewer: Viewer, note: NoteText | null, taken?: TakenUp | null) {
  // Served by drafts_note, and by drafts_open.
  const rows = await db()
    .select({ ...NAMED, ...FILED, content: drafts.content })
    .from(drafts)
    .where(and(openOf(viewer), note ? eq(drafts.noteId, note.id) : isNull(drafts.noteId)))
    .orderBy(desc(drafts.kept), desc(drafts.id))
    .limit(OFFERED + 1);
  const others = rows.filter(({ id }) => id !== taken?.id);
  const shown = others.slice(0, OFFERED);
  const difference = note && shown[0] ? await differenceOf(viewer, note, shown[0]) : null;
  return {
    more: others.length > OFFERED,
    drafts: shown.map(({ begins, content, tags, notebook, ...draft }, place) => ({
      ...draft,
      ...filingOf({ tags, notebook }),
      excerpt: excerptOf(begins),
      older: note !== null && draft.version !== note.version,
      difference: place === 0 ? difference : null,
    })),
  };
}

export type Offered = Awaited<ReturnType<typeof offeredDrafts>>;

interface NoteText extends Text {
  id: NoteId | string;
  version: number;
}

/** What a draft changes of the text that it was begun on. */
async function differenceOf(viewer: Viewer, note: NoteText, draft: Text & { version: number }) {
  const base = draft.version === note.version ? null : await readReplaced(viewer, note.id as NoteId, draft.version);
  const { title, content } = base ?? note;
  return { from: { id: note.id, title }, stretches: wordDifference(content, draft.content) };
}

/**
 * One open draft with what it changes.
 *
 * @throws Response 404 when the viewer has no such draft.
 */
export async function readDraft(viewer: Viewer, id: DraftId) {
  const found = await find(viewer, id);
  if (!found) throw notFound();
  const { tags, notebook, ...draft } = found;
  const note = draft.noteId ? await readNote(viewer, draft.noteId as NoteId) : null;
  return {
    draft: { ...draft, ...filingOf({ tags, notebook }) },
    note: note && { id: note.id, heading: note.heading, version: note.version },
    difference: note && (await differenceOf(viewer, note, draft)),
  };
}

/** A draft as a form takes it up. */
export interface TakenUp extends Text, Filing {
  id: string;
  version: number;
  sequence: number;
  kept: number;
}

/** The draft that an address wants in its form; null where it is no more, or is of something else. */
async function takeUpDraft(viewer: Viewer, note: NoteId | null, name: string | null): Promise<TakenUp | null> {
  const draft = name === null ? undefined : await find(viewer, name);
  if (draft?.noteId !== note) return null;
  const { tags, notebook, ...text } = draft;
  return { ...text, ...filingOf({ tags, notebook }) };
}

async function find(viewer: Viewer, id: string) {
  const [draft] = await db()
    .select({ ...FACTS, ...FILED, content: drafts.content })
    .from(drafts)
    .where(and(openOf(viewer), eq(drafts.id, id)));
  return draft;
}

/**
 * Drops a draft; for ten minutes it can be had back.
 *
 * @throws Response 404 when the viewer has no such draft.
 */
export async function dropDraft(viewer: Viewer, id: DraftId) {
  await change(viewer, id, "dropped");
}

/**
 * Takes back that a draft was dropped.
 *
 * @throws Response 404 when there is none, or after ten minutes.
 */
export async function undropDraft(viewer: Viewer, id: DraftId) {
  await change(viewer, id, null);
}

/** Whether the draft that an address names was dropped in the last ten minutes. */
export async function wasDropped(viewer: Viewer, name: string | null | undefined): Promise<string | null> {
  if (!name) return null;
  const [draft] = await db()
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.ownerId, viewer.id), eq(drafts.id, name), droppedLately()));
  return draft?.id ?? null;
}

function droppedLately() {
  return and(eq(drafts.ended, "dropped"), gt(drafts.kept, Date.now() - BACK_FOR));
}

/** Of a draft that is open, or was dropped lately. */
async function change(viewer: Viewer, id: DraftId, ended: DraftRow["ended"]) {
  await transaction(async (tx) => {
    await tick(tx, viewer);
    const [changed] = await tx
      .update(drafts)
      .set({ ended, kept: Date.now() })
      .where(and(eq(drafts.ownerId, viewer.id), eq(drafts.id, id), or(isNull(drafts.ended), droppedLately())))
      .returning({ id: drafts.id });
    if (!changed) throw notFound();
  });
}

/** What the form of a note, or of a new one, needs of the drafts: those to offer, the one to take up, the one just dropped. */
export async function formDrafts(viewer: Viewer, note: (NoteText & { drafts: number }) | null, address: string) {
  const query = new URL(address).searchParams;
  const [taken, dropped] = await Promise.all([
    takeUpDraft(viewer, (note?.id ?? null) as NoteId | null, query.get("draft")),
    wasDropped(viewer, query.get("dropped")),
  ]);
  const none = note?.drafts === 0;
  const gone = query.has("draft") && !taken;
  return {
    taken,
    gone,
    dropped,
    offered: none ? { drafts: [], more: false } : await offeredDrafts(viewer, note, taken),
  };
}

/** Deletes what is left of everybody's drafts that ended an hour ago. */
export async function purgeDrafts(now = Date.now()) {
  // Served by drafts_ended.
  await transaction((tx) => tx.delete(drafts).where(and(isNotNull(drafts.ended), lte(drafts.kept, now - HOLDS_OFF))));
}
