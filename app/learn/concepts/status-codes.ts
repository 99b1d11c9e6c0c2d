import type { Concept } from "../concept";
import { reads, saves, writes } from "../steps";

export const statusCodes: Concept = {
  name: "status-codes",
  title: "Status codes",
  tier: "must",
  needs: ["request-and-response"],
  answer:
    "Three digits say how it went to whoever can’t read the page: 2 it worked, 3 look elsewhere, 4 change your request, 5 it wasn’t your fault.",
  yours: {
    matches: ({ response }) => response.status !== 200,
    how: "Save a note (303), or open an address that doesn’t exist (404).",
  },
  lines: [
    {
      file: "app/http/responses.server.ts",
      marker: "export function seeOther",
      before: 1,
      after: 7,
      says: "No route writes a number. Each status has a name here, the sentence it stands for, and the section of the standard.",
    },
    {
      file: "app/root.tsx",
      marker: "const TITLES: Record<number, string> = {",
      before: 0,
      after: 7,
      says: "And on the other side the same numbers become words again.",
    },
  ],
  runs: {
    exchange: {
      title: "A ladder of answers",
      asks: "Six requests, one from each rung. Cover the right side and guess.",
      steps: [
        { who: "ada", method: "GET", path: "/notes", says: "It is there.", expected: { status: 200 } },
        writes("Made", "just now"),
        {
          who: "nobody",
          method: "GET",
          path: "/api/v1/notes",
          says: "A program that hasn’t said who it is.",
          expected: {
            status: 401,
            headers: { "WWW-Authenticate": "…", "Content-Type": "application/problem+json; charset=utf-8" },
          },
        },
        {
          who: "ada",
          method: "GET",
          path: "/notes/0199a9a9-0000-7000-8000-000000000000",
          says: "A note that never was.",
          expected: { status: 404, text: ["Not found"] },
        },
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          form: { title: "", content: "" },
          says: "A form that could be read, and isn’t as it should be.",
          expected: { status: 422, text: ["Write something first"] },
        },
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
          form: { title: "Sent", content: "by another site" },
          expected: { status: 403, text: ["This form didn't come from Verso"] },
        },
      ],
      shows: "The page says it in words, for people; the number says it for everything between.",
    },
    tutorial: {
      title: "The same refusal for people and for programs",
      asks: "Nobody is signed in. A browser asks for a page, a program asks for JSON. Should both get the same status?",
      steps: [
        {
          who: "nobody",
          method: "GET",
          path: "/notes",
          expected: { status: 303, headers: { Location: "/login?redirectTo=%2Fnotes" } },
        },
        {
          who: "nobody",
          method: "GET",
          path: "/api/v1/notes",
          expected: { status: 401, text: ['"title":"Sign in first"'] },
        },
      ],
      shows:
        "No. A browser is led to where a person can do something; a program has to be told, because it would take the login page for the data.",
    },
    weird: {
      title: "404 for something that is there",
      asks: "Bob asks for Ada’s note. It exists. Isn’t that 403, “you may not”?",
      steps: [
        writes("Diary", "dear diary"),
        {
          who: "bob",
          method: "GET",
          path: "/notes/{note}",
          expected: { status: 404, text: ["There is nothing here, or nothing that you may see."], never: ["diary"] },
        },
        {
          who: "bob",
          method: "GET",
          path: "/notes/0199a9a9-0000-7000-8000-000000000000",
          says: "And a note that never was.",
          expected: { status: 404, text: ["There is nothing here, or nothing that you may see."] },
        },
      ],
      shows:
        "A 403 would have told Bob that there is such a note. The two answers are the same, so he has learnt nothing.",
    },
    useful: {
      title: "Whose turn is it?",
      asks: "A status also says who can do something about it. Which of these is worth sending again unchanged?",
      steps: [
        writes("Turn", "one"),
        saves("Turn", "two", "7", 409),
        { sql: "pragma query_only = 1", says: "As if the disk were full.", expected: { count: 0 } },
        {
          who: "ada",
          method: "POST",
          path: "/notes/{note}/edit",
          form: { title: "Turn", content: "two", version: "1" },
          expected: { status: 503, headers: { "Retry-After": "30" }, text: ["What you wrote is here"] },
        },
        { sql: "pragma query_only = 0", expected: { count: 0 } },
        saves("Turn", "two", "1"),
        reads('"content":"two"'),
      ],
      shows:
        "Only the 503: nothing was wrong with the request, and thirty seconds later the same bytes went through. Sending the 409 again would be refused for ever.",
    },
  },
  wild: {
    id: "CVE-2025-49826",
    about:
      "Next.js could be brought to keep an answer 204, “done, and there is nothing to show”, as if it were the page. From then on everybody got an empty screen, with a status that says all is well. A wrong status is worse than an error: whatever stands between believes it.",
  },
  check: {
    question: "A form was sent with an empty title where one is needed. Which status?",
    choices: [
      {
        text: "200, with the messages on the page.",
        because:
          "A person would see the messages. But a cache, a script or a test would take it for a success; the status is for those who can’t read.",
      },
      {
        text: "422: it could be read, and isn’t as it should be.",
        right: true,
        because: "4 says that the request has to change, and 22 says that its form was right and its content wasn’t.",
      },
      {
        text: "500: the action couldn’t do its work.",
        because: "5 says that the server failed. It worked very well: it found out that something is missing.",
      },
    ],
  },
};
