import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { plain, recordOf } from "../support/back";
import type { Answer, Client } from "../support/client";
import { ADA, startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const backFor = (answer: Answer) => `/back/${recordOf(answer)}`;
const numbered = (number: number, name: string) =>
  Array.from({ length: number }, (_, place): [string, string] => [`${name}${place}`, "1"]);

test("of more parameters, headers, cookies and fields than are kept the true number is told", async () => {
  const query = new URLSearchParams(numbered(70, "p")).toString();
  const cookies = [...ada.cookies, ...numbered(80, "c")].map((pair) => pair.join("=")).join("; ");
  const headers = { ...Object.fromEntries(numbered(100, "x-h")), Cookie: cookies, "Sec-Fetch-Site": "none" };
  const address = backFor(await ada.get(`/notes?${query}`, headers));
  const back = plain(await ada.get(address));
  expect(back).toContain("asked for /notes with 70 parameters in its address");
  expect(back).toMatch(/and \d\d more headers, not even their names kept/);
  // What the sentences are made from is kept whatever comes before it.
  expect(back).toContain("<dt>sec-fetch-site</dt><dd>none");
  expect(plain(await ada.get(`${address}/keep`))).toContain("Your browser sent 82 cookies");

  const refused = await ada.post("/notes", [...numbered(70, "f"), ["title", "x".repeat(301)], ["content", "text"]]);
  const form = plain(await ada.get(backFor(refused)));
  expect(form).toContain("found 1 field of 72 not as it should be and answered 422");
  expect(form).toContain("And 22 more fields that are not kept.");
});

/** Sends a form and is gone after a moment, without waiting for the answer. */
function sendAndGo(path: string, fields: Record<string, string>, wait: number) {
  const body = new URLSearchParams(fields).toString();
  const cookie = [...ada.cookies].map((pair) => pair.join("=")).join("; ");
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(verso.origin).host}`,
    `Cookie: ${cookie}`,
    `Origin: ${verso.origin}`,
    "Content-Type: application/x-www-form-urlencoded",
    `Content-Length: ${body.length}`,
  ];
  return new Promise<void>((closed) => {
    const socket = connect(verso.settings.port, "127.0.0.1", () => socket.write(`${head.join("\r\n")}\r\n\r\n${body}`));
    setTimeout(() => socket.destroy(), wait);
    socket.on("close", () => closed());
  });
}

/** The back of the latest request that the pattern names, by its link from another's. */
async function findBack(name: RegExp) {
  const next = await ada.get(backFor(await ada.get("/trash")));
  const links = [...next.text.matchAll(/<a href="(\/back\/[\w-]{22})">(.*?)<\/a>/g)];
  const found = links.find(([, , words = ""]) => name.test(words.replace(/<!-- -->/g, "")));
  return plain(await ada.get(found?.[1] ?? "no link"));
}

test("of an action that nobody waited for it is told what is known", async () => {
  let release = () => {};
  const held = verso.engine.transaction(() => new Promise<void>((done) => (release = done)));
  await sendAndGo("/notes", { title: "Left", content: "words" }, 300);
  release();
  await held;
  const { writer } = verso.engine as SqliteEngine;
  await expect.poll(() => writer.prepare("select count(*) from notes").pluck().get()).toBe(1);
  const text = await findBack(/^POST \/notes \(no answer\)/);
  expect(text).toContain(
    "The action of routes/notes._index began, found 2 fields to be as they should. Whoever asked was gone before that of routes/notes._index had ended: what it did from then on is not known here.",
  );
  expect(text).not.toContain("The action of routes/notes._index ran");
  expect(text).not.toContain("It wrote");
});

test("what an import does in the background is no part of the request that began it", async () => {
  const { headers, body } = upload(
    Array.from({ length: 30 }, (_, place) => ({ name: `${place}.md`, data: `# Note ${place}` })),
  );
  const answer = await ada.ask("/import", { method: "POST", headers, body });
  expect(answer).toSeeOther(/^\/import\//);
  const text = plain(await ada.get(backFor(answer)));
  expect(text).toContain("It wrote 1 row in one transaction: all of them, or none.");
  const [, number] =
    /It set work going that goes on by itself and is not counted here; (\d+) statements of that ran/.exec(text) ?? [];
  expect(Number(number)).toBeGreaterThan(60);
  expect(text).not.toContain("insert into &quot;notes&quot;");
});

