import { and, eq, gt, lte } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Viewer } from "~/accounts/viewer.server";
import { type Database, db } from "~/db/engine.server";
import { type Colour, undos } from "~/db/schema.server";

/** How long something can be undone, in milliseconds. */
export const UNDO_FOR = 10 * 60_000;

/** What organising changes of a note; never its text. */
export interface Standing {
  notebookId?: string | null;
  colour?: Colour | null;
  pinned?: number;
  archived?: number | null;
  trashed?: number | null;
}

/** How to bring things back: each note only where it still is as the change left it. */
export interface Before {
  notes: { id: string; is: Standing; was: Standing }[];
  /** Tags that were given to those notes, or taken from them. */
  tags?: { name: string; given: boolean; notes: string[] }[];
  /** A notebook that is gone, and the notebooks that were in it. */
  notebook?: { id: string; name: string; parentId: string | null; inside: string[] };
  /** Files that are deleted. */
  files?: string[];
  /** A saved search that is gone. */
  search?: { id: string; name: string; q: string; created: number };
  renaming?: Renaming;
}

/** A tag that has another name, with all below it. Holds no text: those before are in the versions. */
export interface Renaming {
  from: string;
  to: string;
  /** Texts that were written anew, each with the version that this made. */
  texts: { id: string; version: number }[];
  /** Tags that went out of the forms of notes, and those that came; `has` are those by their new names, come or there before. */
  given: { gone: string[]; come: string[]; has: string[]; notes: string[] }[];
  /** Tags by the names that they had, and have now: null where that is another tag. */
  names: { was: string; is: string | null }[];
}

/** Keeps how to undo what was just done. @returns the name of the undo. */
export async function keepUndo(tx: Database, viewer: Viewer, done: string, before: Before): Promise<string> {
  const id = uuid();
  const now = Date.now();
  await tx.delete(undos).where(and(eq(undos.ownerId, viewer.id), lte(undos.created, now - UNDO_FOR)));
  await tx.insert(undos).values({ id, ownerId: viewer.id, done, before: JSON.stringify(before), created: now });
  return id;
}

/** What was done in the last ten minutes, in words; `possible` where there is something to undo. */
export async function readUndo(viewer: Viewer, id: string | null | undefined) {
  const kept = id ? await readBefore(viewer, id) : null;
  if (!id || !kept) return null;
  const { notes, tags = [], notebook, files = [], search, renaming } = kept.before;
  const renamed = renaming ? renaming.texts.length + renaming.given.length + renaming.names.length : 0;
  const rows = notes.length + tags.length + files.length + renamed;
  const possible = rows > 0 || notebook !== undefined || search !== undefined;
  return { id, done: kept.done, possible };
}

/** What was done, and how to undo it; null after ten minutes, or where it isn't the viewer's. */
export async function readBefore(viewer: Viewer, id: string, connection: Database = db()) {
  const [kept] = await connection
    .select({ done: undos.done, before: undos.before })
    .from(undos)
    .where(and(eq(undos.ownerId, viewer.id), eq(undos.id, id), gt(undos.created, Date.now() - UNDO_FOR)));
  return kept ? { done: kept.done, before: JSON.parse(kept.before) as Before } : null;
}

/** It can't be undone a second time. */
export async function dropUndo(tx: Database, viewer: Viewer, id: string) {
  await tx.delete(undos).where(and(eq(undos.ownerId, viewer.id), eq(undos.id, id)));
}
