import type { Viewer } from "~/accounts/viewer.server";
import type { Refusal } from "~/http/refusal";
import { markdownFor } from "./file-list";
import type { Home } from "./files.server";
import { receiveFiles } from "./receive.server";

/** An upload as its page needs it: what is kept, and where something isn't, why. */
export interface Uploaded extends Refusal {
  kept: { id: string; name: string; markdown: string }[];
  /** Null where all is kept. */
  refused: "too large" | "unfit" | null;
}

/**
 * Takes the files of a form in.
 *
 * @throws Response 404 when the viewer has no such note.
 * @throws StorageFailure when the disk is full.
 */
export async function upload(viewer: Viewer, request: Request, home: Home): Promise<Uploaded> {
  const { taken, refused, tooLarge, damaged } = await receiveFiles(viewer, request, home);
  const kept = taken.map((file) => ({ id: file.id, name: file.name, markdown: markdownFor(file) }));
  const reasons = refused.map(({ name, why }) => `“${name}” was not attached. ${why}`);
  if (damaged) reasons.push(damaged);
  if (reasons.length > 0) {
    const message = sayKept(kept.map(({ name }) => name));
    return { kept, refused: tooLarge ? "too large" : "unfit", message, errors: { files: reasons } };
  }
  if (kept.length > 0) return { kept, refused: null };
  return { kept, refused: "unfit", message: "Nothing was attached.", errors: { files: ["Choose a file first."] } };
}

function sayKept(names: string[]) {
  if (names.length === 0) return "Nothing was attached.";
  return `Attached: ${names.map((name) => `“${name}”`).join(", ")}. The others were not.`;
}
