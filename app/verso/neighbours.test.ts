import { expect, test } from "vitest";
import { makeRecord } from "../../tests/support/records";
import { leadingTo, ledToBy, together } from "./neighbours";
import type { BackRecord } from "./record";

interface Parts {
  at?: number;
  data?: string;
  to?: string;
  status?: number;
  query?: number;
}

function record(line: string, { at = 0, data, to, status = 200, query = 0 }: Parts = {}): BackRecord {
  const [method = "", path = ""] = line.split(" ");
  return makeRecord({
    id: `${line} ${at}`,
    at,
    request: {
      method,
      path,
      query: Array.from({ length: query }, () => ({ name: "q", length: 1 })),
      dataOf: data ?? null,
    },
    response: { status, headers: to ? [{ name: data ? "x-remix-redirect" : "location", value: to }] : [] },
  });
}

const save = record("POST /notes/1/edit", { to: "/notes/1", status: 303 });
const change = record("POST /account", { to: "/account?…", status: 303 });
const login = record("POST /login", { to: "/notes", status: 307 });
const softSave = record("POST /notes/1/edit", { to: "/notes/1", status: 204, data: "routes/edit" });

test.each<[what: string, earlier: BackRecord[], record: BackRecord, before: BackRecord | null]>([
  ["a redirect leads to its page", [save], record("GET /notes/1", { at: 20 }), save],
  ["it leads to no form sent there", [save], record("POST /notes/1", { at: 20 }), null],
  ["it leads to an address with its query", [change], record("GET /account", { at: 20, query: 1 }), change],
  ["it leads to no address without it", [change], record("GET /account", { at: 20 }), null],
  ["it leads to no query that it didn't name", [save], record("GET /notes/1", { at: 20, query: 1 }), null],
  ["it leads to nothing much later", [save], record("GET /notes/1", { at: 20_000 }), null],
  [
    "it led there once: the second look is the person's own",
    [save, record("GET /notes/1", { at: 20 })],
    record("GET /notes/1", { at: 3_000 }),
    null,
  ],
  ["307 has the same sent on", [login], record("POST /notes", { at: 20 }), login],
  ["307 leads to no look", [login], record("GET /notes", { at: 20 }), null],
  [
    "a script is led by a header of its own",
    [save, softSave],
    record("GET /notes/1", { at: 20, data: "root" }),
    softSave,
  ],
  [
    "it is led to each route's data",
    [softSave, record("GET /notes/1", { at: 20, data: "root" })],
    record("GET /notes/1", { at: 21, data: "routes/note" }),
    softSave,
  ],
  ["a script doesn't lead a page", [softSave], record("GET /notes/1", { at: 20 }), null],
])("%s", (_what, earlier, seen, before) => {
  expect(leadingTo(earlier, seen)).toBe(before);
});

test("what a redirect led to is the first that came there", () => {
  const page = record("GET /notes/1", { at: 20 });
  expect(ledToBy(save, [record("GET /icon.svg", { at: 10 }), page, record("GET /notes/1", { at: 30 })])).toBe(page);
});

test("what a script asks for at once belongs together, each route once", () => {
  const root = record("GET /notes/1", { at: 20, data: "root" });
  const note = record("GET /notes/1", { at: 22, data: "routes/note" });
  const rest = [
    record("GET /notes/2", { at: 21, data: "root" }),
    record("GET /notes/1", { at: 21 }),
    record("GET /notes/1", { at: 900, data: "root" }),
    record("GET /notes/1", { at: 5_000, data: "routes/note" }),
  ];
  expect(together([root, note, ...rest], note)).toEqual([root]);
  expect(together([root, note, ...rest], save)).toEqual([]);
});
