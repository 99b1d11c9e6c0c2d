import pino from "pino";

/**
 * One line of JSON each, on standard output. Never cookies, bodies, queries or anybody's words.
 * Its level comes from the settings, once they are read.
 */
export const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

/**
 * What may be logged of an error: its class, the innermost cause, and where in our own code.
 * Drizzle's messages hold the parameters of the query, which are people's notes, so only the
 * cause behind them is used, and only of kinds whose messages are the database's own.
 */
export function describeError(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error };
  let cause = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  const code = "code" in cause ? String(cause.code) : undefined;
  const drizzle = /^Failed query/.test(cause.message);
  const at = cause.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8)
    .map((line) => line.trim());
  return { error: cause.name, code, message: drizzle ? undefined : cause.message, at };
}
