import type { Concept } from "../concept";
import { writes } from "../steps";

export const queryPlans: Concept = {
  name: "query-plans",
  title: "Query plans",
  tier: "later",
  needs: ["indexes"],
  answer:
    "SQL says what you want and not how to find it; the plan is how the database has decided to find it, and you can ask for it without running anything.",
  yours: {
    matches: ({ steps }) => steps.filter((step) => step.kind === "statement").length >= 2,
    how: "Open your notes or search them; each statement on the back of that page has a plan.",
  },
  lines: [
    {
      file: "app/notes/results.server.ts",
      marker: "note_search leads to the rows: most searches find few.",
      before: 3,
      after: 6,
      says: "The count of a search is written so that the plan starts from what the search found…",
    },
    {
      file: "app/notes/list.server.ts",
      marker: "rest ? fitting(viewer, rest, { inOrder: !sorted }) : undefined,",
      before: 4,
      after: 6,
      says: "…and the list, unless few were counted, so that it goes along its order and asks of each note whether it was found. The same condition, two plans, because one wants all and the other the first fifty.",
    },
  ],
  runs: {
    exchange: {
      title: "How a search finds its notes",
      asks: "A search looks through words, in an index made for words. Where does its plan begin?",
      steps: [
        writes("Bread", "flour and water"),
        { who: "ada", method: "GET", path: "/notes?q=flour", expected: { status: 200, text: ["Bread", "1 note"] } },
        {
          sql: "select title from notes where key in (select rowid from note_search where note_search match 'flour')",
          plan: true,
          expected: {
            plan: ["SEARCH notes USING INTEGER PRIMARY KEY (rowid=?)", "SCAN note_search VIRTUAL TABLE INDEX"],
          },
        },
      ],
      shows:
        "With the words: the search names a few rows, and each is looked up by its number. “SCAN … VIRTUAL TABLE INDEX” looks bad and is good: how the word index searches is its own affair, and SQLite calls all of it a scan.",
    },
    tutorial: {
      title: "Four words to read a plan",
      asks: "SEARCH, SCAN, COVERING, TEMP B-TREE. Guess which is which before you run it.",
      steps: [
        {
          sql: "select title from notes where id = 'x'",
          plan: true,
          says: "By a name.",
          expected: { plan: ["SEARCH notes USING INDEX notes_id (id=?)"] },
        },
        {
          sql: "select title from notes where words > 100",
          plan: true,
          says: "By something without an index.",
          expected: { plan: ["SCAN notes"] },
        },
        {
          sql: "select id from notes where id > 'x'",
          plan: true,
          says: "Only what the index holds itself.",
          expected: { plan: ["SEARCH notes USING COVERING INDEX notes_id (id>?)"] },
        },
        {
          sql: "select title from notes order by title",
          plan: true,
          says: "In an order that nothing keeps.",
          expected: { plan: ["SCAN notes", "USE TEMP B-TREE FOR ORDER BY"] },
        },
      ],
      shows:
        "SEARCH leafs, SCAN reads all, COVERING needs no row, and a TEMP B-TREE is a pile that is sorted now because nobody sorted it before.",
    },
    weird: {
      title: "A function hides an index",
      asks: "The id has an index. Does it help to look for lower(id)?",
      steps: [
        { sql: "select title from notes where lower(id) = 'x'", plan: true, expected: { plan: ["SCAN notes"] } },
        {
          sql: "select title from notes where id like 'x%'",
          plan: true,
          says: "Or for a beginning?",
          expected: { plan: ["SCAN notes"] },
        },
        {
          sql: "select title from notes where id >= 'x' and id < 'y'",
          plan: true,
          says: "The same, said so that the index can follow.",
          expected: { plan: ["SEARCH notes USING INDEX notes_id (id>? AND id<?)"] },
        },
        { sql: "create index notes_lower on notes (lower(id))", expected: { count: 0 } },
        {
          sql: "select title from notes where lower(id) = 'x'",
          plan: true,
          expected: { plan: ["SEARCH notes USING INDEX notes_lower (<expr>=?)"] },
        },
      ],
      shows:
        "No: the index is sorted by id, and not by what a function makes of it. Ask for a range, or index the function.",
    },
    useful: {
      title: "The numbers change the plan",
      asks: "The same query before and after the database has counted its rows. Is a plan for ever?",
      steps: [
        { sql: "create table shelf (kind text, place text, book text) strict", expected: { count: 0 } },
        { sql: "create index by_kind on shelf (kind)", expected: { count: 0 } },
        { sql: "create index by_place on shelf (place)", expected: { count: 0 } },
        {
          sql: "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) insert into shelf select 'novel', 'place ' || i, 'book ' || i from n",
          says: "All of one kind, each at its own place.",
          expected: { count: 2000 },
        },
        {
          sql: "select book from shelf where kind = 'novel' and place = 'place 7'",
          plan: true,
          expected: { plan: ["SEARCH shelf USING INDEX …"] },
        },
        { sql: "analyze", expected: { count: 0 } },
        {
          sql: "select book from shelf where kind = 'novel' and place = 'place 7'",
          plan: true,
          expected: { plan: ["SEARCH shelf USING INDEX by_place (place=?)"] },
        },
      ],
      shows:
        "Before, SQLite could only guess which of the two indexes is the better one; after ANALYZE it knows that one kind means two thousand books and one place means one.",
    },
  },
  wild: {
    id: "CVE-2021-30459",
    about:
      "The Django debug toolbar shows the plan of a page’s queries. It had the browser send the SQL back to be explained, and so explained, and ran, whatever anybody sent. That is why a plan here is only ever asked for a statement that stands on the server.",
  },
  check: {
    question: "A page is slow. Its plan says SCAN over a table of twelve rows. What do you do?",
    choices: [
      {
        text: "Add an index at once: SCAN is bad.",
        because: "Twelve rows are one page of the file. Reading them costs less than leafing through an index.",
      },
      {
        text: "Look elsewhere: twelve rows are read in no time.",
        right: true,
        because: "A plan says how, and not how long. Look at the rows and the milliseconds beside it first.",
      },
      {
        text: "Rewrite the query without WHERE.",
        because: "Then it reads the same twelve rows and gives you all of them.",
      },
    ],
  },
};
