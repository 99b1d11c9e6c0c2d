/** What one statement did. Parameters by kind and length only: their values are people's words. */
export interface StatementReport {
  text: string;
  connection: "read" | "write";
  parameters: { kind: string; length?: number }[];
  /** How long it ran, in milliseconds. */
  ms: number;
  /** Rows that came back, or that were changed. */
  rows: number;
  /** The database refused it. */
  failed: boolean;
  /** Where in the program the query was written; null for what the engine runs by itself. */
  site: CallSite | null;
  /** What called for it: the same place, but for a query that was prepared before it was wanted. */
  caller: CallSite | null;
}

/** A place in the program, its words made only when they are read. */
export interface CallSite {
  stack?: string;
}

/** Callers that are looked at: enough to come from where a query is written to the loader that wanted it. */
const CALLERS = 14;

/**
 * The place that called `callee`, and what called that, over `await` too. Costs about ten microseconds;
 * with nobody listening, nothing.
 */
export function callSite(callee: (...words: never[]) => unknown): CallSite | null {
  if (listeners.size === 0) return null;
  const { stackTraceLimit } = Error;
  const site: CallSite = {};
  Error.stackTraceLimit = CALLERS;
  Error.captureStackTrace(site, callee);
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}

/** `values` are people's words: a listener may compare them, and must not keep them. */
type Listener = (report: StatementReport, values: readonly unknown[]) => void;

const listeners = new Set<Listener>();

/**
 * Has `listener` told of every statement from now on.
 *
 * @returns a function that ends it.
 */
export function listenToStatements(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Runs one statement and reports it. With nobody listening it costs one comparison. */
export function reported<T>(
  text: string,
  connection: "read" | "write",
  parameters: unknown[],
  run: () => T,
  countRows: (result: T) => number,
  site: CallSite | null = null,
  caller = site,
): T {
  if (listeners.size === 0) return run();
  const started = performance.now();
  const tell = (rows: number, failed: boolean) => {
    const ms = performance.now() - started;
    const seen = parameters.map(describeParameter);
    const report = { text, connection, parameters: seen, ms, rows, failed, site, caller };
    for (const listener of listeners) listener(report, parameters);
  };
  try {
    const result = run();
    tell(countRows(result), false);
    return result;
  } catch (error) {
    tell(0, true);
    throw error;
  }
}

/** Compiles a statement, and reports it only where the database refuses to. */
export function compiled<T>(text: string, connection: "read" | "write", compile: () => T, site: CallSite | null): T {
  try {
    return compile();
  } catch (error) {
    const report = { text, connection, parameters: [], ms: 0, rows: 0, failed: true, site, caller: site };
    for (const listener of listeners) listener(report, []);
    throw error;
  }
}

function describeParameter(value: unknown) {
  if (typeof value === "string") return { kind: "text", length: value.length };
  if (value instanceof Uint8Array) return { kind: "bytes", length: value.length };
  return { kind: value === null ? "null" : typeof value };
}
