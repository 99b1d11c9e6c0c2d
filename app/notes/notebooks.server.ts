import { and, asc, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db, transaction } from "~/db/engine.server";
import { notebooks, notes } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { foldName } from "./markdown/tag";
import { ChosenNotebook, type NotebookId } from "./note.server";
import { tick } from "./notes.server";
import { type Before, keepUndo } from "./undo.server";

/** How deep notebooks nest. */
export const DEEPEST = 3;
/** Notebooks of one person. */
const MOST = 500;

/** The name of a notebook: one line, 100 characters. */
const NotebookName = z
  .string("Give it a name.")
  .trim()
  .min(1, "Give it a name.")
  .max(100, "A name has 100 characters or fewer.")
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), "A name is one line of text.");

/** A notebook that is made, inside another one where `parent` is given. */
export const NewNotebook = z.object({ name: NotebookName, parent: ChosenNotebook.default("") });

/** What to do with a notebook. */
export const NotebookChange = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("change"), name: NotebookName, parent: ChosenNotebook }),
  z.object({ intent: z.literal("delete") }),
]);

export interface Notebook {
  id: string;
  name: string;
  parentId: string | null;
  notes: number;
}

/** A notebook among all of them; `depth` counts from 1. */
export interface Shelved extends Notebook {
  depth: number;
  /** Its own name behind those it is in. */
  path: string;
}

/** The viewer's notebooks, each right after the one that it is in, by name. */
export async function listNotebooks(viewer: { id: string }, connection: Database = db()): Promise<Shelved[]> {
  const found = await connection
    .select({ id: notebooks.id, name: notebooks.name, parentId: notebooks.parentId, notes: notebooks.notes })
    .from(notebooks)
    .where(eq(notebooks.ownerId, viewer.id))
    .orderBy(asc(notebooks.folded));
  return shelve(found);
}

/** Notebooks in the order of a tree; those of `found` are by name already. */
export function shelve(found: Notebook[]): Shelved[] {
  const inside = new Map<string | null, Notebook[]>();
  for (const notebook of found) inside.set(notebook.parentId, [...(inside.get(notebook.parentId) ?? []), notebook]);
  const below = (parent: string | null, depth: number, path: string): Shelved[] =>
    (inside.get(parent) ?? []).flatMap((notebook) => {
      const own = path + notebook.name;
      return [{ ...notebook, depth, path: own }, ...below(notebook.id, depth + 1, `${own} / `)];
    });
  return below(null, 1, "");
}

/**
 * One notebook.
 *
 * @throws Response 404 when the viewer has no such notebook.
 */
export async function readNotebook(viewer: { id: string }, id: NotebookId, connection: Database = db()) {
  const [notebook] = await connection
    .select({ id: notebooks.id, name: notebooks.name, parentId: notebooks.parentId, notes: notebooks.notes })
    .from(notebooks)
    .where(ownedById(viewer, id));
  if (!notebook) throw notFound();
  return notebook;
}

/** What is wrong with the notebook that a form chose: it may be gone since the form was opened. */
export async function wrongNotebook(
  viewer: Viewer,
  { notebook, notebookBefore }: { notebook?: string; notebookBefore?: string },
): Promise<{ notebook: string[] } | null> {
  if (!notebook || notebook === notebookBefore) return null;
  const there = (await listNotebooks(viewer)).some(({ id }) => id === notebook);
  return there ? null : { notebook: ["That notebook is not there any more. Choose another one, or none."] };
}

/**
 * A notebook with those that it is in, those in it, and all that it could be put into.
 *
 * @throws Response 404 when the viewer has no such notebook.
 */
export async function readShelf(viewer: { id: string }, id: NotebookId) {
  const all = await listNotebooks(viewer);
  const notebook = all.find((one) => one.id === id);
  if (!notebook) throw notFound();
  const own = withInside(all, id);
  return {
    ...notebook,
    above: all.find((one) => one.id === notebook.parentId) ?? null,
    inside: own.filter((one) => one.parentId === id),
    parents: all.filter((one) => one.depth < DEEPEST && !own.includes(one)),
  };
}

/** What is wrong with a change, in a sentence. */
export type Refused = { refused: string };

/**
 * Makes a notebook, inside another one where `parent` is given.
 *
 * @returns why not, where there is one of that name or it would be too deep.
 * @throws Response 404 when the viewer has no such parent.
 */
export async function createNotebook(
  viewer: Viewer,
  { name, parent }: { name: string; parent: string },
): Promise<{ id: string } | Refused> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const all = await listNotebooks(viewer, tx);
    if (all.length >= MOST) return { refused: `There are ${MOST} notebooks, and no more can be kept.` };
    const place = placeFor(all, { id: null, name, parent: parent || null });
    if ("refused" in place) return place;
    const id = uuid();
    await tx
      .insert(notebooks)
      .values({ id, ownerId: viewer.id, parentId: parent || null, name, folded: foldName(name), created: Date.now() });
    return { id };
  });
}

/**
 * Gives a notebook another name or another place.
 *
 * @returns why not, where there is one of that name, it would be too deep, or inside itself.
 * @throws Response 404 when the viewer has no such notebook or parent.
 */
