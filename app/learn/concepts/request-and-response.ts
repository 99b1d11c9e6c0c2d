import type { Concept } from "../concept";
import { writes } from "../steps";

export const requestAndResponse: Concept = {
  name: "request-and-response",
  title: "Request and response",
  tier: "must",
  needs: [],
  answer:
    "A browser sends a piece of text that asks, a server sends a piece of text that answers, and between two requests neither of them knows that the other exists.",
  yours: {
    matches: ({ request, response }) => request.method === "GET" && response.status === 200,
    how: "Open any page of Verso, such as your notes, and come back.",
  },
  lines: [
    {
      file: "app/server.ts",
      marker: "app.use(personal(settings), ownWord, setUpFirst, remixHandler(settings));",
      before: 13,
      after: 1,
      says: "Every request goes down this list, and the first that has an answer ends it: who it is called in the log, the guard, files by their names, and last the routes.",
    },
    {
      file: "app/routes/learn.$concept.tsx",
      marker: "export async function loader",
      before: 0,
      after: 13,
      says: "For the page that you are reading, the request came out here, as a function call with a Request in its hand. What it returns becomes the text of the answer.",
    },
  ],
  runs: {
    exchange: {
      title: "Somebody opens the front page",
      asks: "The smallest exchange there is: one line asks, and the answer has a status, headers, and a body.",
      steps: [
        {
          who: "nobody",
          method: "GET",
          path: "/login",
          expected: {
            status: 200,
            headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "private, no-store" },
            text: ["Sign in"],
          },
        },
      ],
      shows:
        "Open “On the wire” to see all of it. Everything that a browser knows of a server came in such a text, and everything that the server knows of the browser too.",
    },
    tutorial: {
      title: "One save is two requests",
      asks: "You press Save once. How many requests go out?",
      steps: [
        writes("Bread", "flour, water, salt"),
        {
          who: "ada",
          method: "GET",
          path: "/notes/{note}",
          says: "Her browser does this by itself: the answer before told it where to go.",
          expected: { status: 200, text: ["Bread", "flour, water, salt"] },
        },
      ],
      shows:
        "Two. The first does something and shows nothing; the second shows something and does nothing. So a reload repeats the second, and no note is made twice.",
    },
    weird: {
      title: "The same line, two answers",
      asks: "Two requests ask for the very same path a moment apart. The server has been told who Ada is. Does it still know?",
      steps: [
        { who: "ada", method: "GET", path: "/notes", expected: { status: 200, text: ["Notes"] } },
        {
          who: "nobody",
          method: "GET",
          path: "/notes",
          expected: { status: 303, headers: { Location: "/login?redirectTo=%2Fnotes" } },
        },
        { who: "ada", method: "GET", path: "/notes", expected: { status: 200, text: ["Notes"] } },
      ],
      shows:
        "It never knew. Each of Ada’s requests brings a cookie along, and that header is the only difference. What looks like a conversation is a pile of postcards, each with the sender’s name on it.",
    },
    useful: {
      title: "Ask whether you have to ask",
      asks: "A browser has the icon already. How many bytes does it cost to find out that it is still right?",
      steps: [
        {
          who: "nobody",
          method: "GET",
          path: "/icon.svg",
          expected: { status: 200, headers: { "Cache-Control": "public, max-age=3600", "Last-Modified": "…" } },
        },
        {
          who: "nobody",
          method: "GET",
          path: "/icon.svg",
          headers: { "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT" },
          says: "I have it, it is as of then. Is there a newer one?",
          expected: { status: 304 },
        },
        {
          who: "nobody",
          method: "HEAD",
          path: "/login",
          says: "Only the headers, please.",
          expected: { status: 200, headers: { "Content-Type": "text/html; charset=utf-8" } },
        },
      ],
      shows: "None of the body: 304 says “what you have is still right”, and HEAD never sends one.",
    },
  },
  wild: {
    id: "CVE-2023-44487",
    about:
      "(“Rapid Reset”): HTTP/2 lets a browser take a request back that is still under way. Asking and taking back costs the sender next to nothing, and the server has begun to work each time; whoever did it in a loop kept a server busy with a fraction of its effort. A request is cheap to send and dear to answer, and somebody has to count.",
  },
  check: {
    question: "Ada reloads the page of a note that she has just saved. What does the server get?",
    choices: [
      {
        text: "The form once more, so that the note is saved twice.",
        because:
          "That would happen if the save itself had answered with the page. It answered 303, so the address in her browser is the note’s, and that is what is asked for again.",
      },
      {
        text: "A GET for the note’s address, with her cookie.",
        right: true,
        because: "The save is over. A reload repeats the last GET, and a GET changes nothing.",
      },
      {
        text: "Nothing: the connection is still open, and the server sends the page again.",
        because:
          "A server never begins. Even on an open connection it answers what was asked, and is silent otherwise.",
      },
    ],
  },
};
