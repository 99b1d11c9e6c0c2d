import { expect, test } from "vitest";
import { makeRecord, makeStatement } from "../../tests/support/records";
import type { BackRecord, FormStep, RouteStep, Step } from "./record";
import { storyOf } from "./story";

const header = (name: string, value: string) => ({ name, value });
const loader = (route: string, more: Partial<RouteStep> = {}): RouteStep => ({
  kind: "loader",
  route,
  started: 1,
  ms: 2,
  status: null,
  outcome: "returned",
  ...more,
});
const action = (route: string, more: Partial<RouteStep> = {}) => ({ ...loader(route, more), kind: "action" as const });
const sql = (text: string, connection: "read" | "write", rows: number) =>
  makeStatement(text, { connection, rows, started: 1 });
const form = (...messages: string[][]): FormStep => ({
  kind: "form",
  started: 1,
  ms: 1,
  fields: messages.map((found, place) => ({ name: `field${place}`, length: 3, messages: found })),
});

const written = (end: "commit" | "rollback") => [
  sql("begin immediate", "write", 0),
  sql("insert into x", "write", 1),
  sql(end, "write", 0),
];

interface Parts {
  method?: string;
  path?: string;
  query?: number;
  more?: BackRecord["request"]["more"];
  bytes?: number;
  dataOf?: string | null;
  cookies?: number;
  session?: BackRecord["session"];
  steps?: Step[];
  status?: number;
  location?: string;
  headers?: BackRecord["response"]["headers"];
  body?: number;
  took?: number;
  unkept?: number;
  background?: number;
}

function record(parts: Parts): BackRecord {
  const field = { name: "q", length: 3 };
  return makeRecord({
    took: parts.took ?? 12.3,
    request: {
      method: parts.method ?? "GET",
      path: parts.path ?? "/notes",
      query: Array.from({ length: parts.query ?? 0 }, () => field),
      cookies: Array.from({ length: parts.cookies ?? 1 }, () => ({ name: "verso", length: 90 })),
      ...(parts.more && { more: parts.more }),
      bytes: parts.bytes ?? 0,
      dataOf: parts.dataOf ?? null,
    },
    response: {
      status: parts.status ?? 200,
      headers: parts.headers ?? (parts.location ? [header("location", parts.location)] : []),
      bytes: parts.body ?? 0,
      packed: parts.body ?? 0,
    },
    session: parts.session ?? { state: "valid", role: "owner" },
    steps: parts.steps ?? [],
    unkept: parts.unkept ?? 0,
    ...(parts.background && { background: parts.background }),
  });
}

const SAVE = record({
  method: "POST",
  path: "/notes/1/edit",
  bytes: 61,
  status: 303,
  location: "/notes/1",
  took: 23.4,
  steps: [
    action("routes/notes.$noteId.edit", { status: 303 }),
    form([], [], []),
    sql("select 1", "read", 1),
    sql("begin immediate", "write", 0),
    sql('update "notes" set x', "write", 1),
    sql('insert into "note_versions"', "write", 1),
    sql("commit", "write", 0),
  ],
});

