import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { sayBytes } from "~/files/bytes";
import { usedBy } from "~/files/contents.server";
import { FilesQuery, UploadQuery } from "~/files/file.server";
import { FileList } from "~/files/file-list";
import { listFiles } from "~/files/files.server";
import { upload } from "~/files/upload.server";
import { UploadForm } from "~/files/upload-form";
import { parseQuery } from "~/http/forms.server";
import type { Refusal } from "~/http/refusal";
import { seeOther, tooLarge, unprocessable } from "~/http/responses.server";
import { NextPage } from "~/notes/note-list";
import { UndoNotice } from "~/notes/notices";
import { readUndo } from "~/notes/undo.server";
import { settings } from "~/settings.server";
import { useOnceOnly } from "~/ui/soft-navigation";

// GET /files lists all files; POST /files takes some in, for a text that isn't saved yet (?for=text) or by themselves.
export const meta: MetaFunction = () => [{ title: "Files – Verso" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = parseQuery(request, FilesQuery);
  const { after, undo } = query.invalid ? {} : query.value;
  const [list, used, undoable] = await Promise.all([
    listFiles(viewer, { after }),
    usedBy(viewer),
    readUndo(viewer, undo),
  ]);
  const message = query.invalid ? query.message : null;
  return { ...list, undo: undoable, used, quota: settings().filesQuota, message };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { searchParams } = new URL(request.url);
  const asked = UploadQuery.parse({ for: searchParams.get("for") ?? undefined });
  const waiting = asked.for === "text";
  const uploaded = await upload(viewer, request, { noteId: null, waiting });
  if (uploaded.refused === "too large") return tooLarge(uploaded);
  if (uploaded.refused) return unprocessable(uploaded);
  // A script that writes on a text goes on writing: it needs to know what to write there.
  return waiting ? json(uploaded) : seeOther("/files");
}

export default function Files() {
  const { files, next, undo, used, quota, message } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  useOnceOnly("undo");
  return (
    <article className="narrow">
      <h1>Files</h1>
      {message && <p className="notice">{message}</p>}
      {undo && <UndoNotice undo={undo} back="/files" />}
      <p className="facts">
        {sayBytes(used)} of {sayBytes(quota)} taken
      </p>
      {files.length === 0 && <p className="empty">No files yet. Attach them to a note, or keep some here.</p>}
      <FileList files={files} back="/files" />
      {next && <NextPage list="/files" cursor={next} />}
      <details className="attach" open={refusal !== undefined || files.length === 0}>
        <summary>Keep files without a note…</summary>
        <UploadForm action="/files?index" refusal={refusal} />
      </details>
    </article>
  );
}
