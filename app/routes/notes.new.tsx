import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { v7 as uuid } from "uuid";
import { requireViewer } from "~/accounts/viewer.server";
import { AttachByScript } from "~/files/attach-by-script";
import { captured } from "~/notes/capture.server";
import { formDrafts } from "~/notes/drafts.server";
import { NewNoteForm } from "~/notes/note-form";
import { TemplateLinks } from "~/notes/template-links";
import { listTemplates } from "~/notes/templates.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /notes/new is the form, filled with the title, text and url of its address; it posts to /notes.
export const meta: MetaFunction = () => [{ title: "New note – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const [begun, templates, drafts] = await Promise.all([
    captured(viewer, request.url),
    listTemplates(viewer),
    formDrafts(viewer, null, request.url),
  ]);
  return { viewerId: viewer.id, once: uuid(), ...begun, templates, drafts };
}

export default function NewNotePage() {
  const { templates, ...note } = useLoaderData<typeof loader>();
  // Another template is another form.
  const { search } = useLocation();
  useOnceOnly("dropped");
  return (
    <>
      <NewNoteForm key={search} {...note} />
      <AttachByScript />
      <TemplateLinks templates={templates} title={note.title} />
    </>
  );
}
