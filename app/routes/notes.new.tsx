import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { v7 as uuid } from "uuid";
import { requireViewer } from "~/accounts/viewer.server";
import { parseQuery } from "~/http/forms.server";
import { NewNoteQuery } from "~/notes/note.server";
import { NewNoteForm } from "~/notes/note-form";

// GET /notes/new is the form, with a title where the address has one; it posts to /notes.
export const meta: MetaFunction = () => [{ title: "New note – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, NewNoteQuery);
  return { viewerId: viewer.id, once: uuid(), ...(!query.invalid && query.value) };
}

export default function NewNotePage() {
  return <NewNoteForm {...useLoaderData<typeof loader>()} />;
}
