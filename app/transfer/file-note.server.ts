import { createHash } from "node:crypto";
import { basename, extname } from "node:path";
import { frontMatterFields } from "~/notes/markdown/front-matter.server";
import { splitFrontMatter } from "~/notes/markdown/parse.server";
import { MOST_BYTES, NoteContent, NoteTitle } from "~/notes/note.server";
import type { SourceFile } from "./source.server";
import { readTime } from "./written-time.server";

/** A file that can become a note. */
export interface FileNote {
  path: string;
  /** SHA-256 of the bytes. */
  digest: string;
  title: string;
  content: string;
  created: number;
  updated: number;
}

export type ReadFile = { kind: "note"; note: FileNote } | { kind: "failed"; path: string; why: string };

/** Reads a file as a note: its text byte for byte, title and times from the front matter or the file itself. */
export async function readFileNote(file: SourceFile, now = Date.now()): Promise<ReadFile> {
  const failed = (why: string): ReadFile => ({ kind: "failed", path: file.path, why });
  const bytes = await file.read();
  // Before decoding: of a file that is too large only the beginning was read, and that may end inside a character.
  if (bytes.length > MOST_BYTES)
    return failed("A note holds 1 MiB of text; this file is larger. Divide it and import the parts.");
  const text = decode(bytes);
  if (text === null) return failed("It is not text in UTF-8.");
  const content = NoteContent.safeParse(text);
  if (!content.success) return failed(content.error.issues[0]?.message ?? "It can’t be kept.");
  const given = readFrontMatter(splitFrontMatter(text).frontMatter);
  const modified = plausible(file.modified, now) ?? now;
  const created = plausible(given.created, now) ?? plausible(given.updated, now) ?? modified;
  return {
    kind: "note",
    note: {
      path: file.path,
      digest: createHash("sha256").update(bytes).digest("hex"),
      title: titleOf(given.title) ?? titleOf(basename(file.path, extname(file.path))) ?? "",
      content: text,
      created,
      updated: Math.max(created, plausible(given.updated, now) ?? modified),
    },
  };
}

/** Strict, and with the byte order mark kept: the note is what the file was. */
function decode(bytes: Buffer) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

interface FrontMatter {
  title?: unknown;
  created?: number;
  updated?: number;
}

/** What the front matter says of title and times. */
function readFrontMatter(text: string): FrontMatter {
  const fields = frontMatterFields(text);
  const first = (...names: string[]) =>
    names.map((name) => readTime(fields.get(name))).find((time) => time !== undefined);
  return {
    title: fields.get("title"),
    created: first("created", "date", "date created", "created_at"),
    updated: first("updated", "modified", "lastmod", "last_modified", "date modified", "updated_at"),
  };
}

function titleOf(value: unknown) {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const title = NoteTitle.safeParse(String(value).trim());
  return title.success && title.data !== "" ? title.data : undefined;
}

function plausible(time: number | undefined, now: number) {
  return time !== undefined && time > 0 && time <= now ? Math.floor(time) : undefined;
}
