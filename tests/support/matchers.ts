import { expect } from "vitest";
import type { StatementReport } from "~/db/statements.server";
import type { Answer } from "./client";

/** Matchers that speak HTTP. */
interface Matchers<R = unknown> {
  /** 303, and to where. */
  toSeeOther(path: string | RegExp): R;
  toHaveStatus(status: number): R;
  /** The page has a message next to this field. */
  toHaveFieldError(field: string): R;
  toUseStatements(count: number): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: it has to repeat the declaration of vitest
  interface Matchers<T = any> {
    toSeeOther(path: string | RegExp): T;
    toHaveStatus(status: number): T;
    toHaveFieldError(field: string): T;
    toUseStatements(count: number): T;
  }
}

expect.extend({
  toSeeOther(answer: Answer, path: string | RegExp) {
    const { location } = answer.headers;
    const there = location !== undefined && (path instanceof RegExp ? path.test(location) : location === path);
    return {
      pass: answer.status === 303 && there,
      message: () => `expected 303 to ${path}, got ${answer.status} to ${location ?? "nowhere"}`,
    };
  },
  toHaveStatus(answer: Answer, status: number) {
    return {
      pass: answer.status === status,
      message: () => `expected status ${status}, got ${answer.status}: ${answer.text.slice(0, 400)}`,
    };
  },
  toHaveFieldError(answer: Answer, field: string) {
    return {
      pass: answer.text.includes(`id="${field}-error"`),
      message: () => `expected a message next to the field ${field}`,
    };
  },
  toUseStatements(reports: StatementReport[], count: number) {
    return {
      pass: reports.length === count,
      message: () =>
        `expected ${count} statements, got ${reports.length}:\n${reports.map(({ text }) => text).join("\n")}`,
    };
  },
} satisfies Record<keyof Matchers, unknown>);
