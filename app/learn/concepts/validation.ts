import type { Concept } from "../concept";

const LONG = "x".repeat(301);

export const validation: Concept = {
  name: "validation",
  title: "Validation",
  tier: "must",
  needs: ["status-codes"],
  answer:
    "Whatever comes in is checked at the door, on the server, against one description of what it should be; behind that door nobody has to wonder any more.",
  yours: {
    matches: ({ steps }) => steps.some((step) => step.kind === "form"),
    how: "Send any form, such as a new note, and come back.",
  },
  lines: [
    {
      file: "app/notes/note.server.ts",
      marker: "export const NoteTitle",
      before: 1,
      after: 5,
      says: "What a title is, said once. The page’s form and the JSON API both use it.",
    },
    {
      file: "app/http/forms.server.ts",
      marker: "const result = await schema.safeParseAsync(Object.fromEntries(fields));",
      before: 6,
      after: 6,
      says: "All messages at once and what was typed, or a value of a known type. There is no third way out.",
    },
  ],
  runs: {
    exchange: {
      title: "A title that is too long",
      asks: "The page’s own field stops at 300 characters. A request doesn’t have to come from the page.",
      steps: [
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          form: { title: LONG, content: "two hours of work" },
          expected: {
            status: 422,
            text: ["A title has 300 characters or fewer.", "two hours of work"],
            bytes: ['id="title-error"', 'aria-invalid="true"'],
          },
        },
      ],
      shows: "Refused with a message at its field, and everything that was typed is still there.",
    },
    tutorial: {
      title: "All messages at once",
      asks: "A form with three mistakes. How many rounds does it take to learn of all three?",
      steps: [
        {
          who: "nobody",
          method: "POST",
          path: "/join",
          form: { name: "", email: "not an address", password: "short" },
          expected: {
            status: 422,
            text: ["Give your name.", "Give an e-mail address, such as ada@example.org.", "Use 8 characters or more."],
            never: ['value="short"'],
          },
        },
      ],
      shows: "One. The password is the only thing that doesn’t come back: a page never repeats one.",
    },
    weird: {
      title: "Half a character",
      asks: "Some characters take two units in JavaScript. What if somebody sends one half? And a text with a NUL in it?",
      steps: [
        {
          who: "ada",
          method: "POST",
          path: "/api/v1/notes",
          json: { title: "half of an emoji: \ud83d" },
          expected: { status: 422, text: ["half of a character"] },
        },
        {
          who: "ada",
          method: "POST",
          path: "/api/v1/notes",
          json: { title: "NUL", content: "before\u0000after" },
          expected: { status: 422, text: ["a NUL character, which can't be kept"] },
        },
        {
          who: "ada",
          method: "POST",
          path: "/api/v1/notes",
          json: { title: "whole: 😀" },
          expected: { status: 201, text: ["whole: 😀"] },
        },
      ],
      shows:
        "Both would have been changed on the way to the disk, without a word. What can’t be kept as it is gets refused; nothing is “cleaned”.",
    },
    useful: {
      title: "The same rules by another door",
      asks: "A program sends JSON. JSON has types of its own: a title that is a number, a body that isn’t JSON at all.",
      steps: [
        {
          who: "ada",
          method: "POST",
          path: "/api/v1/notes",
          json: { title: LONG, content: "x" },
          expected: {
            status: 422,
            headers: { "Content-Type": "application/problem+json; charset=utf-8" },
            text: ["A title has 300 characters or fewer."],
          },
        },
        {
          who: "ada",
          method: "POST",
          path: "/api/v1/notes",
          json: { title: 42 },
          expected: { status: 422, text: ["Send this as text."] },
        },
        {
          who: "ada",
          method: "POST",
          path: "/notes",
          headers: { "Content-Type": "text/plain" },
          form: { title: "as plain text" },
          says: "A type that another site’s form could send too.",
          expected: { status: 415, text: ["Verso can't read this"] },
        },
      ],
      shows: "The same sentences, as data. And what isn’t of a known type is refused before anybody reads it.",
    },
  },
  wild: {
    id: "CVE-2023-4316",
    about:
      "zod, the very library that checks the forms here, checked e-mail addresses with a regular expression that went back and forth over certain texts, longer and longer: one request could keep a server busy. A check is code that strangers feed, so it has to be cheap for the worst input and not only for the usual one. (Verso’s own pattern for addresses never has two ways to read a text.)",
  },
  check: {
    question: "The form’s field has required and maxlength. Why check again on the server?",
    choices: [
      {
        text: "Because old browsers don’t know these attributes.",
        because: "There are hardly any left. The reason is another one: nobody has to use a browser.",
      },
      {
        text: "Because a request is text that anybody can write; the page’s rules are a courtesy to honest people.",
        right: true,
        because: "HTML’s rules save an honest person a round. The server’s rules are the ones that hold.",
      },
      {
        text: "It isn’t needed; it is done for the sake of tests.",
        because: "Open the developer tools, delete the attribute, and send the form: that is all it takes.",
      },
    ],
  },
};
