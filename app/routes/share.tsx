import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { v7 as uuid } from "uuid";
import { requireViewer } from "~/accounts/viewer.server";
import { receiveShared, refuseShared } from "~/files/shared.server";
import { checkFields } from "~/http/forms.server";
import { seeOther, tooLarge, unprocessable } from "~/http/responses.server";
import { captured, Shared, sharedText } from "~/notes/capture.server";
import { NewNoteForm } from "~/notes/note-form";
import { createNote } from "~/notes/notes.server";

// POST /share makes a note of what another app hands over, before anything is shown; GET /share only fills the form.
export const meta: MetaFunction = () => [{ title: "Shared – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { viewerId: viewer.id, once: uuid(), ...(await captured(viewer, request.url)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context).catch((refusal) => refuseShared(request, refusal));
  const started = performance.now();
  const form = await checkFields({ fields: await receiveShared(viewer, request), problems: {} }, Shared, started);
  if (!form.invalid) return seeOther(`/notes/${(await createNote(viewer, form.value)).id}`);
  const refusal = { ...form, typed: sharedText(form.typed) };
  return form.tooLarge ? tooLarge(refusal) : unprocessable(refusal);
}

export default function Share() {
  return <NewNoteForm {...useLoaderData<typeof loader>()} refusal={useActionData<typeof action>()} />;
}
