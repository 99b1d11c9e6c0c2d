import type { Concept } from "../concept";
import { saves, writes } from "../steps";

export const transactions: Concept = {
  name: "transactions",
  title: "Transactions",
  tier: "good",
  needs: ["schema-and-one-to-many", "error-handling"],
  answer:
    "Several writes that only make sense together are made together: either all of them are there afterwards or none, whatever happens in between.",
  yours: {
    matches: ({ steps }) => steps.some((step) => step.kind === "statement" && /^begin/i.test(step.text)),
    how: "Save a note: that is one transaction of several statements.",
  },
  lines: [
    {
      file: "app/notes/notes.server.ts",
      marker: "await keepReplaced(tx, viewer, stored, mine);",
      before: 1,
      after: 11,
      says: "A save: the text before goes to the versions, and the new one takes its place. If one of the two fails, neither has happened.",
    },
    {
      file: "app/db/sqlite.server.ts",
      marker: "const result = await inside.run(true, () => work(tx));",
      before: 3,
      after: 12,
      says: "The only way to write in Verso. What throws is taken back.",
    },
  ],
  runs: {
    exchange: {
      title: "One save, two tables",
      asks: "Ada changes a note. Look at the statements of the second request: where does the transaction begin and end?",
      steps: [
        writes("Plan", "one"),
        saves("Plan", "two", "1"),
        {
          sql: "select version, content, (select content from note_versions) as before from notes",
          expected: { rows: [["2", "two", "one"]] },
        },
      ],
      shows:
        "Between “begin immediate” and “commit” stand the clock, the earlier text, and the new one. Nobody ever saw one without the others.",
    },
    tutorial: {
      title: "Take it back",
      asks: "Change something, look at it, and roll back. Was it ever there?",
      steps: [
        { sql: "begin immediate", expected: { count: 0 } },
        { sql: "update users set name = 'Eve'", expected: { count: 1 } },
        { sql: "select name from users", says: "From inside.", expected: { rows: [["Eve"]] } },
        { sql: "rollback", expected: { count: 0 } },
        { sql: "select name from users", expected: { rows: [["Ada"]] } },
      ],
      shows: "Only for whoever was inside. For everybody else, and for the disk, it never was.",
    },
    weird: {
      title: "Pull the plug half-way",
      asks: "The lab makes the second write of a save fail. The first one has been done already. Is the clock one further?",
      steps: [
        writes("Half", "before"),
        { sql: "select clock from users", expected: { rows: [["1"]] } },
        {
          sql: "create trigger plug before update on notes begin select raise(abort, 'pulled'); end",
          expected: { count: 0 },
        },
        saves("Half", "after", "1", 500),
        {
          sql: "select clock, (select count(*) from note_versions) as versions, (select content from notes) as text from users",
          expected: { rows: [["1", "0", "before"]] },
        },
      ],
      shows: "No. Clock and version had been written when the third write failed; both were taken back with it.",
    },
    useful: {
      title: "Half of a list",
      asks: "Three rows, the third is wrong. Without a transaction: what stands there afterwards?",
      steps: [
        {
          sql: "create table stock (thing text primary key, left integer check (left >= 0)) strict",
          expected: { count: 0 },
        },
        { sql: "insert into stock values ('tickets', 2)", says: "Each by itself.", expected: { count: 1 } },
        {
          sql: "insert into stock values ('tickets', 5)",
          expected: { error: "UNIQUE constraint failed: stock.thing" },
        },
        {
          sql: "insert into stock values ('programmes', 9), ('tickets', 5)",
          says: "One statement is a transaction of its own.",
          expected: { error: "UNIQUE constraint failed: stock.thing" },
        },
        { sql: "select thing from stock", expected: { rows: [["tickets"]] } },
        {
          sql: "update stock set left = left - 3 where thing = 'tickets'",
          says: "And the sum is done where the rule is.",
          expected: { error: "CHECK constraint failed: left >= 0" },
        },
      ],
      shows:
        "The programmes are not there: a statement is all or nothing by itself. Several statements need a begin. And a rule that stands in the table holds even if the program has a bad day.",
    },
  },
  wild: {
    id: "CVE-2026-71537",
    about:
      "Paymenter, a shop for renting out servers, looked whether a customer’s change to something cheaper was under way already, and a moment later gave the difference back. Several such requests sent at once all looked before any of them had written, and each was paid. Looking and paying belong into one transaction that holds the lock from its first line: that is what “immediate” is for.",
  },
  check: {
    question: "Why does Verso say “begin immediate” and not “begin”?",
    choices: [
      { text: "It is faster.", because: "It isn’t. It takes the lock earlier, so others wait a little longer." },
      {
        text: "It takes the write lock at once, so that what is read inside can’t be changed by somebody else before it is written.",
        right: true,
        because:
          "With a plain begin two can read first and then both want to write; one of them fails half-way. This way the second waits at the door.",
      },
      {
        text: "Without it nothing could be rolled back.",
        because: "A plain begin can be rolled back just as well. The difference is when the lock is taken.",
      },
    ],
  },
};
