import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { seeOther } from "~/http/responses.server";
import { todaysNote } from "~/notes/templates.server";

// GET /today leads to the note that has today's date for a title, or to the form for it.
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { id, title, template } = await todaysNote(viewer);
  return seeOther(id ? `/notes/${id}` : withQuery("/notes/new", { title, template }));
}
