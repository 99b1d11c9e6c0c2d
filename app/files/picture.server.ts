import sharp, { type Metadata, type Sharp } from "sharp";
import { RefusedFile } from "./refused.server";

/** Pictures of more bytes are kept as downloads: looked at, they have to be in memory whole. */
export const MOST_PICTURE = 50 * 1_048_576;
/** Pixels of all frames together. A picture of a few kilobytes can claim to have billions. */
const MOST_PIXELS = 100_000_000;
/** Longest side of a thumbnail. */
const THUMB = 480;
/** What one picture may take, in seconds. */
const PATIENCE = 20;

// One picture at a time, on one thread, nothing kept of it.
sharp.concurrency(1);
sharp.cache(false);
let last: Promise<unknown> = Promise.resolve();

export interface Picture {
  /** As it is to be seen: turned where its orientation says so. */
  width: number;
  height: number;
  /** The picture without the place where it was taken; null where it says none, and stays as it is. */
  cleaned: Buffer | null;
  /** As WebP; null where none could be made. */
  thumb: Buffer | null;
}

/**
 * Looks at a picture: how large it is, whether it says where it was taken, and what it looks like
 * small. One after another, whoever asks: each is read when it is its turn, so that one is in memory.
 *
 * @returns null for what begins like a picture and can't be read as one.
 * @throws RefusedFile for too many pixels, and where the place can't be taken out.
 */
export function examinePicture(read: () => Promise<Buffer>): Promise<Picture | null> {
  const turn = last.then(async () => examine(await read()));
  last = turn.catch(() => {});
  return turn;
}

async function examine(bytes: Buffer): Promise<Picture | null> {
  // Reads what it says of itself, no pixels yet.
  const facts = await orNull(sharp(bytes, { limitInputPixels: false, animated: true }).metadata());
  if (!facts?.width || !facts.height) return null;
  const frame = facts.pageHeight ?? facts.height;
  if (facts.width * frame * (facts.pages ?? 1) > MOST_PIXELS)
    throw new RefusedFile("The picture has more than 100 million pixels; make it smaller first.");
  const turned = (facts.orientation ?? 1) >= 5;
  const [width, height] = turned ? [frame, facts.width] : [facts.width, frame];
  const small = open(bytes).autoOrient().resize(THUMB, THUMB, { fit: "inside", withoutEnlargement: true });
  const thumb = await orNull(small.webp({ quality: 78 }).timeout({ seconds: PATIENCE }).toBuffer());
  const cleaned = saysWhere(facts) ? await withoutPlace(bytes, facts) : null;
  return { width, height, cleaned, thumb };
}

function open(bytes: Buffer, animated = false) {
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, sequentialRead: true, failOn: "none", animated });
}

/** Pointer from the first directory of EXIF to the one with the place, in either order of bytes. */
const GPS = [Buffer.from([0x88, 0x25]), Buffer.from([0x25, 0x88])];

/** Whether the picture may say where it was taken; it does no harm to be wrong with a yes. */
function saysWhere({ exif, xmp, iptc }: Metadata) {
  if (exif && GPS.some((tag) => exif.includes(tag))) return true;
  return iptc !== undefined || (xmp !== undefined && /gps|latitude|location|city/i.test(xmp.toString("latin1")));
}

/** The picture written anew, turned as it is to be seen, with its colours and nothing else that was said of it. */
async function withoutPlace(bytes: Buffer, { format, pages = 1 }: Metadata) {
  const anew = open(bytes, pages > 1)
    .autoOrient()
    .keepIccProfile()
    .timeout({ seconds: PATIENCE });
  try {
    return await written(anew, format).toBuffer();
  } catch (cause) {
    throw new RefusedFile(
      "The picture says where it was taken, and that could not be taken out of it. Take it out first, or send it in a zip.",
      { cause },
    );
  }
}

function written(picture: Sharp, format: Metadata["format"]) {
  if (format === "jpeg") return picture.jpeg({ quality: 92, chromaSubsampling: "4:4:4" });
  if (format === "png") return picture.png();
  if (format === "webp") return picture.webp({ quality: 92 });
  if (format === "gif") return picture.gif();
  return picture.avif({ quality: 75, effort: 2 });
}

async function orNull<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}
