import { createHash } from "node:crypto";
import { and, asc, eq, inArray, isNull, lte, notInArray, sql } from "drizzle-orm";
import { type Database, db, StorageFailure, transaction } from "~/db/engine.server";
import { fileChunks, fileContents, noteCounts } from "~/db/schema.server";
import { settings } from "~/settings.server";
import { sayBytes } from "./bytes";
import { RefusedFile } from "./refused.server";
import { HEAD_BYTES } from "./type.server";

type Owner = { id: string };

/**
 * Bytes of one piece, which is one row, one transaction when it is written and one turn of the event
 * loop when it is read: a quarter of a mebibyte takes about a millisecond, so that nobody's save waits
 * noticeably, and 500 MB move the process by some 40 MB (with twice as much, by 50).
 */
export const CHUNK = 262_144;
/** After which silence a content that another process was writing is nobody's, in milliseconds. */
const SILENCE = 600_000;
/** Pieces that are taken away in one transaction. */
const SWEPT = 8;

/** A content that has arrived and that no file names yet. */
export interface Arrived {
  key: number;
  digest: string;
  bytes: number;
  /** Its first bytes. */
  head: Buffer;
}

/** Contents that this process is writing, or that are about to get their file: not to be swept. */
const arriving = new Set<number>();

/**
 * Writes bytes down as they come, one piece in memory at a time. No transaction waits for the sender.
 * Until {@link settle} nobody sees them; after {@link letGo}, a failure here, or a new start, they are
 * swept away.
 *
 * @throws RefusedFile when it is more than one file may have, or more than the owner may keep.
 */
export async function arrive(owner: Owner, pieces: AsyncIterable<Uint8Array>): Promise<Arrived> {
  const key = await begin(owner);
  try {
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(CHUNK);
    let head = Buffer.alloc(0);
    let bytes = 0;
    let filled = 0;
    const write = async () => {
      const part = chunk.subarray(0, filled);
      if (head.length === 0) head = Buffer.from(part.subarray(0, HEAD_BYTES));
      hash.update(part);
      bytes += filled;
      await append(owner, key, Math.ceil(bytes / CHUNK) - 1, part);
      filled = 0;
    };
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; ) {
        const taken = Math.min(piece.length - at, CHUNK - filled);
        chunk.set(piece.subarray(at, at + taken), filled);
        at += taken;
        filled += taken;
        if (bytes + filled > settings().maxFile) throw tooLarge();
        if (filled === CHUNK) await write();
      }
    }
    if (filled > 0) await write();
    return { key, digest: hash.digest("base64url"), bytes, head };
  } catch (error) {
    await letGo(owner, key);
    throw error;
  }
}

function tooLarge() {
  const { maxFile } = settings();
  return new RefusedFile(`It is larger than ${sayBytes(maxFile)}, the most that one file may have here.`, {
    tooLarge: true,
  });
}

async function begin(owner: Owner) {
  const [content] = await transaction(async (tx) => {
    const made = await tx
      .insert(fileContents)
      .values({ ownerId: owner.id, touched: Date.now() })
      .returning({ key: fileContents.key });
    for (const { key } of made) arriving.add(key);
    return made;
  });
  if (!content) throw new Error("A content has no key.");
  return content.key;
}

async function append(owner: Owner, key: number, place: number, bytes: Buffer) {
  await transaction(async (tx) => {
    await tx.insert(fileChunks).values({ contentKey: key, place, bytes });
    await tx
      .update(fileContents)
      .set({ bytes: sql`${fileContents.bytes} + ${bytes.length}`, touched: Date.now() })
      .where(and(eq(fileContents.ownerId, owner.id), eq(fileContents.key, key)));
    // Asked of what is written, so that two uploads at once don't both fit.
    const used = await usedBy(owner, tx);
    const { filesQuota } = settings();
    if (used > filesQuota)
      throw new RefusedFile(
        `There is no room for it: you may keep ${sayBytes(filesQuota)} of files, and ${sayBytes(used - bytes.length)} of them are taken. What you delete counts until it can’t be brought back any more.`,
        { tooLarge: true },
      );
  });
}

/** What the viewer's files take, in bytes. */
export async function usedBy(owner: Owner, connection: Database = db()): Promise<number> {
  const [row] = await connection
    .select({ bytes: noteCounts.fileBytes })
    .from(noteCounts)
    .where(eq(noteCounts.ownerId, owner.id));
  return row?.bytes ?? 0;
}

/** Gives an arrived content its digest, or names the same one that the owner already has. @returns its key. */
export async function settle(tx: Database, owner: Owner, { key, digest }: Arrived): Promise<number> {
  const own = eq(fileContents.ownerId, owner.id);
  const [same] = await tx
    .select({ key: fileContents.key })
    .from(fileContents)
    .where(and(own, eq(fileContents.digest, digest)));
  if (same) return same.key;
  await tx
    .update(fileContents)
    .set({ digest })
    .where(and(own, eq(fileContents.key, key)));
  return key;
}

/** Nobody is at work on it any more: where it has no digest, it may be swept away. */
export async function letGo(owner: Owner, key: number) {
  const loose = and(eq(fileContents.ownerId, owner.id), eq(fileContents.key, key), isNull(fileContents.digest));
  try {
    await transaction((tx) => tx.update(fileContents).set({ touched: 0 }).where(loose));
  } catch (error) {
    // On a full disk it is swept later, like one that was left by a process that ended.
    if (!(error instanceof StorageFailure)) throw error;
  } finally {
    arriving.delete(key);
  }
}

/**
 * The bytes from `from` to `to`, a piece at a time.
 *
 * @throws Error where a piece is missing.
 */
export async function* bytesOf(owner: Owner, key: number, from: number, to: number): AsyncGenerator<Buffer> {
  for (let place = Math.floor(from / CHUNK); place * CHUNK <= to; place += 1) {
    const [chunk] = await db()
      .select({ bytes: fileChunks.bytes })
      .from(fileChunks)
      .innerJoin(fileContents, and(eq(fileContents.key, fileChunks.contentKey), eq(fileContents.ownerId, owner.id)))
      .where(and(eq(fileChunks.contentKey, key), eq(fileChunks.place, place)));
    if (!chunk) throw new Error("A piece of a file is missing.");
    yield chunk.bytes.subarray(Math.max(0, from - place * CHUNK), to + 1 - place * CHUNK);
  }
}

/**
 * Takes away what no file has, a few pieces in each transaction: a large file would hold everybody up.
 *
 * @param silence how long nothing must have come for a content that some other process may be writing.
 */
export async function sweepContents(silence = SILENCE) {
  while (await sweepSome(Date.now() - silence));
}

async function sweepSome(before: number) {
  return transaction(async (tx) => {
    // Served by file_contents_loose.
    const [loose] = await tx
      .select({ key: fileContents.key })
      .from(fileContents)
      .where(
        and(
          isNull(fileContents.digest),
          lte(fileContents.touched, before),
          notInArray(fileContents.key, [...arriving]),
        ),
      )
      .orderBy(asc(fileContents.touched))
      .limit(1);
    if (!loose) return false;
    const own = eq(fileChunks.contentKey, loose.key);
    const chunks = await tx.select({ place: fileChunks.place }).from(fileChunks).where(own).limit(SWEPT);
    const places = chunks.map(({ place }) => place);
    if (places.length > 0) await tx.delete(fileChunks).where(and(own, inArray(fileChunks.place, places)));
    if (places.length < SWEPT) await tx.delete(fileContents).where(eq(fileContents.key, loose.key));
    return true;
  });
}
