import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

/** Some lines of Verso's own source, as they were when the program was built. */
export interface Excerpt {
  /** Below the project's folder, such as `app/notes/notes.server.ts`. */
  file: string;
  /** The number of the first line. */
  from: number;
  lines: string[];
  /** The number of the line that it is about. */
  at: number;
}

/** Lines before and after the one that a statement was begun on. */
const AROUND = 2;

/**
 * The lines of source around a place.
 *
 * @param site `file:line:column`, in the built program or in the source itself.
 * @returns null for what isn't our own source, and where the build has no map.
 */
export function excerptAt(site: string | null): Excerpt | null {
  const [file = "", line, column] = (site ?? "").split(":");
  const { source, at } = file.startsWith("app/")
    ? { source: `../${file}`, at: Number(line) }
    : originOf(Number(line), Number(column));
  const text = textOf(source);
  return text === null ? null : cut(source, text, at - AROUND, at + AROUND, at);
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
  for (const ending of [".tsx", ".ts"]) {
    const source = `../app/${route}${ending}`;
    const text = textOf(source);
    const begin =
      text?.split("\n").findIndex((line) => new RegExp(`^export (async )?function ${kind}\\b`).test(line)) ?? -1;
    if (text === null || begin < 0) continue;
    const end = text.split("\n").findIndex((line, place) => place > begin && line === "}");
    return cut(source, text, begin + 1, end + 1, begin + 1);
  }
  return null;
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
  return { file: source.replace(/^\.\.\//, ""), from: first, lines: text.split("\n").slice(first - 1, to), at };
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
