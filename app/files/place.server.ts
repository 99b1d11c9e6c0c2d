import type { Viewer } from "~/accounts/viewer.server";
import { notFound } from "~/http/responses.server";
import { NoteContent, type NoteId } from "~/notes/note.server";
import { readNote, updateNote } from "~/notes/notes.server";
import type { FileId } from "./file.server";
import { markdownFor } from "./file-list";
import { listNoteFiles } from "./files.server";

/**
 * Puts a file of a note at the end of its text, as a save like any other.
 *
 * @throws Response 404 when the viewer has no such note, or it has no such file.
 */
export async function placeInText(
  viewer: Viewer,
  id: NoteId,
  fileId: FileId,
): Promise<"placed" | "too large" | "conflict"> {
  const [{ title, content, version }, files] = await Promise.all([readNote(viewer, id), listNoteFiles(viewer, id)]);
  const file = files.find((one) => one.id === fileId);
  if (!file) throw notFound();
  const [lineBreak = "\n"] = /\r?\n/.exec(content) ?? [];
  const apart = content.trim() === "" ? "" : content.endsWith("\n") ? lineBreak : lineBreak.repeat(2);
  const text = `${content}${apart}${markdownFor(file)}${lineBreak}`;
  if (!NoteContent.safeParse(text).success) return "too large";
  const saved = await updateNote(viewer, id, version, { title, content: text }, { lineBreaks: "as they are" });
  return saved.kind === "saved" ? "placed" : "conflict";
}
