import type Sqlite from "better-sqlite3";
import type { PlanRow } from "./engine.server";

/**
 * How SQLite would find the rows of one statement. Nothing is run and nobody is told of it.
 *
 * @throws Error where the text is no statement of this schema.
 * @see https://sqlite.org/eqp.html
 */
export function explain(connection: Sqlite.Database, text: string): PlanRow[] {
  const nulls = Array.from({ length: countParameters(text) }, () => null);
  const rows = connection.prepare<null[], PlanRow>(`explain query plan ${text}`).all(...nulls);
  return rows.map(({ id, parent, detail }) => ({ id, parent, detail }));
}

/**
 * The statements that make the schema of this connection, in their order. What SQLite makes by
 * itself (a virtual table's own tables, the counter of AUTOINCREMENT) is left out.
 */
export function schemaOf(connection: Sqlite.Database): string[] {
  return connection
    .prepare<[], string>(
      `select sql from sqlite_schema
        where sql is not null and name not like 'sqlite~_%' escape '~'
          and name not in (select name from pragma_table_list where type = 'shadow')
        order by rowid`,
    )
    .pluck()
    .all();
}

const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/** better-sqlite3 refuses a statement with fewer values than it has parameters, and doesn't say how many. */
function countParameters(text: string) {
  return text.replace(QUOTED, "").split("?").length - 1;
}
