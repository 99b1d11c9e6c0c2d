import { expect, test } from "vitest";
import { makeRecord } from "../../tests/support/records";
import { cachingOf } from "./caching";
import type { BackRecord } from "./record";

interface Parts {
  method?: string;
  status?: number;
  asked?: Record<string, string>;
  answered?: Record<string, string>;
  packed?: number;
  cookies?: number;
  session?: BackRecord["session"]["state"];
}

const headers = (pairs: Record<string, string> = {}) => Object.entries(pairs).map(([name, value]) => ({ name, value }));

function record({
  method = "GET",
  status = 200,
  asked,
  answered,
  packed = 0,
  cookies = 0,
  session = "valid",
}: Parts): BackRecord {
  return makeRecord({
    request: { method, path: "/icon.svg", headers: headers(asked) },
    response: {
      status,
      headers: headers(answered),
      cookies: Array.from({ length: cookies }, () => ({ name: "verso", length: 9, attributes: [], removed: false })),
      bytes: packed,
      packed,
      sent: packed,
    },
    session: { state: session },
  });
}

const PAGE = { "cache-control": "private, no-store", vary: "Cookie, Accept-Encoding" };
const FILE = {
  "cache-control": "public, max-age=3600",
  etag: 'W/"1-2"',
  "last-modified": "Sat, 21 Nov 2026 09:00:00 GMT",
};
const NO_STORE = { said: "no-store", means: "write it down nowhere" };
const PRIVATE = { said: "private", means: "it is one person’s: nothing that several people share may keep it" };
const VARY = {
  said: "vary: cookie, accept-encoding",
  means: "whoever keeps it keeps one for each value of these headers of the request",
};

test.each<[what: string, parts: Parts, verdict: string, words: { said: string; means: string | null }[]]>([
  [
    "a person's page",
    { answered: PAGE },
    "Nobody keeps this answer, not even your browser. It was made for you: after you sign out, the Back button of a machine that others use too must not bring it back.",
    [PRIVATE, NO_STORE, VARY],
  ],
  [
    "a page for anyone",
    { answered: PAGE, session: "none" },
    "Nobody keeps this answer, not even your browser. What stands at this address depends on who asks, so none of its answers is kept, and this one isn’t either.",
    [PRIVATE, NO_STORE, VARY],
  ],
  [
    "a refusal of the guard",
    { status: 421, answered: { "cache-control": "no-store" } },
    "Nobody keeps this answer, not even your browser. It is a refusal: once its cause is gone, nobody should see it again.",
    [NO_STORE],
  ],
  [
    "a login",
    { method: "POST", status: 303, answered: PAGE, cookies: 1 },
    "No cache keeps the answer to a POST.",
    [
      PRIVATE,
      NO_STORE,
      VARY,
      { said: "set-cookie", means: "it is for this browser alone: kept for others, it would let them in as you" },
    ],
  ],
  [
    "a file",
    { answered: FILE },
    "Your browser and every cache on the way may use it again for 1 hour without asking. It is the same for everybody.",
    [
      { said: "public", means: "it is nobody’s in particular: anything on the way may keep it" },
      { said: "max-age=3600", means: "it is fresh for 1 hour" },
      { said: 'etag: W/"1-2"', means: "a name for these very bytes, to ask by: are they still the same?" },
      { said: "last-modified: Sat, 21 Nov 2026 09:00:00 GMT", means: "a date to ask by: has it changed since?" },
    ],
  ],
  [
    "a file that is named after what it holds",
    { answered: { "cache-control": "public, max-age=31536000, immutable" } },
    "Your browser and every cache on the way may use it again for 365 days without asking. It is the same for everybody.",
    [
      { said: "public", means: "it is nobody’s in particular: anything on the way may keep it" },
      { said: "max-age=31536000", means: "it is fresh for 365 days" },
      { said: "immutable", means: "it never changes under this name: not even a reload asks again" },
    ],
  ],
  [
    "what is asked about each time",
    { answered: { "cache-control": "private, no-cache, must-revalidate", vary: "*" } },
    "Your browser, and no cache on the way, may keep it, and asks each time whether it is still right.",
    [
      PRIVATE,
      { said: "no-cache", means: "keep it, but ask each time before it is used" },
      { said: "must-revalidate", means: "once it is old, it isn’t used without asking" },
      { said: "vary: *", means: "each request may get another answer" },
    ],
  ],
  [
    "words that no rule knows",
    { answered: { "cache-control": "Max-Age=90, s-maxage=120, no-transform, x-new=1" } },
    "Your browser and every cache on the way may use it again for 90 seconds without asking.",
    [
      { said: "max-age=90", means: "it is fresh for 90 seconds" },
      { said: "s-maxage=120", means: "for caches that people share: fresh for 2 minutes" },
      { said: "no-transform", means: null },
      { said: "x-new=1", means: null },
    ],
  ],
  ["nothing said", {}, "The answer doesn’t say how long it may be kept: each cache does as it likes.", []],
])("what is told of keeping %s", (_what, parts, verdict, words) => {
  expect(cachingOf(record(parts))).toEqual({ verdict, words, saved: null });
});

const AGAIN = { "if-none-match": 'W/"1-2"' };

test.each<[what: string, parts: Parts, earlier: Parts[], saved: string]>([
  [
    "what is still right",
    { status: 304, asked: AGAIN, answered: FILE },
    [
      { answered: { ...FILE, etag: "other" }, packed: 9 },
      { answered: FILE, packed: 1_234 },
    ],
    "Your browser asked (If-None-Match) whether what it had kept was still right. It was (304): 1,234 bytes didn’t have to be sent again.",
  ],
  [
    "what is still right and was sent long ago",
    { status: 304, asked: { "if-modified-since": "then" }, answered: FILE },
    [],
    "Your browser asked (If-Modified-Since) whether what it had kept was still right. It was (304): how many bytes that saved isn’t known, for the answer that it kept is older than what is remembered here.",
  ],
  [
    "a page that has nothing to compare by",
    { asked: { "if-modified-since": "then", ...AGAIN }, answered: { ...PAGE, "last-modified": "then" }, packed: 9 },
    [],
    "Your browser asked (If-None-Match) whether what it had kept was still right. This answer has no ETag to compare that with, so it came whole, whatever was kept.",
  ],
  [
    "a page without a date",
    { asked: { "if-modified-since": "then" }, answered: PAGE, packed: 9 },
    [],
    "Your browser asked (If-Modified-Since) whether what it had kept was still right. This answer has no Last-Modified to compare that with, so it came whole, whatever was kept.",
  ],
  [
    "what is not there",
    { status: 404, asked: AGAIN, answered: PAGE, packed: 9 },
    [],
    "Your browser asked (If-None-Match) whether what it had kept was still right. This answer (404) says nothing of that.",
  ],
  [
    "what it wants anew",
    { asked: { ...AGAIN, "cache-control": "no-cache" }, answered: FILE, packed: 9 },
    [],
    "Your browser asked (If-None-Match) whether what it had kept was still right. The request also said (Cache-Control: no-cache) that it wants all of it anew, so nothing was compared.",
  ],
  [
    "what has changed",
    { asked: AGAIN, answered: { ...FILE, etag: "other" }, packed: 9 },
    [],
    "Your browser asked (If-None-Match) whether what it had kept was still right. It was not, so all of it came anew.",
  ],
])("what was saved by asking for %s", (_what, parts, earlier, saved) => {
  expect(cachingOf(record(parts), earlier.map(record)).saved).toBe(saved);
});
