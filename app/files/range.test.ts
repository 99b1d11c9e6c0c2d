import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { readRange } from "./range.server";

test.each([
  ["bytes=0-0", 10, { kind: "part", from: 0, to: 0 }],
  ["bytes=3-", 10, { kind: "part", from: 3, to: 9 }],
  ["bytes=-3", 10, { kind: "part", from: 7, to: 9 }],
  ["bytes=-99", 10, { kind: "part", from: 0, to: 9 }],
  ["bytes=5-99", 10, { kind: "part", from: 5, to: 9 }],
  ["Bytes= 1-2 ", 10, { kind: "part", from: 1, to: 2 }],
  ["bytes=10-", 10, { kind: "none" }],
  ["bytes=-0", 10, { kind: "none" }],
  ["bytes=0-", 0, { kind: "none" }],
  ["bytes=-1", 0, { kind: "whole" }],
  ["bytes=2-1", 10, { kind: "whole" }],
  ["bytes=0-1,3-4", 10, { kind: "whole" }],
  ["bytes=--1", 10, { kind: "whole" }],
  ["bytes=1.5-2", 10, { kind: "whole" }],
  ["items=0-1", 10, { kind: "whole" }],
  [`bytes=${"9".repeat(400)}-`, 10, { kind: "none" }],
  [null, 10, { kind: "whole" }],
])("of %j of %i bytes is asked %j", (header, size, span) => {
  expect(readRange(header, size)).toEqual(span);
});

test("a part is never empty and never leads out of the file", () => {
  const number = integer({ min: -5, max: 40 });
  assert(
    property(number, number, integer({ min: 0, max: 30 }), (first, last, size) => {
      const header = `bytes=${first < 0 ? "" : first}-${last < 0 ? "" : last}`;
      const span = readRange(header, size);
      if (span.kind === "part")
        expect([span.from <= span.to, span.from >= 0, span.to < size]).toEqual([true, true, true]);
    }),
  );
});
