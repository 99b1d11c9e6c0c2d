import { expect, test } from "vitest";
import { TooBusy } from "~/http/limits.server";
import { hashPassword, passwordMatches } from "./passwords.server";

test("a password is recognised however its letters were composed", async () => {
  const hash = await hashPassword("caf\u00e9 au lait");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordMatches("cafe\u0301 au lait", hash)).toBe(true);
  expect(await passwordMatches("cafe au lait", hash)).toBe(false);
  expect(await passwordMatches("anything", undefined)).toBe(false);
});

test("more passwords at once than two at work and sixteen waiting are turned away, and the rest are done", async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => hashPassword("a password")));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(18);
  for (const result of results) if (result.status === "rejected") expect(result.reason).toBeInstanceOf(TooBusy);
  expect(await hashPassword("afterwards")).toMatch(/^\$argon2id/);
});
