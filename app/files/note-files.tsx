import { FileList } from "./file-list";
import type { FileRow } from "./files.server";
import { UploadForm } from "./upload-form";

/** The files of a note, below its text, with the form for more. */
export function NoteFiles({ id, files, locked }: { id: string; files: FileRow[]; locked: boolean }) {
  if (locked && files.length === 0) return null;
  return (
    <section className="attached" aria-labelledby="attached">
      <h2 id="attached">Files</h2>
      {files.length > 0 && <FileList files={files} back={`/notes/${id}`} noteId={locked ? undefined : id} />}
      {!locked && (
        <details className="attach">
          <summary>Attach files…</summary>
          <UploadForm action={`/notes/${id}/files`} />
        </details>
      )}
    </section>
  );
}
