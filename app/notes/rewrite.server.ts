import { and, eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer.server";
import type { Database } from "~/db/engine.server";
import { notes } from "~/db/schema.server";
import { describe } from "./describe.server";
import type { NoteId } from "./note.server";
import { ownedById } from "./notes.server";
import { keepReplaced } from "./versions.server";

/** What is read of a note whose text may be written anew. */
export const TEXT = {
  id: notes.id,
  title: notes.title,
  version: notes.version,
  updated: notes.updated,
  content: notes.content,
};

/** A text as it was read, before the transaction that may write it anew. */
export type ReadText = Pick<typeof notes.$inferSelect, keyof typeof TEXT>;

/**
 * Writes another text in the place of one that was read; that one goes to the versions, as at any
 * save. `facts` are what else is known of the new one.
 *
 * @returns false where the note was saved since it was read: nothing is changed then.
 */
export async function rewriteText(
  tx: Database,
  viewer: Viewer,
  read: ReadText,
  content: string,
  facts: Partial<typeof notes.$inferInsert>,
): Promise<boolean> {
  const [written] = await tx
    .update(notes)
    .set({
      content,
      ...describe(read.title, content),
      ...facts,
      version: read.version + 1,
      updated: Date.now(),
    })
    .where(and(ownedById(viewer, read.id as NoteId), eq(notes.version, read.version)))
    .returning({ id: notes.id });
  if (!written) return false;
  await keepReplaced(tx, viewer, read, { content });
  return true;
}

/** Whether the same notes are there in the same versions. */
export function unchanged(read: Pick<ReadText, "id" | "version">[], now: Pick<ReadText, "id" | "version">[]): boolean {
  const known = new Map(read.map(({ id, version }) => [id, version]));
  return now.length === read.length && now.every(({ id, version }) => known.get(id) === version);
}
