import { and, asc, count, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { savedSearches } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { SearchText } from "./list.server";
import { foldName } from "./markdown/tag";
import { tick } from "./notes.server";
import { type Before, keepUndo } from "./undo.server";

/** Saved searches of one person. */
const MOST = 50;

const SearchName = z
  .string("Give it a name.")
  .trim()
  .min(1, "Give it a name.")
  .max(60, "A name has 60 characters or fewer.")
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), "A name is one line of text.");

/** What to do with saved searches: keep one more, or rename or delete one. */
export const SavedSearchChange = z.discriminatedUnion(
  "intent",
  [
    z.object({
      intent: z.literal("save"),
      name: SearchName,
      q: SearchText.refine((q) => q !== "", "There is nothing to look for.").refine(
        (q) => q.isWellFormed() && !q.includes("\0"),
        "This search holds a character that can’t be kept.",
      ),
    }),
    z.object({ intent: z.literal("rename"), id: z.uuid(), name: SearchName }),
    z.object({ intent: z.literal("delete"), id: z.uuid() }),
  ],
  "Choose what to do with which search.",
);
type SavedSearchChange = z.infer<typeof SavedSearchChange>;

/** The viewer's saved searches by name. Served by saved_searches_name. */
export async function listSavedSearches(viewer: { id: string }, connection: Database = db()) {
  return connection
    .select({ id: savedSearches.id, name: savedSearches.name, q: savedSearches.q })
    .from(savedSearches)
    .where(eq(savedSearches.ownerId, viewer.id))
    .orderBy(asc(savedSearches.folded));
}

/**
 * Keeps, renames or deletes a saved search.
 *
 * @returns why not, where there is one of that name or there are too many; of one that is deleted the
 * name of the undo.
 * @throws Response 404 when the viewer has no such search.
 */
export async function changeSavedSearches(
  viewer: Viewer,
  change: SavedSearchChange,
): Promise<{ undo: string | null } | { refused: string }> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    if (change.intent === "delete") {
      const [gone] = await tx.delete(savedSearches).where(own(viewer, change.id)).returning(KEPT);
      if (!gone) throw notFound();
      return {
        undo: await keepUndo(tx, viewer, `The saved search “${gone.name}” is deleted.`, { notes: [], search: gone }),
      };
    }
    const folded = foldName(change.name);
    const [twin] = await tx
      .select({ id: savedSearches.id })
      .from(savedSearches)
      .where(and(eq(savedSearches.ownerId, viewer.id), eq(savedSearches.folded, folded)));
    if (twin && !(change.intent === "rename" && twin.id === change.id))
      return { refused: `There is a saved search “${change.name}” already.` };
    if (change.intent === "rename") {
      const named = await tx
        .update(savedSearches)
        .set({ name: change.name, folded })
        .where(own(viewer, change.id))
        .returning({ id: savedSearches.id });
      if (named.length === 0) throw notFound();
      return { undo: null };
    }
    const [kept] = await tx.select({ count: count() }).from(savedSearches).where(eq(savedSearches.ownerId, viewer.id));
    if ((kept?.count ?? 0) >= MOST) return { refused: `There are ${MOST} saved searches, and no more can be kept.` };
    const { name, q } = change;
    await tx.insert(savedSearches).values({ id: uuid(), ownerId: viewer.id, name, folded, q, created: Date.now() });
    return { undo: null };
  });
}

const KEPT = {
  id: savedSearches.id,
  name: savedSearches.name,
  q: savedSearches.q,
  created: savedSearches.created,
};

/** Brings a deleted search back; where its name is taken by now, under another one. */
export async function bringBackSearch(tx: Database, viewer: Viewer, search: NonNullable<Before["search"]>) {
  const taken = new Set((await listSavedSearches(viewer, tx)).map(({ name }) => foldName(name)));
  let { name } = search;
  for (let count = 2; taken.has(foldName(name)); count += 1) name = `${search.name.slice(0, 55)} (${count})`;
  await tx
    .insert(savedSearches)
    .values({ ...search, name, folded: foldName(name), ownerId: viewer.id })
    .onConflictDoNothing();
}

function own(viewer: Viewer, id: string) {
  return and(eq(savedSearches.ownerId, viewer.id), eq(savedSearches.id, id));
}
