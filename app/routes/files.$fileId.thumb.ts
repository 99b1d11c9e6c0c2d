import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { answerFile } from "~/files/answer.server";
import { fileId } from "~/files/file.server";
import { readThumb } from "~/files/files.server";

// GET /files/:fileId/thumb is a small picture of a picture.
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { bytes, digest } = await readThumb(viewer, fileId(params.fileId));
  async function* read(from: number, to: number) {
    yield bytes.subarray(from, to + 1);
  }
  const small = { name: "thumb.webp", type: "image/webp", bytes: bytes.length, etag: `"${digest}-thumb"`, read };
  return answerFile(request, context, small);
}
