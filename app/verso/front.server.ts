import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { ServerBuild } from "@remix-run/node";
import { moduleOf } from "./source.server";

/** What of a route's module went to the browser, and what stayed on the server. */
export interface Front {
  file: string;
  /** Bytes of the source as it was written. */
  bytes: number;
  exports: { name: string; lines: number; runs: "server" | "browser" | "both" }[];
  /** What it uses that can only be had on the server. */
  stays: string[];
  /** The file that the browser gets for it; null where the build has none. */
  browser: Size | null;
  /** Pieces that it shares with other pages. */
  shared: Size & { files: number };
}

interface Size {
  bytes: number;
  packed: number;
}

let files: ServerBuild["assets"]["routes"] = {};

/** Takes note of which files the browser gets for each route. */
export function knowBrowserFiles(assets: ServerBuild["assets"]) {
  files = assets.routes;
}

/** The front and the back of a route's module; null where the program was built without its source. */
export function frontOf(route: string): Front | null {
  const module = moduleOf(route);
  if (!module) return null;
  const { module: own, imports = [] } = files[route] ?? {};
  const parts = imports.flatMap((path) => sizeOf(path) ?? []);
  return {
    file: module.file,
    bytes: Buffer.byteLength(module.text),
    exports: exportsOf(module.text),
    stays: [...module.text.matchAll(/^import [^;]+ from "([^"]+\.server)";$/gm)].map(([, from = ""]) => from),
    browser: own ? sizeOf(own) : null,
    shared: {
      files: parts.length,
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      packed: parts.reduce((sum, { packed }) => sum + packed, 0),
    },
  };
}

const SERVER = ["loader", "action", "headers"];
const BROWSER = ["clientLoader", "clientAction"];

const EXPORT = /^export (?:default )?(?:async )?(?:function|const) (\w+)/;

function exportsOf(text: string): Front["exports"] {
  const lines = text.split("\n");
  return lines.flatMap((line, place) => {
    const name = EXPORT.exec(line)?.[1];
    if (!name) return [];
    const ends = /^(?!.*\{$).*;$/.test(line) ? place : lines.findIndex((one, at) => at > place && /^[})\]]/.test(one));
    const runs = SERVER.includes(name)
      ? ("server" as const)
      : BROWSER.includes(name)
        ? ("browser" as const)
        : ("both" as const);
    return [{ name: line.startsWith("export default") ? `${name} (the page)` : name, lines: ends - place + 1, runs }];
  });
}

const sizes = new Map<string, Size>();

/** A file of the browser's build; `path` is the build's own word, as `/build/root-ABC.js`. */
function sizeOf(path: string): Size | null {
  const known = sizes.get(path);
  if (known) return known;
  try {
    const content = readFileSync(new URL(`../public${path}`, import.meta.url));
    const size = { bytes: content.length, packed: gzipSync(content).length };
    sizes.set(path, size);
    return size;
  } catch {
    return null;
  }
}
