import { join, normalize } from "node:path/posix";
import { and, desc, eq, inArray, isNull, notInArray, or, sql } from "drizzle-orm";
import { type Database, db } from "~/db/engine.server";
import { fileMentions, files, importedFiles, type notes } from "~/db/schema.server";
import { foldName } from "~/notes/markdown/tag";
import { nameApart } from "./name.server";
import { decoded, isFilePath } from "./paths";

type Owner = { id: string };

/** Files that one text is known to mention. */
const MOST = 1_000;

const BY_ID = /\/files\/([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})/g;
/** `![[name]]`, and the target of a link or picture that leads to a file beside the text. */
const EMBEDDED = /!\[\[([^[\]|#\r\n]{1,1000})(?:[|#][^[\]\r\n]{0,1000})?\]\]/g;
const RELATIVE = /\]\((?:<([^<>\r\n]{1,1000})>|([^()\s<>]{1,1000}))(?:\s|\))/g;

/**
 * The files that a text may mention. Looked for in the text as it stands, code and all: to keep a
 * file a little too long does no harm.
 */
export function mentionsIn(text: string): { ids: string[]; paths: string[] } {
  const ids = [...text.matchAll(BY_ID)].map(([, id = ""]) => id);
  const embedded = [...text.matchAll(EMBEDDED)].map(([, path = ""]) => path);
  const relative = [...text.matchAll(RELATIVE)].map(([, bracketed, plain = ""]) => decoded(bracketed ?? plain));
  const paths = [...embedded, ...relative].map((path) => path.trim()).filter(isFilePath);
  return { ids: [...new Set(ids)].slice(0, MOST), paths: [...new Set(paths)].slice(0, MOST) };
}

/**
 * Makes the files that a text mentions those of its note. A file that waited for this text goes to
 * the note. Without a statement where nothing of it has changed.
 */
export async function setMentions(tx: Database, owner: Owner, noteId: string, text: string, before = "") {
  const now = mentionsIn(text);
  const then = mentionsIn(before);
  if (now.ids.join() === then.ids.join() && now.paths.join() === then.paths.join()) return;
  const found = await findMentioned(tx, owner, now);
  const own = and(eq(fileMentions.ownerId, owner.id), eq(fileMentions.noteId, noteId));
  await tx
    .delete(fileMentions)
    .where(and(own, found.length > 0 ? notInArray(fileMentions.fileId, ids(found)) : undefined));
  if (found.length === 0) return;
  await tx
    .insert(fileMentions)
    .values(found.map(({ id }) => ({ noteId, fileId: id, ownerId: owner.id })))
    .onConflictDoNothing();
  // The oldest first: it keeps its name where several have the same.
  for (const { id, name, waiting } of found.toReversed())
    if (waiting !== null) await adopt(tx, owner, noteId, { id, name });
}

function ids(found: { id: string }[]) {
  return found.map(({ id }) => id);
}

const NAMED = {
  id: files.id,
  folded: files.folded,
  folder: files.folder,
  origin: files.origin,
  noteId: files.noteId,
};

async function findMentioned(tx: Database, owner: Owner, { ids, paths }: ReturnType<typeof mentionsIn>) {
  if (ids.length + paths.length === 0) return [];
  const names = paths.map((path) => foldName(baseOf(path)));
  const found = await tx
    .select({ ...NAMED, name: files.name, waiting: files.waiting })
    .from(files)
    // Served by the key and by files_name.
    .where(and(eq(files.ownerId, owner.id), or(inArray(files.id, ids), inArray(files.folded, names))))
    .orderBy(desc(files.created), desc(files.id))
    .limit(2 * MOST);
  const wanted = new Set(ids);
  for (const path of paths) {
    const meant = meantBy(path, found);
    if (meant) wanted.add(meant.id);
  }
  return found.filter(({ id }) => wanted.has(id));
}

/** Where a text stands that names a file: in which note, and in which folder of a vault. */
interface Place {
  noteId: string;
  folder: string | null;
}

/**
 * Of files of one name: the one that the path leads to from the text's own folder, one of the text's
 * note, one in a folder that ends as the path does, or else the newest.
 */
function meantBy<File extends Named>(path: string, found: File[], place?: Place): File | undefined {
  const named = found.filter(({ folded }) => folded === foldName(baseOf(path)));
  const folder = folderOf(path);
  const there = place?.folder == null ? null : foldName(normalize(join(place.folder, folder)).replace(/\/$/, ""));
  const end = foldName(folder.replace(/^(\.{1,2}\/)+/, "").replace(/^\.{1,2}$/, ""));
  return (
    named.find((file) => file.origin !== null && (foldName(file.folder) || ".") === there) ??
    named.find((file) => place !== undefined && file.noteId === place.noteId) ??
    named.find((file) => end !== "" && `/${foldName(file.folder)}`.endsWith(`/${end}`)) ??
    named[0]
  );
}

type Named = Pick<typeof files.$inferSelect, "folded" | "folder" | "origin" | "noteId">;

function folderOf(path: string) {
  return path.slice(0, -baseOf(path).length).replace(/\/$/, "");
}

function baseOf(path: string) {
  return path.slice(path.lastIndexOf("/") + 1).trim();
}

/** Gives a file to a note, under a name that no other file of the note has. */
async function adopt(tx: Database, owner: Owner, noteId: string, { id, name }: { id: string; name: string }) {
  const apart = await freeName(tx, owner, noteId, name);
  await tx
    .update(files)
    .set({ noteId, waiting: null, name: apart, folded: foldName(apart) })
    .where(and(eq(files.ownerId, owner.id), eq(files.id, id)));
}

/** The name, or the first like it that no file of the note has; deleted ones count, as they may come back. */
export async function freeName(tx: Database, owner: Owner, noteId: string | null, name: string): Promise<string> {
  if (noteId === null) return name;
  const others = await tx
    .select({ folded: files.folded })
    .from(files)
    .where(and(eq(files.ownerId, owner.id), eq(files.noteId, noteId)));
  const taken = new Set(others.map(({ folded }) => folded));
  return nameApart(name, (one) => taken.has(foldName(one)));
}

/** The file that a name or a path in a text of `noteId` means; null where there is none. */
export async function findNamed(owner: Owner, path: string, noteId: string | null): Promise<string | null> {
  // Served by files_name.
  const found = await db()
    .select(NAMED)
    .from(files)
    .where(and(eq(files.ownerId, owner.id), eq(files.folded, foldName(baseOf(path))), isNull(files.removed)))
    .orderBy(desc(files.created), desc(files.id))
    .limit(50);
  const place = noteId !== null && found.length > 1 ? await placeOf(owner, noteId) : undefined;
  return meantBy(path, found, place)?.id ?? null;
}

async function placeOf(owner: Owner, noteId: string): Promise<Place> {
  // Served by imported_files_note.
  const [note] = await db()
    .select({ path: importedFiles.path })
    .from(importedFiles)
    .where(and(eq(importedFiles.ownerId, owner.id), eq(importedFiles.noteId, noteId)))
    .limit(1);
  return { noteId, folder: note ? folderOf(note.path) : null };
}

/** The files that a text shows or links to by name and that the owner doesn't have. */
export async function missingFiles(tx: Database, owner: Owner, text: string): Promise<string[]> {
  const { paths } = mentionsIn(text);
  if (paths.length === 0) return [];
  const names = paths.map((path) => foldName(baseOf(path)));
  const found = await tx
    .select({ folded: files.folded })
    .from(files)
    .where(and(eq(files.ownerId, owner.id), inArray(files.folded, names), isNull(files.removed)))
    .limit(2 * MOST);
  const there = new Set(found.map(({ folded }) => folded));
  return paths.filter((path) => !there.has(foldName(baseOf(path))));
}

/** Whether a note holds or mentions a file, or with `pictures` a picture: for a condition on `notes`. */
export function hasFile(owner: Owner, noteId: typeof notes.id, pictures: boolean) {
  const kind = pictures
    ? sql` and ${files.type} in ('image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif')`
    : sql``;
  return sql`(exists (select 1 from ${files} where ${files.noteId} = ${noteId} and ${files.ownerId} = ${owner.id} and ${files.removed} is null${kind})
    or exists (select 1 from ${fileMentions} join ${files} on ${files.id} = ${fileMentions.fileId}
      where ${fileMentions.noteId} = ${noteId} and ${fileMentions.ownerId} = ${owner.id} and ${files.removed} is null${kind}))`;
}
