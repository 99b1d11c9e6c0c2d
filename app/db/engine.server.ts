import type { SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { type CallSite, callSite } from "./statements.server";

/** A connection as domain code sees it: Drizzle's builders, always awaited. */
export type Database = Pick<
  PgDatabase<PgQueryResultHKT, Record<string, never>>,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "$count"
>;

/** What Verso needs of a database. SQLite is the first kind; the queries know none. */
export interface Engine {
  /** A connection that refuses to write. */
  read: Database;
  /**
   * Runs `work` in a transaction; the only way to write. Transactions run one after another.
   * `work` awaits queries of `tx` and nothing else: everybody's next save waits for it. Where the
   * search index turns out to be damaged it is built anew, and `work` runs again from the start.
   *
   * @throws StorageFailure when the disk is full, the file can't be written or stays locked.
   */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;
  /** A condition on `notes`: those whose text matches any term of each group. */
  matching(groups: SearchTerm[][], how?: Matching): SQL;
  /** A value for a query: 1 where more texts of one person match than `most` says. */
  matchingMore(groups: SearchTerm[][], most: Most): SQL<number>;
  /**
   * Runs `work`, whose queries use `matching`. A search index that turns out to be damaged is built anew and
   * `work` run again; where it can't be built, `matching` goes through the texts themselves.
   */
  searching<T>(work: () => Promise<T>): Promise<T>;
  /** A query that was prepared before, which tells the listeners of statements that `caller` wants it. */
  calledFrom<Query>(query: Query, caller: CallSite | null): Query;
  /**
   * How the database finds the rows of a statement, which is not run. `text` is one that the program
   * itself prepared, never one from outside. Its parameters are null here, and SQLite may plan by
   * their values: this is the plan for the statement, not for anybody's values.
   */
  explain(text: string): PlanRow[];
  /** The statements that make the present schema, without any data. */
  schema(): string[];
  /** Writes a complete, verified copy to `file`, which must not exist yet. */
  snapshot(file: string): void;
  /** Why the latest write failed, where it did and none has worked since. */
  trouble(): StorageTrouble | null;
  /** The latest migration, asked of the database now. @throws when it doesn't answer. */
  schemaVersion(): string;
  close(): void;
}

/** Words to look for, as plain text: nothing in the engine's own language. */
export interface SearchTerm {
  text: string;
  /** Matches words that begin with the text. */
  prefix: boolean;
  /** Looked for in the title alone. */
  title: boolean;
}

/** How a query makes use of what matches. */
export interface Matching {
  /** It goes along an index of its own, and asks of each note whether it is among them; otherwise they lead to the notes. */
  inOrder: boolean;
  most?: Most;
}

/** Only so many texts are looked at, in no particular order, and none of anybody else: how many they have is not to be guessed. */
export interface Most {
  ownerId: string;
  texts: number;
}

/** One step of a plan, in the database's own words; `parent` is the `id` of the step it is part of, or 0. */
export interface PlanRow {
  id: number;
  parent: number;
  detail: string;
}

export type StorageTrouble = "full" | "read-only" | "busy" | "broken";

/** The database could not do what was asked for a reason that lies with the disk, not with the request. */
export class StorageFailure extends Error {
  constructor(
    readonly trouble: StorageTrouble,
    options: { cause: unknown },
  ) {
    super(`storage: ${trouble}`, options);
    this.name = "StorageFailure";
  }
}

let current: Engine | null = null;

/** Makes `engine` the one that the whole process uses. */
export function setEngine(engine: Engine | null) {
  current = engine;
}

/** The engine of this process. @throws Error before `setEngine`. */
export function engine(): Engine {
  if (!current) throw new Error("No database is open.");
  return current;
}

/** The connection to read with. */
export function db(): Database {
  return engine().read;
}

/**
 * A reading query for pages that are asked for all day: built once for each database and not at
 * each request; placeholders take the values.
 */
export function prepared<Query>(build: (database: Database) => Query): () => Query {
  const built = new WeakMap<Database, Query>();
  return function wanted() {
    const query = built.get(db()) ?? build(db());
    built.set(db(), query);
    return engine().calledFrom(query, callSite(wanted));
  };
}

/** {@link Engine.transaction} of this process's engine. */
export function transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
  return engine().transaction(work);
}
