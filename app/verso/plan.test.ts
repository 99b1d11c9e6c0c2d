import Sqlite from "better-sqlite3";
import { afterAll, expect, test } from "vitest";
import { explain } from "~/db/explain.server";
import { planTree, stepsOf } from "./plan";

const database = new Sqlite(":memory:");
database.exec(`
  create table note (key integer primary key, id text, owner text, updated int, size int, body text);
  create index note_id on note (id);
  create index note_newest on note (owner, updated, id);
  create index note_size on note (size);
  create index note_lower on note (lower(body));
  create table tag (note text, word text, primary key (note, word)) without rowid;
  create table plain (a, b, c);
  create table other (a, b, c);
  create table child (id text references tag_owner, other text);
  create table tag_owner (id text primary key);
  create trigger counted after insert on tag_owner begin insert into plain (a) values (1); end;
  create virtual table words using fts5 (body);
`);
afterAll(() => database.close());

/** A plan as one text: a line for each step, with its kind where it has one. */
function told(rows: Parameters<typeof planTree>[0], text: string) {
  return stepsOf(planTree(rows, text)).map(({ node: { kind, sentence, detail }, depth }) => {
    const sign = { good: "+ ", neutral: "", watch: "! " }[kind];
    return "  ".repeat(depth) + sign + (sentence ?? `VERBATIM ${detail}`);
  });
}

