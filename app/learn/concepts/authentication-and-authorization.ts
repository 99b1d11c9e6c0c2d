import type { Concept } from "../concept";
import { reads, writes } from "../steps";

export const authenticationAndAuthorization: Concept = {
  name: "authentication-and-authorization",
  title: "Authentication and authorization",
  tier: "must",
  needs: ["sessions-and-cookies", "status-codes"],
  answer:
    "Authentication finds out who asks, once, at the door; authorization asks at every single thing whether this person may have it, and the safest place to ask is the query itself.",
  yours: {
    matches: ({ steps, response }) =>
      response.status === 401 ||
      (response.status === 404 && steps.some((step) => step.kind === "statement" && /"owner_id"/.test(step.text))) ||
      steps.some((step) => step.kind === "statement" && /"owner_id" = \?/.test(step.text)),
    how: "Open a note of yours: the query behind it has your id in its WHERE.",
  },
  lines: [
    {
      file: "app/accounts/viewer.server.ts",
      marker: "export async function requireViewer",
      before: 0,
      after: 10,
      says: "Who asks. Every loader and every action calls it for itself: a parent’s check protects nothing, since a child’s data can be asked for alone.",
    },
    {
      file: "app/notes/notes.server.ts",
      marker: "export function ownedById",
      before: 1,
      after: 2,
      says: "May they? The owner is in the condition, so that a note of somebody else’s is not found, instead of found and then withheld.",
    },
  ],
  runs: {
    exchange: {
      title: "One note, three people",
      asks: "Ada’s note is asked for by nobody, by Bob, and by Ada. Who gets which status?",
      steps: [
        writes("Diary", "dear diary"),
        {
          who: "nobody",
          method: "GET",
          path: "/notes/{note}",
          says: "Who are you?",
          expected: { status: 303, headers: { Location: "/login?redirectTo=%2Fnotes%2F{note}" } },
        },
        {
          who: "bob",
          method: "GET",
          path: "/notes/{note}",
          says: "I know who you are. There is nothing here for you.",
          expected: { status: 404, never: ["diary", "Diary"] },
        },
        { who: "ada", method: "GET", path: "/notes/{note}", expected: { status: 200, text: ["dear diary"] } },
      ],
      shows: "Nobody is asked to sign in; Bob has signed in, and it doesn’t help him. Two questions, two answers.",
    },
    tutorial: {
      title: "The same for programs",
      asks: "An API has no login page to lead to.",
      steps: [
        writes("Diary", "dear diary"),
        {
          who: "nobody",
          method: "GET",
          path: "/api/v1/notes/{note}",
          expected: { status: 401, headers: { "WWW-Authenticate": 'Cookie realm="Verso", form-action="/login"' } },
        },
        { who: "bob", method: "GET", path: "/api/v1/notes/{note}", expected: { status: 404, never: ["diary"] } },
        { who: "bob", method: "GET", path: "/api/v1/notes", expected: { status: 200, text: ['"notes":[]'] } },
      ],
      shows:
        "401 is called Unauthorized and means “unauthenticated”: the name is a mistake of 1996 that nobody could take back.",
    },
    weird: {
      title: "In by the side door",
      asks: "Remix’s script asks for a route’s data alone, by ?_data=. Does that go past the checks of the page around it?",
      steps: [
        writes("Diary", "dear diary"),
        {
          who: "nobody",
          method: "GET",
          path: "/notes/{note}?_data=routes%2Fnotes.%24noteId._index",
          expected: { status: 204, headers: { "X-Remix-Redirect": "/login?redirectTo=…" }, never: ["diary"] },
        },
        {
          who: "bob",
          method: "GET",
          path: "/notes/{note}?_data=routes%2Fnotes.%24noteId._index",
          expected: { status: 404, never: ["diary"] },
        },
        {
          who: "bob",
          method: "POST",
          path: "/notes/{note}/edit",
          form: { title: "Diary", content: "Bob was here", version: "1" },
          expected: { status: 404 },
        },
        reads('"content":"dear diary"', '"version":1'),
      ],
      shows:
        "No, because each loader asks for itself. Where only the outer one does, this is how its children are robbed.",
    },
    useful: {
      title: "What a failed login tells",
      asks: "A wrong password, and an address without an account. Can one tell the two apart?",
      steps: [
        {
          who: "nobody",
          method: "POST",
          path: "/login",
          form: { email: "ada@lab.example", password: "not the password" },
          expected: { status: 401, text: ["The e-mail or the password is not right."] },
        },
        {
          who: "nobody",
          method: "POST",
          path: "/login",
          form: { email: "nobody@lab.example", password: "not the password" },
          expected: { status: 401, text: ["The e-mail or the password is not right."] },
        },
      ],
      shows:
        "Neither by the words nor by the time: for an unknown address a password that nobody has is checked just as long.",
    },
  },
  wild: {
    id: "CVE-2025-29927",
    about:
      "Next.js marked requests of its own with a header, so that its middleware wouldn’t run twice. Anybody could send that header, and the middleware, where many apps asked who is there, didn’t run at all. A check in front of everything is a good second lock and a bad only one.",
  },
  check: {
    question: "A page checks in its outer loader that somebody is signed in. Is the inner loader safe?",
    choices: [
      {
        text: "Yes, it runs only after the outer one.",
        because: "They run side by side, and the inner one can be asked for alone.",
      },
      {
        text: "No: it has to ask for itself, and its query has to name the owner.",
        right: true,
        because: "Each of them is an address of its own, whatever the page looks like.",
      },
      {
        text: "Yes, as long as the address isn’t linked anywhere.",
        because: "An address that nobody knows is known to whoever can read the script that asks for it.",
      },
    ],
  },
};
