import type Sqlite from "better-sqlite3";
import { and, or, type SQL, sql } from "drizzle-orm";
import type { Matching, Most, SearchTerm } from "./engine.server";
import { notes } from "./schema.server";
import { spaceOut } from "./spaced.server";

/**
 * The notes whose text matches any term of each group, by the full-text index `note_search`.
 *
 * FTS5 reads the right side of MATCH in a language of its own, bound parameter or not, so every
 * term goes in quoted: https://sqlite.org/fts5.html#full_text_query_syntax
 */
export function matching(groups: SearchTerm[][], { inOrder, most }: Matching = { inOrder: false }): SQL {
  // The unary + keeps SQLite from looking notes up by key, which after ANALYZE it would prefer:
  // https://sqlite.org/optoverview.html
  const key = inOrder ? sql`+${notes.key}` : sql`${notes.key}`;
  return sql`${key} in (${rows(groups, most)})`;
}

/** Whether more texts than that match: the index stops there. */
export function matchingMore(groups: SearchTerm[][], { ownerId, texts }: Most): SQL<number> {
  return sql<number>`(select count(*) > ${texts} from (${rows(groups, { ownerId, texts: texts + 1 })}))`;
}

function rows(groups: SearchTerm[][], most?: Most) {
  const expression = groups.map((group) => `(${group.map(quote).join(" OR ")})`).join(" AND ");
  if (!most) return sql`select rowid from note_search where note_search match ${expression}`;
  // A cross join keeps its order: https://sqlite.org/optoverview.html
  return sql`select own.key from note_search cross join notes as own on own.key = note_search.rowid
    where note_search match ${expression} and own.owner_id = ${most.ownerId} limit ${most.texts}`;
}

function quote({ text, prefix, title }: SearchTerm) {
  const words = `${title ? "{title}" : "{title content}"} : "${text.replaceAll('"', '""')}"${prefix ? " *" : ""}`;
  // "日本語" also as the phrase "日 本 語", in the column where each character stands apart; of a
  // title alone there is no such column.
  const spaced = title ? "" : spaceOut(text);
  return spaced === "" ? words : `(${words} OR spaced : "${spaced}")`;
}

/** The same without the index, for when it is damaged: letter by letter, accents and all. */
export function containing(groups: SearchTerm[][]): SQL {
  const within = (column: typeof notes.title | typeof notes.content, text: string) =>
    sql`${column} like ${`%${text.replace(/[%_\\]/g, "\\$&")}%`} escape '\\'`;
  const one = ({ text, title }: SearchTerm) =>
    title ? within(notes.title, text) : or(within(notes.title, text), within(notes.content, text));
  return and(...groups.map((group) => or(...group.map(one)))) ?? sql`1 = 1`;
}

/** Makes the index anew from the texts, in the transaction that is open. */
export function rebuildIndex(writer: Sqlite.Database) {
  writer.exec("insert into note_search (note_search) values ('rebuild')");
}