/** The words of the SQLite that Verso comes with, from statements that make it say them. */
const STATEMENTS: [text: string, ...plan: string[]][] = [
  ["select 1", "Needs no table: the answer stands in the statement."],
  ["values (1),(2),(3)", "Takes the rows of VALUES: 3."],
  ["select * from (values (1,2),(3,4)) v", "Takes the rows of VALUES: 2."],
  ["select * from note", "! Walks through the whole table note."],
  ["select * from note where id='x'", "+ Finds rows of note by id, along the index note_id."],
  [
    "select id from note where id='x'",
    "+ Finds rows of note by id, in the index note_id, which holds all that is asked for.",
  ],
  ["select * from note where key=1", "+ Finds rows of note by row number, the key that the table itself is kept by."],
  [
    "select * from note where key>1 and key<9",
    "+ Finds rows of note with row number between two limits, the key that the table itself is kept by.",
  ],
  [
    "select * from note where key>1",
    "+ Finds rows of note with row number from a limit on, the key that the table itself is kept by.",
  ],
  [
    "select * from note where owner=? and updated>? and updated<?",
    "+ Finds rows of note by owner, with updated between two limits, along the index note_newest.",
  ],
  [
    "select * from note where owner=? and (updated,id)<(?,?)",
    "+ Finds rows of note by owner, with updated and id up to a limit, along the index note_newest.",
  ],
  ["select * from note where size<?", "+ Finds rows of note with size up to a limit, along the index note_size."],
  ["select * from note where lower(body)=?", "+ Finds rows of note by an expression, along the index note_lower."],
  [
    "select * from note order by size limit 3",
    "Reads note from one end, in the order of the index note_size. They come in the order that is asked for, so nothing has to be sorted.",
  ],
  [
    "select * from note order by size",
    "! Reads note from one end, in the order of the index note_size. They come in the order that is asked for, so nothing has to be sorted.",
  ],
  [
    "select count(*) from note",
    "! Reads note in the index note_lower, which holds all that is asked for, from one end.",
  ],
  [
    "select id from note order by id",
    "! Reads note in the index note_id, which holds all that is asked for, from one end. They come in the order that is asked for, so nothing has to be sorted.",
  ],
  ["select max(size) from note", "Looks for the smallest or the greatest of note along the index note_size."],
  ["select max(body) from note", "Looks for the smallest or the greatest in note, along no index."],
  ["select max(key) from note", "Looks for the smallest or the greatest in note, along no index."],
  ["select * from note order by body", "! Walks through the whole table note.", "Sorts what it found in memory."],
  [
    "select * from note where owner=? order by updated",
    "+ Finds rows of note by owner, along the index note_newest. They come in the order that is asked for, so nothing has to be sorted.",
  ],
  [
    "select * from note where owner=? order by updated,body",
    "+ Finds rows of note by owner, along the index note_newest.",
    "The rows come in the order of the first terms; in memory it sorts by the last.",
  ],
  [
    "select * from note where owner=? order by updated,body,size",
    "+ Finds rows of note by owner, along the index note_newest.",
    "The rows come in the order of the first terms; in memory it sorts by the last 2.",
  ],
  [
    "select body,count(*) from note group by body",
    "! Walks through the whole table note.",
    "Sorts what it found in memory, to group it.",
  ],
  [
    "select distinct body from note",
    "! Walks through the whole table note.",
    "Remembers in memory what came already, so that each comes once.",
  ],
  [
    "select count(distinct body) from note",
    "Remembers in memory what count() has counted in, so that each counts once.",
    "! Walks through the whole table note.",
  ],
  [
    "select group_concat(body order by size) from note",
    "Sorts in memory what goes into group_concat(), in the order it wants.",
    "! Walks through the whole table note.",
  ],
  [
    "select * from note where id=? or size=?",
    "+ Looks along an index for each side of OR, and takes each row once:",
    "  Side 1 of OR:",
    "    + Finds rows of note by id, along the index note_id.",
    "  Side 2 of OR:",
    "    + Finds rows of note by size, along the index note_size.",
  ],
  ["select * from tag where note=?", "+ Finds rows of tag by note, the key that the table itself is kept by."],
  [
    "select * from plain,other where plain.a=other.a",
    "! Walks through the whole table plain.",
    "Asks a small table of bits first, and skips what other surely doesn't have.",
    "! Makes an index of other for this one run, and finds rows by a along it.",
  ],
  [
    "select * from plain left join other on plain.a=other.a",
    "! Walks through the whole table plain.",
    "Asks a small table of bits first, and skips what other surely doesn't have.",
    "! Makes an index of other for this one run, and finds rows by a along it. What finds no partner stays, with nulls.",
  ],
  [
    "select * from note n left join tag t on t.note=n.id",
    "! Walks through the whole table n.",
    "+ Finds rows of t by note, the key that the table itself is kept by. What finds no partner stays, with nulls.",
  ],
  [
    "select * from plain right join note on plain.a=note.id",
    "! Walks through the whole table plain.",
    "+ Finds rows of note by id, along the index note_id.",
    "Afterwards the rows of note that found no partner:",
    "  ! Walks through the whole table note.",
  ],
  [
    "select * from note where key in (select a from plain)",
    "+ Finds rows of note by row number, the key that the table itself is kept by.",
    "Runs the query inside IN once, and keeps what it found as a list:",
    "  ! Walks through the whole table plain.",
  ],
  [
    "select * from note where body in (select id from note)",
    "! Walks through the whole table note.",
    "+ Asks the index note_id whether IN holds; no list is made.",
  ],
  [
    "select * from note where body in (select key from note)",
    "! Walks through the whole table note.",
    "+ Asks note by row number whether IN holds; no list is made.",
  ],
  [
    "select * from note where body in (select a from plain)",
    "! Walks through the whole table note.",
    "Runs the query inside IN once, and keeps what it found as a list:",
    "  ! Walks through the whole table plain.",
    "  Makes a small table of bits that tells at once what is surely not among them.",
  ],
  [
    "select * from note n where body in (select a from plain where b=n.size)",
    "! Walks through the whole table n.",
    "Runs the query inside IN anew for each row.",
    "  ! Walks through the whole table plain.",
  ],
  [
    "select (select max(a) from plain)",
    "Needs no table: the answer stands in the statement.",
    "Runs a query inside this one once, for a single value:",
    "  Looks for the smallest or the greatest in plain, along no index.",
  ],
  [
    "select (select a from plain where b=note.size) from note",
    "! Reads note in the index note_size, which holds all that is asked for, from one end.",
    "Runs a query inside this one anew for each row, for a single value.",
    "  ! Walks through the whole table plain.",
  ],
  [
    "select * from note where exists (select 1 from plain where a=note.size)",
    "! Walks through the whole table note.",
    "! Walks through the whole table plain. The first that fits is enough.",
  ],
  [
    "select * from note where exists (select 1 from tag where tag.note=note.id)",
    "! Walks through the whole table note.",
    "+ Finds rows of tag by note, the key that the table itself is kept by. The first that fits is enough.",
  ],
  [
    "select * from note where size+1 in (select a from plain) or size+2 in (select a from plain)",
    "! Walks through the whole table note.",
    "Runs the query inside IN once, and keeps what it found as a list:",
    "  ! Walks through the whole table plain.",
    "  Makes a small table of bits that tells at once what is surely not among them.",
    "Runs the query inside IN once, and keeps what it found as a list:",
    "  ! Walks through the whole table plain.",
    "  Makes a small table of bits that tells at once what is surely not among them.",
  ],
  [
    "select (select a from plain where b=note.size)  x from note order by x",
    "! Reads note in the index note_size, which holds all that is asked for, from one end.",
    "Runs a query inside this one anew for each row, for a single value.",
    "  ! Walks through the whole table plain.",
    "Sorts what it found in memory.",
  ],
  [
    "select * from note union all select * from note",
    "Puts the answers of several queries together:",
    "  The first query:",
    "    ! Walks through the whole table note.",
    "  Then all that the next query finds:",
    "    ! Walks through the whole table note.",
  ],
  [
    "select id from note union select a from plain",
    "Runs two queries in the same order and takes each row once:",
    "  The first query:",
    "    ! Reads note in the index note_id, which holds all that is asked for, from one end.",
    "  The second query:",
    "    ! Walks through the whole table plain.",
    "    Sorts what it found in memory.",
  ],
  [
    "select id from note except select a from plain",
    "Runs two queries in the same order and takes what only the first has:",
    "  The first query:",
    "    ! Reads note in the index note_id, which holds all that is asked for, from one end.",
    "  The second query:",
    "    ! Walks through the whole table plain.",
    "    Sorts what it found in memory.",
  ],
  [
    "select id from note intersect select a from plain",
    "Runs two queries in the same order and takes what both have:",
    "  The first query:",
    "    ! Reads note in the index note_id, which holds all that is asked for, from one end.",
    "  The second query:",
    "    ! Walks through the whole table plain.",
    "    Sorts what it found in memory.",
  ],
  [
    "select id from note union all select a from plain order by 1",
    "Runs two queries in the same order and takes all rows of both:",
    "  The first query:",
    "    ! Reads note in the index note_id, which holds all that is asked for, from one end.",
    "  The second query:",
    "    ! Walks through the whole table plain.",
    "    Sorts what it found in memory.",
  ],
  [
    "with recursive n(i) as (select 1 union all select i+1 from n where i<9) select * from n",
    "Runs the query n side by side with the rest, row by row:",
    "  What it begins with:",
    "    Needs no table: the answer stands in the statement.",
    "  What follows from each row, until nothing follows any more:",
    "    Goes through the rows of the query n.",
    "Goes through the rows of the query n.",
  ],
  [
    "with recursive n(i) as (select 1 union select i+1 from n where i<9) select i from n as m",
    "Runs the query n side by side with the rest, row by row:",
    "  What it begins with:",
    "    Needs no table: the answer stands in the statement.",
    "  What follows from each row, until nothing follows any more:",
    "    Goes through the rows of the query n.",
    "Goes through all rows of m.",
  ],
  [
    "select * from (select a,count(*) c from plain group by a) q where c>1",
    "Runs the query q side by side with the rest, row by row:",
    "  ! Walks through the whole table plain.",
    "  Sorts what it found in memory, to group it.",
    "Goes through the rows of the query q.",
  ],
  [
    "select * from (select a from plain limit 3) q join other on other.a=q.a",
    "Runs the query q side by side with the rest, row by row:",
    "  ! Walks through the whole table plain.",
    "Goes through the rows of the query q.",
    "! Walks through the whole table other.",
  ],
  [
    "with q as materialized (select a from plain) select * from q x, q y",
    "Runs the query q and keeps its rows in memory:",
    "  Goes through all rows of plain.",
    "Goes through all rows of x.",
    "Goes through all rows of y.",
  ],
  ["select * from (select a from plain limit 3)", "! Walks through the whole table plain."],
  ["select * from words where words match ?", "+ Asks the full-text index words which rows hold the words."],
  ["select * from words", "Asks the virtual table words, which finds the rows in a way of its own."],
  [
    "select * from note where key in (select rowid from words where words match ?)",
    "+ Finds rows of note by row number, the key that the table itself is kept by.",
    "Runs the query inside IN once, and keeps what it found as a list:",
    "  + Asks the full-text index words which rows hold the words.",
  ],
  [
    "select * from note left join words on words.rowid = note.key",
    "! Walks through the whole table note.",
    "Asks the virtual table words. What finds no partner stays, with nulls.",
  ],
  ["insert into plain select * from other"],
  ["insert into plain select a,b,c from (select * from other limit 2)", "! Walks through the whole table other."],
  ["insert into plain select * from plain", "! Walks through the whole table plain."],
  [
    "insert into tag_owner values (?)",
    "Skipped unless a foreign key is broken at that moment: walks through the whole table child.",
  ],
  [
    "delete from tag_owner where id=?",
    "+ Finds rows of tag_owner by id, along the index sqlite_autoindex_tag_owner_1.",
    "! Walks through the whole table child.",
  ],
  ["update note set body=? where id=?", "+ Finds rows of note by id, along the index note_id."],
  [
    "delete from note where owner=? returning id",
    "+ Finds rows of note by owner, in the index note_newest, which holds all that is asked for.",
  ],
  ["delete from note"],
  ["select * from json_each(?)", "Asks the virtual table json_each, which finds the rows in a way of its own."],
  [
    "select a, row_number() over (order by b) from plain",
    "Runs the query inside (subquery-2) side by side with the rest, row by row:",
    "  ! Walks through the whole table plain.",
    "  Sorts what it found in memory.",
    "Goes through the rows of the query inside (subquery-2).",
  ],
  [
    "select * from note n1, note n2 where n1.size=n2.size and n1.id=?",
    "+ Finds rows of n1 by id, along the index note_id.",
    "+ Finds rows of n2 by size, along the index note_size.",
  ],
  [
    "select * from note where id=? and body in (select a from plain union select b from other)",
    "+ Finds rows of note by id, along the index note_id.",
    "Runs the query inside IN once, and keeps what it found as a list:",
    "  Runs two queries in the same order and takes each row once:",
    "    The first query:",
    "      ! Walks through the whole table plain.",
    "      Sorts what it found in memory.",
    "    The second query:",
    "      ! Walks through the whole table other.",
    "      Sorts what it found in memory.",
    "    Makes a small table of bits that tells at once what is surely not among them.",
    "    Makes a small table of bits that tells at once what is surely not among them.",
  ],
  [
    "select distinct owner,updated from note where owner=?",
    "+ Finds rows of note by owner, in the index note_newest, which holds all that is asked for.",
  ],
  [
    "select * from plain where a = (select max(updated) from note where owner=?) and b in (1,2,?)",
    "! Walks through the whole table plain.",
    "Runs a query inside this one once, for a single value:",
    "  + Finds rows of note by owner, in the index note_newest, which holds all that is asked for.",
  ],
  [
    "select * from note a left join (tag b join plain c on b.note=c.a) on a.id=b.note",
    "Runs the query inside (join-1) and keeps its rows in memory:",
    "  ! Walks through the whole table c.",
    "  + Finds rows of b by note, the key that the table itself is kept by.",
    "! Walks through the whole table a.",
    "! Makes an index of (join-1) for this one run, and finds rows by note along it. What finds no partner stays, with nulls.",
  ],
  [
    "select key from note where body = (select id from note where key=?) or size = (select id from note where key=?)",
    "! Walks through the whole table note.",
    "Runs a query inside this one once, for a single value:",
    "  + Finds rows of note by row number, the key that the table itself is kept by.",
    "Runs a query inside this one once, for a single value:",
    "  + Finds rows of note by row number, the key that the table itself is kept by.",
  ],
  [
    "select id from note where owner=? and body in (select a from plain order by b limit 3)",
    "+ Finds rows of note by owner, along the index note_newest.",
    "Runs the query inside IN once, and keeps what it found as a list:",
    "  ! Walks through the whole table plain.",
    "  Sorts what it found in memory.",
  ],
  [
    "select count(*) from note where owner=? order by updated",
    "+ Finds rows of note by owner, in the index note_newest, which holds all that is asked for.",
  ],
];

