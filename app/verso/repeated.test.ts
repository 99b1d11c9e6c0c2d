import { expect, test } from "vitest";
import { makeRecord, makeStatement } from "../../tests/support/records";
import type { BackRecord, Step } from "./record";
import { repeatedIn } from "./repeated";

const ran = (text: string, ms: number) => makeStatement(text, { ms });
const many = (times: number, text: string, ms: number) => Array.from({ length: times }, () => ran(text, ms));
const record = (took: number, steps: Step[], unkept = 0) => makeRecord({ took, steps, unkept });

const SMALL =
  "This statement ran 12 times, together 0.6 ms of the 31 ms that the answer took. That does not matter here: SQLite runs inside the server, and no statement crosses a network.";
const FELT =
  "This statement ran 40 times, together 12 ms of the 31 ms that the answer took. That can be felt: one statement for all of them would be worth writing.";
const CUT =
  "This statement ran at least 200 times, together 40 ms of the 90 ms that the answer took. That can be felt: one statement for all of them would be worth writing.";

test.each<[what: string, record: BackRecord, sentences: string[]]>([
  ["each only once or twice", record(31, [ran("a", 9), ran("a", 9), ran("b", 9)]), []],
  ["often and cheap", record(31, many(12, "a", 0.05)), [SMALL]],
  ["often and felt", record(31, [ran("b", 1), ...many(40, "a", 0.3)]), [FELT]],
  [
    "a large part of next to nothing",
    record(1, many(3, "a", 0.2)),
    [
      "This statement ran 3 times, together 0.6 ms of the 1.0 ms that the answer took. That does not matter here: SQLite runs inside the server, and no statement crosses a network.",
    ],
  ],
  ["more than are kept", record(90, many(200, "a", 0.2), 37), [CUT]],
  ["transactions, one after another", record(9, [...many(4, "begin immediate", 1), ...many(4, "commit", 1)]), []],
  ["two that repeat", record(31, [...many(12, "a", 0.05), ...many(40, "b", 0.3)]), [SMALL, FELT]],
])("%s", (_what, told, sentences) => {
  expect(repeatedIn(told).map(({ sentence }) => sentence)).toEqual(sentences);
});

test("repeated statements are named by their places among all steps", () => {
  const steps: Step[] = [
    { kind: "guard", refused: null, started: 0, ms: 0 },
    ran("a", 1),
    ran("b", 1),
    ran("a", 1),
    ran("a", 1),
  ];
  expect(repeatedIn(record(9, steps))).toMatchObject([{ places: [1, 3, 4], ms: 3, matters: true }]);
});
