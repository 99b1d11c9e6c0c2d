import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeRecord } from "../../tests/support/records";
import { curlOf, quoted } from "./curl";
import type { BackRecord, FormStep } from "./record";

/** The words that a shell makes of a line. */
function wordsOf(line: string) {
  return execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

const HARD = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "`", "\n", "!", "#", "~", "*", " ", ";", "&", "…", "a") }),
);

test("a shell reads every quoted word back as it was", () => {
  const words = fc.array(
    HARD.map((word) => word.replaceAll("\0", "")),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(words, (given) => {
      // The first word keeps printf from running without any.
      expect(wordsOf(["first", ...given].map(quoted).join(" "))).toEqual(["first", ...given]);
    }),
    { numRuns: 400 },
  );
});

type Request = BackRecord["request"];
const request = (more: Partial<Request>) => makeRecord({ request: more }).request;
const header = (name: string, value: string | null) => ({ name, value });
const form = (...fields: FormStep["fields"]): FormStep => ({ kind: "form", started: 0, ms: 0, fields });
const URLENCODED = header("content-type", "application/x-www-form-urlencoded");
const HERE = "http://localhost:3000";

test.each<[what: string, request: Partial<Request>, steps: FormStep[], line: string]>([
  [
    "a page",
    {
      query: [{ name: "q", length: 4 }],
      headers: [header("accept-encoding", "gzip"), header("user-agent", null), header("if-none-match", 'W/"1"')],
      cookies: [{ name: "verso", length: 90 }],
    },
    [],
    `curl 'http://localhost:3000/notes?q=…' \\\n  --include \\\n  --header 'if-none-match: W/"1"' \\\n  --compressed \\\n  --cookie 'verso=…'`,
  ],
  [
    "a form",
    { method: "POST", bytes: 30, headers: [header("origin", HERE), URLENCODED] },
    [
      form(
        { name: "it's a title", length: 3, messages: [] },
        { name: "version", length: 1, value: "1", messages: [] },
        { name: "once", length: 0, messages: [] },
      ),
    ],
    `curl http://localhost:3000/notes \\\n  --include \\\n  --header 'origin: http://localhost:3000' \\\n  --data-urlencode 'it%27s+a+title=…' \\\n  --data-urlencode version=1 \\\n  --data-urlencode once=`,
  ],
  [
    "an upload",
    { method: "POST", bytes: 9, headers: [header("content-type", "multipart/form-data; boundary=x")] },
    [],
    `curl http://localhost:3000/notes \\\n  --include \\\n  --form '…=@…'`,
  ],
  [
    "JSON, a form without a field, another method, an odd address",
    { method: "DELETE", path: "/a/../[b]", bytes: 9, headers: [header("content-type", "application/json")] },
    [],
    `curl 'http://localhost:3000/a/../[b]' \\\n  --include \\\n  --globoff \\\n  --path-as-is \\\n  --request DELETE \\\n  --header 'content-type: application/json' \\\n  --data-raw '…'`,
  ],
  [
    "a form without a field",
    { method: "POST" },
    [],
    `curl http://localhost:3000/notes \\\n  --include \\\n  --request POST`,
  ],
  ["a look without a body", { method: "HEAD" }, [], `curl http://localhost:3000/notes \\\n  --include \\\n  --head`],
])("%s is a line for a shell", (_what, asked, steps, line) => {
  expect(curlOf({ request: request(asked), steps }, HERE)).toBe(line);
});

test("whatever the names of a request are, its line is one command of as many words", () => {
  fc.assert(
    fc.property(HARD, HARD, HARD, (path, cookie, field) => {
      const asked = request({
        method: "POST",
        bytes: 1,
        path: `/${path}`,
        cookies: [{ name: cookie, length: 1 }],
        headers: [URLENCODED],
      });
      const words = wordsOf(curlOf({ request: asked, steps: [form({ name: field, length: 1, messages: [] })] }, HERE));
      expect(words.slice(0, 2)).toEqual(["curl", `${HERE}/${path.replaceAll("\0", "")}`]);
      expect(words.filter((word) => !word.startsWith("--")).length).toBe(4);
    }),
    { numRuns: 200 },
  );
});

test("the line says that there was more than it tells", () => {
  const query = [{ name: "q", length: 1 }];
  const told = request({ query, cookies: [{ name: "verso", length: 9 }], more: { query: 1, headers: 0, cookies: 1 } });
  const line = curlOf({ request: told, steps: [] }, "http://here");
  expect(line).toContain("http://here/notes?q=…&…");
  expect(line).toContain("verso=…; …");
});
