import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { z } from "zod";
import { requireApiViewer } from "~/accounts/viewer.server";
import { parseQuery } from "~/http/forms.server";
import { parseJson } from "~/http/json.server";
import { problem } from "~/http/responses.server";
import { listNotes, NoteFilter } from "~/notes/list.server";
import { NewNote } from "~/notes/note.server";
import { createNote, readNote } from "~/notes/notes.server";

// GET /api/v1/notes is the list as JSON; POST makes a note.
const ListQuery = NoteFilter.extend({
  limit: z.coerce.number("limit is a number from 1 to 100.").int().min(1).max(100).default(50),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireApiViewer(context);
  const query = parseQuery(request, ListQuery);
  if (query.invalid) throw problem(422, "The query can't be read", { detail: query.message, errors: query.errors });
  const { limit, ...filter } = query.value;
  const { notes, next } = await listNotes(viewer, filter, { limit });
  return json({ notes, next });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireApiViewer(context);
  const body = await parseJson(request, NewNote);
  if (body.invalid) throw problem(body.tooLarge ? 413 : 422, body.title, { errors: body.errors });
  const { id } = await createNote(viewer, body.value);
  return json(await readNote(viewer, id), { status: 201, headers: { Location: `/api/v1/notes/${id}` } });
}
