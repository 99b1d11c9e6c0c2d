import { type EmptyCopy, onEmptyCopy } from "~/db/empty-copy.server";
import { type PlanNode, planTree } from "./plan";

/** How a statement's rows are found with an index and without it, both without any data. */
export interface WithoutIndex {
  index: string;
  present: PlanNode[];
  /** Null where the index keeps a key: the tables can't be without it. */
  without: PlanNode[] | null;
}

/**
 * Asks what an index is good for: plans the statement on an empty copy of the schema in memory,
 * drops the index there and plans again. The file and its data are not touched.
 *
 * @param schema the statements that make the schema.
 * @param text a statement that the program itself prepared.
 */
export function withoutIndex(schema: string[], text: string, index: string): WithoutIndex {
  return onEmptyCopy(schema, (copy) => {
    const present = planTree(copy.explain(text), text);
    return { index, present, without: isOfKey(index) ? null : planAfterDrop(copy, text, index) };
  });
}

function planAfterDrop(copy: EmptyCopy, text: string, index: string) {
  copy.dropIndex(index);
  try {
    return planTree(copy.explain(text), text);
  } catch (error) {
    if (isForeignKeyLost(error)) return null;
    throw error;
  }
}

/** @see https://sqlite.org/fileformat2.html#intschema */
function isOfKey(index: string) {
  return index.startsWith("sqlite_autoindex_");
}

/**
 * Rows elsewhere point at what this index makes unique, and the statement would have to look after them.
 *
 * @see https://sqlite.org/foreignkeys.html#fk_indexes
 */
function isForeignKeyLost(error: unknown) {
  return error instanceof Error && error.message.startsWith("foreign key mismatch");
}
