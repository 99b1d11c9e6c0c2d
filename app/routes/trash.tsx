import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm } from "~/http/forms.server";
import { seeOther, unprocessable } from "~/http/responses.server";
import { noteId } from "~/notes/note.server";
import { deleteNote, emptyTrash, listTrash, restoreNote } from "~/notes/trash.server";
import { EmptyTrash, TrashList } from "~/notes/trash-list";

// GET /trash shows what was thrown away and until when; POST /trash brings back, deletes or empties.
export const meta: MetaFunction = () => [{ title: "Trash – Verso" }];

const TrashAction = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("restore"), note: z.string() }),
  z.object({ intent: z.literal("delete"), note: z.string() }),
  z.object({ intent: z.literal("empty"), seen: z.coerce.number().int().min(0) }),
]);

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return listTrash(viewer);
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, TrashAction);
  if (form.invalid) return unprocessable({ ...form, message: "Choose what to do with which note." });
  const change = form.value;
  if (change.intent === "empty") {
    await emptyTrash(viewer, change.seen);
    return seeOther("/trash");
  }
  const id = noteId(change.note);
  if (change.intent === "delete") {
    await deleteNote(viewer, id);
    return seeOther("/trash");
  }
  await restoreNote(viewer, id);
  return seeOther(`/notes/${id}?restored`);
}

export default function Trash() {
  const { total, notes } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>Trash</h1>
      {total === 0 && <p className="empty">The trash is empty. What you throw away stays here for thirty days.</p>}
      <TrashList notes={notes} />
      {total > notes.length && <p>And {total - notes.length} more, thrown away earlier.</p>}
      {total > 0 && <EmptyTrash total={total} seen={notes[0]?.trashed ?? 0} />}
    </>
  );
}
