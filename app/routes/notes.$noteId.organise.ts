import type { ActionFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { notFound, seeOther, unprocessable } from "~/http/responses.server";
import { noteId } from "~/notes/note.server";
import { readNote } from "~/notes/notes.server";
import { Change, changeNotes } from "~/notes/organise.server";

// POST /notes/:noteId/organise pins, archives, moves, tags or marks a note; its page then offers to undo it.
export function loader() {
  throw notFound();
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { id } = await readNote(viewer, noteId(params.noteId));
  const form = await parseForm(request, Change);
  if (form.invalid) throw unprocessable({ message: Object.values(form.errors).flat().join(" ") });
  const undo = await changeNotes(viewer, [{ id, version: null }], form.value);
  return seeOther(`/notes/${id}?undo=${undo}`);
}
