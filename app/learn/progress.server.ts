import { eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer.server";
import { db, transaction } from "~/db/engine.server";
import { experiments } from "~/db/schema.server";
import { describeError, log } from "~/http/log.server";

/** Notes that the viewer has run an experiment, where it can be written down: its report is worth more than the tick. */
export async function noteRun(viewer: Viewer, concept: string, name: string) {
  const row = { ownerId: viewer.id, concept, name, ran: Date.now() };
  const noted = transaction((tx) =>
    tx
      .insert(experiments)
      .values(row)
      .onConflictDoUpdate({
        target: [experiments.ownerId, experiments.concept, experiments.name],
        set: { ran: row.ran },
      }),
  );
  await noted.catch((error) => log.error(describeError(error), "a run of an experiment could not be noted"));
}

/** The experiments that the viewer has run, by concept. Served by the table's own key. */
export async function runsOf(viewer: Viewer | null): Promise<Record<string, string[]>> {
  if (!viewer) return {};
  const rows = await db()
    .select({ concept: experiments.concept, name: experiments.name })
    .from(experiments)
    .where(eq(experiments.ownerId, viewer.id));
  const runs: Record<string, string[]> = {};
  for (const { concept, name } of rows) runs[concept] = [...(runs[concept] ?? []), name];
  return runs;
}
