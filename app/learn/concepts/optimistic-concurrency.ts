import type { Concept } from "../concept";
import { reads, saves, writes } from "../steps";

export const optimisticConcurrency: Concept = {
  name: "optimistic-concurrency",
  title: "Optimistic concurrency",
  tier: "later",
  needs: ["transactions"],
  answer:
    "Nobody is locked out while somebody writes: each save says which version it began with, and one that began with an old version is refused and not lost.",
  yours: {
    matches: ({ request }) => request.method === "POST" && /^\/notes\/[^/]+\/edit$/.test(request.path),
    how: "Change a note of yours and save it; then come back.",
  },
  lines: [
    {
      file: "app/notes/notes.server.ts",
      marker: "if (version !== stored.version) {",
      before: 0,
      after: 11,
      says: "The version that the form brought is compared with the one that stands there. If they differ, the text is kept with the versions, and all three texts go back to the page.",
    },
    {
      file: "app/notes/notes.server.ts",
      marker: "where(and(ownedById(viewer, id), eq(notes.version, version)))",
      before: 9,
      after: 0,
      says: "The write says the same again in its WHERE, and counts the version up.",
    },
  ],
  runs: {
    exchange: {
      title: "Two tabs, one note",
      asks: "Ada opens a note in two tabs, and saves both. The second one began with version 1, and version 1 is gone.",
      steps: [
        writes("Groceries", "flour\nwater"),
        {
          who: "ada",
          method: "POST",
          path: "/notes/{note}/edit",
          form: { title: "Groceries", content: "flour\nwater\nsalt", version: "1" },
          says: "The first tab.",
          expected: { status: 303, headers: { Location: "/notes/{note}" } },
        },
        {
          ...saves("Groceries", "rice\nwater", "1", 409, "Both edits are here", "Nothing is lost"),
          says: "The second tab: it still says version 1.",
        },
      ],
      shows: "The second save changed nothing, and its text came back with both sides to choose from.",
    },
    tutorial: {
      title: "See the version count up",
      asks: "Which version does the note have after two saves that both said the right one?",
      steps: [
        {
          who: "ada",
          method: "POST",
          path: "/api/v1/notes",
          json: { title: "Counter", content: "one" },
          expected: { status: 201, headers: { Location: "/api/v1/notes/{note}" }, text: ['"version":1'] },
        },
        saves("Counter", "two", "1"),
        saves("Counter", "three", "2"),
        reads('"version":3', '"versions":2', '"content":"three"'),
      ],
      shows: "Version 3, and two earlier texts kept beside it.",
    },
    weird: {
      title: "Say a version that was never there",
      asks: "What if the form says version 99? Guess before you run it: is that newer, so that it wins?",
      steps: [
        writes("From the future", "now"),
        saves("From the future", "later", "99", 409, "Nothing is lost"),
        saves("From the future", "later", "minus one", 422, "The form lost its version."),
        reads('"version":1', '"content":"now"'),
      ],
      shows: "A version is a name and not a rank: only the very one that stands there lets a save through.",
    },
    useful: {
      title: "The same save sent twice",
      asks: "The network broke off after the save, and the browser sends it again: it says version 1, and the note has version 2 by now. Is that a conflict?",
      steps: [
        writes("Train", "in a tunnel"),
        saves("Train", "out of the tunnel", "1"),
        { ...saves("Train", "out of the tunnel", "1"), says: "Byte for byte the same again." },
        reads('"version":2', '"versions":1'),
      ],
      shows: "No conflict, and no third version: what it asks for is already so. That is what makes a retry safe.",
    },
  },
  wild: {
    id: "CVE-2026-32700",
    about:
      "Devise, a usual way to sign in with Rails, keeps a new e-mail address beside the secret that it mails there. Two changes sent at the same time could leave the secret of the one beside the address of the other, and so somebody confirmed an address that was never theirs. Each save wrote only what it took for new, and neither asked whether the row was still the one that it had read.",
  },
  check: {
    question: "Two people save the same note at the same moment, both with version 7. What happens?",
    choices: [
      {
        text: "The later one wins; the earlier text is overwritten.",
        because:
          "That is what happens without a version, and it is called a lost update. Here the later save finds version 8 and is refused.",
      },
      {
        text: "One is saved as version 8; the other gets a 409 and both texts.",
        right: true,
        because: "SQLite lets one of them write first. The other compares its 7 with the 8 that stands there now.",
      },
      {
        text: "Both wait until the other has closed the page.",
        because: "That would be a lock, the pessimistic way. Who goes to lunch with the page open locks everybody out.",
      },
    ],
  },
};
