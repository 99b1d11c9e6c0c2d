import { type SQL, sql } from "drizzle-orm";
import type { SearchTerm, SearchTerms } from "./engine.server";
import { notes } from "./schema.server";
import { spaceOut } from "./spaced.server";

/**
 * The notes whose text matches, by the full-text index `note_search`.
 *
 * FTS5 reads the right side of MATCH in a language of its own, bound parameter or not, so every
 * term goes in quoted: https://sqlite.org/fts5.html#full_text_query_syntax
 */
export function matching({ wanted, unwanted }: SearchTerms, { inOrder } = { inOrder: false }): SQL {
  // The unary + keeps SQLite from looking notes up by key, which after ANALYZE it would prefer:
  // https://sqlite.org/optoverview.html
  const key = inOrder ? sql`+${notes.key}` : sql`${notes.key}`;
  const conditions = [
    ...(wanted.length > 0 ? [sql`${key} in ${keysOf(wanted)}`] : []),
    ...unwanted.map((term) => sql`${key} not in ${keysOf([term])}`),
  ];
  return sql.join(conditions, sql` and `);
}

function keysOf(terms: SearchTerm[]) {
  const expression = terms.map(quote).join(" AND ");
  return sql`(select rowid from note_search where note_search match ${expression})`;
}

function quote({ text, prefix }: SearchTerm) {
  const words = `{title content} : "${text.replaceAll('"', '""')}"${prefix ? " *" : ""}`;
  const spaced = spaceOut(text);
  // "日本語" also as the phrase "日 本 語", in the column where each character stands apart.
  return spaced === "" ? words : `(${words} OR spaced : "${spaced}")`;
}
