import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { type Colour, files, notes, noteTags, tags } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { visible } from "~/http/visible";
import { inPlace, type Place } from "./list.server";
import { COLOURS, namesOf } from "./looks";
import { foldName, tagPath } from "./markdown/tag";
import { ChosenNotebook, type NotebookId, TypedTags } from "./note.server";
import { bringBack, listNotebooks, readNotebook } from "./notebooks.server";
import { tick } from "./notes.server";
import { bringBackSearch } from "./saved-searches.server";
import { setTagsOfMany } from "./tags.server";
import { type Before, dropUndo, keepUndo, type Renaming, readBefore, type Standing } from "./undo.server";
import { tellUnread } from "./unread.server";
import { type Renamed, readRenamed, unrenameTag } from "./unrename-tag.server";

/** The colours by name. */
export const ChosenColour = visible(z.enum([...namesOf(COLOURS), ""]));

/** What can be done to notes from a list or a note's page; `what` is the button that was pressed. */
export const Change = z.discriminatedUnion(
  "what",
  [
    z.object({ what: z.enum(["pin", "unpin", "archive", "unarchive", "trash"]) }),
    z.object({ what: z.literal("move"), notebook: ChosenNotebook }),
    z.object({ what: z.enum(["tag", "untag"]), tag: TypedTags }),
    z.object({ what: z.literal("colour"), colour: ChosenColour }),
  ],
  "Choose what to do with the notes.",
);
export type Change = z.infer<typeof Change>;

/** A note as a form names it: with the version that the person saw. */
export interface Picked {
  id: string;
  /** Null where it doesn't matter: the note was on a page by itself. */
  version: number | null;
}

/** Notes that are changed at once; more have to be chosen in parts. */
const MOST_AT_ONCE = 5_000;

/**
 * The notes of a place as somebody saw them at `seen`.
 *
 * @returns null where they are more than can be changed at once.
 */
export async function pickAll(viewer: Viewer, place: Place, seen: number): Promise<Picked[] | null> {
  const from = db().select({ id: notes.id, version: notes.version, updated: notes.updated }).from(notes).$dynamic();
  const rows = await (place.kind === "tag" ? from.innerJoin(noteTags, eq(noteTags.noteId, notes.id)) : from)
    .where(inPlace(viewer, place))
    .limit(MOST_AT_ONCE + 1);
  if (rows.length > MOST_AT_ONCE) return null;
  // What was saved since then is named as left alone.
  return rows.map(({ id, version, updated }) => ({ id, version: updated > seen ? version - 1 : version }));
}

/**
 * Organises notes: all that the viewer has of `picked` and that are still as they were seen.
 *
 * @returns the name of the undo, which says what was done and which notes were left alone.
 * @throws Response 404 when a notebook to move them to isn't the viewer's.
 */
export async function changeNotes(viewer: Viewer, picked: Picked[], change: Change): Promise<string> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const found = await find(tx, viewer, picked);
    const seen = new Map(picked.map(({ id, version }) => [id, version ?? found.get(id)?.version]));
    const same = [...found.values()].filter(({ id, version }) => seen.get(id) === version);
    const left = [...found.values()].filter((note) => !same.includes(note));
    const before =
      change.what === "tag" || change.what === "untag"
        ? await tagAll(tx, viewer, same, change.tag, change.what === "tag")
        : await stand(tx, viewer, same, await standingAfter(tx, viewer, change));
    return keepUndo(tx, viewer, sayDone(change, same.length) + sayLeft(left), before);
  });
}

type Found = Awaited<ReturnType<typeof find>> extends Map<string, infer Note> ? Note : never;

async function find(tx: Database, viewer: Viewer, picked: Picked[]) {
  const ids = picked.map(({ id }) => id);
  const found = await tx
    .select({
      id: notes.id,
      heading: notes.heading,
      version: notes.version,
      notebookId: notes.notebookId,
      colour: notes.colour,
      pinned: notes.pinned,
      archived: notes.archived,
      trashed: notes.trashed,
    })
    .from(notes)
    .where(and(eq(notes.ownerId, viewer.id), inArray(notes.id, ids)));
  return new Map(found.map((note) => [note.id, note]));
}

async function stand(tx: Database, viewer: Viewer, same: Found[], to: Standing): Promise<Before> {
  const names = Object.keys(to) as (keyof Standing)[];
  const changed = same.filter((note) => names.some((name) => isOther(note[name], to[name])));
  const was = (note: Found) => Object.fromEntries(names.map((name) => [name, note[name]]));
  if (changed.length === 0) return { notes: [] };
  await tx
    .update(notes)
    .set(to)
    .where(
      and(
        eq(notes.ownerId, viewer.id),
        inArray(
          notes.id,
          changed.map(({ id }) => id),
        ),
      ),
    );
  return { notes: changed.map((note) => ({ id: note.id, is: to, was: was(note) })) };
}

/** Archived or thrown away twice, a note keeps the time of the first. */
function isOther(was: unknown, to: unknown) {
  return typeof was === "number" && typeof to === "number" && to > 1 ? false : was !== to;
}

async function standingAfter(tx: Database, viewer: Viewer, change: Change): Promise<Standing> {
  const now = Date.now();
  if (change.what === "move") {
    if (change.notebook) await readNotebook(viewer, change.notebook as NotebookId, tx);
    return { notebookId: change.notebook || null };
  }
  if (change.what === "colour") return { colour: (change.colour || null) as Colour | null };
  if (change.what === "archive") return { archived: now };
  if (change.what === "unarchive") return { archived: null };
  if (change.what === "trash") return { trashed: now };
  return { pinned: change.what === "pin" ? 1 : 0 };
}

