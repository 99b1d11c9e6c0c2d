import type { OutgoingHttpHeaders } from "node:http";
import type { SeenCookie, SeenField, SeenHeader, SeenParameter, SentCookie } from "./record";

/** Request headers whose value may be seen. Whatever isn't named here has its name shown, nothing more. */
const SHOWN_OF_REQUEST = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "host",
  "if-modified-since",
  "if-none-match",
  "origin",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "sec-fetch-user",
  "upgrade-insecure-requests",
]);

/** Response headers whose value may be seen. */
const SHOWN_OF_RESPONSE = new Set([
  "allow",
  "cache-control",
  "clear-site-data",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "date",
  "etag",
  "keep-alive",
  "last-modified",
  "permissions-policy",
  "referrer-policy",
  "retry-after",
  "strict-transport-security",
  "transfer-encoding",
  "vary",
  "x-content-type-options",
  "x-frame-options",
  "x-request-id",
  "x-remix-catch",
  "x-remix-response",
  "x-remix-status",
]);

/** Headers of which the path of an address may be seen, not its query. */
const ADDRESSES = new Set(["location", "x-remix-redirect"]);

/** Longest value that is kept, in UTF-16 units. */
const LONGEST = 500;

/**
 * A request's headers, their values only where they say nothing of anybody. Cookies: see {@link cookiesIn}.
 *
 * @param origins our own: of another site's page not even the path is seen.
 */
export function seenHeaders(headers: NodeJS.Dict<string | string[]>, origins: readonly string[] = []): SeenHeader[] {
  return Object.entries(headers).map(([name, value]) => ({
    name: name.slice(0, 100),
    value: name === "referer" ? cameFrom(String(value ?? ""), origins) : shown(name, value, SHOWN_OF_REQUEST),
  }));
}

function cameFrom(address: string, origins: readonly string[]) {
  if (!URL.canParse(address)) return null;
  return origins.includes(new URL(address).origin) ? pathOf(address) : "(a page of another site)";
}

/** The same for a response; its Set-Cookie lines: see {@link cookiesSet}. */
export function sentHeaders(headers: OutgoingHttpHeaders): SeenHeader[] {
  return Object.entries(headers)
    .filter(([name]) => name !== "set-cookie")
    .map(([name, value]) => ({ name, value: shown(name, value, SHOWN_OF_RESPONSE) }));
}

/** Cookies by name and length; never a value. */
export function cookiesIn(header: string | undefined): SeenCookie[] {
  return (header ?? "")
    .split(";")
    .filter((pair) => pair.includes("="))
    .map((pair) => {
      const [name = "", ...value] = pair.trim().split("=");
      return { name: name.slice(0, 100), length: value.join("=").length };
    });
}

/** What browsers were told to keep: name, length and attributes; never a value. */
export function cookiesSet(header: OutgoingHttpHeaders[string]): SentCookie[] {
  return [header ?? []].flat().map((line) => {
    const [pair = "", ...attributes] = String(line).split("; ");
    const [name = "", ...value] = pair.split("=");
    const length = value.join("=").length;
    const removed = attributes.some((attribute) => /^(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(attribute));
    return { name, length, attributes, removed };
  });
}

/** The parameters of an address's query, as they are. */
export function pairsIn(url: string): [name: string, value: string][] {
  const place = url.indexOf("?");
  return place < 0 ? [] : [...new URLSearchParams(url.slice(place + 1))];
}

/** The parameters of a query by name and length. */
export function queryIn(query: [name: string, value: string][]): SeenField[] {
  return query.map(([name, value]) => ({ name: name.slice(0, 100), length: value.length }));
}

/** Where a value came from, as far as it can be told from its being the same. */
export type Origins = ReadonlyMap<string, Required<Pick<SeenParameter, "origin" | "name">>>;

/** Texts shorter than this are the same by chance too often to say where they came from. */
const TELLING = 4;

/** A statement's parameters by kind, length and origin; never a value. */
export function seenParameters(
  described: { kind: string; length?: number }[],
  values: readonly unknown[],
  origins: Origins,
): SeenParameter[] {
  return described.map((parameter, place) => {
    const value = values[place];
    const origin = typeof value === "string" && value.length >= TELLING ? origins.get(value) : undefined;
    return { ...parameter, ...origin };
  });
}

function shown(name: string, value: string | string[] | number | undefined, allowed: Set<string>) {
  const text = String(value ?? "");
  if (ADDRESSES.has(name)) return pathOf(text);
  if (name === "content-security-policy") return text.replace(/'nonce-[^']+'/g, "'nonce-…'").slice(0, 1_000);
  return allowed.has(name) ? text.slice(0, LONGEST) : null;
}

function pathOf(address: string) {
  if (!URL.canParse(address, "http://here")) return null;
  const { pathname, search } = new URL(address, "http://here");
  return (search ? `${pathname}?…` : pathname).slice(0, LONGEST);
}
