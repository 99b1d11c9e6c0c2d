import type { ActionFunctionArgs } from "@remix-run/node";
import { safeRedirect } from "~/accounts/redirect-to";
import { requireViewer } from "~/accounts/viewer.server";
import { Deletion, fileId } from "~/files/file.server";
import { deleteFile } from "~/files/files.server";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther } from "~/http/responses.server";

// POST /files/:fileId/delete deletes a file; the page after it offers to undo that.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, Deletion);
  const undo = await deleteFile(viewer, fileId(params.fileId));
  const [back = ""] = safeRedirect((!form.invalid && form.value.back) || "/files").split("?");
  return seeOther(withQuery(back, { undo }));
}
