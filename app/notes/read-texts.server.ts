import { and, eq, lt } from "drizzle-orm";
import { db, transaction } from "~/db/engine.server";
import { notes } from "~/db/schema.server";
import { setLinks } from "./links.server";
import { READING, type Reading } from "./markdown/reading.server";
import { reading } from "./markdown/rendered.server";
import { linkName } from "./markdown/wikilink";
import type { NoteId } from "./note.server";
import { ownedById, tasksIn, tick } from "./notes.server";
import { setTags } from "./tags.server";

/**
 * Reads again, for all people, the texts that were saved before `READING` or took too long then.
 *
 * @returns how many.
 */
export async function readTexts(): Promise<number> {
  for (let done = 0; ; ) {
    const waiting = await db()
      .select({
        id: notes.id,
        ownerId: notes.ownerId,
        version: notes.version,
        title: notes.title,
        content: notes.content,
      })
      .from(notes)
      .where(lt(notes.reading, READING))
      .limit(20);
    if (waiting.length === 0) return done;
    const read: [note: (typeof waiting)[number], read: Reading | null][] = [];
    for (const note of waiting) read.push([note, await reading(note.content, UNHURRIED)]);
    await transaction(async (tx) => {
      for (const id of new Set(waiting.map((note) => note.ownerId))) await tick(tx, { id });
      for (const [{ id, ownerId, version, title }, found] of read) {
        const same = and(ownedById({ id: ownerId }, id as NoteId), eq(notes.version, version));
        // What can't be read at all is not tried again and again.
        const [still] = await tx
          .update(notes)
          .set({ ...tasksIn(found), reading: READING, linkName: linkName(title) })
          .where(same)
          .returning({ id: notes.id });
        if (!still) continue;
        await setTags(tx, { id: ownerId }, id, { written: found?.tags ?? [] });
        await setLinks(tx, { id: ownerId }, id, found?.links ?? []);
      }
    });
    done += waiting.length;
  }
}

/** How long reading a text may take when nobody waits for it, in milliseconds. */
const UNHURRIED = 10_000;
