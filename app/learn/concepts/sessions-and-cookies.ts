import type { Concept } from "../concept";

const PASSWORD = "a long enough password";

export const sessionsAndCookies: Concept = {
  name: "sessions-and-cookies",
  title: "Sessions and cookies",
  tier: "must",
  needs: ["request-and-response"],
  answer:
    "A login is a row on the server and a long random word in your browser that leads to it; the browser shows the word with every request, and whoever deletes the row ends the login.",
  yours: {
    matches: ({ session, response }) => session.state === "valid" || response.cookies.length > 0,
    how: "Sign in: each request after that brings the cookie along.",
  },
  lines: [
    {
      file: "app/accounts/sessions.server.ts",
      marker: "return createSessionStorage<SessionData>({",
      before: 2,
      after: 10,
      says: "The cookie and its attributes: no script can read it, other sites’ forms don’t send it, on HTTPS it never goes over anything else.",
    },
    {
      file: "app/accounts/sessions.server.ts",
      marker: 'const token = randomBytes(32).toString("base64url");',
      before: 1,
      after: 13,
      says: "The word is random and goes into the cookie; its hash goes into the table. Whoever steals the table can’t sign in with it.",
    },
  ],
  runs: {
    exchange: {
      title: "Somebody signs in",
      asks: "Watch the header Set-Cookie: it is the only thing by which the next request will be Ada’s.",
      steps: [
        {
          who: "nobody",
          method: "GET",
          path: "/notes",
          says: "Before.",
          expected: { status: 303, headers: { Location: "/login?redirectTo=%2Fnotes" } },
        },
        {
          who: "nobody",
          method: "POST",
          path: "/login",
          form: { email: "ada@lab.example", password: PASSWORD },
          expected: {
            status: 303,
            headers: { Location: "/notes", "Set-Cookie": "verso=…; Max-Age=7776000; Path=/; HttpOnly; SameSite=Lax" },
          },
        },
        {
          who: "nobody",
          method: "GET",
          path: "/notes",
          says: "The same browser, with the cookie.",
          expected: { status: 200, text: ["Notes"] },
        },
      ],
      shows:
        "The lab has no HTTPS; where Verso has it, the cookie is called __Host-verso and is Secure too. Its value is never shown here, not even to you: whoever reads it is you.",
    },
    tutorial: {
      title: "Sign out",
      asks: "Signing out takes the cookie away. Is that enough?",
      steps: [
        { sql: "select count(*) as logins from sessions", expected: { rows: [["1"]] } },
        {
          who: "ada",
          method: "POST",
          path: "/logout",
          expected: {
            status: 303,
            headers: { Location: "/login", "Set-Cookie": "verso=;…", "Clear-Site-Data": '"cache"' },
          },
        },
        { sql: "select count(*) as logins from sessions", expected: { rows: [["0"]] } },
        { who: "ada", method: "GET", path: "/notes", expected: { status: 303 } },
      ],
      shows: "No: somebody could have copied it. What counts is that the row is gone; the cookie now leads nowhere.",
    },
    weird: {
      title: "Make a cookie up",
      asks: "A cookie is only text, and anybody can send any text. Try.",
      steps: [
        {
          who: "nobody",
          method: "GET",
          path: "/notes",
          headers: { Cookie: "verso=ada" },
          expected: { status: 303, headers: { Location: "/login?redirectTo=%2Fnotes" } },
        },
        {
          who: "nobody",
          method: "GET",
          path: "/api/v1/notes",
          headers: { Cookie: "verso=ImFkYSI%3D.c2lnbmF0dXJl" },
          says: "With something that looks like a signature.",
          expected: { status: 401 },
        },
        {
          sql: "select length(id) as hash, count(*) as logins from sessions",
          says: "What the table has: a hash of 43 characters.",
          expected: { rows: [["43", "1"]] },
        },
      ],
      shows:
        "Nobody in particular, each time. There are 2²⁵⁶ words to guess from, and the signature stops most guesses before the database is asked.",
    },
    useful: {
      title: "End the login on the lost phone",
      asks: "Ada is signed in on two devices. One of them is gone. What does a new password do to it?",
      steps: [
        { who: "ada elsewhere", method: "GET", path: "/notes", says: "The phone.", expected: { status: 200 } },
        {
          who: "ada",
          method: "POST",
          path: "/account",
          form: { currentPassword: PASSWORD, newPassword: "a still longer password" },
          expected: { status: 303, headers: { Location: "/account?changed", "Set-Cookie": "verso=…" } },
        },
        { who: "ada elsewhere", method: "GET", path: "/notes", expected: { status: 303 } },
        { who: "ada", method: "GET", path: "/notes", says: "Here she got a new cookie.", expected: { status: 200 } },
      ],
      shows:
        "It ends every login at once, because the logins are rows. A token that carries its own proof, as a JWT does, would have gone on working until its time was up.",
    },
  },
  wild: {
    id: "CVE-2022-25896",
    about:
      "passport, the usual way to sign in with Express, kept the session’s name when somebody signed in. Whoever had planted a name in your browser before knew it afterwards too, and was signed in as you. The name has to change at every login; here a login always makes a new one.",
  },
  check: {
    question: "What does Verso’s cookie hold?",
    choices: [
      {
        text: "Who you are, encrypted.",
        because:
          "Then it couldn’t be called back, and a mistake in the encryption would be everybody’s. It holds no word about you.",
      },
      {
        text: "A random word and a signature.",
        right: true,
        because: "Who you are stands in the database, behind the hash of that word.",
      },
      {
        text: "Your password, hashed.",
        because: "Then a stolen cookie would be good for as long as the password is. It has nothing to do with it.",
      },
    ],
  },
};
