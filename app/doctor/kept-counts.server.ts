import type Sqlite from "better-sqlite3";
import type { Finding } from "./finding";

/** What the database keeps twice so that pages need not count, and how it is made anew from the notes. */
interface Kept {
  name: string;
  /** Selects the number of rows that are not as the notes say. */
  wrong: string;
  mend: string;
}

const LISTED = "trashed is null and archived is null";

const REAL_COUNTS = `
  select owner_id, sum(${LISTED}) as listed, sum(pinned = 1 and ${LISTED}) as pinned,
    sum(archived is not null and trashed is null) as archived, sum(trashed is not null) as trashed
  from notes group by owner_id`;

const REAL_BYTES = "select owner_id, sum(bytes) as bytes from file_contents group by owner_id";

const KEPT: Kept[] = [
  {
    name: "Numbers of notes",
    wrong: `select count(*) from (${REAL_COUNTS}) as found left join note_counts as kept using (owner_id)
      where (kept.listed, kept.pinned, kept.archived, kept.trashed)
        is not (found.listed, found.pinned, found.archived, found.trashed)`,
    mend: `insert into note_counts (owner_id, listed, pinned, archived, trashed) select * from (${REAL_COUNTS}) where true
      on conflict do update set listed = excluded.listed, pinned = excluded.pinned,
        archived = excluded.archived, trashed = excluded.trashed`,
  },
  {
    name: "Numbers of notes in notebooks",
    wrong: `select count(*) from notebooks where notes <>
      (select count(*) from notes where notebook_id = notebooks.id and ${LISTED})`,
    mend: `update notebooks set notes = (select count(*) from notes where notebook_id = notebooks.id and ${LISTED})`,
  },
  {
    name: "Order of tagged notes",
    wrong: `select count(*) from note_tags as kept join notes on notes.id = kept.note_id
      where (kept.listed, kept.pinned, kept.updated) is not (${LISTED}, notes.pinned, notes.updated)`,
    mend: `update note_tags set (listed, pinned, updated) =
      (select ${LISTED}, pinned, updated from notes where id = note_tags.note_id)`,
  },
  {
    name: "Numbers of notes with tags",
    wrong:
      "select count(*) from tags where notes <> (select count(*) from note_tags where tag_id = tags.id and listed)",
    mend: "update tags set notes = (select count(*) from note_tags where tag_id = tags.id and listed)",
  },
  {
    name: "Room that files take",
    wrong: `select count(*) from note_counts as kept full join (${REAL_BYTES}) as found using (owner_id)
      where coalesce(kept.file_bytes, 0) <> coalesce(found.bytes, 0)`,
    mend: `update note_counts set file_bytes =
      coalesce((select bytes from (${REAL_BYTES}) as found where found.owner_id = note_counts.owner_id), 0)`,
  },
];

/** Compares what is kept with the notes; with `mend`, in the transaction that is open, makes it as they say. */
export function lookAtCounts(connection: Sqlite.Database, mend: boolean): Finding[] {
  return KEPT.map(({ name, wrong, mend: statement }) => {
    const rows = Number(connection.prepare(wrong).pluck().get());
    if (rows === 0) return { name, verdict: "fine", words: "They are as the notes say." };
    const are = rows === 1 ? "1 is" : `${rows} are`;
    if (!mend) return { name, verdict: "wrong", words: `${are} not as the notes say.` };
    connection.exec(statement);
    return { name, verdict: "mended", words: `${are} counted anew.` };
  });
}
