import type { Viewer } from "~/accounts/viewer.server";
import { DamagedForm } from "~/http/multipart.server";
import { markdownFor } from "./file-list";
import { receiveFiles } from "./receive.server";

/**
 * Takes in what another app hands over: files are kept and wait for the text that names them.
 *
 * @returns the fields that are no files, and `attached`: the files as Markdown, or why one isn't kept.
 * @throws StorageFailure when the disk is full.
 */
export async function receiveShared(viewer: Viewer, request: Request) {
  const fields: [name: string, value: string][] = [];
  const attached: string[] = [];
  try {
    const home = { noteId: null, waiting: true };
    const received = await receiveFiles(viewer, request, home, (name, value) => fields.push([name, value]));
    attached.push(...received.taken.map(markdownFor));
    attached.push(...received.refused.map(({ name, why }) => `> “${name}” was not attached. ${why}`));
  } catch (error) {
    if (!(error instanceof DamagedForm)) throw error;
    attached.push(`> Not all of this arrived. ${error.message}`);
  }
  return [...fields, ["attached", attached.join("\n\n")] as [string, string]];
}
