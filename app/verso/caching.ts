import { type BackRecord, headerOf } from "./record";
import { count } from "./story";

/** What was decided on keeping an answer, by rules from its headers. RFC 9111. */
export interface Caching {
  /** Who may keep it, in a sentence, and why. */
  verdict: string;
  /** Each word of the headers that says something about it. `means` is null where no rule knows it. */
  words: { said: string; means: string | null }[];
  /** What was saved by asking whether a kept answer is still right; null where nobody asked. */
  saved: string | null;
}

/**
 * Who may keep an answer, for how long, and why.
 *
 * @param earlier the records before this one, the oldest first: one of them may be the answer that was kept.
 */
export function cachingOf(record: BackRecord, earlier: BackRecord[] = []): Caching {
  return { verdict: `${decided(record)}${why(record)}`, words: wordsOf(record), saved: savedBy(record, earlier) };
}

function decided(record: BackRecord) {
  const { method } = record.request;
  if (record.response.status === 0) return "There was no answer to keep.";
  const said = directives(record);
  const who = said.has("private")
    ? "Your browser, and no cache on the way,"
    : "Your browser and every cache on the way";
  const age = Number(said.get("max-age"));
  if (method !== "GET" && method !== "HEAD") return `No cache keeps the answer to a ${method}.`;
  if (said.has("no-store")) return "Nobody keeps this answer, not even your browser.";
  if (said.has("no-cache") || age === 0) return `${who} may keep it, and asks each time whether it is still right.`;
  if (age > 0) return `${who} may use it again for ${duration(age)} without asking.`;
  return "The answer doesn’t say how long it may be kept: each cache does as it likes.";
}

function why(record: BackRecord) {
  const { session, request, response } = record;
  if (request.method !== "GET" && request.method !== "HEAD") return "";
  const said = directives(record);
  const personal = varies(record).includes("cookie");
  if (said.has("no-store") && response.status >= 400 && !personal)
    return " It is a refusal: once its cause is gone, nobody should see it again.";
  if (said.has("no-store") && personal && session.state === "valid")
    return " It was made for you: after you sign out, the Back button of a machine that others use too must not bring it back.";
  if (said.has("no-store") && personal)
    return " What stands at this address depends on who asks, so none of its answers is kept, and this one isn’t either.";
  if (said.has("public")) return " It is the same for everybody.";
  return "";
}

const DIRECTIVES: Record<string, (value: string) => string> = {
  "no-store": () => "write it down nowhere",
  private: () => "it is one person’s: nothing that several people share may keep it",
  public: () => "it is nobody’s in particular: anything on the way may keep it",
  "no-cache": () => "keep it, but ask each time before it is used",
  "max-age": (seconds) => `it is fresh for ${duration(Number(seconds))}`,
  "s-maxage": (seconds) => `for caches that people share: fresh for ${duration(Number(seconds))}`,
  immutable: () => "it never changes under this name: not even a reload asks again",
  "must-revalidate": () => "once it is old, it isn’t used without asking",
};

function wordsOf(record: BackRecord): Caching["words"] {
  const { cookies } = record.response;
  const vary = varies(record);
  const etag = headerOf(record.response.headers, "etag");
  const modified = headerOf(record.response.headers, "last-modified");
  return [
    ...[...directives(record)].map(([name, value]) => ({
      said: value === "" ? name : `${name}=${value}`,
      means: DIRECTIVES[name]?.(value) ?? null,
    })),
    ...(vary.length > 0 ? [{ said: `vary: ${vary.join(", ")}`, means: varied(vary) }] : []),
    ...(etag
      ? [{ said: `etag: ${etag}`, means: "a name for these very bytes, to ask by: are they still the same?" }]
      : []),
    ...(modified ? [{ said: `last-modified: ${modified}`, means: "a date to ask by: has it changed since?" }] : []),
    ...(cookies.length > 0
      ? [{ said: "set-cookie", means: "it is for this browser alone: kept for others, it would let them in as you" }]
      : []),
  ];
}

function varied(vary: string[]) {
  if (vary.includes("*")) return "each request may get another answer";
  return `whoever keeps it keeps one for each value of ${vary.length === 1 ? "this header" : "these headers"} of the request`;
}

function savedBy(record: BackRecord, earlier: BackRecord[]) {
  const { headers, path } = record.request;
  const asks = (header: string) => headers.some(({ name }) => name === header);
  // The tag goes before the date. RFC 9110, 13.2.2.
  const asked = ["if-none-match", "if-modified-since"].find(asks);
  if (!asked) return null;
  const how = asked === "if-none-match" ? "If-None-Match" : "If-Modified-Since";
  if (record.response.status === 0) return null;
  if (record.response.status !== 304)
    return `Your browser asked (${how}) whether what it had kept was still right. ${comparedBy(record, asked)}`;
  const kept = earlier.findLast(
    ({ request, response }) =>
      request.path === path &&
      response.packed > 0 &&
      headerOf(response.headers, "etag") === headerOf(record.response.headers, "etag"),
  );
  const size = kept
    ? `${count(kept.response.packed, "byte")} didn’t have to be sent again`
    : "how many bytes that saved isn’t known, for the answer that it kept is older than what is remembered here";
  return `Your browser asked (${how}) whether what it had kept was still right. It was (304): ${size}.`;
}

/** What came of asking, where the answer is no 304: only what has a validator is compared at all. RFC 9110, 13.1. */
function comparedBy(record: BackRecord, asked: string) {
  const { headers } = record.request;
  const [validator, name] = asked === "if-none-match" ? ["etag", "ETag"] : ["last-modified", "Last-Modified"];
  if (record.response.status !== 200) return `This answer (${record.response.status}) says nothing of that.`;
  if (!headerOf(record.response.headers, validator))
    return `This answer has no ${name} to compare that with, so it came whole, whatever was kept.`;
  if (/(^|,)\s*no-cache\s*(,|$)/.test(headerOf(headers, "cache-control") ?? ""))
    return "The request also said (Cache-Control: no-cache) that it wants all of it anew, so nothing was compared.";
  return "It was not, so all of it came anew.";
}

/** The words of Cache-Control with their values, in lower case, as they were said. */
function directives(record: BackRecord) {
  const words = (headerOf(record.response.headers, "cache-control") ?? "").split(",").map((word) => word.trim());
  return new Map(
    words.filter(Boolean).map((word): [string, string] => {
      const [name = "", ...value] = word.split("=");
      return [name.toLowerCase(), value.join("=")];
    }),
  );
}

function varies(record: BackRecord) {
  const names = (headerOf(record.response.headers, "vary") ?? "").split(",").map((name) => name.trim().toLowerCase());
  return names.filter(Boolean);
}

const UNITS: [seconds: number, name: string][] = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
];

function duration(seconds: number) {
  const [size, name] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, "second"];
  return count(seconds / size, name);
}
