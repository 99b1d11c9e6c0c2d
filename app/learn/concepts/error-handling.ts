import type { Concept } from "../concept";
import { saves, writes } from "../steps";

export const errorHandling: Concept = {
  name: "error-handling",
  title: "Error handling",
  tier: "must",
  needs: ["status-codes"],
  answer:
    "What can be foreseen is answered in words that help; what nobody foresaw is answered with nothing but that it went wrong, and the details go to the log.",
  yours: {
    matches: ({ response }) => response.status >= 400,
    how: "Open an address that doesn’t exist, such as /nowhere.",
  },
  lines: [
    {
      file: "app/http/keep-words.server.ts",
      marker: "return await action(args);",
      before: 4,
      after: 8,
      says: "Every action runs in this try. Whatever it throws, what was typed goes back with the refusal.",
    },
    {
      file: "app/http/log.server.ts",
      marker: "export function describeError",
      before: 5,
      after: 6,
      says: "What may be written down of an error nobody foresaw. Its message may hold a person’s words, so it stays out.",
    },
  ],
  runs: {
    exchange: {
      title: "Break the database",
      asks: "The lab takes a table away while the server runs. What does the page tell about it?",
      steps: [
        { who: "ada", method: "GET", path: "/notes", expected: { status: 200 } },
        { sql: "alter table notes rename to gone", says: "Somebody had a bad idea.", expected: { count: 0 } },
        {
          who: "ada",
          method: "GET",
          path: "/notes",
          expected: {
            status: 500,
            headers: { "X-Request-Id": "{reference}" },
            text: ["Something went wrong", "It has been logged; its reference is {reference}."],
            never: ["no such table", "SqliteError", "at Statement"],
          },
        },
        { sql: "alter table gone rename to notes", expected: { count: 0 } },
        {
          who: "ada",
          method: "GET",
          path: "/notes",
          says: "Nothing had to be started anew.",
          expected: { status: 200 },
        },
      ],
      shows:
        "That it went wrong, and a reference by which the log knows it. No more: not the table, not the query, not the file. A stack trace on a page is a map for whoever wants in.",
    },
    tutorial: {
      title: "Foreseen, in three ways",
      asks: "A missing note, a form that isn’t right, a save that comes second: three errors that are no surprise.",
      steps: [
        {
          who: "ada",
          method: "GET",
          path: "/notes/not-a-name",
          expected: { status: 404, text: ["There is nothing here, or nothing that you may see."] },
        },
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          form: { title: "two\nlines", content: "kept" },
          expected: { status: 422, text: ["A title is one line.", "kept"] },
        },
        writes("Plan", "one"),
        saves("Plan", "two", "3", 409, "Nothing is lost"),
      ],
      shows: "Each says what happened, what is safe, and what to do next, and each gives the text back.",
    },
    weird: {
      title: "An error in the middle of a save",
      asks: "A save writes two tables. The lab makes the second write fail. Is half of it there?",
      steps: [
        writes("Half", "before"),
        {
          sql: "create trigger broken before insert on note_versions begin select raise(abort, 'no room for versions'); end",
          expected: { count: 0 },
        },
        {
          who: "ada",
          method: "POST",
          path: "/notes/{note}/edit",
          form: { title: "Half", content: "after", version: "1" },
          expected: { status: 500, text: ["after"], never: ["no room for versions", "note_versions"] },
        },
        { sql: "select version, content from notes", expected: { rows: [["1", "before"]] } },
      ],
      shows:
        "No: the note is as it was, and the text that could not be saved came back on the page. The trigger’s message is in the log and nowhere else.",
    },
    useful: {
      title: "Out of room",
      asks: "The disk is full. What would you want to read?",
      steps: [
        { sql: "pragma query_only = 1", says: "From here on every write fails.", expected: { count: 0 } },
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          form: { title: "Long letter", content: "I have been writing for an hour" },
          expected: {
            status: 503,
            headers: { "Retry-After": "30" },
            text: [
              "The database can't be written to, so nothing can be saved just now.",
              "I have been writing for an hour",
            ],
          },
        },
        {
          who: "ada",
          method: "GET",
          path: "/notes",
          says: "Reading goes on.",
          expected: { status: 200, bytes: ["Verso can’t save at the moment"] },
        },
      ],
      shows:
        "The reason in plain words, when to try again, and the letter. Each page says so at its top until a write has worked.",
    },
  },
  wild: {
    id: "CVE-2021-3129",
    about:
      "Ignition, the friendly error page of Laravel, offered to fix the mistake it showed, and for that took the name of a file from the browser. On servers where the debug mode had been left on, that was enough to run any program. An error page is written for whoever develops; the public must never see the same one.",
  },
  check: {
    question: "A query fails because of a typing mistake in its SQL. What belongs on the page?",
    choices: [
      {
        text: "The SQL and the stack, so that users can report it well.",
        because:
          "They can report a reference just as well. What stands on a page is read by attackers too, and the parameters of that query are somebody’s words.",
      },
      {
        text: "A sentence that it went wrong; the SQL goes to the log, without the values.",
        right: true,
        because: "The log is where the one who can mend it looks. The reference leads from the one to the other.",
      },
      {
        text: "An empty list, so that nobody is worried.",
        because: "Then somebody believes that their notes are gone. An error that looks like data is the worst of all.",
      },
    ],
  },
};
