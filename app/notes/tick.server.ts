import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { db, transaction } from "~/db/engine.server";
import { notes } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { tasksIn } from "./markdown/rendered.server";
import { findTask, TASK, taskAnchor, wishesDone, withTick } from "./markdown/tasks.server";
import type { NoteId } from "./note.server";
import { ownedById, tick } from "./notes.server";
import { rewriteText, TEXT } from "./rewrite.server";

/** A task that is to be ticked, or no longer. With script, the page that shows it stays. */
export const TickedTask = z.object({
  task: z.string().regex(TASK),
  next: z.literal("stay").optional(),
});

/** What became of a tick; `anchor` is the task's place on the page of its note. */
export type Ticked = { kind: "ticked"; anchor: string } | { kind: "refused"; message: string };

/** Somebody who saves in between costs one more try; so many in a row happen to nobody. */
const TRIES = 10;

/**
 * Changes the one character that says whether a task is done, where it is certain which task is
 * meant. Needs no version: ticks of two people at once don't touch each other. The text before goes
 * to the versions, as at any save.
 *
 * @throws Response 404 when the viewer has no such note.
 */
export async function tickTask(viewer: Viewer, id: NoteId, task: string): Promise<Ticked> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const ticked = await tryToTick(viewer, id, task);
    if (ticked) return ticked;
  }
  return refused("This note is being saved over and over at the moment, so nothing was ticked. Try again.");
}

/** @returns null where somebody saved the note after it was read here. */
async function tryToTick(viewer: Viewer, id: NoteId, named: string): Promise<Ticked | null> {
  const stored = await readText(viewer, id);
  if (stored.trashed !== null)
    return refused("This note is in the trash, so nothing was ticked. Restore it, then tick again.");
  const found = await tasksIn(stored.content);
  if (!found)
    return refused(
      "This text takes too long to read for its boxes to be found, so nothing was ticked. Edit it instead.",
    );
  const task = findTask(found, named);
  if (!task) return refused(CHANGED);
  const ticked: Ticked = { kind: "ticked", anchor: taskAnchor(found.tasks.indexOf(task)) };
  // Ticked by somebody else meanwhile, or by the same form sent twice.
  if (task.done === wishesDone(named)) return ticked;
  const content = withTick(stored.content, task);
  const done = found.tasks.filter((one) => (one === task ? !one.done : one.done)).length;
  return transaction(async (tx) => {
    await tick(tx, viewer);
    return (await rewriteText(tx, viewer, stored, content, { tasksDone: done })) ? ticked : null;
  });
}

const CHANGED =
  "The line with this box has changed since the page was shown, so nothing was ticked. Below is the note as it is now.";

function refused(message: string): Ticked {
  return { kind: "refused", message };
}

async function readText(viewer: Viewer, id: NoteId) {
  const [note] = await db()
    .select({ ...TEXT, trashed: notes.trashed })
    .from(notes)
    .where(ownedById(viewer, id));
  if (!note) throw notFound();
  return note;
}