const STORIES: [what: string, record: BackRecord, before: BackRecord | null, story: string][] = [
  [
    "a page",
    record({ query: 1, steps: [loader("root"), loader("routes/notes._index")], body: 4_568 }),
    null,
    "Your browser asked for /notes with 1 parameter in its address. The cookie it brought names your login, so the server knew that it is you. The loaders of root and routes/notes._index ran, side by side. The answer was 200 – here it is, 4,568 bytes, after 12 ms.",
  ],
  [
    "a save",
    SAVE,
    null,
    "Your browser sent a POST to /notes/1/edit, with 61 bytes of what a form held. The cookie it brought names your login, so the server knew that it is you. The action of routes/notes.$noteId.edit ran, found 3 fields to be as they should and answered 303. SQLite was asked once and found 1 row. It wrote 2 rows in one transaction: all of them, or none. The answer was 303 – done; now look over there (to /notes/1), after 23 ms.",
  ],
  [
    "the page after a save",
    record({ path: "/notes/1", cookies: 2, steps: [loader("root")] }),
    SAVE,
    "Your browser asked for /notes/1, right after the answer to its POST /notes/1/edit had told it to. One of the cookies it brought names your login, so the server knew that it is you. The loader of root ran. The answer was 200 – here it is, after 12 ms.",
  ],
  [
    "a page that an answer had told of a while before",
    { ...record({ path: "/notes/1", session: { state: "none" } }), at: 4_100 },
    SAVE,
    "Your browser asked for /notes/1, 4 seconds after the answer to its POST /notes/1/edit had told it to. Nothing in the request said who you are. The answer was 200 – here it is, after 12 ms.",
  ],
  [
    "a form that is refused",
    record({ method: "POST", bytes: 1, status: 422, steps: [action("a", { status: 422 }), form(["Too long."], [])] }),
    null,
    "Your browser sent a POST to /notes, with 1 byte of what a form held. The cookie it brought names your login, so the server knew that it is you. The action of a ran, found 1 field of 2 not as it should be and answered 422. The answer was 422 – read, and not as it should be, after 12 ms.",
  ],
  [
    "a form and an address with more than is kept of them",
    record({
      query: 50,
      more: { query: 20, headers: 0, cookies: 0 },
      steps: [action("a", { status: 422 }), { ...form(["Too long."], []), more: { fields: 60, wrong: 3 } }],
    }),
    null,
    "Your browser asked for /notes with 70 parameters in its address. The cookie it brought names your login, so the server knew that it is you. The action of a ran, found 4 fields of 62 not as they should be and answered 422. The answer was 200 – here it is, after 12 ms.",
  ],
  [
    "a loader's data for a script, and nobody signed in",
    record({
      dataOf: "root",
      session: { state: "none" },
      steps: [loader("root", { outcome: "threw", status: 404 })],
      status: 404,
      took: 1.24,
    }),
    null,
    "A script of this page asked for /notes, only for the data of root. Nothing in the request said who you are. The loader of root ran and broke off with 404. The answer was 404 – there is nothing here, or nothing that you may see, after 1.2 ms.",
  ],
  [
    "a refusal of the guard",
    record({
      method: "POST",
      session: { state: "unknown" },
      steps: [{ kind: "guard", refused: 403, started: 0, ms: 0 }],
      status: 403,
    }),
    null,
    "Your browser sent a POST to /notes, with 0 bytes of what a form held. The login cookie it brought names no login that is still open, so you counted as nobody. The guard, which looks at every request before anything runs, refused it with 403. The answer was 403 – not from there, after 12 ms.",
  ],
  [
    "a save by a script",
    record({
      method: "POST",
      bytes: 61,
      dataOf: "routes/notes.$noteId.edit",
      path: "/notes/1/edit",
      steps: [action("routes/notes.$noteId.edit", { status: 303 }), form([], [])],
      status: 204,
      headers: [header("x-remix-redirect", "/notes/1")],
    }),
    null,
    "A script of this page sent a POST to /notes/1/edit, with 61 bytes of what a form held. The cookie it brought names your login, so the server knew that it is you. The action of routes/notes.$noteId.edit ran, found 2 fields to be as they should and answered 303. The answer was 204 – done, and the script may now look over there (to /notes/1), after 12 ms.",
  ],
  [
    "a failure, taken back",
    record({
      steps: [
        action("a", { outcome: "failed" }),
        sql("begin immediate", "write", 0),
        sql("insert into x", "write", 1),
        sql("rollback", "write", 0),
      ],
      method: "POST",
      status: 500,
    }),
    null,
    "Your browser sent a POST to /notes, with 0 bytes of what a form held. The cookie it brought names your login, so the server knew that it is you. The action of a ran and failed. It began to write in one transaction, and took back what it had written. The answer was 500 – something went wrong on the server, after 12 ms.",
  ],
  [
    "two transactions, which are whole each for itself",
    record({ steps: [...written("commit"), ...written("commit")] }),
    null,
    "Your browser asked for /notes. The cookie it brought names your login, so the server knew that it is you. It wrote 2 rows in 2 transactions: each of these is done as a whole, or not at all. The answer was 200 – here it is, after 12 ms.",
  ],
  [
    "two transactions, of which one is taken back",
    record({ steps: [...written("commit"), ...written("rollback")] }),
    null,
    "Your browser asked for /notes. The cookie it brought names your login, so the server knew that it is you. It wrote 1 row in one transaction: all of them, or none. What it began to write in one more transaction it took back. The answer was 200 – here it is, after 12 ms.",
  ],
  [
    "a transaction whose end is not known, behind one that was tried twice",
    record({
      method: "POST",
      steps: [
        action("a", { outcome: "running" }),
        { ...sql("begin immediate", "write", 0), failed: true },
        ...written("commit"),
        ...written("commit").slice(0, 2),
      ],
      status: 0,
    }),
    null,
    "Your browser sent a POST to /notes, with 0 bytes of what a form held. The cookie it brought names your login, so the server knew that it is you. The action of a began. Whoever asked was gone before that of a had ended: what it did from then on is not known here. It wrote 1 row in one transaction: all of them, or none. How one more transaction ended is not known here. No answer was sent: whoever asked was gone after 12 ms, before there was one.",
  ],
  [
    "loaders that whoever asked did not wait for",
    record({ steps: [loader("root"), loader("a", { outcome: "running" })], status: 0 }),
    null,
    "Your browser asked for /notes. The cookie it brought names your login, so the server knew that it is you. The loaders of root and a began, side by side. Whoever asked was gone before that of a had ended: what it did from then on is not known here. No answer was sent: whoever asked was gone after 12 ms, before there was one.",
  ],
  [
    "a transaction that a full disk takes back by itself",
    record({ steps: [...written("commit").slice(0, 1), { ...sql("insert into x", "write", 0), failed: true }] }),
    null,
    "Your browser asked for /notes. The cookie it brought names your login, so the server knew that it is you. It began to write in one transaction, and took back what it had written. The answer was 200 – here it is, after 12 ms.",
  ],
  [
    "more statements than are kept, and work in the background",
    record({
      steps: [sql("select 1", "read", 3)],
      unkept: 40,
      background: 7,
    }),
    null,
    "Your browser asked for /notes. The cookie it brought names your login, so the server knew that it is you. SQLite was asked once and found 3 rows. Of 41 statements only the first is kept; what is said here is of those. It set work going that goes on by itself and is not counted here; 7 statements of that ran before the answer was out. The answer was 200 – here it is, after 12 ms.",
  ],
  [
    "a status and a method that no rule knows",
    record({ method: "PATCH", status: 418, steps: [sql("begin immediate", "write", 0), sql("commit", "write", 0)] }),
    null,
    "Your browser sent a PATCH for /notes. The cookie it brought names your login, so the server knew that it is you. It opened one transaction and changed nothing. The answer was 418, after 12 ms.",
  ],
];

test.each(STORIES)("the story of %s", (_what, told, before, story) => {
  expect(storyOf(told, before).join(" ")).toBe(story);
});
