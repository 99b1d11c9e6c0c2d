import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { backOf, recordOf } from "../support/back";
import type { Answer, Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const GZIP = { "Accept-Encoding": "gzip" };

/** The back of an answer to somebody who is signed in, as words without marks. */
async function toldOf(answer: Answer) {
  const { text } = await ada.turnOver(answer);
  return wordsOf(/<main.*<\/main>/s.exec(text)?.[0] ?? "");
}

function wordsOf(html: string) {
  return html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, "\n")
    .replace(/&(quot|#x27|amp|lt|gt);/g, (_, name: keyof typeof CHARACTERS) => CHARACTERS[name])
    .replace(/\n+/g, "\n");
}

const CHARACTERS = { quot: '"', "#x27": "'", amp: "&", lt: "<", gt: ">" };

test("the curl line of a form is the same request, once its gaps are filled", async () => {
  const before = await ada.post("/notes", { title: "It’s a test", content: "words" }, GZIP);
  const line = /curl http.*?(?=\nEach)/s.exec(await toldOf(before))?.[0] ?? "";
  expect(line).not.toMatch(/It’s|words/);
  expect(line).toContain("--cookie 'verso=…");
  const script = `curl() { printf '%s\\0' "$@"; }; ${line}`;
  const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
  const after = (option: string) => words.flatMap((word, place) => (words[place - 1] === option ? [word] : []));
  expect(words[0]).toBe(`${verso.origin}/notes`);
  const headers = Object.fromEntries(after("--header").map((header) => header.split(": ")));
  const fields = after("--data-urlencode").map((pair): [string, string] => {
    const [name = "", value = ""] = pair.split("=");
    return [name, value.replace("…", `my ${name}`)];
  });
  expect(fields.map(([name]) => name)).toEqual(["title", "content"]);
  // The guard is asked by these headers alone.
  const answer = await ada.post("/notes", fields, { Origin: undefined, "Sec-Fetch-Site": undefined, ...headers });
  expect(answer).toSeeOther(/^\/notes\//);
  expect((await ada.get(String(answer.headers.location))).text).toContain("my content");
});

test("the back of a page says how large it was before and after compression", async () => {
  const id = await ada.write("Long", "one word after another ".repeat(200));
  const answer = await ada.get(`/notes/${id}`, GZIP);
  const made = gunzipSync(answer.body).length.toLocaleString("en");
  const back = await toldOf(answer);
  expect(back).toContain(`Body as it was made\n${made} bytes`);
  expect(back).toContain(`Body as it was sent (gzip)\n${answer.body.length.toLocaleString("en")} bytes`);
  expect(back).toMatch(/Packing saved [789]\d of every 100 bytes/);
});

test("an answer without a body says so, and a look at the headers too", async () => {
  const seeOther = await ada.post("/notes", { title: "x" });
  expect(await toldOf(seeOther)).toContain("This answer has no body.");
  const head = await ada.ask("/notes", { method: "HEAD" });
  expect(await toldOf(head)).toContain("Only the headers were asked for");
});

test("the back of a file that was asked for again says what was saved", async () => {
  const visitor = verso.visitor();
  await visitor.get("/login");
  const first = await visitor.get("/icon.svg");
  expect(await visitor.get("/icon.svg", { "If-None-Match": String(first.headers.etag) })).toHaveStatus(304);
  const others = (await visitor.get(backOf(await visitor.get("/login")))).text;
  const [, again] = /<a href="([^"]+)">GET(?:<!-- -->| )*\/icon\.svg(?:<!-- -->| |\()*304/.exec(others) ?? [];
  const back = wordsOf((await visitor.get(String(again))).text);
  expect(back).toContain("may use it again for 1 hour without asking");
  expect(back).toContain(`It was (304): ${first.body.length.toLocaleString("en")} bytes didn’t have to be sent again.`);
});

test("the back of a person's page says that nobody keeps it, and why", async () => {
  expect(await toldOf(await ada.get("/notes"))).toContain(
    "Nobody keeps this answer, not even your browser. It was made for you: after you sign out,",
  );
});

test("the back of a page shows the login's times, what was decided, and the conditions that held it to one person", async () => {
  const id = await ada.write("Plan", "text");
  const back = await toldOf(await ada.get(`/notes/${id}`));
  expect(back).toMatch(/created\n\d+ Nov|created\n\d+ \w{3} \d{4}, \d\d:\d\d UTC/);
  expect(back).toContain("The guard let the request in: a GET changes nothing, so it may come from anywhere.");
  expect(back).toContain(
    "The loader of routes/notes.$noteId._index is for people who are signed in, and you are: it went on.",
  );
  expect(back).toContain('where (\n"notes"."owner_id" = ?\n and "notes"."id" = ?)');
  const written = await toldOf(await ada.post("/notes", { title: "x" }));
  expect(written).toContain("your browser says that a page of this site sent it (Sec-Fetch-Site)");
  expect(written).toContain('insert into "notes" (… \n"owner_id" = ?');
  const missing = await toldOf(await ada.get("/notes/0199a9a9-0000-7000-8000-000000000000"));
  expect(missing).toContain("found nothing there that is yours, and doesn’t say whether it is somebody else’s: 404.");
});

test("S62 a form that failed gives a reference, and its back the error's class and our line, and no word of it", async () => {
  const { writer } = verso.engine as SqliteEngine;
  writer.exec("create trigger fails before insert on notes begin select raise(abort, 'canary-message'); end");
  const failed = await ada.post("/notes", { title: "canary-title", content: "canary-content" });
  expect(failed).toHaveStatus(500);
  expect(failed.text).toContain(`its reference is ${failed.headers["x-request-id"]}`);
  const back = await toldOf(failed);
  expect(back).toContain("SqliteError");
  expect(back).toContain("SQLITE_CONSTRAINT_TRIGGER");
  expect(back).toMatch(/app\/notes\/notes\.server\.ts:\d+\n/);
  expect(back).toContain("tx.insert(notes).values({");
  expect(back).toContain("refused by the database");
  expect(back).toContain("It began to write in one transaction, and took back what it had written.");
  expect(back).toContain(`under the reference \n${failed.headers["x-request-id"]}`);
  expect(back).not.toMatch(/canary|node_modules|file:\/\//);
  expect(back).not.toContain(process.cwd());
});

test("a page that failed gives a reference, and its back the error's class and our line", async () => {
  (verso.engine as SqliteEngine).writer.exec("drop table imports");
  const failed = await ada.get("/import?canary-query=canary-value");
  expect(failed).toHaveStatus(500);
  expect(failed.text).toContain(`its reference is ${failed.headers["x-request-id"]}`);
  expect(backOf(failed)).toBe(`/back/${recordOf(failed)}`);
  const back = await toldOf(failed);
  expect(back).toContain("SqliteError");
  expect(back).toMatch(/app\/transfer\/imports\.server\.ts:\d+\n/);
  expect(back).not.toMatch(/canary-value|no such table|node_modules/);
  const asData = await ada.get("/import?_data=routes%2Fimport._index");
  expect(asData).toHaveStatus(500);
  expect(JSON.parse(asData.text).message).toContain(`its reference is ${asData.headers["x-request-id"]}`);
});

test("the back of a page shows its code in colours, and the lines that asked the database lead to what they asked", async () => {
  const answer = await ada.get(`/notes/${await ada.write("Plan", "text")}`);
  const { text } = await ada.turnOver(answer);
  expect(text).toContain('<span class="keyword">export async function </span>loader(');
  expect(text).toContain('<span class="keyword">const </span>noteQuery = prepared(');
  const html = text.replace(/<!-- -->/g, "");
  const [, statement, marked = ""] =
    /The functions that asked.*?<a href="#(statement-3)">SQL 3<\/a>.*?<mark id="[^"]+">((?:(?!<\/mark>).)*)<\/mark>/s.exec(
      html,
    ) ?? [];
  expect(wordsOf(marked)).toContain(".select({");
  expect(html).not.toContain("app/server.ts");
  expect(html).toMatch(new RegExp(`<li id="${statement}"><pre[^>]*>select &quot;id&quot;, &quot;title&quot;`));
});

