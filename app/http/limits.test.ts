import { expect, test } from "vitest";
import { Limiter, partyOf } from "./limits.server";

test("so many tries at once, then one more after each time", () => {
  const limiter = new Limiter(2, 60);
  expect([limiter.take("a", 0), limiter.take("a", 0), limiter.take("a", 0)]).toEqual([0, 0, 60]);
  expect(limiter.take("a", 30_000)).toBe(30);
  expect(limiter.take("a", 60_000)).toBe(0);
  expect(limiter.take("b", 60_000)).toBe(0);
});

test("an honest try is given back, and never more than there were", () => {
  const limiter = new Limiter(1, 60);
  limiter.take("a", 0);
  limiter.giveBack("a");
  limiter.giveBack("a");
  expect([limiter.take("a", 0), limiter.take("a", 0)]).toEqual([0, 60]);
});

test("whoever goes on trying is remembered, however many others there are", () => {
  const limiter = new Limiter(1, 60);
  limiter.take("victim", 0);
  for (let count = 0; count < 30_000; count += 1) {
    limiter.take(`other ${count}`, 0);
    if (count % 5_000 === 0) expect(limiter.take("victim", 0)).toBe(60);
  }
  expect(limiter.take("victim", 0)).toBe(60);
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("the party at %s is %s", (address, party) => {
  expect(partyOf(address)).toBe(party);
});
