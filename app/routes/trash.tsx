import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { parseForm, parseQuery } from "~/http/forms.server";
import { seeOther, unprocessable } from "~/http/responses.server";
import { noteId } from "~/notes/note.server";
import { NextPage, NoneOlder } from "~/notes/note-list";
import { deleteNote, emptyTrash, listTrash, restoreNote, TrashAction, TrashFilter } from "~/notes/trash.server";
import { EmptyTrash, TrashList } from "~/notes/trash-list";
import { ErrorSummary } from "~/ui/error-summary";

// GET /trash shows a page of what was thrown away and until when; POST /trash brings back, deletes or empties.
export const meta: MetaFunction = () => [{ title: "Trash – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, TrashFilter);
  if (query.invalid) return json({ ...NO_NOTES, message: query.message }, 422);
  return json({ ...(await listTrash(viewer, query.value)), message: null });
}

const NO_NOTES: Awaited<ReturnType<typeof listTrash>> = { total: 0, seen: 0, days: 0, notes: [], next: null };

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await parseForm(request, TrashAction);
  if (form.invalid) return unprocessable({ message: "Nothing was done: choose what to do with which note." });
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
  const { total, seen, days, notes, next, message } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <h1>Trash</h1>
      <ErrorSummary refusal={refusal} />
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      {total === 0 && !message && (
        <p className="empty">
          {`The trash is empty. What you throw away stays here for ${days === 1 ? "1 day" : `${days} days`}.`}
        </p>
      )}
      <TrashList notes={notes} />
      {total > 0 && notes.length === 0 && <NoneOlder list="/trash" />}
      {next && <NextPage list="/trash" cursor={next} />}
      {total > 0 && <EmptyTrash total={total} seen={seen} />}
    </>
  );
}