async function tagAll(tx: Database, viewer: Viewer, same: Found[], names: string[], give: boolean): Promise<Before> {
  const ids = same.map(({ id }) => id);
  const had = await tx
    .select({ noteId: noteTags.noteId, folded: tags.folded })
    .from(noteTags)
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .where(and(eq(noteTags.ownerId, viewer.id), eq(noteTags.given, 1), inArray(noteTags.noteId, ids)));
  const has = new Set(had.map(({ noteId, folded }) => `${noteId} ${folded}`));
  const changes = names.map((name) => {
    const changed = ids.filter((id) => has.has(`${id} ${foldName(name)}`) !== give);
    return { name, given: give, notes: changed };
  });
  await setTagsOfMany(tx, viewer, noteByNote(changes));
  return { notes: [], tags: changes.filter((change) => change.notes.length > 0) };
}

/** Tags that are given to notes or taken from them, as what changes of each note. */
function noteByNote(changes: NonNullable<Before["tags"]>) {
  const all = new Map<string, { add: string[]; remove: string[] }>();
  for (const { name, given, notes } of changes)
    for (const id of notes) {
      const change = all.get(id) ?? { add: [], remove: [] };
      change[given ? "add" : "remove"].push(name);
      all.set(id, change);
    }
  return all;
}

/** Headings that are named; of more it is said how many. */
const MOST_NAMED = 10;

function sayLeft(left: { heading: string }[], since = `since you saw ${left.length === 1 ? "it" : "them"}`) {
  if (left.length === 0) return "";
  const names = left.slice(0, MOST_NAMED).map(({ heading }) => `“${heading || "Untitled"}”`);
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : "";
  return ` Left alone, because saved ${since}: ${names.join(", ")}${more}.`;
}

/** What was done, as the notice says it. */
function sayDone(change: Change, count: number) {
  if (count === 0) return "Nothing was changed.";
  const notes = count === 1 ? "The note is" : `${count} notes are`;
  if (change.what === "tag" || change.what === "untag") {
    const names = change.tag.map((name) => `#${name}`).join(" ");
    const had = count === 1 ? "The note has" : `${count} notes have`;
    return change.what === "tag" ? `${had} ${names} now.` : `${had} no ${names} in the form any more.`;
  }
  const words: Record<typeof change.what, string> = {
    pin: "pinned",
    unpin: "not pinned any more",
    archive: "in the archive",
    unarchive: "back from the archive",
    trash: "in the trash",
    move: "moved",
    colour: "marked",
  };
  return `${notes} ${words[change.what]}.`;
}

/**
 * Undoes what was done, once.
 *
 * @returns where to look at it, where that may be another page than the one before, with the name of a
 * notice of what was left alone.
 * @throws Response 404 when it can't be undone any more, or isn't the viewer's.
 */
export async function undo(viewer: Viewer, id: string): Promise<{ path?: string; notice?: string }> {
  const renaming = (await readBefore(viewer, id))?.before.renaming;
  const texts = renaming ? await readRenamed(viewer, renaming) : [];
  const done = await transaction(async (tx) => {
    await tick(tx, viewer);
    const kept = await readBefore(viewer, id, tx);
    if (!kept) throw notFound();
    const { before } = kept;
    if (before.notebook) await bringBack(tx, viewer, before.notebook);
    if (before.search) await bringBackSearch(tx, viewer, before.search);
    const shelves = new Set((await listNotebooks(viewer, tx)).map((notebook) => notebook.id));
    for (const note of before.notes) await restore(tx, viewer, note, shelves);
    if (before.tags) await takeBackTags(tx, viewer, before.tags);
    if (before.files) await bringBackFiles(tx, viewer, before.files);
    await dropUndo(tx, viewer, id);
    return before.renaming ? bringBackTag(tx, viewer, before.renaming, texts) : {};
  });
  if (texts.some(({ reading }) => !reading)) tellUnread();
  return done;
}

async function bringBackTag(tx: Database, viewer: Viewer, renaming: Renaming, texts: Renamed[]) {
  const { left, tag } = await unrenameTag(tx, viewer, renaming, texts);
  const path = tag === null ? "/tags" : tagPath(tag);
  if (tag === null || left.length === 0) return { path };
  const done = `The tag is #${renaming.from} again.${sayLeft(left, "since it was renamed")}`;
  return { path, notice: await keepUndo(tx, viewer, done, { notes: [] }) };
}

async function bringBackFiles(tx: Database, viewer: Viewer, ids: string[]) {
  await tx
    .update(files)
    .set({ removed: null })
    .where(and(eq(files.ownerId, viewer.id), inArray(files.id, ids)));
}

async function restore(tx: Database, viewer: Viewer, { id, is, was }: Before["notes"][number], shelves: Set<string>) {
  const same = Object.entries(is).map(([name, value]): SQL => {
    const column = notes[name as keyof Standing];
    return value === null ? isNull(column) : eq(column, value);
  });
  await tx
    .update(notes)
    // Its notebook may be gone meanwhile.
    .set(was.notebookId && !shelves.has(was.notebookId) ? { ...was, notebookId: null } : was)
    .where(and(eq(notes.ownerId, viewer.id), eq(notes.id, id), ...same));
}

async function takeBackTags(tx: Database, viewer: Viewer, changes: NonNullable<Before["tags"]>) {
  const back = noteByNote(changes.map((change) => ({ ...change, given: !change.given })));
  // Notes may be gone meanwhile.
  const there = await tx
    .select({ id: notes.id })
    .from(notes)
    .where(and(eq(notes.ownerId, viewer.id), inArray(notes.id, [...back.keys()])));
  await setTagsOfMany(tx, viewer, new Map(there.map(({ id }) => [id, back.get(id) ?? {}])));
}