test.each(STATEMENTS)("%s", (text, ...plan) => {
  expect(told(explain(database, text), text)).toEqual(plan);
});

test.each([
  ["select * from note", "Every row is read, whatever is asked for: ten times the rows take ten times as long."],
  [
    "select * from note limit 3",
    "Unless something ends it early, such as LIMIT or EXISTS, every row is read, whatever is asked for: ten times the rows take ten times as long.",
  ],
  ["select count(*) from note", "Every row is read, whatever is asked for: ten times the rows take ten times as long."],
  ["select max(body) from note", "Where that is not the row number, every row is read."],
  ["select * from note where id = ?", null],
])("why it matters: %s", (text, why) => {
  expect(planTree(explain(database, text), text)[0]?.why).toBe(why);
});

test("whatever is to be watched says why", () => {
  const steps = STATEMENTS.flatMap(([text]) => stepsOf(planTree(explain(database, text), text)));
  const watched = steps.filter(({ node }) => node.kind === "watch");
  expect(watched.length).toBeGreaterThan(20);
  expect(watched.filter(({ node }) => node.why === null)).toEqual([]);
});

/** What SQLite 3.50 to 3.53 can say, and no small schema brings about. */
const DETAILS: [detail: string, told: string][] = [
  ["SCAN 1 CONSTANT ROW", "Takes the rows that stand in the statement: 1."],
  ["SCAN 3 CONSTANT ROWS", "Takes the rows that stand in the statement: 3."],
  ["SEARCH main.note USING INDEX note_id (id=?)", "+ Finds rows of main.note by id, along the index note_id."],
  [
    "SEARCH note USING INDEX note_newest (ANY(owner) AND updated>?)",
    "Finds rows of note for each owner in turn, with updated from a limit on, along the index note_newest.",
  ],
  [
    "SEARCH note USING INDEX note_newest (owner=? AND (updated,id)>(?,?) AND (updated,id)<(?,?))",
    "+ Finds rows of note by owner, with updated and id between two limits, along the index note_newest.",
  ],
  [
    "SEARCH note USING INDEX note_newest (owner=? AND (updated,id)>(?,?) AND updated<?)",
    "+ Finds rows of note by owner, with updated and id from a limit on and updated up to a limit, along the index note_newest.",
  ],
  [
    "SEARCH note USING INTEGER PRIMARY KEY (rowid<?)",
    "+ Finds rows of note with row number up to a limit, the key that the table itself is kept by.",
  ],
  [
    "SEARCH plain USING AUTOMATIC PARTIAL COVERING INDEX (a=?)",
    "! Makes an index of plain for this one run, and finds rows by a along it.",
  ],
  [
    "SEARCH plain EXISTS USING AUTOMATIC COVERING INDEX (a=?)",
    "! Makes an index of plain for this one run, and finds rows by a along it. The first that fits is enough.",
  ],
  ["SEARCH note USING INDEX note_size", "Looks for the smallest or the greatest of note along the index note_size."],
  ["SCAN words EXISTS VIRTUAL TABLE INDEX 0:M1", "Asks the virtual table words. The first that fits is enough."],
  [
    "SCAN box VIRTUAL TABLE INDEX 0x2a:a b LEFT-JOIN",
    "Asks the virtual table box. What finds no partner stays, with nulls.",
  ],
  ["SCAN (subquery-3)", "Goes through the rows of the query inside (subquery-3)."],
  [
    "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
    "The rows come in the order of the first terms; in memory it sorts by the last.",
  ],
  ["REUSE LIST SUBQUERY 2", "Takes what subquery 2 found, again."],
  ["REUSE SUBQUERY 3", "Takes what subquery 3 found, again."],
  ["MATERIALIZE (subquery-1)", "Runs the query inside (subquery-1) and keeps its rows in memory:"],
  ["UNION USING TEMP B-TREE", "Then what the next query finds; in memory it looks that each row comes once:"],
  ["INTERSECT USING TEMP B-TREE", "Of that, what the next query finds too; it is compared in memory:"],
  ["EXCEPT USING TEMP B-TREE", "Of that, what the next query does not find; it is compared in memory:"],
];

test.each(DETAILS)("%s", (detail, sentence) => {
  expect(told([{ id: 1, parent: 0, detail }], "select")).toEqual([sentence]);
});

test.each([
  "SCAN note BACKWARDS",
  "SCAN note USING INDEX note_id (id=?)",
  "SEARCH note USING HASH INDEX note_id (id=?)",
  "SEARCH note USING INDEX note_id (id=? OR id=?)",
  "SEARCH note USING INDEX note_id (id~?)",
  "SEARCH note USING",
  "USE TEMP B-TREE FOR WINDOW",
  "MERGE (UNION EACH)",
  "PARALLEL SUBQUERY 1",
  "",
])("“%s”, which no rule knows, is shown as it stands", (detail) => {
  expect(planTree([{ id: 1, parent: 0, detail }], "select")).toEqual([
    { detail, sentence: null, kind: "neutral", why: null, index: null, children: [] },
  ]);
});
