import type { Concept } from "../concept";
import { writes } from "../steps";

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
    how: "Run an experiment on any of these pages: the tick is one row in a table of pairs, of people and experiments.",
  },
  lines: [
    {
      file: "app/db/schema.server.ts",
      marker: "export const noteTags = table(",
      before: 4,
      after: 28,
      says: "One row says: this note has this tag. The pair is the key; what a tag’s list is sorted by stands there once more.",
    },
    {
      file: "app/notes/tags.server.ts",
      marker: ".onConflictDoUpdate({",
      before: 4,
      after: 4,
      says: "A tag that the note has already makes no second row: the key says so, and the insert knows it.",
    },
  ],
  runs: {
    exchange: {
      title: "Two tables and one between",
      asks: "Two notes with tags in their texts. How many rows does that make, and where?",
      steps: [
        writes("Bread", "flour #food", "bread"),
        writes("Soup", "leek #food #winter", "soup"),
        {
          sql: "select (select count(*) from notes), (select count(*) from note_tags), (select count(*) from tags)",
          expected: { rows: [["2", "3", "2"]] },
        },
        {
          sql: "select tags.name, count(*) as notes from tags join note_tags on tag_id = tags.id group by tags.id order by tags.name",
          expected: {
            rows: [
              ["food", "2"],
              ["winter", "1"],
            ],
          },
        },
        {
          sql: "select notes.title, group_concat(tags.name, ', ' order by tags.name) as tags from notes join note_tags on note_id = notes.id join tags on tags.id = tag_id group by notes.id order by notes.title",
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
      asks: "Somebody writes a tag twice, and then a program adds the pair once more. Two pairs?",
      steps: [
        writes("Bread", "flour #food #food", "bread"),
        { sql: "select count(*) from note_tags", expected: { rows: [["1"]] } },
        {
          sql: "insert into note_tags (owner_id, note_id, tag_id, given, written) select owner_id, note_id, tag_id, 1, 0 from note_tags",
          expected: { error: "UNIQUE constraint failed: note_tags.note_id, note_tags.tag_id" },
        },
        {
          sql: "insert into note_tags (owner_id, note_id, tag_id, given, written) select owner_id, note_id, tag_id, 1, 0 from note_tags where true on conflict do nothing",
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
        {
          sql: "select tag_id from note_tags where note_id = 'x'",
          plan: true,
          expected: { plan: ["SEARCH note_tags USING COVERING INDEX sqlite_autoindex_note_tags_1 (note_id=?)"] },
        },
        {
          sql: "select note_id from note_tags where tag_id = 'x'",
          plan: true,
          expected: { plan: ["SEARCH note_tags USING COVERING INDEX note_tags_newest (tag_id=?)"] },
        },
        { sql: "drop index note_tags_newest", expected: { count: 0 } },
        {
          sql: "select note_id from note_tags where tag_id = 'x'",
          plan: true,
          expected: { plan: ["SCAN note_tags USING COVERING INDEX sqlite_autoindex_note_tags_1"] },
        },
      ],
      shows:
        "A second index with the columns the other way round leads from that side too. Without it all pairs of everybody are read.",
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
