import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useRef } from "react";
import { requireViewer } from "~/accounts/viewer.server";
import { AttachByScript } from "~/files/attach-by-script";
import { UploadForm } from "~/files/upload-form";
import { withQuery } from "~/http/address";
import { parseForm } from "~/http/forms.server";
import { conflict, seeOther, tooLarge, unprocessable } from "~/http/responses.server";
import { ConflictForm } from "~/notes/conflict-form";
import { formDrafts } from "~/notes/drafts.server";
import { type MergedConflict, saveEdit } from "~/notes/edit.server";
import { keepPageOnFailure, unlessPreview } from "~/notes/keep-page";
import { withLf } from "~/notes/line-endings";
import { EditedNote, noteId } from "~/notes/note.server";
import { NoteForm } from "~/notes/note-form";
import { wrongNotebook } from "~/notes/notebooks.server";
import { readNote } from "~/notes/notes.server";
import type { Previewed } from "~/notes/preview";
import { previewOf } from "~/notes/preview.server";
import { tagsOf } from "~/notes/tags.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /notes/:noteId/edit is the form; POST saves it, unless somebody saved first.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.heading || "Untitled"} – Verso` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { searchParams } = new URL(request.url);
  const [note, tags] = await Promise.all([
    readNote(viewer, noteId(params.noteId)),
    tagsOf(viewer, noteId(params.noteId)),
  ]);
  const { id, title, heading, content, version, updated, notebookId } = note;
  const drafts = await formDrafts(viewer, note, request.url);
  const given = tags.filter((tag) => tag.given).map(({ name }) => name);
  const filed = { tags: given.join(" "), notebook: notebookId ?? "" };
  const savedAt = searchParams.has("saved") ? updated : null;
  return { id, title, heading, content: withLf(content), version, ...filed, savedAt, drafts, viewerId: viewer.id };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const id = noteId(params.noteId);
  const form = await parseForm(request, EditedNote);
  if (form.invalid) return form.tooLarge ? tooLarge(form) : unprocessable(form);
  if (form.value.next === "preview") {
    await readNote(viewer, id);
    return json(await previewOf(viewer, form));
  }
  const errors = await wrongNotebook(viewer, form.value);
  if (errors) return unprocessable({ typed: form.typed, errors });
  const saved = await saveEdit(viewer, id, form.value);
  if (saved.kind === "conflict") return conflict(saved);
  if (saved.kind === "too large") return tooLarge({ ...form, message: saved.message });
  const { draft = "", next } = form.value;
  const { restored, renamed } = saved;
  // The page after it forgets the drafts that `saved` names: not before the save is certain.
  if (next === "write") return seeOther(withQuery(`/notes/${id}/edit`, { saved: draft }));
  return seeOther(
    withQuery(`/notes/${id}`, { saved: draft || undefined, restored: restored ? "yes" : undefined, renamed }),
  );
}

export const clientAction = keepPageOnFailure;
export const shouldRevalidate = unlessPreview;

export default function EditNote() {
  const { viewerId, savedAt, drafts, ...note } = useLoaderData<typeof loader>();
  const answer = useActionData<Previewed | MergedConflict>();
  const action = `/notes/${note.id}/edit`;
  const draftOf = { viewerId, note: note.id };
  // A draft that is taken up makes another form; a save comes back to the same one.
  const taken = useRef("");
  taken.current = drafts.taken?.id ?? taken.current;
  useOnceOnly("saved", "dropped");
  if (answer && "merge" in answer) return <ConflictForm action={action} conflict={answer} draftOf={draftOf} />;
  const form = { heading: "Edit note", action, note, refusal: answer, draftOf, savedAt, drafts };
  return (
    <>
      <NoteForm key={note.id + taken.current} {...form} />
      <AttachByScript key={`files ${note.id} ${taken.current}`} />
      <details className="attach">
        <summary>Attach files…</summary>
        <UploadForm action={`/notes/${note.id}/files`} beside />
      </details>
    </>
  );
}
