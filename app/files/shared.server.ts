import { json } from "@remix-run/node";
import type { Viewer } from "~/accounts/viewer.server";
import { readFiles } from "~/http/multipart.server";
import { markdownFor } from "./file-list";
import { receiveFiles } from "./receive.server";

type Fields = [name: string, value: string][];

/**
 * Takes in what another app hands over: files are kept and wait for the text that names them.
 *
 * @returns the fields that are no files, and `attached`: the files as Markdown, or why one isn't kept.
 * @throws StorageFailure when the disk is full.
 */
export async function receiveShared(viewer: Viewer, request: Request): Promise<Fields> {
  const fields: Fields = [];
  const home = { noteId: null, waiting: true };
  const received = await receiveFiles(viewer, request, home, (name, value) => fields.push([name, value]));
  const attached = received.taken.map(markdownFor);
  attached.push(...received.refused.map(({ name, why }) => `> “${name}” was not attached. ${why}`));
  if (received.damaged) attached.push(`> Not all of this arrived. ${received.damaged}`);
  return [...fields, ["attached", attached.join("\n\n")]];
}

/** A refusal with the words of what is handed over: beside large files nobody else keeps them. */
export async function refuseShared(request: Request, refusal: unknown): Promise<never> {
  if (!(refusal instanceof Response) || refusal.status < 400) throw refusal;
  const { status, headers } = refusal;
  const fields: Fields = [];
  // What of the form can't be read has no words.
  await readFiles(
    request,
    0,
    async () => {},
    (name, value) => fields.push([name, value]),
  ).catch(() => {});
  throw json({ ...(await refusal.json()), kept: { action: "/share", fields } }, { status, headers });
}
