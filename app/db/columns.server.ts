import type * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

/**
 * The kinds of column that Verso's schema is written in.
 *
 * At run time they belong to SQLite. TypeScript is told that they are Postgres's, whose query
 * builder promises less (everything is awaited, nothing is synchronous), so that the same
 * queries serve both. This file holds the only cast that says so.
 */
const columns = {
  table: sqlite.sqliteTable,
  text: (name: string) => sqlite.text(name),
  number: (name: string) => sqlite.integer(name, { mode: "number" }),
  /** Milliseconds since 1970, UTC, as a number: times become dates only where they are shown. */
  time: (name: string) => sqlite.integer(name, { mode: "number" }),
  bytes: (name: string) => sqlite.blob(name, { mode: "buffer" }),
  /** A key that the database counts up itself. */
  counter: (name: string) => sqlite.integer(name, { mode: "number" }).primaryKey({ autoIncrement: true }),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  foreignKey: sqlite.foreignKey,
};

interface PostgresColumns {
  table: typeof pg.pgTable;
  text: (name: string) => pg.PgTextBuilderInitial<string, [string, ...string[]]>;
  number: (name: string) => pg.PgBigInt53BuilderInitial<string>;
  time: (name: string) => pg.PgBigInt53BuilderInitial<string>;
  bytes: ReturnType<typeof pg.customType<{ data: Buffer }>>;
  counter: (name: string) => ReturnType<pg.PgBigSerial53BuilderInitial<string>["primaryKey"]>;
  index: typeof pg.index;
  uniqueIndex: typeof pg.uniqueIndex;
  primaryKey: typeof pg.primaryKey;
  foreignKey: typeof pg.foreignKey;
}

export const { table, text, number, time, bytes, counter, index, uniqueIndex, primaryKey, foreignKey } =
  columns as unknown as PostgresColumns;
