import type { Concept } from "../concept";
import { writes } from "../steps";

export const schemaAndOneToMany: Concept = {
  name: "schema-and-one-to-many",
  title: "Schema and one-to-many",
  tier: "good",
  needs: ["validation"],
  answer:
    "A schema says what a row can be, so that the database refuses what the program forgot; and a note names its owner, which is all that “a person has many notes” means.",
  yours: {
    matches: ({ steps }) =>
      steps.some((step) => step.kind === "statement" && /from "notes" where .*"owner_id" = \?/s.test(step.text)),
    how: "Open your notes: the query behind them asks for one owner’s.",
  },
  lines: [
    {
      file: "app/db/schema.server.ts",
      marker: "export const notes = table(",
      before: 4,
      after: 12,
      says: "The table of notes. “references” is the one-to-many: each note has one owner, and an owner has as many notes as name them.",
    },
    {
      file: "app/notes/notes.server.ts",
      marker: "export function ownedBy(viewer",
      before: 1,
      after: 2,
      says: "And this is how the many are found again: the condition in every query.",
    },
  ],
  runs: {
    exchange: {
      title: "From a form to a row",
      asks: "Ada writes a note. What stands in the table, and where is it written that it is hers?",
      steps: [
        writes("Groceries", "flour"),
        {
          sql: "select title, version, owner_id = (select id from users where name = 'Ada') as hers from notes",
          expected: { rows: [["Groceries", "1", "1"]] },
        },
        {
          sql: "select name, file from pragma_database_list where name = 'main'",
          says: "And where is the table?",
          expected: { rows: [["main", "(empty)"]] },
        },
      ],
      shows:
        "In the column owner_id. The last statement asks for the database’s file: it has none, because this one lives in the lab’s memory.",
    },
    tutorial: {
      title: "One person, many notes",
      asks: "Ada writes three notes, Bob one. Where is the number of Ada’s notes kept?",
      steps: [
        writes("Bread", "flour", "first"),
        writes("Soup", "leek", "second"),
        writes("Tea", "water", "third"),
        writes("Fish", "salt", "fourth", "bob"),
        {
          sql: "select users.name, count(*) as notes from users join notes on notes.owner_id = users.id group by users.id order by users.name",
          expected: {
            rows: [
              ["Ada", "3"],
              ["Bob", "1"],
            ],
          },
        },
      ],
      shows:
        "Nowhere in these two tables: it is counted when somebody asks. The sidebar would ask at every page; for it the number is kept as well, in note_counts, and triggers keep it right.",
    },
    weird: {
      title: "SQLite believes anything, unless told not to",
      asks: "A column is declared as integer. Put the word “seven” into it. What happens?",
      steps: [
        { sql: "create table loose (version integer)", expected: { count: 0 } },
        { sql: "insert into loose values ('seven')", expected: { count: 1 } },
        { sql: "select version, typeof(version) from loose", expected: { rows: [["seven", "text"]] } },
        {
          sql: "create table tight (version integer) strict",
          says: "As all of Verso’s tables are.",
          expected: { count: 0 },
        },
        {
          sql: "insert into tight values ('seven')",
          expected: { error: "cannot store TEXT value in INTEGER column tight.version" },
        },
      ],
      shows: "Without STRICT a type is a suggestion. With it, it is a promise.",
    },
    useful: {
      title: "Somebody leaves",
      asks: "A note of nobody; and a person who is deleted. What becomes of the notes?",
      steps: [
        writes("Left behind?", "no"),
        {
          sql: "update notes set owner_id = 'nobody'",
          says: "A note of somebody who isn’t there.",
          expected: { error: "FOREIGN KEY constraint failed" },
        },
        { sql: "delete from users where name = 'Ada'", expected: { count: 1 } },
        {
          sql: "select count(*) as notes, (select count(*) from sessions) as logins from notes",
          expected: { rows: [["0", "0"]] },
        },
      ],
      shows:
        "The database keeps them together: no note without an owner, and with the owner go the notes and the logins. (It says “on delete cascade”; SQLite does it only where foreign_keys is on, which is not its default.)",
    },
  },
  wild: {
    id: "CVE-2008-4106",
    about:
      "WordPress let people choose a name longer than its column. MySQL cut the end off without an error, so “admin”, many spaces and one letter more became “admin” and spaces, which compared as equal to “admin”; so that a reset of the one password changed the other. The schema said how long a name may be, and the database didn’t insist.",
  },
  check: {
    question: "Why does a note hold its owner’s id, and not the owner a list of notes?",
    choices: [
      {
        text: "Because a list would have to be rewritten with each note, and two saves at once would each write their own.",
        right: true,
        because: "With the id in the note, a new note is one new row, and nobody else’s row is touched.",
      },
      {
        text: "Because SQL has no lists.",
        because:
          "It has: SQLite keeps JSON very well. But a list can’t be a foreign key, and every note would be a change of its owner.",
      },
      {
        text: "It is only a habit.",
        because:
          "Try the other way with two people writing at once: one of the two notes isn’t on the list afterwards.",
      },
    ],
  },
};
