import Sqlite from "better-sqlite3";
import type { PlanRow } from "./engine.server";
import { explain } from "./explain.server";

/** A database in memory with a schema and nothing in it, to plan on; nothing of the file is reached. */
export interface EmptyCopy {
  /** As {@link explain}. */
  explain(text: string): PlanRow[];
  dropIndex(name: string): void;
}

/**
 * Runs `work` on an empty copy of a schema, which is gone afterwards.
 *
 * @param schema the statements that make it.
 */
export function onEmptyCopy<Result>(schema: string[], work: (copy: EmptyCopy) => Result): Result {
  const copy = new Sqlite(":memory:");
  try {
    for (const statement of schema) copy.exec(statement);
    return work({
      explain: (text) => explain(copy, text),
      dropIndex: (name) => void copy.exec(`drop index "${name.replaceAll('"', '""')}"`),
    });
  } finally {
    copy.close();
  }
}
