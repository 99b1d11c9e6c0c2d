import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { notes } from "~/db/schema.server";

/** How many notes stand on a page of a list. */
export const PAGE = 50;

/** Names the last note of a page, by the time the list is sorted by and the id. */
export const Cursor = z.string().regex(/^\d{1,15}\.[\da-f-]{36}$/, "This page of the list doesn't exist.");

/** Those after the cursor in a list that is sorted by `time` and id, latest first. */
export function beyond(cursor: string, time: typeof notes.updated | typeof notes.trashed): SQL {
  const [at = "", id = ""] = cursor.split(".");
  return sql`(${time}, ${notes.id}) < (${Number(at)}, ${id})`;
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
