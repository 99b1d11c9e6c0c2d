import { STATUS_CODES } from "node:http";
import {
  type BackRecord,
  headerOf,
  type SeenCookie,
  type SeenField,
  type SeenHeader,
  type SentCookie,
  type Step,
} from "./record";
import { count } from "./story";

/**
 * A record as an HTTP archive, which browsers and other tools open. It holds what the record holds;
 * where that is a length only, the archive says so in the value's place.
 *
 * @param origin under which the request came.
 * @param version of the program that writes it.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function harOf(record: BackRecord, origin: string, version: string) {
  const { at, took, request, response, session, decisions, steps, unkept, background, errors } = record;
  return {
    log: {
      version: "1.2",
      creator: { name: "Verso", version },
      entries: [
        {
          startedDateTime: new Date(at).toISOString(),
          time: took,
          request: harRequest(request, steps, origin),
          response: harResponse(response),
          cache: {},
          timings: { send: 0, wait: took, receive: 0, comment: "Measured on the server; it can't see the network." },
          // Names of one's own begin with an underscore.
          _session: session,
          _decisions: decisions,
          _steps: steps,
          _unkept: unkept,
          ...(background !== undefined && { _background: background }),
          _errors: errors,
        },
      ],
      comment: "What Verso recorded of this request. Values that it does not record say so.",
    },
  };
}

function harRequest(
  { method, path, query, headers, cookies, bytes, more }: BackRecord["request"],
  steps: Step[],
  origin: string,
) {
  const queryString = query.map(harField);
  const fields = steps.flatMap((step) => (step.kind === "form" ? step.fields : []));
  const mimeType = headerOf(headers, "content-type") ?? UNKNOWN;
  return {
    method,
    url: urlOf(origin, path, queryString),
    httpVersion: "HTTP/1.1",
    cookies: cookies.map(harCookie),
    headers: headers.map(harHeader),
    queryString,
    ...(bytes !== 0 && {
      postData: {
        mimeType,
        params: fields.map(harField),
        comment: "Values are given where they can't be anybody's words.",
      },
    }),
    headersSize: -1,
    bodySize: bytes ?? -1,
    ...(more && { _more: more }),
  };
}

function harResponse({ status, headers, cookies, bytes, packed }: BackRecord["response"]) {
  return {
    status,
    statusText: STATUS_CODES[status] ?? "",
    httpVersion: "HTTP/1.1",
    cookies: cookies.map(harSentCookie),
    headers: headers.map(harHeader),
    content: {
      size: bytes,
      mimeType: headerOf(headers, "content-type") ?? UNKNOWN,
      comment: "The body is not recorded.",
    },
    redirectURL: headerOf(headers, "location") ?? "",
    headersSize: -1,
    bodySize: packed,
  };
}

/** What browsers write where a body has no type. */
const UNKNOWN = "x-unknown";

/** A path is put behind the origin and never resolved against it: one that begins with two slashes names no host. */
function urlOf(origin: string, path: string, query: { name: string; value: string }[]) {
  const address = path.startsWith("/") ? `${origin}${path}` : origin;
  const url = new URL(URL.canParse(address) ? address : origin);
  url.search = new URLSearchParams(query.map(({ name, value }) => [name, value])).toString();
  return url.href;
}

function harHeader({ name, value }: SeenHeader) {
  return { name, value: value ?? "(not recorded)" };
}

function harField({ name, length, value }: SeenField) {
  return { name, value: value ?? notRecorded(length) };
}

function harCookie({ name, length }: SeenCookie) {
  return { name, value: notRecorded(length) };
}

function harSentCookie({ name, length, attributes }: SentCookie) {
  const attributeOf = (wanted: string) =>
    attributes.find((attribute) => attribute.startsWith(`${wanted}=`))?.slice(wanted.length + 1);
  const path = attributeOf("Path");
  return {
    name,
    value: notRecorded(length),
    ...(path && { path }),
    httpOnly: attributes.includes("HttpOnly"),
    secure: attributes.includes("Secure"),
    comment: attributes.join("; "),
  };
}

function notRecorded(length: number | null) {
  return length === null ? "(not recorded)" : `(${count(length, "character")}, not recorded)`;
}
