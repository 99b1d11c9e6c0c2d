import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { answerFile } from "~/files/answer.server";
import { bytesOf } from "~/files/contents.server";
import { fileId } from "~/files/file.server";
import { readFile } from "~/files/files.server";

// GET /files/:fileId is the file itself, or the range of it that is asked for.
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { key, digest, ...file } = await readFile(viewer, fileId(params.fileId));
  const read = (from: number, to: number) => bytesOf(viewer, key, from, to);
  return answerFile(request, context, { ...file, etag: `"${digest}"`, read });
}
