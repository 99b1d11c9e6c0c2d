import type { Viewer } from "~/accounts/viewer.server";
import { DamagedForm, readFiles, type SentFile } from "~/http/multipart.server";
import { type Arrived, arrive, bytesOf, letGo, sweepContents } from "./contents.server";
import { type FileRow, findImported, type Home, keepFile, type NewFile } from "./files.server";
import { safeName } from "./name.server";
import { examinePicture, MOST_PICTURE } from "./picture.server";
import { RefusedFile } from "./refused.server";
import { ANY_TYPE, isPicture, typeOf } from "./type.server";

/** Files in one form. */
const MOST_FILES = 200;

/** What became of the files of a form. */
export interface Received {
  taken: FileRow[];
  refused: { name: string; why: string }[];
  /** One was refused for its size, or because there is no room. */
  tooLarge: boolean;
  /** What is wrong with the form as a whole, in a sentence: what was taken before is kept. */
  damaged: string | null;
}

type Owner = Pick<Viewer, "id">;

/**
 * Takes the files of a form in, one after another: each becomes a file or is refused by itself.
 *
 * @throws StorageFailure when the disk is full.
 * @throws Response 404 when the viewer has no such note.
 */
export async function receiveFiles(
  viewer: Owner,
  request: Request,
  home: Home,
  hear?: (name: string, value: string) => void,
): Promise<Received> {
  const received: Received = { taken: [], refused: [], tooLarge: false, damaged: null };
  async function take({ name, pieces }: SentFile) {
    try {
      received.taken.push(await takeFile(viewer, home, name, pieces));
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      received.refused.push({ name: safeName(name), why: error.message });
      received.tooLarge ||= error.tooLarge;
    }
  }
  try {
    await readFiles(request, MOST_FILES, take, hear);
  } catch (error) {
    if (!(error instanceof DamagedForm)) throw error;
    received.damaged = error.message;
  } finally {
    // What was refused half-way takes room until then.
    await sweepContents();
  }
  return received;
}

/**
 * Makes a file of bytes as they come.
 *
 * @throws RefusedFile with a sentence where it can't be kept.
 */
export async function takeFile(
  viewer: Owner,
  home: Home,
  name: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<FileRow> {
  const content = await arrive(viewer, pieces);
  try {
    return await fileOf(viewer, home, name, content);
  } finally {
    await letGo(viewer, content.key);
  }
}

/**
 * Makes a file of one from a vault, unless it was made before.
 *
 * @returns its id; `here` where it was there already.
 * @throws RefusedFile with a sentence where it can't be kept.
 */
export async function importFile(viewer: Owner, path: string, pieces: AsyncIterable<Uint8Array>) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const content = await arrive(viewer, pieces);
  try {
    const vault = { folder: path.slice(0, -name.length).replace(/\/$/, ""), origin: content.digest };
    const before = await findImported(viewer, name, vault);
    if (before) return { id: before, here: true };
    const { id } = await fileOf(viewer, { noteId: null, vault }, name, content);
    return { id, here: false };
  } finally {
    await letGo(viewer, content.key);
  }
}

async function fileOf(viewer: Owner, home: Home, name: string, content: Arrived): Promise<FileRow> {
  const type = typeOf(content.head);
  if (!isPicture(type)) return keepFile(viewer, home, { content, name, type });
  return takePicture(viewer, home, { content, name, type });
}

/** A picture loses the place where it was taken, and gets a small one. What can't be read as one is a download. */
async function takePicture(viewer: Owner, home: Home, file: NewFile): Promise<FileRow> {
  const { content } = file;
  const picture = content.bytes > MOST_PICTURE ? null : await examinePicture(() => whole(viewer, content));
  if (!picture) return keepFile(viewer, home, { ...file, type: ANY_TYPE });
  const { cleaned, ...seen } = picture;
  if (!cleaned) return keepFile(viewer, home, { ...file, ...seen });
  const anew = await arrive(viewer, inPieces(cleaned));
  try {
    return await keepFile(viewer, home, { ...file, ...seen, content: anew });
  } finally {
    await letGo(viewer, anew.key);
  }
}

async function whole(viewer: Owner, { key, bytes }: Arrived) {
  const pieces: Buffer[] = [];
  for await (const piece of bytesOf(viewer, key, 0, bytes - 1)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* inPieces(bytes: Buffer) {
  yield bytes;
}
