import type { ActionFunctionArgs } from "@remix-run/node";
import { safeRedirect } from "~/accounts/redirect-to";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther } from "~/http/responses.server";
import { DroppedDraft, dropDraft, undropDraft } from "~/notes/drafts.server";
import { draftId } from "~/notes/note.server";

// POST /drafts/:draftId/drop drops a draft; with `undo` it takes that back, for ten minutes.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = draftId(params.draftId);
  const form = await parseForm(request, DroppedDraft);
  const { back, undo } = form.invalid ? {} : form.value;
  const path = safeRedirect(back);
  if (undo) {
    await undropDraft(viewer, id);
    return seeOther(path);
  }
  await dropDraft(viewer, id);
  return seeOther(withQuery(path, { dropped: id }));
}
