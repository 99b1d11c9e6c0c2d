import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { setView } from "~/accounts/people.server";
import { safeRedirect } from "~/accounts/redirect-to";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther } from "~/http/responses.server";
import { visible } from "~/http/visible";
import { LAYOUTS, namesOf, SORTS } from "~/notes/looks";

// POST /view keeps how the viewer has lists shown.
const View = z.object({
  sort: visible(z.enum(namesOf(SORTS)).catch("updated")),
  layout: visible(z.enum(namesOf(LAYOUTS)).catch("list")),
  back: z.string().optional(),
});

export function loader() {
  throw notFound();
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, View);
  if (!form.invalid) await setView(viewer, form.value);
  return seeOther(safeRedirect(form.invalid ? "" : form.value.back));
}
