import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { visible } from "~/http/visible";
import type { Place } from "./list.server";
import { Change, changeNotes, type Picked, pickAll } from "./organise.server";

/** From this many notes on it is asked first. */
const ASK_ABOVE = 100;

/** What the bar above a list sends besides `note-…` fields, one for each box that was ticked, each with its version. */
export const Batch = z.object({
  /** As {@link placeOf} reads it: where "all" is chosen, all of there. */
  place: visible(z.string().regex(/^(all|pinned|archive|none|(notebook|tag):[\da-f-]{36})$/)),
  all: visible(z.literal("yes")).optional(),
  seen: z.coerce.number().int().min(0),
  sure: visible(z.literal("yes")).optional(),
  /** The page to go back to. */
  back: z.string().default("/notes"),
});

/** What came of a batch: done, or what has to be said or asked first. */
export type BatchOutcome =
  | { kind: "done"; undo: string }
  | { kind: "refused"; message: string }
  | { kind: "ask"; count: number };

/**
 * Changes the notes that a form picked, or all of a place.
 *
 * @param fields all fields of the form.
 * @throws Response 404 when a notebook to move them to isn't the viewer's.
 */
export async function changeBatch(
  viewer: Viewer,
  { place, all, seen, sure }: z.infer<typeof Batch>,
  fields: Record<string, string>,
): Promise<BatchOutcome> {
  const change = Change.safeParse(fields);
  if (!change.success)
    return { kind: "refused", message: [...new Set(change.error.issues.map(({ message }) => message))].join(" ") };
  if ((change.data.what === "tag" || change.data.what === "untag") && change.data.tag.length === 0)
    return { kind: "refused", message: "Write the tag into its field first." };
  const picked = await pickedBy(viewer, { place, all, seen }, fields);
  if (!picked) return { kind: "refused", message: REFUSED.many };
  if (picked.length === 0) return { kind: "refused", message: REFUSED.none };
  if (picked.length > ASK_ABOVE && !sure) return { kind: "ask", count: picked.length };
  return { kind: "done", undo: await changeNotes(viewer, picked, change.data) };
}

/** Why nothing was done with many notes. */
const REFUSED = {
  damaged: "Nothing was done: the form can’t be read.",
  many: "These are more than 5,000 notes: choose a part of them.",
  none: "No note is chosen: tick the boxes of those that are meant.",
};

/** What an address says of why nothing was done, as a sentence. */
export function refusedBy(address: string): string | null {
  const why = new URL(address).searchParams.get("refused") ?? "";
  return Object.hasOwn(REFUSED, why) ? REFUSED[why as keyof typeof REFUSED] : null;
}

/** The notes that a form picked, or all of a place; null where they are more than can be. */
export async function pickedBy(
  viewer: Viewer,
  { place, all, seen }: Pick<z.infer<typeof Batch>, "place" | "all" | "seen">,
  fields: Record<string, string>,
): Promise<Picked[] | null> {
  return all ? pickAll(viewer, placeOf(place), seen) : pickedIn(fields);
}

function pickedIn(fields: Record<string, string>): Picked[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const id = /^note-([\da-f-]{36})$/.exec(name)?.[1];
    return id ? [{ id, version: Number(value) }] : [];
  });
}

/** The text that names a place in a form, and back. */
export function placeOf(text: string): Place {
  const [kind = "", id = ""] = text.split(":");
  if (kind === "none") return { kind: "notebook", id: null };
  if (kind === "notebook" || kind === "tag") return { kind, id };
  return { kind: kind as "all" };
}
