import type { ActionFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { notFound, seeOther } from "~/http/responses.server";
import { noteId } from "~/notes/note.server";
import { trashNote } from "~/notes/trash.server";

// POST /notes/:noteId/trash puts a note into the trash; the list then offers to undo it.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  await trashNote(viewer, id);
  return seeOther(`/notes?trashed=${id}`);
}
