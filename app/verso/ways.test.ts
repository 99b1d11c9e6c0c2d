import { expect, test } from "vitest";
import { makeRecord } from "../../tests/support/records";
import type { BackRecord } from "./record";
import { type Way, waysOf } from "./ways";

interface Parts {
  id: string;
  line: string;
  at?: number;
  data?: string;
  route?: string;
  to?: string;
  status?: number;
  sent?: number;
  session?: BackRecord["session"]["state"];
  query?: BackRecord["request"]["query"];
}

function record({
  id,
  line,
  at = 0,
  data,
  route,
  to,
  status = 200,
  sent = 100,
  session = "valid",
  query = [],
}: Parts): BackRecord {
  const [method = "", path = ""] = line.split(" ");
  const step = {
    kind: method === "POST" ? ("action" as const) : ("loader" as const),
    status: null,
    outcome: "returned" as const,
  };
  const told = data
    ? [
        ["x-remix-redirect", to],
        ["x-remix-status", "303"],
      ]
    : [["location", to]];
  return makeRecord({
    id,
    at,
    request: { method, path, query, dataOf: data ?? null },
    response: {
      status,
      headers: to ? told.map(([name = "", value = ""]) => ({ name, value })) : [],
      bytes: sent,
      packed: sent,
      sent,
    },
    session: { state: session },
    steps: [data ?? route ?? "root"].map((name) => ({ ...step, route: name, started: 0, ms: 1 })),
  });
}

const EDIT = "routes/notes.$noteId.edit";
const NOTE = "routes/notes.$noteId._index";
const save = record({ id: "save", line: "POST /notes/1/edit", route: EDIT, to: "/notes/1", status: 303, sent: 10 });
const saved = record({ id: "saved", line: "GET /notes/1", route: NOTE, at: 5, sent: 900 });
const softSave = record({
  id: "soft",
  line: "POST /notes/1/edit",
  data: EDIT,
  at: 50,
  to: "/notes/1?…",
  status: 204,
  sent: 12,
});
const query = [{ name: "saved", length: 36 }];
const softRoot = record({ id: "root", line: "GET /notes/1", data: "root", at: 60, sent: 40, query });
const softNote = record({ id: "note", line: "GET /notes/1", data: NOTE, at: 61, sent: 300, query });

/** A way as lines, a round trip each. */
const lines = (way: Way | null | undefined) =>
  way?.rounds.map((round) =>
    round
      .map(
        ({ method, address, status, bytes, id }) =>
          `${method} ${decodeURIComponent(address)} ${status} ${bytes ?? "?"} ${id ?? "-"}`,
      )
      .join(" + "),
  );

const BY_PAGES = ["POST /notes/1/edit 303 10 save", "GET /notes/1 200 900 saved"];
const BY_SCRIPT = [
  `POST /notes/1/edit?_data=${EDIT} 204 12 soft`,
  `GET /notes/1?_data=root 200 40 root + GET /notes/1?_data=${NOTE} 200 300 note`,
];

test.each([save, saved, softSave, softRoot])("a save done both ways shows both, seen from $id", (seen) => {
  const ways = waysOf([save, saved, softSave, softRoot, softNote], seen);
  expect(lines(ways?.without)).toEqual(BY_PAGES);
  expect(lines(ways?.with)?.map((line) => line.split(" + ").sort())).toEqual(
    BY_SCRIPT.map((line) => line.split(" + ").sort()),
  );
  expect(ways?.why).toMatch(/^You have done both/);
});

test("a save done by pages says what the script would send, and one by script what a browser would", () => {
  const without = waysOf([save, saved], save);
  expect(lines(without?.without)).toEqual(BY_PAGES);
  expect(lines(without?.with)).toEqual([
    `POST /notes/1/edit?_data=${EDIT} 204 ? -`,
    `GET /notes/1?_data=root 200 ? - + GET /notes/1?_data=${NOTE} 200 ? -`,
  ]);
  expect(without?.with?.happened).toBe(false);
  const soft = waysOf([softSave, softRoot, softNote], softNote);
  expect(lines(soft?.without)).toEqual(["POST /notes/1/edit 303 ? -", "GET /notes/1 200 ? -"]);
  expect(soft?.without.happened).toBe(false);
});

const TICK = "routes/notes.$noteId.tick";
const tick = record({
  id: "tick",
  line: "POST /notes/1/tick",
  route: TICK,
  to: "/notes/1",
  status: 303,
  sent: 10,
});
const softTick = record({ id: "soft", line: "POST /notes/1/tick", data: TICK, at: 50, sent: 12 });
const TICKED = [
  `POST /notes/1/tick?_data=${TICK} 200`,
  "GET /notes/1?_data=root 200",
  `GET /notes/1?_data=${NOTE} 200`,
];

test("a tick by script stays on its page, which is read again; one by a page goes back to it", () => {
  const again = [
    { ...softRoot, request: { ...softRoot.request, query: [] } },
    { ...softNote, request: { ...softNote.request, query: [] } },
  ];
  const plain = waysOf([tick, saved], tick);
  expect(lines(plain?.without)).toEqual(["POST /notes/1/tick 303 10 tick", "GET /notes/1 200 900 saved"]);
  expect(lines(plain?.with)).toEqual([`${TICKED[0]} ? -`, `${TICKED[1]} ? - + ${TICKED[2]} ? -`]);
  const soft = waysOf([softTick, ...again], softTick);
  expect(lines(soft?.without)).toEqual(["POST /notes/1/tick 303 ? -", "GET /notes/1 200 ? -"]);
  expect(lines(soft?.with)).toEqual([`${TICKED[0]} 12 soft`, `${TICKED[1]} 40 root + ${TICKED[2]} 300 note`]);
  const both = waysOf([tick, saved, softTick, ...again], tick);
  expect(both?.why).toMatch(/^You have done both/);
  const refused = { ...tick, response: { ...tick.response, status: 409, headers: [] } };
  expect(lines(waysOf([refused], refused)?.with)).toEqual([`POST /notes/1/tick?_data=${TICK} 409 ? -`]);
});

test("a link is one page, or only what is new on it", () => {
  expect(lines(waysOf([saved], saved)?.with)).toEqual([`GET /notes/1?_data=${NOTE} 200 ? -`]);
  const soft = waysOf([softNote, saved], softNote);
  expect(lines(soft?.without)).toEqual(["GET /notes/1 200 900 saved"]);
});

test("a plain form and a visitor have one way only", () => {
  const trash = record({
    id: "t",
    line: "POST /notes/1/trash",
    route: "routes/notes.$noteId.trash",
    to: "/notes",
    status: 303,
  });
  expect(waysOf([trash], trash)).toMatchObject({ with: null, why: expect.stringMatching(/^This form is a plain one/) });
  const login = record({ id: "l", line: "GET /login", route: "routes/login", session: "none" });
  expect(waysOf([login], login)).toMatchObject({ with: null, why: expect.stringMatching(/no script at all/) });
  const file = record({ id: "f", line: "GET /icon.svg" });
  expect(waysOf([{ ...file, steps: [] }], { ...file, steps: [] })).toBeNull();
});