/** Of each shown loader or action the lines that asked, and which statements they asked for. */
async function callsOf({ headers }: Answer) {
  const id = /back;desc="([\w-]{22})"/.exec(String(headers["server-timing"]))?.[1];
  const html = (await ada.get(`/back/${id}`)).text.replace(/<!-- -->/g, "");
  const [, code = ""] = /id="the-code-that-ran">(.*?)<h3>/s.exec(html) ?? [];
  const statements = [...code.matchAll(/href="#statement-(\d+)"/g)].map(([, number]) => Number(number));
  const lines = [...code.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, line = ""]) => wordsOf(line).trim());
  return { statements, lines: lines.map((line) => line.replace(/\n/g, "")) };
}

test("the lines of a loader or an action that led to statements are marked, also of a query made ready before", async () => {
  const id = await ada.write("Plan", "text");
  // More than once: what is made ready by one request must not be told of the next.
  for (const answer of [await ada.get(`/notes/${id}`), await ada.get(`/notes/${id}`)])
    expect(await callsOf(answer)).toEqual({
      statements: [3, 4, 5, 6],
      lines: [
        "readNote(viewer, id),",
        "tagsOf(viewer, id),",
        "backlinksOf(viewer, named),",
        "listNoteFiles(viewer, id),",
      ],
    });
  const saved = await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "1" });
  const { statements, lines } = await callsOf(saved);
  expect(lines[0]).toBe("const viewer = await requireViewer(request, context);");
  expect(lines[1]).toBe("const saved = await saveEdit(viewer, id, form.value);");
  // Of the transaction's begin and end no line can be told.
  expect(statements).toEqual([1, 3, 4, 5, 6, 7, 8]);
  const [address = ""] =
    /\/notes\/[^"/]+\/versions\/[\da-f-]{36}/.exec((await ada.get(`/notes/${id}/versions`)).text) ?? [];
  expect(await callsOf(await ada.get(address))).toEqual({
    statements: [3, 4],
    lines: ["readNote(viewer, id),", "readVersion(viewer, id, versionId(params.versionId)),"],
  });
});

