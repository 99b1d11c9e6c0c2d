import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { safeRedirect } from "~/accounts/redirect-to";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther } from "~/http/responses.server";
import { undo } from "~/notes/organise.server";

// POST /undo/:undoId undoes what was done in the last ten minutes.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, z.object({ back: z.string().optional() }));
  const { path, notice } = await undo(viewer, params.undoId ?? "");
  return seeOther(withQuery(path ?? safeRedirect(form.invalid ? "" : form.value.back), { undo: notice }));
}
