import type { Answer } from "./client";

/** The name of an answer's record, from the header that tells it to whoever is signed in. */
export function recordOf({ headers }: Answer): string {
  const [, id] = /back;desc="([\w-]{22})"/.exec(String(headers["server-timing"])) ?? [];
  if (!id) throw new Error("This answer names no record.");
  return id;
}

/** The address of the back of a page, from the page's own link. */
export function backOf({ text }: Answer): string {
  const [, path] = /<a class="turn" href="(\/back\/[\w-]{22})"/.exec(text) ?? [];
  if (!path) throw new Error("This page has no link to its back.");
  return path;
}

/** A page without the marks that React leaves between words, and with its characters as they are read. */
export function plain({ text }: Answer): string {
  return text
    .replace(/<!-- -->/g, "")
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, ">")
    .replace(/&#x27;/g, "'");
}
