import type { Concept } from "../concept";
import { reads, writes } from "../steps";

export const restVerbs: Concept = {
  name: "rest-verbs",
  title: "REST verbs",
  tier: "must",
  needs: ["request-and-response"],
  answer:
    "The first word of a request says what kind of thing it wants, so that everything between you and the server knows whether it may be repeated, kept or guessed at, without understanding the rest.",
  yours: {
    matches: ({ request }) => request.method === "POST",
    how: "Save something, or move a note to the trash: a form with method=post.",
  },
  lines: [
    {
      file: "app/http/guard.server.ts",
      marker: "function wrongMethod({ method }: Request)",
      before: 0,
      after: 8,
      says: "The verbs that are let in at all. TRACE, which would echo a request with its cookies, is not among them.",
    },
    {
      file: "app/http/keep-words.server.ts",
      marker: 'throw methodNotAllowed("GET, HEAD, POST")',
      before: 2,
      after: 3,
      says: "A page’s action does POST and nothing else. What isn’t there is refused in one place, with the list of what is.",
    },
  ],
  runs: {
    exchange: {
      title: "Look, make, and what isn’t there yet",
      asks: "GET looks at a note, POST makes one. What does the API say to a DELETE, which it doesn’t have yet?",
      steps: [
        {
          who: "ada",
          method: "POST",
          path: "/api/v1/notes",
          json: { title: "Bread", content: "flour" },
          expected: { status: 201, headers: { Location: "/api/v1/notes/{note}" } },
        },
        reads('"title":"Bread"'),
        {
          who: "ada",
          method: "DELETE",
          path: "/api/v1/notes",
          says: "Throw all of it away?",
          expected: { status: 405, headers: { Allow: "GET, HEAD, POST" } },
        },
        {
          who: "ada",
          method: "OPTIONS",
          path: "/api/v1/notes",
          says: "What can be done here?",
          expected: { status: 204, headers: { Allow: "GET, HEAD, POST" } },
        },
      ],
      shows:
        "405 says: I know this word, and not at this address. The header Allow says which ones would do. (PATCH and DELETE come to this API later; until then it says so.)",
    },
    tutorial: {
      title: "A form knows two words",
      asks: "An HTML form can say GET and POST. How does a page throw a note away without DELETE?",
      steps: [
        writes("Old list", "eggs"),
        {
          who: "ada",
          method: "POST",
          path: "/notes/{note}/trash",
          says: "The verb has moved into the address.",
          expected: { status: 303, headers: { Location: "/notes?trashed=…" } },
        },
        { who: "ada", method: "GET", path: "/trash", expected: { status: 200, text: ["Old list"] } },
      ],
      shows:
        "It sends a POST to an address that is a verb: the note’s /trash. Programs get the real words, people get a button that works in every browser.",
    },
    weird: {
      title: "A link that would delete",
      asks: "What if somebody puts a link to the trash address on a page, and a search engine follows it, as they follow all links?",
      steps: [
        writes("Keep me", "please"),
        {
          who: "ada",
          method: "GET",
          path: "/notes/{note}/trash",
          says: "As a crawler, a prefetching browser or a virus scanner in the mail would.",
          expected: { status: 404 },
        },
        reads('"trashed":null'),
        {
          who: "ada",
          method: "PUT",
          path: "/notes/{note}/edit",
          expected: { status: 405, headers: { Allow: "GET, HEAD, POST" } },
        },
      ],
      shows:
        "Nothing happens. GET is safe by agreement: whoever made it do something would find all the notes of a site deleted by the first robot that reads it. That did happen, in 2005, when a browser add-on began to fetch links ahead.",
    },
    useful: {
      title: "Twice is once, if you say so",
      asks: "A double click sends a form twice. POST isn’t idempotent: two times is two notes. Unless…",
      steps: [
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          form: { title: "Once", content: "hm", once: "0199a9a9-0000-7000-8000-000000000001" },
          says: "The form has a name of its own in a hidden field.",
          expected: { status: 303, headers: { Location: "/notes/{note}" } },
        },
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          form: { title: "Once", content: "hm", once: "0199a9a9-0000-7000-8000-000000000001" },
          says: "The second click.",
          expected: { status: 303, headers: { Location: "/notes/{note}" } },
        },
        writes("Twice", "hm", "other"),
        writes("Twice", "hm", "another"),
        {
          sql: "select title, count(*) from notes group by title",
          expected: {
            rows: [
              ["Once", "1"],
              ["Twice", "2"],
            ],
          },
        },
      ],
      shows:
        "The named form made one note and answered the same address both times; the unnamed one made two. That hidden field is what others call an idempotency key.",
    },
  },
  wild: {
    id: "CVE-2010-0738",
    about:
      "JBoss asked for a password at its administration page for the verbs GET and POST, and for no others. A HEAD request runs the same code as a GET and only leaves the body out, so it went past the login and did its work. Say what is allowed; a list of what is forbidden is always a word short.",
  },
  check: {
    question: "Why does Verso have a form for “Move to trash” and not a link?",
    choices: [
      {
        text: "Because a link can’t be styled as a button.",
        because: "It can. What a link can’t do is send anything but a GET.",
      },
      {
        text: "Because a link is a GET, and everybody may follow a GET without asking: browsers ahead of time, robots, mail scanners.",
        right: true,
        because: "Safe verbs may be sent by anybody at any time. What changes something has to be a POST.",
      },
      {
        text: "Because GET has no room for the note’s name.",
        because: "It has, in the address. It is about what may be done with the request, not what fits into it.",
      },
    ],
  },
};
