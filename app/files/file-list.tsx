import { sayBytes } from "./bytes";
import type { FileRow } from "./files.server";

interface ShownFile extends Omit<FileRow, "created"> {
  /** The note it belongs to, where that is to be told. */
  note?: { id: string; heading: string; trashed: number | null } | null;
}

/** Files with what can be done to each: pictures small, all with name, kind and size. */
export function FileList({ files, back, noteId }: { files: ShownFile[]; back: string; noteId?: string }) {
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          <FilePicture file={file} />
          <div>
            <a href={`/files/${file.id}`}>
              <bdi>{file.name}</bdi>
            </a>
            <p className="facts">
              {kindOf(file)}
              {file.note && (
                <>
                  {" · in "}
                  <a href={`/notes/${file.note.id}`}>
                    <bdi>{file.note.heading || "Untitled"}</bdi>
                  </a>
                  {file.note.trashed !== null && " (in the trash)"}
                </>
              )}
            </p>
            <FileForms file={file} back={back} noteId={noteId} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function FilePicture({ file: { id, name, width } }: { file: ShownFile }) {
  if (width === null) return <span className="ending">{endingOf(name)}</span>;
  return <img src={`/files/${id}/thumb`} alt="" loading="lazy" width="96" height="96" />;
}

function FileForms({ file, back, noteId }: { file: ShownFile; back: string; noteId?: string }) {
  const { id, name } = file;
  return (
    <details>
      <summary>
        <span className="sr-only">
          What can be done with <bdi>{name}</bdi>
        </span>
        <span aria-hidden="true">More…</span>
      </summary>
      <label>
        To write it into a text
        <input readOnly value={markdownFor(file)} />
      </label>
      {noteId && (
        <form method="post" action={`/notes/${noteId}/mentions`}>
          <input type="hidden" name="file" value={id} />
          <button type="submit">Put at the end of the text</button>
        </form>
      )}
      <form method="post" action={`/files/${id}/delete`}>
        <input type="hidden" name="back" value={back} />
        <button type="submit" className="quiet">
          Delete
        </button>
      </form>
    </details>
  );
}

/** What stands for a file in a text: a picture where it is one, else a link. */
export function markdownFor({ id, name, width }: { id: string; name: string; width: number | null }) {
  const label = name.replace(/[\\[\]*_`<>&!~]/g, "\\$&");
  return `${width === null ? "" : "!"}[${label}](/files/${id})`;
}

function kindOf({ name, bytes, width, height }: ShownFile) {
  const size = sayBytes(bytes);
  return width === null ? `${endingOf(name)}, ${size}` : `${endingOf(name)}, ${width} × ${height}, ${size}`;
}

function endingOf(name: string) {
  const [, ending = ""] = /\.(\w{1,8})$/.exec(name) ?? [];
  return ending ? ending.toUpperCase() : "File";
}
