import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { notes, noteVersions } from "~/db/schema.server";

/** How many stand on a page of a list. */
export const PAGE = 50;

/** Names the last one of a page, by the time the list is sorted by and the id. */
export const Cursor = z.string().regex(/^\d{1,15}\.[\da-f-]{36}$/, "This page of the list doesn't exist.");

type Time = typeof notes.updated | typeof notes.trashed | typeof noteVersions.saved;
type Id = typeof notes.id | typeof noteVersions.id;

/** Those after the cursor in a list that is sorted by `time` and `id`, latest first. */
export function beyond(cursor: string, time: Time, id: Id): SQL {
  const [at = "", last = ""] = cursor.split(".");
  return sql`(${time}, ${id}) < (${Number(at)}, ${last})`;
}

/**
 * Cuts a page off the rows of a query that asked for one more than fits.
 *
 * @returns `next`, the cursor of the page that follows, null on the last one.
 */
export function cutPage<Row extends { id: string }>(rows: Row[], limit: number, timeOf: (row: Row) => number) {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { page, next: last ? `${timeOf(last)}.${last.id}` : null };
}
