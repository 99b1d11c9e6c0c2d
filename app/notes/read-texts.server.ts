import { and, eq, lt } from "drizzle-orm";
import { db, transaction } from "~/db/engine.server";
import { notes } from "~/db/schema.server";
import { inBackground } from "~/http/background.server";
import { describeError, log } from "~/http/log.server";
import { setLinks } from "./links.server";
import { READING, type Reading } from "./markdown/reading.server";
import { readingOfAny } from "./markdown/rendered.server";
import { linkName } from "./markdown/wikilink";
import type { NoteId } from "./note.server";
import { ownedById, tasksIn, tick } from "./notes.server";
import { setTags } from "./tags.server";

let underWay: Promise<unknown> | null = null;
let again = false;
let stopping = false;

/**
 * Has texts read that were too long to be read while somebody waited for their save, or that were
 * saved by an earlier Verso: for all people, one after another, while everything else goes on.
 */
export function readTextsSoon() {
  again = true;
  underWay ??= inBackground(readAll).finally(() => {
    underWay = null;
  });
}

/** Ends it after the text that is being read, and lets it begin again later. */
export async function stopReadingTexts() {
  stopping = true;
  await underWay;
  stopping = false;
}

async function readAll() {
  try {
    let count = 0;
    while (again && !stopping) {
      again = false;
      count += await readTexts();
    }
    if (count > 0) log.info({ notes: count }, "read for their tags, tasks and links");
  } catch (error) {
    log.error(describeError(error), "texts could not be read for their tags and tasks");
  }
}

/** Reads all that wait for it. @returns how many. */
export async function readTexts(): Promise<number> {
  for (let done = 0; ; done += 1) {
    const [waiting] = await db()
      .select({
        id: notes.id,
        ownerId: notes.ownerId,
        version: notes.version,
        title: notes.title,
        content: notes.content,
      })
      .from(notes)
      .where(lt(notes.reading, READING))
      .limit(1);
    if (!waiting || stopping) return done;
    await keep(waiting, await readingOfAny(waiting.content));
  }
}

type Waiting = { id: string; ownerId: string; version: number; title: string };

/** Unless the note was saved meanwhile: then it waits still, or was read at that save. */
async function keep({ id, ownerId, version, title }: Waiting, read: Reading | null) {
  await transaction(async (tx) => {
    await tick(tx, { id: ownerId });
    const [same] = await tx
      .update(notes)
      // What can't be read at all is not tried again and again.
      .set({ ...tasksIn(read), reading: READING, linkName: linkName(title) })
      .where(and(ownedById({ id: ownerId }, id as NoteId), eq(notes.version, version)))
      .returning({ id: notes.id });
    if (!same) return;
    await setTags(tx, { id: ownerId }, id, { written: read?.tags ?? [] });
    await setLinks(tx, { id: ownerId }, id, read?.links ?? []);
  });
}