export async function changeNotebook(
  viewer: Viewer,
  id: NotebookId,
  { name, parent }: { name: string; parent: string },
): Promise<{ changed: true } | Refused> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const all = await listNotebooks(viewer, tx);
    if (!all.some((notebook) => notebook.id === id)) throw notFound();
    const place = placeFor(all, { id, name, parent: parent || null });
    if ("refused" in place) return place;
    await tx
      .update(notebooks)
      .set({ name, folded: foldName(name), parentId: parent || null })
      .where(ownedById(viewer, id));
    return { changed: true };
  });
}

/** Whether a notebook can stand there: below at most two others, not below itself, its name there once. */
function placeFor(
  all: Shelved[],
  { id, name, parent }: { id: string | null; name: string; parent: string | null },
): { fits: true } | Refused {
  const above = all.find((notebook) => notebook.id === parent);
  if (parent && !above) throw notFound();
  const own = id ? withInside(all, id) : [];
  if (own.some((notebook) => notebook.id === parent)) return { refused: "A notebook can’t be put into itself." };
  const height = own.length === 0 ? 1 : Math.max(...own.map(({ depth }) => depth)) - (own[0]?.depth ?? 0) + 1;
  if ((above?.depth ?? 0) + height > DEEPEST) return { refused: `Notebooks are at most ${DEEPEST} deep.` };
  const twin = all.some(
    (notebook) => notebook.id !== id && notebook.parentId === parent && foldName(notebook.name) === foldName(name),
  );
  return twin ? { refused: `There is a notebook “${name}” in that place already.` } : { fits: true };
}

/** A notebook and all that are in it, itself first. */
function withInside(all: Shelved[], id: string): Shelved[] {
  const place = all.findIndex((notebook) => notebook.id === id);
  const own = all[place];
  if (!own) return [];
  const end = all.findIndex((notebook, index) => index > place && notebook.depth <= own.depth);
  return all.slice(place, end < 0 ? undefined : end);
}

/**
 * Deletes a notebook: its notes are then in none, and the notebooks in it move up a level.
 *
 * @returns the name of the undo.
 * @throws Response 404 when the viewer has no such notebook.
 */
export async function deleteNotebook(viewer: Viewer, id: NotebookId): Promise<string> {
  return transaction(async (tx) => {
    await tick(tx, viewer);
    const notebook = await readNotebook(viewer, id, tx);
    const inside = await tx
      .select({ id: notebooks.id, name: notebooks.name })
      .from(notebooks)
      .where(and(eq(notebooks.ownerId, viewer.id), eq(notebooks.parentId, id)));
    const held = await tx
      .select({ id: notes.id })
      .from(notes)
      .where(and(eq(notes.ownerId, viewer.id), eq(notes.notebookId, id)));
    const { name, parentId } = notebook;
    for (const child of inside) await moveUp(tx, viewer, child, parentId);
    await tx.delete(notebooks).where(ownedById(viewer, id));
    return keepUndo(tx, viewer, `The notebook “${name}” is deleted; its notes are in no notebook.`, {
      notes: held.map((note) => ({ id: note.id, is: { notebookId: null }, was: { notebookId: id } })),
      notebook: { id, name, parentId, inside: inside.map((child) => child.id) },
    });
  });
}

/** A notebook goes up a level. */
async function moveUp(tx: Database, viewer: Viewer, { id, name }: { id: string; name: string }, to: string | null) {
  const free = freeName(await listNotebooks(viewer, tx), name, to);
  await tx
    .update(notebooks)
    .set({ parentId: to, name: free, folded: foldName(free) })
    .where(ownedById(viewer, id as NotebookId));
}

/** A name that nothing else in that place has: with a number where need be. */
function freeName(all: Shelved[], name: string, parent: string | null) {
  const taken = new Set(all.filter(({ parentId }) => parentId === parent).map((notebook) => foldName(notebook.name)));
  let free = name;
  for (let count = 2; taken.has(foldName(free)); count += 1) free = `${name.slice(0, 90)} ${count}`;
  return free;
}

/** A deleted notebook, as the undo brings it back: in its old place, or on top where that is gone or too deep now. */
export async function bringBack(
  tx: Database,
  viewer: Viewer,
  { id, name, parentId, inside }: NonNullable<Before["notebook"]>,
) {
  const all = await listNotebooks(viewer, tx);
  const children = all.filter((notebook) => inside.includes(notebook.id) && notebook.parentId === parentId);
  const height = Math.max(
    0,
    ...children.flatMap((child) => withInside(all, child.id).map(({ depth }) => depth - child.depth + 1)),
  );
  const above = all.find((notebook) => notebook.id === parentId);
  const parent = above && above.depth + 1 + height <= DEEPEST ? above.id : null;
  const free = freeName(all, name, parent);
  await tx
    .insert(notebooks)
    .values({ id, ownerId: viewer.id, parentId: parent, name: free, folded: foldName(free), created: Date.now() });
  for (const child of children)
    await tx
      .update(notebooks)
      .set({ parentId: id })
      .where(ownedById(viewer, child.id as NotebookId));
}

function ownedById(viewer: { id: string }, id: NotebookId) {
  return and(eq(notebooks.ownerId, viewer.id), eq(notebooks.id, id));
}
