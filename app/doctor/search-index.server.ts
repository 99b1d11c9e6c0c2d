import type Sqlite from "better-sqlite3";
import { rebuildIndex } from "~/db/sqlite-search.server";
import type { Finding } from "./finding";

const NAME = "Search index";

/** Words that are looked for before and after the index is built anew. */
const MOST_TRIED = 500;

/**
 * Compares the full-text index with the notes, on a copy that may be changed: what the index says of
 * itself isn't enough, since a lost part of it is no contradiction. So it is built anew there, and
 * words have to find what they found before.
 *
 * @see https://sqlite.org/fts5.html#the_integrity_check_command
 */
export function lookAtIndex(copy: Sqlite.Database): Finding {
  try {
    copy.exec("insert into note_search (note_search, rank) values ('integrity-check', 1)");
    copy.exec("create virtual table temp.words using fts5vocab(main, note_search, row)");
    const found = copy.prepare<[string], number>("select count(*) from note_search where note_search match ?").pluck();
    const before = new Map(words(copy).map((word) => [word, found.get(quoted(word))]));
    rebuildIndex(copy);
    const lost = words(copy).filter((word) => found.get(quoted(word)) !== (before.get(word) ?? 0));
    if (lost.length === 0) return { name: NAME, verdict: "fine", words: "It finds what the notes say." };
    return { name: NAME, verdict: "wrong", words: "It doesn’t find all that the notes say. --fix builds it anew." };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      name: NAME,
      verdict: "wrong",
      words: `It is damaged (${why}). --fix builds it anew; the notes are whole.`,
    };
  }
}

/** Spread over the alphabet: the index stands in its order, and what is lost of it lies together. */
function words(copy: Sqlite.Database): string[] {
  return copy
    .prepare<[number, number], string>(
      `select term from (select term, row_number() over (order by term) as place, count(*) over () as terms from temp.words)
        where place % (1 + terms / ?) = 0 limit ?`,
    )
    .pluck()
    .all(MOST_TRIED, MOST_TRIED);
}

function quoted(word: string) {
  return `"${word.replaceAll('"', '""')}"`;
}

/** Builds the index anew in the transaction that is open. */
export function mendIndex(writer: Sqlite.Database): Finding {
  rebuildIndex(writer);
  return { name: NAME, verdict: "mended", words: "It was built anew from the notes." };
}
