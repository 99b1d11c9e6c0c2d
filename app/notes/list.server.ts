import { and, asc, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { db, engine } from "~/db/engine.server";
import { notes, noteTags, type Sort } from "~/db/schema.server";
import { ownedBy } from "./notes.server";
import { type CursorValues, cursorAt, cutAt, ListCursor, PAGE } from "./paging.server";
import { excerptFinder, parseSearch, READ } from "./search.server";
import { readUndo } from "./undo.server";

/** Which notes of the list: those after a cursor, those that match a search. */
export const NoteFilter = z.object({
  q: z.string().trim().max(300, "Search for 300 characters or fewer.").default(""),
  after: ListCursor.optional(),
});

/** Which notes a list is about. */
export type Place =
  | { kind: "all" | "pinned" | "archive" }
  /** Null for those in no notebook. */
  | { kind: "notebook"; id: string | null }
  | { kind: "tag"; id: string };

/** What the address of a list says: a search, a page of it, and what was just done there. */
export const ListQuery = NoteFilter.extend({ undo: z.uuid().optional().catch(undefined) });

/** The same for the list of all notes, or of those that are pinned. */
export const NotesQuery = ListQuery.extend({
  only: z.literal("pinned", "The list can only be narrowed to “pinned”.").optional(),
});

/** A page of a list as its page shows it: in the viewer's order, with what was just done and can be undone. */
export async function readList(viewer: Viewer, { undo, ...filter }: z.infer<typeof ListQuery>, place: Place) {
  const { layout = "list" } = viewer;
  // What was put away is looked for by when it was last of use.
  const sort = place.kind === "archive" ? "updated" : (viewer.sort ?? "updated");
  const [page, done] = await Promise.all([listNotes(viewer, filter, { place, sort }), readUndo(viewer, undo)]);
  return { ...page, sort, layout, undo: done, older: filter.after !== undefined, seen: Date.now() };
}

/** A page of a list that shows nothing. */
export const NO_LIST: Awaited<ReturnType<typeof readList>> = {
  notes: [],
  next: null,
  sort: "updated",
  layout: "list",
  undo: null,
  older: false,
  seen: 0,
};

interface ListOptions {
  place?: Place;
  sort?: Sort;
  limit?: number;
}

/**
 * One page of the viewer's notes, pinned ones first; a search narrows it.
 *
 * @returns `next`, the cursor of the page that follows, null on the last one. With a search, a
 * piece of each text around the first match; nothing where there is nothing to look for.
 */
export async function listNotes(
  viewer: { id: string },
  { q, after }: z.infer<typeof NoteFilter>,
  { place = { kind: "all" }, sort = "updated", limit = PAGE }: ListOptions = {},
) {
  const search = parseSearch(q);
  if (q && !search) return { notes: [], next: null };
  const excerptOf = search && excerptFinder(search);
  const order = orderOf(place, sort);
  const fields = {
    id: notes.id,
    heading: notes.heading,
    excerpt: notes.excerpt,
    version: notes.version,
    created: notes.created,
    updated: notes.updated,
    pinned: notes.pinned,
    colour: notes.colour,
    tasks: notes.tasks,
    tasksDone: notes.tasksDone,
    ...(excerptOf && { text: sql<string>`substr(${notes.content}, 1, ${READ})` }),
  };
  const from = db().select(fields).from(notes).$dynamic();
  // A search goes along the list's own index and takes what note_search found, so that nothing is
  // sorted, no row of anybody else is read, and a full page ends the walk.
  const rows = await (place.kind === "tag" ? from.innerJoin(noteTags, eq(noteTags.noteId, notes.id)) : from)
    .where(
      and(
        inPlace(viewer, place),
        search ? engine().matching(search, { inOrder: true }) : undefined,
        after ? order.beyond(after) : undefined,
      ),
    )
    .orderBy(...order.by)
    .limit(limit + 1);
  const { page, next } = cutAt(rows, limit, ({ pinned, id, ...row }) =>
    cursorAt(place.kind === "archive" ? 0 : pinned, sort === "title" ? row.heading : row[sort], id),
  );
  return {
    notes: page.map(({ text, ...note }) => ({ ...note, found: text ? (excerptOf?.(text) ?? null) : null })),
    next,
  };
}

/** Neither thrown away nor archived: the partial indexes of the lists ask for just these words. */
const listed = and(isNull(notes.trashed), isNull(notes.archived));

/** The notes of a place that are the viewer's. */
export function inPlace(viewer: { id: string }, place: Place) {
  const own = ownedBy(viewer);
  if (place.kind === "archive") return and(own, isNotNull(notes.archived), isNull(notes.trashed));
  if (place.kind === "pinned") return and(own, listed, eq(notes.pinned, 1));
  if (place.kind === "tag")
    return and(own, eq(noteTags.ownerId, viewer.id), eq(noteTags.tagId, place.id), eq(noteTags.listed, 1));
  if (place.kind === "notebook")
    return and(own, listed, place.id ? eq(notes.notebookId, place.id) : isNull(notes.notebookId));
  return and(own, listed);
}

/**
 * How a place is sorted, and what stands beyond a cursor in it. Newest first: served by
 * notes_newest, notes_notebook, note_tags_newest or notes_archived; by the day they were made or by
 * title: all notes by notes_made and notes_titles, a notebook's and a tag's by sorting them.
 */
function orderOf(place: Place, sort: Sort) {
  if (sort === "title") {
    const [unpinned, heading] = [sql`0 - ${notes.pinned}`, sql`${notes.heading} collate nocase`];
    return {
      by: [asc(unpinned), asc(heading), asc(notes.id)],
      beyond: ([pinned, last, id]: CursorValues) =>
        sql`(${unpinned}, ${heading}, ${notes.id}) > (${-pinned}, ${String(last)}, ${id})`,
    };
  }
  if (place.kind === "archive") {
    return {
      by: [desc(notes.updated), desc(notes.id)],
      beyond: ([, last, id]: CursorValues) => sql`(${notes.updated}, ${notes.id}) < (${Number(last)}, ${id})`,
    };
  }
  const columns =
    place.kind === "tag" && sort === "updated"
      ? [noteTags.pinned, noteTags.updated, noteTags.noteId]
      : [notes.pinned, notes[sort], notes.id];
  return {
    by: columns.map((column) => desc(column)),
    beyond: ([pinned, last, id]: CursorValues) =>
      sql`(${sql.join(columns, sql`, `)}) < (${pinned}, ${Number(last)}, ${id})`,
  };
}

/** How many notes a search finds, in the lists, the archive and the trash; null where nothing is searched for. */
export async function countFound(viewer: Viewer, q: string) {
  const search = parseSearch(q);
  if (!search) return null;
  // note_search leads to the rows: most searches find few.
  const [counts] = await db()
    .select({
      listed: count(sql`case when ${listed} then 1 end`),
      archived: count(sql`case when ${notes.trashed} is null then ${notes.archived} end`),
      trashed: count(notes.trashed),
    })
    .from(notes)
    .where(and(ownedBy(viewer), engine().matching(search)));
  return counts ?? null;
}
