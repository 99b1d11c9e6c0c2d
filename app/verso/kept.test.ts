import { expect, test } from "vitest";
import { makeStatement } from "../../tests/support/records";
import { harOf } from "./har.server";
import { holdingsOf } from "./kept";
import type { BackRecord } from "./record";

const LIST: BackRecord = {
  id: "one",
  at: Date.UTC(2026, 10, 21, 9, 30),
  took: 12.5,
  request: {
    method: "GET",
    path: "/notes",
    query: [{ name: "q", length: 4 }],
    headers: [
      { name: "host", value: "localhost:3000" },
      { name: "user-agent", value: null },
      { name: "cookie", value: null },
    ],
    cookies: [{ name: "verso", length: 110 }],
    bytes: 0,
    dataOf: null,
  },
  response: {
    status: 200,
    headers: [{ name: "content-type", value: "text/html; charset=utf-8" }],
    cookies: [],
    bytes: 5_000,
    packed: 1_500,
    sent: 2_000,
  },
  session: { state: "valid", role: "owner" },
  decisions: [{ door: "viewer", opened: true, within: 0 }],
  steps: [
    { kind: "loader", route: "root", started: 1, ms: 1, status: null, outcome: "returned" },
    makeStatement("select 1 where ? = ?", { parameters: [{ kind: "text", length: 9 }], within: 0, started: 1 }),
  ],
  unkept: 0,
  errors: [],
};

const SAVE: BackRecord = {
  ...LIST,
  request: {
    ...LIST.request,
    method: "POST",
    path: "/login",
    query: [],
    headers: [{ name: "content-type", value: "application/x-www-form-urlencoded" }],
    bytes: 40,
    cookies: [],
  },
  response: {
    ...LIST.response,
    status: 303,
    headers: [{ name: "location", value: "/notes?…" }],
    cookies: [
      { name: "verso", length: 110, attributes: ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"], removed: false },
    ],
  },
  session: { state: "none" },
  decisions: [],
  steps: [
    {
      kind: "form",
      started: 1,
      ms: 1,
      fields: [
        { name: "title", length: 301, messages: ["Too long."] },
        { name: "version", length: 1, value: "7", messages: [] },
      ],
    },
  ],
  unkept: 2,
  errors: [{ names: ["TypeError"], code: null, places: ["build/index.js:1:2"] }],
};

test("what a file of a list will hold is said in sentences", () => {
  expect(holdingsOf(LIST)).toEqual([
    "When the request came, how long its answer took, and how long each step of that.",
    "The address as it stands here: GET /notes.",
    "Of the address: q by name and length only.",
    "1 header of the request with what stood in it; of user-agent and cookie only that there was one.",
    "Your browser sent 1 cookie: verso, by name and length, never what it holds.",
    "The status, 200, and how long the bodies were; nothing of what stood in them.",
    "1 header of the answer with what stood in it.",
    "That a login was open, and that you are the owner; not who you are.",
    "Each time that the program asked whether somebody is signed in, and what came of it.",
    "Which loaders and actions ran: root.",
    "1 SQL statement as the program wrote it, and in which line it was written; how many rows came out; of what went in only the kind, the length and where it came from.",
  ]);
});

test("what a file of a form will hold is said field by field", () => {
  expect(holdingsOf(SAVE)).toEqual([
    "When the request came, how long its answer took, and how long each step of that.",
    "The address as it stands here: POST /login.",
    "1 header of the request with what stood in it.",
    "Of the form: version with what it held; title by name and length only.",
    "What was said of title.",
    "The status, 303, and how long the bodies were; nothing of what stood in them.",
    "1 header of the answer with what stood in it.",
    "The answer set 1 cookie: verso, by name and length, never what it holds.",
    "That the request brought no login.",
    "The kind of 1 error, and the line of the program.",
  ]);
});

test("statements past the limit are told to be there", () => {
  expect(holdingsOf({ ...LIST, unkept: 7 }).at(-1)).toMatch(/ There were 7 more\.$/);
});

test("an archive says of each value that the record doesn't hold that it is not recorded", () => {
  const [entry] = harOf(LIST, "http://localhost:3000", "0.1.0").log.entries;
  expect(entry?.request).toEqual({
    method: "GET",
    url: "http://localhost:3000/notes?q=%284+characters%2C+not+recorded%29",
    httpVersion: "HTTP/1.1",
    cookies: [{ name: "verso", value: "(110 characters, not recorded)" }],
    headers: [
      { name: "host", value: "localhost:3000" },
      { name: "user-agent", value: "(not recorded)" },
      { name: "cookie", value: "(not recorded)" },
    ],
    queryString: [{ name: "q", value: "(4 characters, not recorded)" }],
    headersSize: -1,
    bodySize: 0,
  });
  expect(entry).toMatchObject({ startedDateTime: "2026-11-21T09:30:00.000Z", time: 12.5, cache: {} });
});

test("an archive of a form has its fields as posted parameters, and the cookie's attributes", () => {
  const [entry] = harOf(SAVE, "https://notes.example.org", "0.1.0").log.entries;
  expect(entry?.request.postData).toMatchObject({
    mimeType: "application/x-www-form-urlencoded",
    params: [
      { name: "title", value: "(301 characters, not recorded)" },
      { name: "version", value: "7" },
    ],
  });
  expect(entry?.response).toMatchObject({ status: 303, statusText: "See Other", redirectURL: "/notes?…" });
  expect(entry?.response.cookies).toEqual([
    {
      name: "verso",
      value: "(110 characters, not recorded)",
      path: "/",
      httpOnly: true,
      secure: true,
      comment: "Path=/; HttpOnly; SameSite=Lax; Secure",
    },
  ]);
});

test.each([
  ["//evil.example/x", "http://localhost:3000//evil.example/x"],
  ["*", "http://localhost:3000/"],
  ["@evil.example", "http://localhost:3000/"],
])("the path %s stays a path of ours in an archive", (path, url) => {
  const { request } = LIST;
  const record = { ...LIST, request: { ...request, path, query: [] } };
  expect(harOf(record, "http://localhost:3000", "0.1.0").log.entries[0]?.request.url).toBe(url);
});

test("of what is past the limits the files hold the number", () => {
  const request = { ...LIST.request, more: { query: 20, headers: 3, cookies: 40 } };
  expect(holdingsOf({ ...LIST, request })).toEqual(
    expect.arrayContaining([
      "Of the address: q by name and length only; 20 more, by their number only.",
      "1 header of the request with what stood in it; of user-agent and cookie only that there was one; of 3 more only their number.",
      "Your browser sent 41 cookies: verso, by name and length, never what they hold, and of 40 more only their number.",
    ]),
  );
});
