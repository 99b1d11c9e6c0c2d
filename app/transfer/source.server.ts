import { createReadStream, type Stats } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join, relative, sep } from "node:path";
import type { Readable } from "node:stream";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { MOST_BYTES } from "~/notes/note.server";

/** Files that an import can read, all checked: nothing in them leads outside, and each is as large as it says. */
export interface Source {
  /** What the person called it. */
  name: string;
  files: SourceFile[];
  close(): Promise<void>;
}

export interface SourceFile {
  /** Relative, with `/`, without the one folder that holds everything. */
  path: string;
  modified: number;
  /** Bytes, as far as is known before reading. */
  size: number;
  /** A text: all of it, or one byte more than a note can hold. */
  read(): Promise<Buffer>;
  /** Any file, as it comes. */
  stream(): Promise<Readable>;
}

/** A source that is not taken at all, with a sentence on why. */
export class RefusedSource extends Error {
  override name = "RefusedSource";
}

/** Files in one archive or folder. */
export const MOST_FILES = 20_000;
/** All of an archive's texts together, in bytes. */
const MOST_TEXT = 256 * 1_048_576;
/** A file that unpacks to more than this many times its packed size is a bomb (text packs 3 to 10 times)… */
const MOST_RATIO = 200;
const BOMB = "The archive unpacks to far more than it is: it may be made to do harm.";
/** …unless it is small anyway, in bytes. */
const SMALL = 262_144;

/**
 * Opens a zip, a folder, or a list of files.
 *
 * @throws RefusedSource for an archive that is damaged or made to do harm: nothing of it is imported.
 */
export async function openSource(path: string, name = basename(path)): Promise<Source> {
  if ((await stat(path)).isDirectory()) return sourceOf(name, await filesBelow(path));
  return extname(name).toLowerCase() === ".zip" ? openZip(path, name) : sourceOf(name, [await fileAt(path, name)]);
}

/**
 * Several sources as one, within the limits of one.
 *
 * @throws RefusedSource where together they are more; they stay open.
 */
export function joinSources(name: string, sources: Source[]): Source {
  const files = sources.flatMap((source) => source.files);
  checkAmount(files);
  return { name, files, close: async () => void (await Promise.all(sources.map((source) => source.close()))) };
}

/** Whether a file of this name holds text that can be a note. */
export function isText(path: string) {
  return [".md", ".markdown", ".txt"].includes(extname(path).toLowerCase());
}

/** Why a file isn't looked at, or null. */
export function whySkipped(path: string): string | null {
  const foreign = path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");
  return foreign ? "Settings of another program." : null;
}

/** Whether a file becomes a note; the others are kept as files. */
function becomesNote(path: string) {
  return isText(path) && whySkipped(path) === null;
}

function checkAmount(files: SourceFile[]) {
  if (files.length > MOST_FILES) throw new RefusedSource(`It holds more than ${MOST_FILES} files.`);
  const text = files.filter(({ path }) => isText(path)).reduce((total, { size }) => total + size, 0);
  if (text > MOST_TEXT) throw new RefusedSource(`It holds more than ${MOST_TEXT / 1_048_576} MiB of text.`);
}

function sourceOf(name: string, files: SourceFile[], close = async () => {}): Source {
  checkAmount(files);
  return { name, files: withoutTopFolder(files), close };
}

/**
 * A vault packed by its folder and the same vault packed by its contents name their files alike.
 * What stands beside the folder without becoming a note, such as macOS's __MACOSX, makes no difference.
 */
function withoutTopFolder(files: SourceFile[]) {
  const tops = new Set(
    files.filter(({ path }) => becomesNote(path)).map(({ path }) => path.slice(0, path.indexOf("/") + 1)),
  );
  const [top = ""] = tops;
  if (tops.size !== 1) return files;
  return files.map((file) => (file.path.startsWith(top) ? { ...file, path: file.path.slice(top.length) } : file));
}

async function filesBelow(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // Links are not followed: they may lead anywhere.
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.sort().map((path) => fileAt(path, relative(folder, path).split(sep).join("/"))));
}

async function fileAt(file: string, path: string): Promise<SourceFile> {
  const { size, mtimeMs }: Stats = await stat(file);
  return {
    path,
    modified: mtimeMs,
    size,
    stream: async () => createReadStream(file),
    read: () => (size > MOST_BYTES ? collect(createReadStream(file)) : readFile(file)),
  };
}

async function openZip(file: string, name: string): Promise<Source> {
  const zip = await open(file);
  try {
    const entries = checked(await entriesOf(zip), (await stat(file)).size);
    const files = entries.map((entry) => ({
      path: entry.fileName,
      modified: entry.getLastModDate().getTime(),
      size: entry.uncompressedSize,
      stream: () => zip.openReadStreamPromise(entry),
      read: async () => collect(await zip.openReadStreamPromise(entry)),
    }));
    // Read through once before anything is written: sizes can lie, and the damage may be at the end.
    for (const { path, size, read } of files) if (becomesNote(path) && size <= MOST_BYTES) await refusing(read());
    return sourceOf(name, files, async () => zip.close());
  } catch (error) {
    zip.close();
    throw error;
  }
}

function checked(entries: Entry[], fileSize: number) {
  const files = entries.filter((entry) => !entry.fileName.endsWith("/"));
  const names = new Set(files.map(({ fileName }) => fileName));
  if (files.length === 0) throw new RefusedSource("The archive is empty.");
  if (names.size < files.length) throw new RefusedSource("The archive holds two files of the same name.");
  if (sum(files, "compressedSize") > fileSize) throw new RefusedSource("The archive’s files lie over one another.");
  if (sum(files, "uncompressedSize") > fileSize * MOST_RATIO + SMALL) throw new RefusedSource(BOMB);
  for (const entry of files) checkEntry(entry);
  return files;
}

function checkEntry(entry: Entry) {
  const { fileName, uncompressedSize, compressedSize } = entry;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const leadsOut = /[\u0000-\u001f\\]|^\/|^[a-z]:|(^|\/)\.\.?(\/|$)|\/\//i.test(fileName);
  if (leadsOut || fileName.length > 1_000)
    throw new RefusedSource("The archive holds a file whose name leads out of it.");
  // The upper half is the file's mode on Unix; 0xa is a symbolic link.
  if (entry.externalFileAttributes >>> 28 === 0xa)
    throw new RefusedSource("The archive holds a link instead of a file.");
  if (entry.isEncrypted()) throw new RefusedSource("The archive is locked with a password.");
  if (uncompressedSize > SMALL && uncompressedSize > compressedSize * MOST_RATIO) {
    throw new RefusedSource(BOMB);
  }
}

function sum(entries: Entry[], size: "compressedSize" | "uncompressedSize") {
  return entries.reduce((total, entry) => total + entry[size], 0);
}

async function open(file: string) {
  return refusing(
    openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true }),
  );
}

async function entriesOf(zip: ZipFile) {
  if (zip.entryCount > MOST_FILES) throw new RefusedSource(`The archive holds more than ${MOST_FILES} files.`);
  const entries: Entry[] = [];
  const read = async () => {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  };
  await refusing(read());
  return entries;
}

/** Reads to the end, or to one byte more than a note can hold. */
async function collect(stream: Readable) {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** What the zip library can't read is a damaged archive; its messages are for programmers. */
async function refusing<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof RefusedSource) throw error;
    throw new RefusedSource("The archive is damaged, or isn’t a zip file.", { cause: error });
  }
}
