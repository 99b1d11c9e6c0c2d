import type { EventEmitter } from "node:events";
import { type PassThrough, Readable } from "node:stream";
import { and, eq, inArray } from "drizzle-orm";
import { stringify } from "yaml";
import { ZipFile } from "yazl";
import type { Viewer } from "~/accounts/viewer.server";
import { db } from "~/db/engine.server";
import { notes, noteTags, tags } from "~/db/schema.server";
import { bytesOf } from "~/files/contents.server";
import { nameApart, safeName } from "~/files/name.server";
import { splitFrontMatter } from "~/notes/markdown/parse.server";
import { foldName } from "~/notes/markdown/tag";
import type { NoteId } from "~/notes/note.server";
import { listNotebooks } from "~/notes/notebooks.server";
import { ownedBy, ownedById } from "~/notes/notes.server";
import { filesToExport, withPaths } from "./export-files.server";

/**
 * The viewer's notes among `ids` as a zip of Markdown files, a folder for each notebook, with their
 * files in a folder beside them. A text goes out as it is, but for the addresses of its files; what
 * else there is to know of the note stands before it as front matter, where the text has none of its
 * own. Texts and files are read one after another while the zip is sent.
 */
export async function exportNotes(viewer: Viewer, ids: string[]): Promise<AsyncGenerator<Uint8Array>> {
  const [found, given, shelves] = await Promise.all([
    db()
      .select({
        id: notes.id,
        title: notes.title,
        heading: notes.heading,
        created: notes.created,
        updated: notes.updated,
        notebookId: notes.notebookId,
      })
      .from(notes)
      .where(and(ownedBy(viewer), inArray(notes.id, ids))),
    givenTags(viewer, ids),
    listNotebooks(viewer),
  ]);
  const folders = new Set(shelves.filter(({ depth }) => depth === 1).map(({ name }) => foldName(folderOf(name))));
  const files = await filesToExport(
    viewer,
    ids,
    nameApart("files", (name) => folders.has(name)),
  );
  const zip = new ZipFile();
  const taken = new Set([...files.values()].map(({ path }) => foldName(path)));
  const counted = new Map<string, number>();
  for (const note of found) {
    const shelf = shelves.find(({ id }) => id === note.notebookId)?.path.split("/") ?? [];
    const folder = shelf.map((name) => `${folderOf(name)}/`).join("");
    const name = safeName(`${note.heading || "Untitled"}.md`);
    // A thousand notes of one name count on from each other.
    const count = (counted.get(foldName(folder + name)) ?? 1) + 1;
    const path = folder + nameApart(name, (tried) => taken.has(foldName(folder + tried)), count);
    if (taken.has(foldName(folder + name))) counted.set(foldName(folder + name), count);
    taken.add(foldName(path));
    const read = async () =>
      withPaths(await readFile(viewer, { ...note, tags: given.get(note.id) ?? [] }), folder, files);
    zip.addReadStreamLazy(path, { mtime: new Date(note.updated) }, (take) => {
      read().then(
        (text) => take(null, Readable.from([text])),
        // Said where it is looked for: the others go out all the same.
        () => take(null, Readable.from(["This note couldn’t be read when it was exported. It is still in Verso.\n"])),
      );
    });
  }
  for (const { path, key, bytes, created } of files.values())
    zip.addReadStreamLazy(path, { mtime: new Date(created), compress: false }, (take) =>
      take(null, Readable.from(bytesOrReason(bytesOf(viewer, key, 0, bytes - 1)))),
    );
  const chunks = chunksOf(zip);
  zip.end();
  return chunks;
}

function folderOf(notebook: string) {
  return safeName(notebook.trim());
}

/** What can't be read is said where it is looked for: an error that yazl doesn't hear would end the process. */
async function* bytesOrReason(bytes: AsyncGenerator<Buffer>) {
  try {
    yield* bytes;
  } catch {
    yield Buffer.from("\nThis file couldn’t be read when it was exported.\n");
  }
}

/** The bytes of a zip. What goes wrong ends it, and nothing else: an error that nobody hears ends the process. */
function chunksOf(zip: ZipFile): AsyncGenerator<Uint8Array> {
  const output = zip.outputStream as PassThrough;
  // The types know of no such event.
  (zip as unknown as EventEmitter).on("error", (error: Error) => output.destroy(error));
  output.on("error", () => {});
  return through(output);
}

async function* through(output: PassThrough): AsyncGenerator<Uint8Array> {
  yield* output;
}

interface Facts {
  id: string;
  title: string;
  created: number;
  updated: number;
  tags: string[];
}

/** A note that is gone by now is an empty file: the list of them is written already. */
async function readFile(viewer: Viewer, { id, title, created, updated, tags }: Facts): Promise<string> {
  const [note] = await db()
    .select({ content: notes.content })
    .from(notes)
    .where(ownedById(viewer, id as NoteId));
  const content = note?.content ?? "";
  if (splitFrontMatter(content).frontMatter !== "") return content;
  const facts = {
    ...(title !== "" && { title }),
    created: new Date(created).toISOString(),
    updated: new Date(updated).toISOString(),
    ...(tags.length > 0 && { tags }),
  };
  return `---\n${stringify(facts)}---\n${content}`;
}

/** Tags that stand in no text, by note. */
async function givenTags(viewer: Viewer, ids: string[]) {
  const rows = await db()
    .select({ noteId: noteTags.noteId, name: tags.name })
    .from(noteTags)
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .where(and(eq(noteTags.ownerId, viewer.id), inArray(noteTags.noteId, ids), eq(noteTags.written, 0)));
  const byNote = new Map<string, string[]>();
  for (const { noteId, name } of rows) byNote.set(noteId, [...(byNote.get(noteId) ?? []), name]);
  return byNote;
}
