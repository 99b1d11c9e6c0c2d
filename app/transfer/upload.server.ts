import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { StorageFailure, type StorageTrouble } from "~/db/engine.server";
import { DamagedForm, readFiles } from "~/http/multipart.server";
import { settings } from "~/settings.server";
import {
  isText,
  joinSources,
  MOST_FILES as MOST_ENTRIES,
  openSource,
  RefusedSource,
  type Source,
} from "./source.server";

/** Files in one upload. */
const MOST_FILES = 2_000;
const FOLDER = "verso-upload-";

/**
 * Receives the files of a form into a folder beside the database, a piece at a time.
 *
 * @returns what was sent, opened and checked; closing it deletes the files.
 * @throws RefusedSource with a sentence where nothing of it can be taken.
 * @throws StorageFailure when the disk is full or can't be written to.
 */
export async function receiveUpload(request: Request): Promise<Source> {
  const folder = await onDisk(mkdtemp(join(dirname(settings().databaseFile), FOLDER)));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const files = await store(request, folder);
    if (files.length === 0) throw new RefusedSource("Choose a zip of Markdown files, or some Markdown files.");
    const wrong = files.find(({ name }) => extname(name).toLowerCase() !== ".zip" && !isText(name));
    if (wrong) throw new RefusedSource(`“${wrong.name}” is neither a zip nor Markdown.`);
    const source = await openAll(files);
    const close = async () => {
      await source.close();
      await remove();
    };
    return { ...source, close };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Deletes what an upload left that was cut off by the end of the process. */
export async function removeLeftUploads() {
  const beside = dirname(settings().databaseFile);
  const left = (await readdir(beside)).filter((name) => name.startsWith(FOLDER));
  await Promise.all(left.map((name) => rm(join(beside, name), { recursive: true, force: true })));
}

interface Stored {
  file: string;
  /** What the person called it. */
  name: string;
}

async function store(request: Request, folder: string) {
  const files: Stored[] = [];
  try {
    await readFiles(request, MOST_FILES, async ({ name, pieces }) => {
      const file = join(folder, String(files.length));
      files.push({ file, name });
      await onDisk(writeFile(file, pieces, { mode: 0o600 }));
    });
  } catch (error) {
    if (!(error instanceof DamagedForm)) throw error;
    throw new RefusedSource(error.message, { cause: error });
  }
  return files;
}

/** One after another: where one is refused, those open already are closed, or the disk would keep their room. */
async function openAll(files: Stored[]): Promise<Source> {
  const sources: Source[] = [];
  try {
    let entries = 0;
    for (const { file, name } of files) {
      const source = await openSource(file, name);
      sources.push(source);
      entries += source.files.length;
      // Said again of all together; but the lists of many archives would fill the memory before.
      if (entries > MOST_ENTRIES) throw new RefusedSource(`They hold more than ${MOST_ENTRIES} files.`);
    }
    return joinSources(files.length === 1 ? (files[0]?.name ?? "") : `${files.length} files`, sources);
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}

const TROUBLES: Record<string, StorageTrouble> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EROFS: "read-only",
  EACCES: "read-only",
  EIO: "broken",
};

/** A disk that fails an upload is told of in the same words as one that fails a save. */
async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const trouble = TROUBLES[code];
    throw trouble ? new StorageFailure(trouble, { cause: error }) : error;
  }
}
