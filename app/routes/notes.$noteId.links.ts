import type { ActionFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther, unprocessable } from "~/http/responses.server";
import { noteId } from "~/notes/note.server";
import { readNote } from "~/notes/notes.server";
import { Relinking, relinkNotes } from "~/notes/relink-notes.server";

// POST /notes/:noteId/links makes the links to a title that the note had go to the one it has.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  await readNote(viewer, id);
  const form = await parseForm(request, Relinking);
  if (form.invalid) throw unprocessable({ message: Object.values(form.errors).flat().join(" ") });
  const { changed, left } = await relinkNotes(viewer, id, form.value.from);
  return seeOther(withQuery(`/notes/${id}`, { relinked: String(changed), left: left > 0 ? String(left) : undefined }));
}
