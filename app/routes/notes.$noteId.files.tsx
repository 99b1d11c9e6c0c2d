import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { FileList } from "~/files/file-list";
import { listNoteFiles } from "~/files/files.server";
import { upload } from "~/files/upload.server";
import { UploadForm } from "~/files/upload-form";
import type { Refusal } from "~/http/refusal";
import { seeOther, tooLarge, unprocessable } from "~/http/responses.server";
import { noteId } from "~/notes/note.server";
import { readNote } from "~/notes/notes.server";

// GET /notes/:noteId/files shows the files of a note; POST attaches more.
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Files of ${data?.heading || "Untitled"} – Verso` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { id, heading } = await readNote(viewer, noteId(params.noteId));
  return { id, heading, files: await listNoteFiles(viewer, noteId(id)) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { id } = await readNote(viewer, noteId(params.noteId));
  const uploaded = await upload(viewer, request, { noteId: noteId(id) });
  if (uploaded.refused === "too large") return tooLarge(uploaded);
  if (uploaded.refused) return unprocessable(uploaded);
  return seeOther(`/notes/${id}#attached`);
}

export default function NoteFilesPage() {
  const { id, heading, files } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  return (
    <article className="narrow">
      <h1>
        Files of{" "}
        <a href={`/notes/${id}`}>
          <bdi>{heading || "Untitled"}</bdi>
        </a>
      </h1>
      <UploadForm action={`/notes/${id}/files`} refusal={refusal} />
      <FileList files={files} back={`/notes/${id}`} noteId={id} />
    </article>
  );
}