/** Lets the logins of before be open again, so that one can look at what is still remembered of them. */
function reopenLater() {
  const { writer } = verso.engine as SqliteEngine;
  const rows = writer.prepare("select * from sessions").all() as Record<string, unknown>[];
  return () => {
    for (const row of rows) {
      const names = Object.keys(row);
      writer.prepare(`insert or ignore into sessions (${names}) values (${names.map((name) => `:${name}`)})`).run(row);
    }
  };
}

test("what a login was still doing when it ended is forgotten with it", async () => {
  const reopen = reopenLater();
  const cookies = [...ada.cookies];
  const head = [
    "POST /notes HTTP/1.1",
    `Host: ${new URL(verso.origin).host}`,
    `Cookie: ${cookies.map((pair) => pair.join("=")).join("; ")}`,
    `Origin: ${verso.origin}`,
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Length: 15",
    "Connection: close",
  ];
  const socket = connect(verso.settings.port, "127.0.0.1", () => socket.write(`${head.join("\r\n")}\r\n\r\ntitle=x&`));
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  await new Promise((passed) => setTimeout(passed, 300));
  await ada.post("/logout");
  const done = new Promise((closed) => socket.on("close", closed));
  socket.write("content");
  await done;
  expect(answer).toMatch(/^HTTP\/1.1 303/);
  expect(answer).not.toContain("back;desc=");
  reopen();
  for (const [name, value] of cookies) ada.cookies.set(name, value);
  const next = await ada.get(backFor(await ada.get("/trash")));
  expect(next).toHaveStatus(200);
  expect(next.text).not.toMatch(/POST (<!-- -->)?\/notes/);
});

test("what the other logins did is forgotten when a change of password ends them", async () => {
  const elsewhere = await verso.signIn();
  const page = backFor(await elsewhere.get("/notes"));
  expect(await elsewhere.get(page)).toHaveStatus(200);
  const reopen = reopenLater();
  const changed = await ada.post("/account", { currentPassword: ADA.password, newPassword: "another long passphrase" });
  expect(changed).toSeeOther("/account?changed");
  expect(await ada.get(backFor(changed))).toHaveStatus(200);
  reopen();
  expect(await elsewhere.get("/notes")).toHaveStatus(200);
  expect(await elsewhere.get(page)).toHaveStatus(404);
});

test("a page whose names are very long leads to a back, which tells how many there were", async () => {
  const long = (name: string) => numbered(50, `${"\u0001".repeat(97)}${name}`);
  const refused = await ada.post(`/notes?${new URLSearchParams(long("p"))}`, [
    ...long("f"),
    ["title", "x".repeat(301)],
    ["content", "text"],
  ]);
  expect(refused).toHaveStatus(422);
  const address = /<a class="turn" href="([^"]+)"/.exec(refused.text)?.[1] ?? "no link";
  const text = plain(await ada.get(address));
  expect(text).toContain("found 1 field of 52 not as it should be and answered 422");
});

test("a page that could not be answered has its reference, and can be turned over", async () => {
  const { writer } = verso.engine as SqliteEngine;
  writer.pragma("max_page_count = 1");
  const refused = await ada.post("/notes", { title: "Plan", content: "text ".repeat(10_000) });
  writer.pragma("max_page_count = 1073741823");
  expect(refused).toHaveStatus(503);
  expect(refused.text).toContain(`its reference is ${refused.headers["x-request-id"]}.`);
  const address = /<a class="turn" href="([^"]+)"/.exec(refused.text)?.[1] ?? "no link";
  expect(await ada.get(address)).toHaveStatus(200);
});
