import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { parse } from "sugar-high/core";
import * as typescript from "sugar-high/lang/typescript";

/** Some lines of Verso's own source, as they were when the program was built. */
export interface Excerpt {
  /** Below the project's folder, such as `app/notes/notes.server.ts`. */
  file: string;
  /** The number of the first line. */
  from: number;
  lines: Piece[][];
  /** The number of the line that it is about. */
  at: number;
}

/** A piece of a line, and what it is where that is worth a colour. */
export type Piece = [text: string] | [text: string, kind: "keyword" | "string" | "comment"];

/** Lines before and after the one that a statement was begun on. */
const AROUND = 2;

/**
 * The lines of source around a place.
 *
 * @param site `file:line:column`, in the built program or in the source itself.
 * @returns null for what isn't our own source, and where the build has no map.
 */
export function excerptAt(site: string | null): Excerpt | null {
  if (!site) return null;
  const [file = "", line, column] = site.split(":");
  const { source, at } = file.startsWith("app/")
    ? { source: `../${file}`, at: Number(line) }
    : originOf(Number(line), Number(column));
  const text = textOf(source);
  return text === null ? null : cut(source, text, at - AROUND, at + AROUND, at);
}

/**
 * The function around a place, whole, or what else is written at the margin of the file there.
 *
 * @returns as {@link excerptAt}.
 */
export function functionAt(site: string | null): Excerpt | null {
  const near = excerptAt(site);
  const lines = near && textOf(`../${near.file}`)?.split("\n");
  if (!lines) return null;
  const begin = lines.findLastIndex((line, place) => place < near.at && /^[a-z]/.test(line));
  const end = lines.findIndex((line, place) => place >= near.at - 1 && place > begin && /^[})\]]/.test(line));
  return begin < 0 || end < 0 ? near : cut(`../${near.file}`, lines.join("\n"), begin + 1, end + 1, near.at);
}

/** The source of a route's module, and the file it is in. */
export function moduleOf(route: string): { file: string; text: string } | null {
  for (const ending of [".tsx", ".ts"]) {
    const text = textOf(`../app/${route}${ending}`);
    if (text !== null) return { file: `app/${route}${ending}`, text };
  }
  return null;
}

function originOf(line: number, column: number) {
  const found = sources()?.map.findEntry(line - 1, column - 1);
  return found && "originalSource" in found
    ? { source: found.originalSource, at: found.originalLine + 1 }
    : { source: "", at: 0 };
}

/**
 * The loader or action of a route, whole.
 *
 * @returns null where the source holds none of this form.
 */
export function sourceOfRoute(route: string, kind: "loader" | "action"): Excerpt | null {
  const module = moduleOf(route);
  const lines = module?.text.split("\n") ?? [];
  const begin = lines.findIndex((line) => new RegExp(`^export (async )?function ${kind}\\b`).test(line));
  const end = lines.findIndex((line, place) => place > begin && line === "}");
  return module && begin >= 0 ? cut(`../${module.file}`, module.text, begin + 1, end + 1, begin + 1) : null;
}

/**
 * The lines of one of our own files around a piece of text.
 *
 * @returns null where the file doesn't hold it.
 */
export function excerptOf(file: string, marker: string, before: number, after: number): Excerpt | null {
  const text = textOf(`../${file}`);
  const place = text?.split("\n").findIndex((line) => line.includes(marker)) ?? -1;
  return text === null || place < 0 ? null : cut(`../${file}`, text, place + 1 - before, place + 1 + after, place + 1);
}

function cut(source: string, text: string, from: number, to: number, at: number): Excerpt {
  const first = Math.max(1, from);
  return { file: source.replace(/^\.\.\//, ""), from: first, lines: coloured(source, text).slice(first - 1, to), at };
}

/** The code that is shown has no elements in it, and with them a type's angle brackets are taken for some. */
const PLAIN = { ...typescript, jsx: false };

const colours = new Map<string, Piece[][]>();

/** A file's lines in pieces; looked at once for each file, as a whole, for a comment may span lines. */
function coloured(source: string, text: string): Piece[][] {
  const known = colours.get(source) ?? parse(text, PLAIN).lines.map(({ tokens }) => inPieces(tokens));
  colours.set(source, known);
  return known;
}

function inPieces(tokens: readonly { type: string; value: string }[]) {
  const pieces: Piece[] = [];
  for (const { type, value } of tokens) {
    const kind = type === "keyword" || type === "string" || type === "comment" ? type : undefined;
    const last = pieces.at(-1);
    // Spaces take the colour of what is before them: fewer pieces.
    if (last && (last[1] === kind || value.trim() === "")) last[0] += value;
    else pieces.push(kind ? [value, kind] : [value]);
  }
  return pieces;
}

interface Payload {
  sources: string[];
  sourcesContent: (string | null)[];
}

let read: { map: SourceMap; payload: Payload } | null | undefined;

/** The map beside the built program, with the source as it was; read when the first page is turned. */
function sources() {
  if (read !== undefined) return read;
  try {
    const payload = JSON.parse(readFileSync(`${fileURLToPath(import.meta.url)}.map`, "utf8"));
    read = { map: new SourceMap(payload), payload };
  } catch {
    read = null;
  }
  return read;
}

function textOf(source: string): string | null {
  const { payload } = sources() ?? {};
  const place = source.startsWith("../app/") ? (payload?.sources.indexOf(source) ?? -1) : -1;
  return payload?.sourcesContent[place] ?? null;
}
