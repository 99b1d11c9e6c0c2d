import type { ActionFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { fileId, Placing } from "~/files/file.server";
import { placeInText } from "~/files/place.server";
import { parseForm } from "~/http/forms.server";
import { conflict, notFound, seeOther, tooLarge } from "~/http/responses.server";
import { noteId } from "~/notes/note.server";

// POST /notes/:noteId/mentions puts one of the note's files at the end of its text: an ordinary save.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const form = await parseForm(request, Placing);
  if (form.invalid) throw notFound();
  const placed = await placeInText(viewer, id, fileId(form.value.file));
  if (placed === "too large") throw tooLarge({ message: "The note is full: its text can’t hold more." });
  if (placed === "conflict") throw conflict({ message: "The note was saved somewhere else just now. Try again." });
  return seeOther(`/notes/${id}`);
}
