import { expect, test } from "vitest";
import type { BackRecord, StatementStep, Step } from "./record";
import { storyOf } from "./story";
import { withinRoom } from "./within-room";

const loader = (route: string): Step => ({
  kind: "loader",
  route,
  started: 1,
  ms: 2,
  status: null,
  outcome: "returned",
});
const statement = (within: number | null): StatementStep => ({
  kind: "statement",
  text: "select ".padEnd(500, "x"),
  connection: "read",
  parameters: [],
  rows: 1,
  site: null,
  within,
  started: 1,
  ms: 0.1,
});

function record(more: Partial<BackRecord> = {}): BackRecord {
  return {
    id: "id",
    at: 0,
    took: 12,
    request: {
      method: "GET",
      path: "/notes",
      query: [],
      headers: [],
      cookies: [{ name: "verso", length: 9 }],
      bytes: 0,
      dataOf: null,
    },
    response: { status: 200, headers: [], cookies: [], bytes: 0, packed: 0, sent: 0 },
    session: { state: "valid" },
    decisions: [],
    steps: [],
    unkept: 0,
    errors: [],
    ...more,
  };
}

const write = (record: BackRecord) => Buffer.from(JSON.stringify(record));
const fitted = (record: BackRecord, room: number): BackRecord | null => {
  const bytes = withinRoom(record, room, write);
  return bytes && JSON.parse(bytes.toString());
};

test("a record that fits is kept as it is", () => {
  const whole = record({ steps: [loader("root"), statement(0)] });
  expect(fitted(whole, 10_000)).toEqual(whole);
});

test("of one that is too large the first statements are kept, each with what it was for, and the others counted", () => {
  const many = Array.from({ length: 100 }, () => statement(0));
  const steps = [loader("action"), ...many, loader("root"), statement(101)];
  const decisions = [{ door: "viewer" as const, opened: true, within: 101 }];
  const kept = fitted(record({ steps, decisions, unkept: 7 }), 30_000);
  const left = kept?.steps.filter(({ kind }) => kind === "statement").length ?? 0;
  expect(left).toBe(25);
  expect(kept?.unkept).toBe(7 + 101 - left);
  expect(kept?.steps[kept.decisions[0]?.within ?? 0]).toEqual(loader("root"));
  expect(storyOf(kept as BackRecord).join(" ")).toContain(
    "Of 108 statements only the first 25 are kept; what is said here is of those.",
  );
});

test("where names are too long they go too, and their number stays", () => {
  const long = "n".repeat(100);
  const fields = Array.from({ length: 50 }, () => ({ name: long, length: 1, messages: ["Too long."] }));
  const request = {
    ...record().request,
    query: Array.from({ length: 50 }, () => ({ name: long, length: 1 })),
    headers: [
      { name: "host", value: "localhost" },
      { name: long, value: null },
    ],
    more: { query: 3, headers: 0, cookies: 0 },
  };
  const whole = record({ request, steps: [{ kind: "form", started: 1, ms: 1, fields }, statement(null)] });
  const kept = fitted(whole, 2_000);
  expect(kept?.request.query).toEqual([]);
  expect(kept?.request.more).toEqual({ query: 53, headers: 1, cookies: 1 });
  expect(kept?.request.headers).toEqual([{ name: "host", value: "localhost" }]);
  expect(kept?.steps).toEqual([{ kind: "form", started: 1, ms: 1, fields: [], more: { fields: 50, wrong: 50 } }]);
  expect(fitted(whole, 100)).toBeNull();
});
