import type { Concept } from "../concept";
import { reads, writes } from "../steps";

const HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)>";

export const sqlInjectionAndXss: Concept = {
  name: "sql-injection-and-xss",
  title: "SQL injection and XSS",
  tier: "must",
  needs: ["validation", "authentication-and-authorization"],
  answer:
    "Both are one mistake: a text that somebody wrote is put into a text that a machine obeys; in the one case the machine is your database, in the other your reader’s browser.",
  yours: {
    matches: ({ steps }) => steps.some((step) => step.kind === "statement" && step.parameters.length > 0),
    how: "Open your notes, and look on the back at the question marks in the SQL: that is where values go.",
  },
  lines: [
    {
      file: "app/notes/notes.server.ts",
      marker: "where(and(ownedById(viewer, id), eq(notes.version, version)))",
      before: 9,
      after: 0,
      says: "Queries are built from parts, and each value becomes a question mark. There is no place where a text could be glued in.",
    },
    {
      file: "app/http/headers.server.ts",
      marker: "function contentSecurityPolicy",
      before: 1,
      after: 15,
      says: "The second lock: even if a script got into a page, the browser would run only those with this answer’s random word.",
    },
  ],
  runs: {
    exchange: {
      title: "A note full of quotes",
      asks: "Ada writes a note that would be a catastrophe in the wrong hands.",
      steps: [
        writes("'); drop table notes; --", "Robert"),
        reads("'); drop table notes; --"),
        { who: "ada", method: "GET", path: "/notes", expected: { status: 200, text: ["'); drop table notes; --"] } },
        { sql: "select count(*) as notes from notes", expected: { rows: [["1"]] } },
      ],
      shows:
        "It is a title like any other. Look at the statements of the first request: the title isn’t part of the SQL, it comes after it.",
    },
    tutorial: {
      title: "Glue, and a question mark",
      asks: "A login query, once with the address glued into the SQL, once beside it. The address is: ' or 1=1 --",
      steps: [
        {
          sql: "select name from users where email = '' or 1=1 --'",
          says: "Glued together.",
          expected: { rows: [["Ada"]] },
        },
        {
          sql: "select name from users where email = ?",
          values: ["' or 1=1 --"],
          says: "As a value.",
          expected: { rows: [] },
        },
        { sql: "select name from users where email = ?", values: ["ada@lab.example"], expected: { rows: [["Ada"]] } },
      ],
      shows:
        "In the first the quote ended the text, and what followed was SQL. In the second it was a strange address that nobody has.",
    },
    weird: {
      title: "A script in a note",
      asks: "Markdown allows HTML. What if the HTML is a script, a picture that fails on purpose, a link that is code?",
      steps: [
        writes("Hostile", `${HOSTILE}\n\n[press me](javascript:alert(3))`),
        {
          who: "ada",
          method: "GET",
          path: "/notes/{note}",
          expected: {
            status: 200,
            headers: { "Content-Security-Policy": "default-src 'none'; script-src 'nonce-…' 'self'; …" },
            bytes: ["&#x3C;script>alert(1)&#x3C;/script>"],
            never: ["<script>alert", "<img src=x", 'href="javascript:'],
          },
        },
      ],
      shows:
        "It is shown as what it is, a text. The link has lost its address. And if all of that failed, the header would still keep the browser from running it.",
    },
    useful: {
      title: "The smaller cousins",
      asks: "A search box that takes a language of its own, and a % that means “anything”. Are those injections too?",
      steps: [
        writes("C++", "pointers"),
        { who: "ada", method: "GET", path: "/notes?q=C%2B%2B", expected: { status: 200, text: ["1 note"] } },
        {
          who: "ada",
          method: "GET",
          path: "/notes?q=title%3Asecret+OR+%22",
          says: "Words of the search engine’s own language.",
          expected: { status: 200 },
        },
        {
          sql: "select 'pointers' like ? as found",
          values: ["%"],
          says: "A % as a value is still a %.",
          expected: { rows: [["1"]] },
        },
        { sql: "select 'pointers' like ? escape '~' as found", values: ["~%"], expected: { rows: [["0"]] } },
      ],
      shows:
        "Yes: a value that is safe in SQL can be a command one floor deeper. Verso quotes each word for the search engine; where LIKE is used, its signs have to be escaped.",
    },
  },
  wild: {
    id: "CVE-2026-39356",
    about:
      "Drizzle, which builds the queries here, put names of columns between quotes and forgot that a name can hold a quote. Values were safe; an app that let its users choose the column to sort by was not. (Fixed in 0.45.2; Verso runs a later one, and takes no column’s name from anybody.)",
  },
  check: {
    question: "Is it enough to escape quotes in whatever is stored?",
    choices: [
      {
        text: "Yes: then nothing bad is in the database.",
        because:
          "Bad for whom? What is harmless in SQL can be a script in HTML. And O’Reilly would become O\\'Reilly for ever.",
      },
      {
        text: "No: store it as it was written, and keep it apart from the commands wherever it goes: a parameter for SQL, escaping for HTML.",
        right: true,
        because:
          "There is no text that is safe everywhere. It is made safe where it is put, for the machine that reads it there.",
      },
      {
        text: "Yes, if the passwords are hashed.",
        because: "That helps once somebody is in. This is about not letting them in.",
      },
    ],
  },
};
