import { and, count, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { db, engine } from "~/db/engine.server";
import { notes } from "~/db/schema.server";
import { nearestSearch } from "./did-you-mean.server";
import { wordsIn } from "./excerpt.server";
import { fitting, leadingWords, type ResolvedSearch, resolveSearch } from "./found.server";
import { inPlace, listed, type NotesQuery, orderOf, type Place, readList } from "./list.server";
import { MOST_COUNTED } from "./looks";
import { ownedBy } from "./notes.server";
import { parseSearch, printSearch, type Where, type WordsTerm } from "./search.server";

/**
 * The notes page: a page of all notes, of the pinned ones, or of what a search finds, and then how
 * much it finds and where; `found` is null where nothing is searched for.
 */
export async function readNotes(viewer: Viewer, query: z.infer<typeof NotesQuery>) {
  const { search, unknown } = parseSearch(query.q);
  const resolved = search && (await resolveSearch(viewer, search));
  const { counts, ...list } = await engine().searching(async () => {
    const counts = resolved && (await countFound(viewer, resolved));
    const few = resolved !== null && counts !== null && counts[resolved.search.where] <= FEW;
    return { counts, ...(await readList(viewer, query, { kind: query.only ?? "all" }, { resolved, few })) };
  });
  const nothing = counts && Object.values(counts).every((count) => count === 0);
  const instead = resolved && nothing ? await findInstead(viewer, resolved) : null;
  const found: Found | null = resolved && counts && { ...counts, ...told(resolved), unknown, instead };
  return { ...list, found };
}

/** The same search with words that are near, where that one finds something. */
async function findInstead(viewer: Viewer, { search }: ResolvedSearch) {
  const near = await nearestSearch(viewer, search);
  if (!near) return null;
  const counts = await countFound(viewer, await resolveSearch(viewer, near));
  return counts[near.where] > 0 ? printSearch(near) : null;
}

/** The words of a search that a note's text can have, to be marked there. */
export function searchedWords(q: string): WordsTerm[] {
  const { search } = parseSearch(q);
  return search ? wordsIn(search) : [];
}

/** How many notes a search finds in each place; {@link MOST_COUNTED} and one where it is more. */
async function countFound(viewer: Viewer, resolved: ResolvedSearch): Promise<Record<Where, number>> {
  if (leadingWords(resolved.search).length === 0) return countAlong(viewer, resolved);
  const { cut, ...counts } = await countFromWords(viewer, resolved);
  if (!cut) return counts;
  const enough = counts.listed > MOST_COUNTED;
  const along = await countAlong(viewer, resolved, !enough);
  return enough ? { ...along, listed: counts.listed } : along;
}

/** So many are read and sorted sooner than a list of thousands is gone along. */
const FEW = 200;

/** Of a word that is in most texts, no more than these are looked at. */
const MOST_LOOKED_AT = 2_000;

/** What a search found besides the notes: how many where, and what it could not go by. */
export interface Found extends Record<Where, number> {
  /** Where it was looked. */
  in: Where;
  /** The same search in each place. */
  queries: Record<Where, string>;
  /** Tags and notebooks that are named and don't exist. */
  missing: string[];
  /** What looks like an operator and is none. */
  unknown: string[];
  /** Where it found nothing: what may have been meant, and finds something. */
  instead: string | null;
}

function told({ search, missing }: ResolvedSearch) {
  const at = (where: Where) => printSearch({ ...search, where });
  return {
    in: search.where,
    queries: { listed: at("listed"), archived: at("archived"), trashed: at("trashed") },
    missing,
  };
}

/** note_search leads to the rows: most searches find few. `cut` where it finds more than are looked at. */
async function countFromWords(viewer: { id: string }, resolved: ResolvedSearch) {
  const most = { ownerId: viewer.id, texts: MOST_LOOKED_AT };
  const [counts] = await db()
    .select({
      listed: count(sql`case when ${listed} then 1 end`),
      archived: count(sql`case when ${notes.trashed} is null then ${notes.archived} end`),
      trashed: count(notes.trashed),
      cut: engine().matchingMore(leadingWords(resolved.search), most),
    })
    .from(notes)
    .where(and(ownedBy(viewer), fitting(viewer, resolved, { inOrder: false, most })));
  return counts ?? { listed: 0, archived: 0, trashed: 0, cut: 0 };
}

/** Along notes_newest, notes_archived and notes_trashed, each no further than is counted. */
async function countAlong(viewer: { id: string }, resolved: ResolvedSearch, listedToo = true) {
  const of = (where: Where, place: Place) => {
    const walked = db()
      .select({ one: sql`1`.as("one") })
      .from(notes)
      .where(and(inPlace(viewer, place), fitting(viewer, resolved, { inOrder: true })))
      // In the list's order, so that SQLite takes its index also where nearly all notes are in it.
      .orderBy(...orderOf(place, "updated").by)
      .limit(MOST_COUNTED + 1)
      .as("walked");
    return db()
      .select({ where: sql<Where>`${where}`.as("where"), notes: count().as("notes") })
      .from(walked);
  };
  const elsewhere = of("archived", { kind: "archive" }).unionAll(of("trashed", { kind: "trash" }));
  const rows = await (listedToo ? of("listed", { kind: "all" }).unionAll(elsewhere) : elsewhere);
  const counted = (where: Where) => rows.find((row) => row.where === where)?.notes ?? 0;
  return { listed: counted("listed"), archived: counted("archived"), trashed: counted("trashed") };
}