test("a statement leads to the function that it stands in, where the page shows it", async () => {
  const answer = await ada.get(`/notes/${await ada.write("Plan", "text")}`);
  const id = /back;desc="([\w-]{22})"/.exec(String(answer.headers["server-timing"]))?.[1];
  const { text } = await ada.get(`/back/${id}`);
  const linked = [...text.matchAll(/href="#(app\/[^"]+)"/g)].map(([, name]) => name);
  expect(linked).toHaveLength(6);
  for (const name of linked) expect(text.split(`id="${name}"`), name).toHaveLength(2);
  expect(linked[2]).toMatch(/^app\/notes\/notes\.server\.ts:\d+$/);
});

test("what the engine runs by itself was written nowhere", async () => {
  const back = await toldOf(await ada.post("/notes", { title: "x" }));
  expect(back).toContain("begin immediate");
  expect(back).not.toContain("app/server.ts");
});

test("the back of a page says what of its module the browser got, and what stayed", async () => {
  const page = await ada.get(`/notes/${await ada.write("Plan", "text")}`);
  const back = await toldOf(page);
  const [path = ""] = /\/build\/routes\/notes\.\$noteId\._index-\w+\.js/.exec(page.text) ?? [];
  const script = await ada.get(path, GZIP);
  expect(script).toHaveStatus(200);
  expect(back).toContain(`For the browser\n${gunzipSync(script.body).length.toLocaleString("en")} bytes`);
  const source = readFileSync("app/routes/notes.$noteId._index.tsx", "utf8");
  const [loader = ""] = /^export async function loader.*?^\}/ms.exec(source) ?? [];
  expect(back).toContain(`loader\n${loader.split("\n").length}\non the server only`);
  expect(back).toMatch(/Note \(the page\)\n\d+\non the server for the HTML, in the browser from then on/);
  expect(back).toContain("app/notes/notes.server");
  expect(gunzipSync(script.body).toString()).not.toMatch(/requireViewer|readNote|leavesTrash/);
  const visitor = verso.visitor();
  const login = await visitor.get(backOf(await visitor.get("/login")));
  expect(wordsOf(login.text)).toContain("nothing of this module went to your browser");
});

test("the list at the top of a back leads to every part of it", async () => {
  await ada.get("/notes");
  const refused = await ada.post("/notes", { title: "x".repeat(301) });
  for (const answer of [refused, await ada.get("/notes"), await ada.get("/nowhere")]) {
    const { text } = await ada.turnOver(answer);
    const [nav = ""] = /<nav class="contents".*?<\/nav>/s.exec(text) ?? [];
    const linked = [...nav.matchAll(/href="#([^"]+)"/g)].map(([, name]) => name);
    const parts = [...text.matchAll(/<details open="" id="([^"]+)"/g)].map(([, name]) => name);
    expect(linked).toEqual(parts);
    expect(parts.length).toBeGreaterThan(6);
  }
});
