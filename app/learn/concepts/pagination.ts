import type { Concept } from "../concept";
import { writes } from "../steps";

export const pagination: Concept = {
  name: "pagination",
  title: "Pagination",
  tier: "good",
  needs: ["indexes"],
  answer:
    "A long list is given out a page at a time, and the way to the next page says after which row it begins, not how many rows were before it.",
  yours: {
    matches: ({ request }) => request.method === "GET" && /^\/(notes|trash|api\/v1\/notes)$/.test(request.path),
    how: "Open your notes. With more than fifty of them there is a link to the older ones.",
  },
  lines: [
    {
      file: "app/notes/paging.server.ts",
      marker: "export function beyond",
      before: 1,
      after: 3,
      says: "After the cursor: the pair (time, id) has to be smaller. The index is sorted by that pair, so the database goes straight there.",
    },
    {
      file: "app/routes/api.v1.notes.ts",
      marker: "limit: z.coerce",
      before: 1,
      after: 1,
      says: "How many at once may be asked for, and no more.",
    },
  ],
  runs: {
    exchange: {
      title: "Two at a time",
      asks: "Three notes, two on a page. How does the program know where the second page begins?",
      steps: [
        writes("First", "1", "first"),
        writes("Second", "2", "second"),
        writes("Third", "3", "third"),
        {
          who: "ada",
          method: "GET",
          path: "/api/v1/notes?limit=2",
          expected: { status: 200, text: ["Third", "Second", '"next":"{cursor}"'], never: ["First"] },
        },
        {
          who: "ada",
          method: "GET",
          path: "/api/v1/notes?limit=2&after={cursor}",
          expected: { status: 200, text: ["First", '"next":null'], never: ["Second"] },
        },
      ],
      shows: "The answer says so: the cursor is the time and the id of the last note on the page.",
    },
    tutorial: {
      title: "A page of fifty",
      asks: "Ada has 51 notes. What does her list end with?",
      steps: [
        {
          sql: "with recursive n(i) as (select 1 union all select i + 1 from n where i < 51) insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content) select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users), 'Note ' || i, 'Note ' || i, '', 0, 1, i, i, '', '' from n",
          expected: { count: 51 },
        },
        {
          who: "ada",
          method: "GET",
          path: "/notes",
          expected: { status: 200, text: ["Note 51", "Note 2"], bytes: ['href="/notes?after={cursor}"'] },
        },
        {
          who: "ada",
          method: "GET",
          path: "/notes?after={cursor}",
          expected: { status: 200, text: ["Note 1"], never: ["Note 51", "Note 2<"] },
        },
      ],
      shows:
        "With a link: the cursor is part of its address, so it works without script, can be kept as a bookmark, and the Back button does what it should.",
    },
    weird: {
      title: "Somebody writes while you leaf",
      asks: "You have read page one. A new note comes in. What does page two begin with, counted by offset, and by cursor?",
      steps: [
        writes("First", "1", "first"),
        writes("Second", "2", "second"),
        writes("Third", "3", "third"),
        writes("Fourth", "4", "fourth"),
        {
          who: "ada",
          method: "GET",
          path: "/api/v1/notes?limit=2",
          says: "Page one: Fourth and Third.",
          expected: { status: 200, text: ["Fourth", "Third", '"next":"{cursor}"'] },
        },
        writes("New", "just now", "new"),
        {
          sql: "select title from notes order by updated desc, id desc limit 2 offset 2",
          says: "Page two by counting.",
          expected: { rows: [["Third"], ["Second"]] },
        },
        {
          who: "ada",
          method: "GET",
          path: "/api/v1/notes?limit=2&after={cursor}",
          says: "Page two by cursor.",
          expected: { status: 200, text: ["Second", "First"], never: ["Third"] },
        },
      ],
      shows:
        "By counting, Third comes a second time: everything has moved down by one. Had a note been deleted, one would be left out, and nobody would notice.",
    },
    useful: {
      title: "Ask for a million",
      asks: "A program asks for more than a page can be, or makes a cursor up.",
      steps: [
        {
          who: "ada",
          method: "GET",
          path: "/api/v1/notes?limit=1000000",
          expected: { status: 422, text: ["The query can't be read"] },
        },
        { who: "ada", method: "GET", path: "/api/v1/notes?limit=0", expected: { status: 422 } },
        {
          who: "ada",
          method: "GET",
          path: "/notes?after=yesterday",
          expected: { status: 422, text: ["This page of the list doesn't exist."] },
        },
        {
          sql: "select id from notes where owner_id = 'x' and trashed is null and archived is null and (pinned, updated, id) < (0, 5, 'y') order by pinned desc, updated desc, id desc limit 51",
          plan: true,
          says: "And an honest one leads straight to its place.",
          expected: { plan: ["SEARCH notes USING INDEX notes_newest (owner_id=? AND (pinned,updated,id)<(?,?,?))"] },
        },
      ],
      shows:
        "Refused with a sentence, and nothing was read. A limit without a limit is somebody else’s way to use up your memory.",
    },
  },
  wild: {
    id: "CVE-2023-2253",
    about:
      "The registry of Docker’s images asked how many names one page should have, and made room for that many before it looked how many there were. Somebody asked for a number with many zeros, and the server ran out of memory.",
  },
  check: {
    question: "What is “offset 100000” slow at?",
    choices: [
      {
        text: "The database sends the first hundred thousand rows to the program.",
        because: "It doesn’t send them. But it has to find them.",
      },
      {
        text: "It finds a hundred thousand rows, in order, only to skip them.",
        right: true,
        because: "An index has no page numbers. With a cursor it goes straight to the place, however far back.",
      },
      {
        text: "Large numbers take longer to compare.",
        because: "They don’t. It is the rows before that have to be walked past.",
      },
    ],
  },
};
