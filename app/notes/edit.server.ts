import type { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { Choice, type Merge, merge, settle } from "./merge.server";
import {
  type EditedNote,
  NoteContent,
  type NoteId,
  type Organised,
  organisedBy,
  settledBy,
  type VersionId,
} from "./note.server";
import { readNote, type Saved, updateNote } from "./notes.server";
import { readReplaced, readVersion } from "./versions.server";

/** A conflict as its page needs it. */
export interface MergedConflict {
  kind: "conflict";
  message: string;
  /** What both sides come to, stretch by stretch. */
  merge: Merge;
  /** All of it with both sides kept where they differ, to edit by hand. */
  proposal: string;
  mine: { title: string; content: string };
  /** The version that both edits began with, and the one that is saved. */
  base: number;
  version: number;
  /** What of the form is saved all the same: it conflicts with nothing. */
  filed: ("tags" | "notebook")[];
  /** The drafts in the browser that this edit came from. */
  draft?: string;
  /** The same on the server. */
  settles?: string;
}

/** A text that came out longer than a note may be. */
export interface TooLarge {
  kind: "too large";
  message: string;
}

/**
 * Saves what came out of the edit form, or of the page that settles a conflict (which has a `base`).
 *
 * @returns where somebody saved in the meantime, all that is needed to merge.
 * @throws Response 404 when the viewer has no such note.
 */
export async function saveEdit(
  viewer: Viewer,
  id: NoteId,
  edit: z.infer<typeof EditedNote>,
): Promise<Saved | MergedConflict | TooLarge> {
  const { text, version } = edit.base
    ? await settled(viewer, id, edit, edit.base)
    : { text: edit, version: edit.version };
  if (!NoteContent.safeParse(text.content).success)
    return {
      kind: "too large",
      message: "Both texts together are more than a note holds (1 MiB). Choose one of them.",
    };
  const organised = organisedBy(edit);
  const settles = settledBy(edit.settles);
  const result = await updateNote(viewer, id, version, text, { ...organised, settles });
  if (result.kind === "saved") return result;
  const merged = merge(result.base, result.mine, result.theirs);
  return {
    kind: "conflict",
    message: "This note was saved somewhere else while you were writing. Nothing is lost: all the texts are kept.",
    merge: merged,
    proposal: settle(merged),
    mine: result.mine,
    base: version,
    version: result.theirs.version,
    filed: filedBy(organised),
    draft: edit.draft,
    settles: edit.settles,
  };
}

function filedBy({ tags, notebookId }: Organised): MergedConflict["filed"] {
  const retagged = tags !== undefined && tags.add.length + tags.remove.length > 0;
  return [...(retagged ? ["tags" as const] : []), ...(notebookId !== undefined ? ["notebook" as const] : [])];
}

/**
 * Makes an earlier text the text again, byte for byte. The text before is kept, as at any save.
 *
 * @returns a message where somebody saved since `version` was read: nothing is changed then.
 * @throws Response 404 when the viewer has no such note, or that no such earlier text.
 */
export async function takeBack(
  viewer: Viewer,
  id: NoteId,
  earlier: VersionId,
  version: number,
): Promise<Saved | { kind: "conflict"; message: string }> {
  const conflict = {
    kind: "conflict" as const,
    message: "This note was saved somewhere else while you were looking. Below is what differs from it now.",
  };
  const [{ title, content }, stored] = await Promise.all([readVersion(viewer, id, earlier), readNote(viewer, id)]);
  if (stored.version !== version) return conflict;
  const result = await updateNote(viewer, id, version, { title, content }, { lineBreaks: "as they are" });
  return result.kind === "saved" ? result : conflict;
}

/** The text that a person's choices come to; their own as it was where somebody saved yet again, so that it is merged anew. */
async function settled(viewer: Viewer, id: NoteId, edit: z.infer<typeof EditedNote>, base: number) {
  const { title, content, version } = edit;
  const [before, stored] = await Promise.all([readReplaced(viewer, id, base), readNote(viewer, id)]);
  if (stored.version !== version) return { text: { title, content }, version: base };
  const merged = merge(before, { title, content }, stored);
  return { text: { title, content: settle(merged, choicesIn(edit)) }, version };
}

/** `choice-0`, `choice-1`, …: one for each stretch that differs. */
function choicesIn(edit: Record<string, unknown>) {
  const choices: Choice[] = [];
  for (let index = 0; `choice-${index}` in edit; index += 1) {
    const choice = Choice.safeParse(edit[`choice-${index}`]);
    choices.push(choice.success ? choice.data : "both");
  }
  return choices;
}
