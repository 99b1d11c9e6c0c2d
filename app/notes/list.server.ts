import { and, asc, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { db } from "~/db/engine.server";
import { notes, noteTags, type Sort } from "~/db/schema.server";
import { excerptFinder, READ } from "./excerpt.server";
import { fitting, leadingWords, type ResolvedSearch, resolveSearch } from "./found.server";
import { LONGEST_SEARCH } from "./looks";
import { ownedBy } from "./notes.server";
import { type CursorValues, cursorAt, cutAt, ListCursor, PAGE } from "./paging.server";
import { parseSearch, type Term, type Where } from "./search.server";
import { readUndo } from "./undo.server";

/** A search that can be understood: see `parseSearch`. */
export const SearchText = z
  .string()
  .trim()
  .max(LONGEST_SEARCH, `Search for ${LONGEST_SEARCH} characters or fewer.`)
  .superRefine((q, context) => {
    for (const message of parseSearch(q.slice(0, LONGEST_SEARCH)).problems)
      context.addIssue({ code: "custom", message });
  });

/** Which notes of the list: those after a cursor, those that match a search. */
export const NoteFilter = z.object({
  q: SearchText.default(""),
  after: ListCursor.optional(),
});

/** Which notes a list is about. */
export type Place =
  | { kind: "all" | "pinned" | "archive" | "trash" }
  /** Null for those in no notebook. */
  | { kind: "notebook"; id: string | null }
  | { kind: "tag"; id: string };

/** What the address of a list says: a search, a page of it, and what was just done there. */
export const ListQuery = NoteFilter.extend({ undo: z.uuid().optional().catch(undefined) });

/** The same for the list of all notes, or of those that are pinned. */
export const NotesQuery = ListQuery.extend({
  only: z.literal("pinned", "The list can only be narrowed to “pinned”.").optional(),
});

/**
 * A page of a list as its page shows it: in the viewer's order, with what was just done and can be
 * undone. `in` says where it was looked: a search of all notes can name the archive or the trash.
 */
export async function readList(
  viewer: Viewer,
  { undo, ...filter }: z.infer<typeof ListQuery>,
  place: Place,
  search: Pick<ListOptions, "resolved" | "few"> = {},
) {
  const { layout = "list", sort = "updated" } = viewer;
  const options = { place, sort, ...search };
  const [page, done] = await Promise.all([listNotes(viewer, filter, options), readUndo(viewer, undo)]);
  return { ...page, layout, undo: done, older: filter.after !== undefined, seen: Date.now() };
}

/** A page of a list that shows nothing. */
export const NO_LIST: Awaited<ReturnType<typeof readList>> = {
  notes: [],
  next: null,
  in: "listed",
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
  /** The search of `q`, where its names were looked up already. */
  resolved?: ResolvedSearch | null;
  /** It is known to find so few that those are better sorted than looked for along a whole list. */
  few?: boolean;
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
  {
    place: asked = { kind: "all" },
    sort: wanted = "updated",
    limit = PAGE,
    resolved: known,
    few = false,
  }: ListOptions = {},
) {
  const { search } = parseSearch(q);
  const looked: Where = search?.where ?? "listed";
  if (q && !search) return { notes: [], next: null, in: looked, sort: wanted };
  const resolved = known ?? (search && (await resolveSearch(viewer, search)));
  const place = placeOf(asked, looked);
  // What was put away is looked for by when it was last of use.
  const sort = place.kind === "archive" || place.kind === "trash" ? "updated" : wanted;
  const { along, rest } = sort === "updated" ? narrowest(place, resolved) : { along: place, rest: resolved };
  const excerptOf = search && excerptFinder(search);
  const order = orderOf(along, sort);
  const sorted = few && along.kind !== "tag" && rest !== null && leadingWords(rest.search).length > 0;
  const fields = {
    id: notes.id,
    heading: notes.heading,
    excerpt: notes.excerpt,
    version: notes.version,
    created: notes.created,
    updated: notes.updated,
    trashed: notes.trashed,
    pinned: notes.pinned,
    colour: notes.colour,
    tasks: notes.tasks,
    tasksDone: notes.tasksDone,
    ...(excerptOf && { text: sql<string>`substr(${notes.content}, 1, ${READ})` }),
  };
  const from = db().select(fields).from(notes).$dynamic();
  // A search goes along the list's own index and takes what note_search found: nothing is sorted,
  // and a full page ends the walk. Where that would be a long walk to a few notes, note_search leads
  // to them.
  const rows = await (along.kind === "tag" ? from.innerJoin(noteTags, eq(noteTags.noteId, notes.id)) : from)
    .where(
      and(
        inPlace(viewer, along, sorted),
        rest ? fitting(viewer, rest, { inOrder: !sorted }) : undefined,
        after ? order.beyond(after) : undefined,
      ),
    )
    .orderBy(...order.by)
    .limit(limit + 1);
  const { page, next } = cutAt(rows, limit, (row) => cursorAt(...order.at(row)));
  return {
    notes: page.map(({ text, trashed, ...note }) => ({ ...note, found: text ? (excerptOf?.(text) ?? null) : null })),
    next,
    in: looked,
    sort,
  };
}

/** A search of all notes can name the archive or the trash; a list that is a place of its own stays it. */
function placeOf(asked: Place, looked: Where): Place {
  if (asked.kind !== "all" || looked === "listed") return asked;
  return { kind: looked === "archived" ? "archive" : "trash" };
}

/** A search of all notes for a tag or a notebook goes along that one's list; `rest` is what is still asked. */
function narrowest(place: Place, resolved: ResolvedSearch | null) {
  const { all } = resolved?.search ?? { all: [] };
  for (const group of place.kind === "all" ? all : []) {
    const along = resolved && listFor(group, resolved);
    if (along) return { along, rest: { ...resolved, search: { all: all.filter((one) => one !== group) } } };
  }
  return { along: place, rest: resolved };
}

/** The list that has just what a term asks for. */
function listFor([term, other]: Term[], { tags, notebooks }: ResolvedSearch): Place | null {
  if (!term || other || term.without) return null;
  if (term.kind === "is" && term.state === "pinned") return { kind: "pinned" };
  const tag = term.kind === "tag" && tags.get(term.name);
  if (tag) return { kind: "tag", id: tag };
  const [notebook, twin] = (term.kind === "notebook" && notebooks.get(term.name)) || [];
  return notebook && !twin ? { kind: "notebook", id: notebook } : null;
}

/** Neither thrown away nor archived: the partial indexes of the lists ask for just these words. */
export const listed = and(isNull(notes.trashed), isNull(notes.archived));

/** The notes of a place that are the viewer's; `led`, where something else leads SQLite to them than the place's index. */
export function inPlace(viewer: { id: string }, place: Place, led = false) {
  // With the unary + no index can begin with whose they are: https://sqlite.org/optoverview.html
  const own = led ? sql`+${notes.ownerId} = ${viewer.id}` : ownedBy(viewer);
  if (place.kind === "archive") return and(own, isNotNull(notes.archived), isNull(notes.trashed));
  if (place.kind === "trash") return and(own, isNotNull(notes.trashed));
  if (place.kind === "pinned") return and(own, listed, eq(notes.pinned, 1));
  if (place.kind === "tag")
    return and(own, eq(noteTags.ownerId, viewer.id), eq(noteTags.tagId, place.id), eq(noteTags.listed, 1));
  if (place.kind === "notebook")
    return and(own, listed, place.id ? eq(notes.notebookId, place.id) : isNull(notes.notebookId));
  return and(own, listed);
}

type Sorted = Pick<typeof notes.$inferSelect, "id" | "pinned" | "heading" | "created" | "updated" | "trashed">;

/**
 * How a place is sorted, where a note stands in that order, and what stands beyond a cursor. Newest
 * first: served by notes_newest, notes_notebook, note_tags_newest, notes_archived or notes_trashed;
 * by the day they were made or by title: all notes by notes_made and notes_titles, a notebook's and
 * a tag's by sorting them.
 */
export function orderOf(place: Place, sort: Sort) {
  if (place.kind === "archive" || place.kind === "trash") {
    const column = place.kind === "archive" ? "updated" : "trashed";
    return {
      by: [desc(notes[column]), desc(notes.id)],
      at: (row: Sorted): CursorValues => [0, row[column] ?? 0, row.id],
      beyond: ([, last, id]: CursorValues) => sql`(${notes[column]}, ${notes.id}) < (${Number(last)}, ${id})`,
    };
  }
  if (sort === "title") {
    const [unpinned, heading] = [sql`0 - ${notes.pinned}`, sql`${notes.heading} collate nocase`];
    return {
      by: [asc(unpinned), asc(heading), asc(notes.id)],
      at: (row: Sorted): CursorValues => [row.pinned, row.heading, row.id],
      beyond: ([pinned, last, id]: CursorValues) =>
        sql`(${unpinned}, ${heading}, ${notes.id}) > (${-pinned}, ${String(last)}, ${id})`,
    };
  }
  const columns =
    place.kind === "tag" && sort === "updated"
      ? [noteTags.pinned, noteTags.updated, noteTags.noteId]
      : [notes.pinned, notes[sort], notes.id];
  return {
    by: columns.map((column) => desc(column)),
    at: (row: Sorted): CursorValues => [row.pinned, row[sort], row.id],
    beyond: ([pinned, last, id]: CursorValues) =>
      sql`(${sql.join(columns, sql`, `)}) < (${pinned}, ${Number(last)}, ${id})`,
  };
}
