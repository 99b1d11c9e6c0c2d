import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { files, notes, noteVersions } from "~/db/schema.server";

/** How many stand on a page of a list. */
export const PAGE = 50;

/** Names the last one of a page, by the time the list is sorted by and the id. */
export const Cursor = z.string().regex(/^\d{1,15}\.[\da-f-]{36}$/, "This page of the list doesn't exist.");

type Time = typeof notes.updated | typeof notes.trashed | typeof noteVersions.saved | typeof files.created;
type Id = typeof notes.id | typeof noteVersions.id | typeof files.id;

/** Those after the cursor in a list that is sorted by `time` and `id`, latest first. */
export function beyond(cursor: string, time: Time, id: Id): SQL {
  const [at = "", last = ""] = cursor.split(".");
  return sql`(${time}, ${id}) < (${Number(at)}, ${last})`;
}

/** Names the last one of a page by all that the list is sorted by: JSON, in base64url. */
export const ListCursor = z
  .string()
  .max(3_000)
  .transform((text, context) => {
    const values = Place.safeParse(parse(Buffer.from(text, "base64url").toString()));
    if (values.success) return values.data;
    context.addIssue({ code: "custom", message: "This page of the list doesn't exist." });
    return z.NEVER;
  });

const Place = z.tuple([z.int(), z.union([z.int(), z.string()]), z.string()]);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

export type CursorValues = z.infer<typeof Place>;

/** The text of a {@link ListCursor}. */
export function cursorAt(...values: CursorValues) {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/**
 * Cuts a page off the rows of a query that asked for one more than fits.
 *
 * @returns `next`, the cursor of the page that follows, null on the last one.
 */
export function cutPage<Row extends { id: string }>(rows: Row[], limit: number, timeOf: (row: Row) => number) {
  return cutAt(rows, limit, (last) => `${timeOf(last)}.${last.id}`);
}

/** The same where the cursor is the caller's. */
export function cutAt<Row>(rows: Row[], limit: number, cursorOf: (last: Row) => string) {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { page, next: last ? cursorOf(last) : null };
}
