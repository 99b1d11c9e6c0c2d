import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { v7 as uuid } from "uuid";
import { requireViewer } from "~/accounts/viewer.server";
import { NoteForm } from "~/notes/note-form";

// GET /notes/new is the form; it posts to /notes.
export const meta: MetaFunction = () => [{ title: "New note – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { viewerId: viewer.id, once: uuid() };
}

export default function NewNote() {
  const { viewerId, once } = useLoaderData<typeof loader>();
  return (
    <NoteForm
      heading="New note"
      action="/notes"
      note={{ title: "", content: "", once }}
      draftOf={{ viewerId, note: "new" }}
    />
  );
}
