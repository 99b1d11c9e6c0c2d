import { type BackRecord, headerOf } from "./record";

/** How long after a redirect its browser may still be on the way, in milliseconds. */
const ON_THE_WAY = 10_000;
/** A script asks for all that it needs of a page at once: how far apart that arrives, in milliseconds. */
const AT_ONCE = 1_000;

/** Where an answer leads, as a browser is told, or as Remix's script is told by a header of its own. */
export function leadsTo({ response: { headers } }: BackRecord): string | null {
  const told = headerOf(headers, "location") ?? headerOf(headers, "x-remix-redirect");
  return told?.replace(UNSEEN, "") ?? null;
}

/** Stands for the query of an address, which is not kept. */
const UNSEEN = "?…";

/** The latest of `earlier` that led to where `record` was asked for, in the same way: page by page, or by script. */
export function leadingTo(earlier: BackRecord[], record: BackRecord): BackRecord | null {
  const from = earlier.findLastIndex((other) => leads(other, record));
  const arrived = earlier.slice(from + 1).some((other) => sameAgain(other, record));
  return arrived ? null : (earlier[from] ?? null);
}

/** The first of `later` to which `record` led. */
export function ledToBy(record: BackRecord, later: BackRecord[]): BackRecord | null {
  return later.find((other) => leads(record, other)) ?? null;
}

function leads(from: BackRecord, to: BackRecord) {
  // The clock of a record counts whole milliseconds.
  const near = to.at >= from.at + from.took - 2 && to.at - from.at < ON_THE_WAY + from.took;
  // RFC 9110, 15.4: after 307 and 308 the same is sent again, after the others a GET.
  const method = from.response.status === 307 || from.response.status === 308 ? from.request.method : "GET";
  const how = byScript(from) === byScript(to) && to.request.method === method;
  return near && how && leadsTo(from) === to.request.path && leadsToQuery(from) === hasQuery(to);
}

function leadsToQuery({ response: { headers } }: BackRecord) {
  const told = headerOf(headers, "location") ?? headerOf(headers, "x-remix-redirect");
  return told?.endsWith(UNSEEN) ?? false;
}

function hasQuery({ request }: BackRecord) {
  return request.query.some(({ name }) => name !== "_data");
}

/** Somebody who was led there already goes there by themselves. */
function sameAgain({ request }: BackRecord, { request: { method, path, dataOf } }: BackRecord) {
  return request.method === method && request.path === path && request.dataOf === dataOf;
}

/** What a script asked for at once with `record`: the data of each route of the same page. */
export function together(records: BackRecord[], record: BackRecord): BackRecord[] {
  if (!byScript(record) || record.request.method !== "GET") return [];
  const routes = new Set([record.request.dataOf]);
  return records.filter((other) => {
    const { method, path, dataOf } = other.request;
    const same = byScript(other) && method === "GET" && path === record.request.path;
    if (!same || routes.has(dataOf) || Math.abs(other.at - record.at) > AT_ONCE) return false;
    routes.add(dataOf);
    return true;
  });
}

/** Asked for by Remix's script: the data of a route, not a page. */
export function byScript({ request }: BackRecord): boolean {
  return request.dataOf !== null;
}

/** Asked for at the address for programs, and not by a browser that goes there: a browser says that it does. */
export function byProgram({ request: { path, headers } }: BackRecord): boolean {
  const goes = headers.some(({ name, value }) => name === "sec-fetch-mode" && value === "navigate");
  return path.startsWith("/api/") && !goes;
}
