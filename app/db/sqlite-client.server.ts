import type Sqlite from "better-sqlite3";
import { type CallSite, compiled, reported } from "./statements.server";

/** Statements kept compiled for each connection; past that the cache starts anew. */
const KEPT_STATEMENTS = 300;

/**
 * What Drizzle needs of a better-sqlite3 connection, with two things added: a statement is
 * compiled once, and each run is reported to whoever listens.
 */
export function observedClient(connection: Sqlite.Database, kind: "read" | "write") {
  const kept = new Map<string, Sqlite.Statement>();
  return {
    prepare(text: string, site: CallSite | null = null) {
      let statement = kept.get(text);
      if (!statement) {
        if (kept.size >= KEPT_STATEMENTS) kept.clear();
        statement = compiled(text, kind, () => connection.prepare(text), site);
        kept.set(text, statement);
      }
      return new ObservedStatement(statement, text, kind, site);
    },
    transaction() {
      throw new Error("Transactions go through the engine's transaction().");
    },
  };
}

/**
 * A query that was prepared before, as it is wanted now: the same objects but for the statement,
 * which reports who called for it this time.
 */
export function calledFrom<Query>(query: Query, caller: CallSite | null): Query {
  const { stmt } = query as { stmt?: unknown };
  if (!caller || !(stmt instanceof ObservedStatement)) return query;
  return Object.create(query as object, { stmt: { value: stmt.calledFrom(caller) } });
}

class ObservedStatement {
  constructor(
    private readonly statement: Sqlite.Statement,
    private readonly text: string,
    private readonly connection: "read" | "write",
    private readonly site: CallSite | null,
    private readonly caller = site,
  ) {}

  calledFrom(caller: CallSite) {
    return new ObservedStatement(this.statement, this.text, this.connection, this.site, caller);
  }

  run(...parameters: unknown[]) {
    return this.report(
      parameters,
      () => this.statement.run(...parameters),
      (result) => result.changes,
    );
  }

  all(...parameters: unknown[]) {
    return this.rows(false, parameters);
  }

  get(...parameters: unknown[]) {
    return this.row(false, parameters);
  }

  /** The same statement, its rows as arrays. better-sqlite3 keeps this as a mode, so it is set at each run. */
  raw() {
    return {
      all: (...parameters: unknown[]) => this.rows(true, parameters),
      get: (...parameters: unknown[]) => this.row(true, parameters),
    };
  }

  private rows(raw: boolean, parameters: unknown[]) {
    return this.report(
      parameters,
      () => this.statement.raw(raw).all(...parameters),
      (rows) => rows.length,
    );
  }

  private row(raw: boolean, parameters: unknown[]) {
    return this.report(
      parameters,
      () => this.statement.raw(raw).get(...parameters),
      (row) => (row ? 1 : 0),
    );
  }

  private report<T>(parameters: unknown[], run: () => T, countRows: (result: T) => number) {
    return reported(this.text, this.connection, parameters, run, countRows, this.site, this.caller);
  }
}
