import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { v7 as uuid } from "uuid";
import { requireViewer } from "~/accounts/viewer.server";
import { captured } from "~/notes/capture.server";
import { NewNoteForm } from "~/notes/note-form";

// GET /notes/new is the form, filled with the title, text and url of its address; it posts to /notes.
export const meta: MetaFunction = () => [{ title: "New note – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { viewerId: viewer.id, once: uuid(), ...captured(request.url) };
}

export default function NewNotePage() {
  return <NewNoteForm {...useLoaderData<typeof loader>()} />;
}
