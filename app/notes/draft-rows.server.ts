import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer.server";
import type { Database } from "~/db/engine.server";
import { drafts } from "~/db/schema.server";
import type { Settles } from "./note.server";

/** Stands for a draft's tags, or its notebook, where it leaves those of the note: no field of a form holds it. */
export const AS_IT_IS = "\n";

/** What is left of a draft that was saved. */
export const ENDED = {
  noteId: null,
  version: 0,
  title: "",
  content: "",
  tags: "",
  notebook: "",
  ended: "saved",
} as const;

/** A draft as it stands in the database, without whose it is. */
export type DraftRow = Omit<typeof drafts.$inferInsert, "ownerId" | "id" | "kept">;

/** Somebody's drafts that are still drafts. */
export function openOf(viewer: { id: string }) {
  return and(eq(drafts.ownerId, viewer.id), isNull(drafts.ended));
}

/** Makes or changes a draft where `where` holds for the one there is. @returns false where it doesn't. */
export async function putDraft(tx: Database, viewer: Viewer, id: string, row: DraftRow, where: SQL) {
  const kept = Date.now();
  const changed = await tx
    .insert(drafts)
    .values({ ownerId: viewer.id, id, kept, ...row })
    .onConflictDoUpdate({ target: [drafts.ownerId, drafts.id], set: { kept, ...row }, setWhere: where })
    .returning({ id: drafts.id });
  return changed.length > 0;
}

/**
 * Ends the drafts that a save makes needless, up to the sequence that it names: what was typed after
 * it stays a draft, and what was sent before it and arrives later is held off. The transaction is the caller's.
 */
export async function settleDrafts(tx: Database, viewer: Viewer, settles: Settles) {
  for (const { id, sequence } of settles)
    await putDraft(tx, viewer, id, { ...ENDED, sequence }, sql`${drafts.sequence} <= ${sequence}`);
}
