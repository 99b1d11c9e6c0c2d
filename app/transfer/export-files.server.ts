import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer.server";
import { db } from "~/db/engine.server";
import { fileMentions, files } from "~/db/schema.server";
import { encodedName, safeName } from "~/files/name.server";
import { foldName } from "~/notes/markdown/tag";

/** A file in an export. */
export interface ExportedFile {
  /** Where it lies, from the top. */
  path: string;
  key: number;
  bytes: number;
  created: number;
}

/** The files of the viewer's notes among `ids` and those that they mention, by id, each once in `folder` and with its own name. */
export async function filesToExport(viewer: Viewer, ids: string[], folder: string): Promise<Map<string, ExportedFile>> {
  const mentioned = db()
    .select({ id: fileMentions.fileId })
    .from(fileMentions)
    .where(and(eq(fileMentions.ownerId, viewer.id), inArray(fileMentions.noteId, ids)));
  const found = await db()
    .select({ id: files.id, name: files.name, key: files.contentKey, bytes: files.bytes, created: files.created })
    .from(files)
    .where(
      and(
        eq(files.ownerId, viewer.id),
        isNull(files.removed),
        or(inArray(files.noteId, ids), inArray(files.id, mentioned)),
      ),
    );
  // As systems compare names that don't tell capital letters from small ones.
  const taken = new Set(found.map(({ name }) => foldName(safeName(name))));
  const counted = new Map<string, number>();
  return new Map(
    found.map(({ id, name, ...file }) => {
      const own = safeName(name);
      let count = (counted.get(foldName(own)) ?? 0) + 1;
      // No folder is called as a file is.
      while (count > 1 && taken.has(String(count))) count += 1;
      counted.set(foldName(own), count);
      // In a folder of its own, and not by another name: `![[name]]` still finds it.
      return [id, { ...file, path: count === 1 ? `${folder}/${own}` : `${folder}/${count}/${own}` }];
    }),
  );
}

/** The address of a file where a link or a picture leads to it. */
const ADDRESS = /(?<=[(<"'`\s]|^)\/files\/([\da-f-]{36})(?=[)>"'`\s#?]|$)/gm;

/** A text as it leaves Verso: what led to a file leads to where that lies beside it. `folder` is the text's own, with a slash. */
export function withPaths(text: string, folder: string, exported: Map<string, ExportedFile>): string {
  const top = "../".repeat(folder.split("/").length - 1);
  return text.replace(ADDRESS, (address, id) => {
    const file = exported.get(id);
    return file ? top + file.path.split("/").map(encodedName).join("/") : address;
  });
}
