import type { Concept } from "../concept";
import { writes } from "../steps";

const TAGS = [
  { sql: "create table tags (id integer primary key, name text not null unique) strict", expected: { count: 0 } },
  {
    sql: "create table note_tags (note text not null references notes (id) on delete cascade, tag integer not null references tags (id) on delete cascade, primary key (note, tag)) strict, without rowid",
    says: "One row says: this note has this tag.",
    expected: { count: 0 },
  },
];

export const manyToMany: Concept = {
  name: "many-to-many",
  title: "Many-to-many",
  tier: "good",
  needs: ["schema-and-one-to-many"],
  answer:
    "A note can have many tags and a tag many notes, and neither has a column for it: a third table holds one row for each pair.",
  yours: {
    here: true,
    matches: ({ request }) => request.method === "POST" && request.path.startsWith("/learn/"),
    how: "Run an experiment on any of these pages: the tick is one row in a table of pairs.",
  },
  lines: [
    {
      file: "app/db/schema.server.ts",
      marker: "export const experiments = table(",
      before: 1,
      after: 11,
      says: "Verso has no tags yet. What it has is this: which people have run which experiments of these pages. One row for each pair, and the pair itself is the key. (The experiments have no table of their own, they stand in the code; that half of the pair is plain text.)",
    },
    {
      file: "app/learn/progress.server.ts",
      marker: ".onConflictDoUpdate({",
      before: 4,
      after: 4,
      says: "Running one twice makes no second row: the key says so, and the insert knows it.",
    },
  ],
  runs: {
    exchange: {
      title: "Two tables and one between",
      asks: "Tags come to Verso later; here the lab gives them tables. Two notes, two tags, three pairs.",
      steps: [
        writes("Bread", "flour", "bread"),
        writes("Soup", "leek", "soup"),
        ...TAGS,
        { sql: "insert into tags (name) values ('food'), ('winter')", expected: { count: 2 } },
        {
          sql: "insert into note_tags values ('{bread}', 1), ('{soup}', 1), ('{soup}', 2)",
          expected: { count: 3 },
        },
        {
          sql: "select tags.name, count(*) as notes from tags join note_tags on tag = tags.id group by tags.id order by tags.name",
          expected: {
            rows: [
              ["food", "2"],
              ["winter", "1"],
            ],
          },
        },
        {
          sql: "select notes.title, group_concat(tags.name, ', ') as tags from notes join note_tags on note = notes.id join tags on tags.id = tag group by notes.id order by notes.title",
          expected: {
            rows: [
              ["Bread", "food"],
              ["Soup", "food, winter"],
            ],
          },
        },
      ],
      shows: "From either side one join leads to the pairs and a second one to the other side.",
    },
    tutorial: {
      title: "The same tag twice",
      asks: "Somebody presses “add tag” twice. Two pairs?",
      steps: [
        writes("Bread", "flour", "bread"),
        ...TAGS,
        { sql: "insert into tags (name) values ('food')", expected: { count: 1 } },
        { sql: "insert into note_tags values ('{bread}', 1)", expected: { count: 1 } },
        {
          sql: "insert into note_tags values ('{bread}', 1)",
          expected: { error: "UNIQUE constraint failed: note_tags.note, note_tags.tag" },
        },
        {
          sql: "insert into note_tags values ('{bread}', 1) on conflict do nothing",
          says: "As an app would say it.",
          expected: { count: 0 },
        },
      ],
      shows:
        "The pair is the key, so it can be there once. “On conflict do nothing” makes the second press a success that changes nothing.",
    },
    weird: {
      title: "Tags in one column",
      asks: "Why not write “food,winter” into the note and be done? Look for everything about art.",
      steps: [
        { sql: "create table quick (title text, tags text) strict", expected: { count: 0 } },
        {
          sql: "insert into quick values ('Museum', 'art'), ('Chess club', 'party,start'), ('Bread', 'food')",
          expected: { count: 3 },
        },
        {
          sql: "select title from quick where tags like '%art%' order by title",
          expected: { rows: [["Chess club"], ["Museum"]] },
        },
        { sql: "select title from quick where tags like '%art%'", plan: true, expected: { plan: ["SCAN quick"] } },
      ],
      shows:
        "It finds “party” and “start”, reads every row to do so, and renaming a tag would mean rewriting every note that has it.",
    },
    useful: {
      title: "A pair wants to be found from both ends",
      asks: "The key (note, tag) leads quickly from a note to its tags. And from a tag to its notes?",
      steps: [
        ...TAGS,
        {
          sql: "select tag from note_tags where note = 'x'",
          plan: true,
          expected: { plan: ["SEARCH note_tags USING PRIMARY KEY (note=?)"] },
        },
        { sql: "select note from note_tags where tag = 1", plan: true, expected: { plan: ["SCAN note_tags"] } },
        { sql: "create index note_tags_tag on note_tags (tag, note)", expected: { count: 0 } },
        {
          sql: "select note from note_tags where tag = 1",
          plan: true,
          expected: { plan: ["SEARCH note_tags USING COVERING INDEX note_tags_tag (tag=?)"] },
        },
      ],
      shows:
        "It would read all pairs of everybody. A second index with the columns the other way round leads from that side too.",
    },
  },
  wild: {
    id: "CVE-2026-27481",
    about:
      "Discourse has tags that only the staff may see. Others could see them all the same, with what they belong to. A pair has two ends, and there is a way in from each: each of them has to ask who is looking.",
  },
  check: {
    question: "A tag is renamed. In how many rows does that change something, with a table of pairs?",
    choices: [
      {
        text: "In each note that has it.",
        because: "That is so where the tag’s name is written into the notes. Here the pairs hold the tag’s number.",
      },
      { text: "In each pair.", because: "The pair holds the number of the tag, and that stays." },
      {
        text: "In one.",
        right: true,
        because:
          "The name stands in the table of tags and nowhere else. To know a thing in one place only is the whole trick.",
      },
    ],
  },
};
