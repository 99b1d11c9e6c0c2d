import type { Concept } from "../concept";
import { writes } from "../steps";

const LIST =
  "select id, heading, updated from notes where owner_id = 'x' and archived is not null and trashed is null order by updated desc, id desc limit 51";

export const indexes: Concept = {
  name: "indexes",
  title: "Indexes",
  tier: "good",
  needs: ["schema-and-one-to-many"],
  answer:
    "An index is a second list of the same rows, sorted by something else, that the database keeps up to date so that it can leaf through instead of reading everything.",
  yours: {
    matches: ({ request }) => request.method === "GET" && request.path === "/notes",
    how: "Open your notes: that list comes along an index.",
  },
  lines: [
    {
      file: "app/db/schema.server.ts",
      marker: 'index("notes_newest")',
      before: 3,
      after: 3,
      says: "The indexes of the notes. The first one of these serves the list: by owner, and for each owner the pinned ones first, then by time. It leaves out what is in the trash or in the archive.",
    },
    {
      file: "app/notes/list.server.ts",
      marker: "How a place is sorted, where a note stands",
      before: 1,
      after: 6,
      says: "Above the query stands the name of the index that serves it, and a test asks SQLite whether that is still true.",
    },
  ],
  runs: {
    exchange: {
      title: "Take the index away",
      asks: "The archive, with its index and without. Does the answer change?",
      steps: [
        writes("Bread", "flour"),
        {
          who: "ada",
          method: "POST",
          path: "/notes/{note}/organise",
          form: { what: "archive" },
          expected: { status: 303 },
        },
        { sql: LIST, plan: true, expected: { plan: ["SEARCH notes USING INDEX notes_archived (owner_id=?)"] } },
        { who: "ada", method: "GET", path: "/archive", expected: { status: 200, text: ["Bread"] } },
        { sql: "drop index notes_archived", expected: { count: 0 } },
        { sql: LIST, plan: true, expected: { plan: ["USE TEMP B-TREE FOR ORDER BY"] } },
        { who: "ada", method: "GET", path: "/archive", expected: { status: 200, text: ["Bread"] } },
      ],
      shows:
        "No, only the way to it: without the index every row is looked at and all of them are sorted, for the first fifty. An index is never about what is true.",
    },
    tutorial: {
      title: "Look up, or read all",
      asks: "A thousand notes. One is looked for by its id, one by its text. Which of the two reads all thousand?",
      steps: [
        writes("Bread", "flour"),
        {
          sql: "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content) select 'note ' || i, (select id from users), 'Note ' || i, 'Note ' || i, '', 0, 1, i, i, '', 'text ' || i from n",
          expected: { count: 1000 },
        },
        {
          sql: "select title from notes where id = 'note 700'",
          plan: true,
          expected: { plan: ["SEARCH notes USING INDEX notes_id (id=?)"] },
        },
        { sql: "select title from notes where content = 'text 700'", plan: true, expected: { plan: ["SCAN notes"] } },
        { sql: "select title from notes where content = 'text 700'", expected: { rows: [["Note 700"]] } },
      ],
      shows:
        "SEARCH leafs to the place, in about ten steps for a thousand rows and twenty for a million. SCAN reads from the first to the last.",
    },
    weird: {
      title: "An index that helps with nothing",
      asks: "Instead of notes_archived there is an index on the owner alone. Guess: does that save the sorting?",
      steps: [
        { sql: "drop index notes_archived", expected: { count: 0 } },
        { sql: "create index by_owner on notes (owner_id)", expected: { count: 0 } },
        { sql: LIST, plan: true, expected: { plan: ["USE TEMP B-TREE FOR ORDER BY"] } },
        {
          sql: "create index by_time on notes (updated desc)",
          says: "And one on the time alone?",
          expected: { count: 0 },
        },
        { sql: "drop index by_owner", expected: { count: 0 } },
        { sql: "create index right_order on notes (owner_id, updated, id)", expected: { count: 0 } },
        { sql: LIST, plan: true, expected: { plan: ["SEARCH notes USING INDEX right_order (owner_id=?)"] } },
      ],
      shows:
        "It finds the owner’s notes and then sorts all of them. An index is sorted by its first column, then its second: what is asked for with = goes first, what is sorted by goes after it. It can be read backwards, so “desc” needs none of its own.",
    },
    useful: {
      title: "An index that says no",
      asks: "Two people want the same address. Who notices, if both ask in the same moment?",
      steps: [
        {
          who: "nobody",
          method: "POST",
          path: "/join",
          form: { name: "Cy", email: "cy@lab.example", password: "a long enough password" },
          expected: { status: 303 },
        },
        {
          sql: "insert into users (id, email, name, role, password_hash, created) values ('x', 'cy@lab.example', 'Not Cy', 'member', '', 0)",
          says: "Past the form, and so past every check of the program.",
          expected: { error: "UNIQUE constraint failed: users.email" },
        },
        {
          sql: "select count(*) from note_versions where note_id = 'x'",
          plan: true,
          says: "And one that is enough by itself: the rows aren’t read at all.",
          expected: { plan: ["USING COVERING INDEX"] },
        },
      ],
      shows:
        "The unique index. A program that looks first and writes then can be overtaken in between; the index looks and writes in one.",
    },
  },
  wild: {
    id: "CVE-2019-19844",
    about:
      "Django looked for an account by its e-mail without regard to capitals, and compared letters differently from the database: ‘ı’, the Turkish i without a dot, counted as an ‘i’. So a stranger’s address matched somebody’s account, and the link to reset the password went to the stranger. Whatever is unique has to be made equal before it is written; Verso writes addresses in one form only, and the index compares bytes.",
  },
  check: {
    question: "Why not put an index on every column?",
    choices: [
      {
        text: "Because each one has to be written along with each change, and the database can mostly use only one for a query.",
        right: true,
        because:
          "A note with ten indexes is eleven writes. And ten single columns are not one pair in the right order.",
      },
      { text: "Because SQLite allows only a few.", because: "It allows as many as you like. It is you who pays." },
      {
        text: "Because then the answers could differ.",
        because: "They never do. An index changes the way, not the answer; a wrong one is only slow.",
      },
    ],
  },
};
