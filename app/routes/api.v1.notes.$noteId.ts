import type { LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { requireApiViewer } from "~/accounts/viewer.server";
import { noteId } from "~/notes/note.server";
import { readNote } from "~/notes/notes.server";

// GET /api/v1/notes/:noteId is one note as JSON.
export async function loader({ context, params }: LoaderFunctionArgs) {
  const viewer = await requireApiViewer(context);
  return json(await readNote(viewer, noteId(params.noteId)));
}
