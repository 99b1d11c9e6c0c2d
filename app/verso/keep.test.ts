import { beforeEach, expect, test } from "vitest";
import { amountKept, forgetAllRecords, forgetRecords, keepRecord, type Owner, recordsOf } from "./keep.server";
import type { BackRecord } from "./record";

beforeEach(forgetAllRecords);

const ADA = { personId: "ada", sessionId: "ada's session" };
const record = (id: string, padding = 0) => {
  const request = { path: "x".repeat(padding), query: [], headers: [], cookies: [] } as unknown;
  return { id, request, steps: [], decisions: [], unkept: 0 } as unknown as BackRecord;
};
const idsOf = (owner: Owner, now?: number) => recordsOf(owner, now).map(({ id }) => id);

test("a session has its last fifty records", () => {
  for (let count = 1; count <= 60; count += 1) keepRecord(ADA, record(String(count)));
  expect(idsOf(ADA)).toHaveLength(50);
  expect(idsOf(ADA)[0]).toBe("11");
});

test("a record is neither another person's nor another session's", () => {
  keepRecord(ADA, record("1"));
  expect(idsOf({ ...ADA, personId: "eve" })).toEqual([]);
  expect(idsOf({ ...ADA, sessionId: "ada's other session" })).toEqual([]);
});

test("after thirty idle minutes, and after signing out, nothing is left", () => {
  keepRecord(ADA, record("1"), 0);
  expect(idsOf(ADA, 29 * 60_000)).toEqual(["1"]);
  expect(idsOf(ADA, 59 * 60_000)).toEqual([]);
  keepRecord(ADA, record("2"));
  forgetRecords(ADA.sessionId);
  expect(idsOf(ADA)).toEqual([]);
  expect(amountKept().signedIn).toEqual({ bytes: 0, sessions: 0 });
});

test("whatever comes, 32 MiB is all there is, and one record has at most 64 KiB", () => {
  keepRecord(ADA, record("huge", 70_000));
  expect(idsOf(ADA)).toEqual([]);
  for (let session = 0; session < 30; session += 1)
    for (let count = 0; count < 50; count += 1)
      keepRecord({ personId: "p", sessionId: String(session) }, record(String(count), 60_000));
  for (let visit = 0; visit < 200; visit += 1)
    for (let count = 0; count < 12; count += 1)
      keepRecord({ personId: null, sessionId: `visit ${visit}` }, record(String(count), 60_000));
  const { signedIn, visitors } = amountKept();
  expect(signedIn.bytes + visitors.bytes).toBeLessThanOrEqual(32 * 1_048_576);
  expect(recordsOf({ personId: null, sessionId: "visit 199" })).toHaveLength(10);
  expect(idsOf({ personId: "p", sessionId: "29" })).toHaveLength(50);
  expect(idsOf({ personId: "p", sessionId: "0" })).toEqual([]);
});

test("one person's many logins push out nobody else's records", () => {
  keepRecord(ADA, record("1"));
  for (let session = 0; session < 30; session += 1)
    for (let count = 0; count < 50; count += 1)
      keepRecord({ personId: "eve", sessionId: `eve ${session}` }, record(String(count), 60_000));
  expect(idsOf(ADA)).toEqual(["1"]);
  expect(amountKept().signedIn.bytes).toBeLessThanOrEqual(28 * 1_048_576);
});
