import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backOf, plain, recordOf } from "../support/back";
import type { Answer, Client } from "../support/client";
import { ADA, startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const FILES = ["keep", "keep.html", "keep.har"];

test("a back leads to what its files will hold, and from there to the files", async () => {
  const back = backOf(await ada.get("/notes?q=plan"));
  expect((await ada.get(back)).text).toContain(`href="${back}/keep"`);
  const page = await ada.get(`${back}/keep`);
  expect(page).toHaveStatus(200);
  expect(plain(page)).toContain("This file will contain:");
  expect(plain(page)).toContain("The address as it stands here: GET /notes.");
  expect(plain(page)).toContain("Of the address: q by name and length only.");
  expect(page.text).toContain(`href="${back}/keep.html"`);
  expect(page.text).toContain(`href="${back}/keep.har"`);
  expect(plain(page)).toContain((await ada.get(`${back}/keep.har`)).text.trim());
});

test("both files are saved and never shown, kept by no cache, and not recorded themselves", async () => {
  const back = backOf(await ada.get("/notes"));
  for (const [file, type] of [
    ["keep.html", "text/html; charset=utf-8"],
    ["keep.har", "application/json; charset=utf-8"],
  ]) {
    const { status, headers } = await ada.get(`${back}/${file}`);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe(type);
    expect(headers["content-disposition"]).toBe(`attachment; filename="verso-back.${file?.slice(5)}"`);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cache-control"]).toBe("private, no-store");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-robots-tag"]).toBe("noindex");
    expect(headers["server-timing"]).toBeUndefined();
  }
});

test("the page in a file needs nothing else: no script, no address, its own style", async () => {
  const id = await ada.write("Plan", "one");
  const save = await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "1" });
  const page = await ada.get(`/back/${recordOf(save)}/keep.html`);
  expect(page.text).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page.text).not.toMatch(
    /<(script|link|img|iframe|form|a|base|object)\b|\s(href|src|action|style|on\w+)=|url\(|@import/i,
  );
  expect(/<style>(.*?)<\/style>/s.exec(page.text)?.[1]).not.toMatch(/[&<>"']/);
  const text = plain(page);
  expect(text).toContain(`<title>The back of POST /notes/${id}/edit</title>`);
  expect(text).toContain("It wrote 3 rows in one transaction: all of them, or none.");
  expect(text).toContain("<code>content</code></td><td>3 characters");
  expect(text).toContain('<pre>update "notes" set');
});

/** What HAR 1.2 asks for, by the object that it asks it of. */
const REQUIRED = {
  log: ["version", "creator", "entries"],
  creator: ["name", "version"],
  entry: ["startedDateTime", "time", "request", "response", "cache", "timings"],
  request: ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"],
  response: [
    "status",
    "statusText",
    "httpVersion",
    "cookies",
    "headers",
    "content",
    "redirectURL",
    "headersSize",
    "bodySize",
  ],
  timings: ["send", "wait", "receive"],
  content: ["size", "mimeType"],
};
const ALLOWED = {
  ...REQUIRED,
  log: [...REQUIRED.log, "browser", "pages", "comment"],
  request: [...REQUIRED.request, "postData", "comment"],
  content: [...REQUIRED.content, "compression", "text", "encoding", "comment"],
  timings: [...REQUIRED.timings, "blocked", "dns", "connect", "ssl", "comment"],
};

test("the archive has what HAR 1.2 asks for, of the right kinds, and own names with an underscore only", async () => {
  const id = await ada.write("Plan", "one");
  const newcomer = verso.visitor();
  const answers: [Client, Answer][] = [
    [ada, await ada.get("/notes?q=plan&q=other")],
    [ada, await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "1" })],
    [ada, await ada.get("/notes?_data=routes%2Fnotes._index")],
    [newcomer, await newcomer.post("/login", ADA)],
  ];
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const [client, answer] of answers) {
    const { log } = JSON.parse((await client.get(`/back/${recordOf(answer)}/keep.har`)).text);
    const [entry] = log.entries;
    const { request, response, timings } = entry;
    const objects = { log, creator: log.creator, entry, request, response, timings, content: response.content };
    for (const [name, value] of Object.entries(objects) as [keyof typeof REQUIRED, object][]) {
      expect(Object.keys(value), name).toEqual(expect.arrayContaining(REQUIRED[name]));
      const odd = Object.keys(value).filter((key) => !ALLOWED[name].includes(key) && !key.startsWith("_"));
      expect(odd, name).toEqual([]);
    }
    expect(log.version).toBe("1.2");
    expect(log.creator).toEqual({ name: "Verso", version });
    expect(log.entries).toHaveLength(1);
    expect(new Date(entry.startedDateTime).toISOString()).toBe(entry.startedDateTime);
    expect(entry.time).toBe(timings.send + timings.wait + timings.receive);
    expect(new URL(request.url).origin).toBe(verso.origin);
    expect(response.status).toBe(answer.status);
    const lists = [request.headers, response.headers, request.cookies, response.cookies, request.queryString];
    for (const pair of [...lists, request.postData?.params ?? []].flat())
      expect([typeof pair.name, typeof pair.value]).toEqual(["string", "string"]);
    for (const size of [request.bodySize, request.headersSize, response.bodySize, response.content.size])
      expect(Number.isInteger(size) && size >= -1).toBe(true);
  }
});

test("nobody else is given what a file holds, and nothing but a record has one", async () => {
  const back = backOf(await ada.get("/notes"));
  const others = [verso.visitor(), await verso.signIn(), await verso.join("Eve")];
  for (const file of FILES) {
    expect(await ada.get(`${back}/${file}`), file).toHaveStatus(200);
    for (const other of others) expect(await other.get(`${back}/${file}`), file).toHaveStatus(404);
    expect(await ada.get(`/back/AAAAAAAAAAAAAAAAAAAAAA/${file}`), file).toHaveStatus(404);
  }
  for (const file of ["keep.txt", "keep.json", "keepxhtml", "keep/html"])
    expect(await ada.get(`${back}/${file}`), file).toHaveStatus(404);
});

test("a visitor keeps what their own browser asked for", async () => {
  const visitor = verso.visitor();
  const back = backOf(await visitor.get("/login"));
  for (const file of FILES) {
    expect(await visitor.get(`${back}/${file}`)).toHaveStatus(200);
    expect(await ada.get(`${back}/${file}`)).toHaveStatus(404);
  }
});

test("S20 no file of any record holds a secret, a person's words, or anything of anybody else", async () => {
  const eve = await verso.join("Eve");
  const hers = await eve.write("canary-title-of-eve", "canary-text-of-eve");
  const pages = [
    await ada.post("/login", { ...ADA, password: "canary-wrong-password" }),
    await ada.post("/account", { currentPassword: "canary-present", newPassword: "canary-new-password" }),
    await ada.post("/notes", { title: "canary-title".repeat(30), content: "canary-text" }),
    await ada.post("/notes", { title: "canary-own-title", content: "canary-own-text" }),
    await ada.get(`/notes/${hers}`),
    await ada.get("/notes?q=canary-search"),
    await ada.get("/notes", { "User-Agent": "canary-agent", "X-Odd": "canary-header", Authorization: "canary-auth" }),
  ];
  const cookies = [...ada.cookies.values()].map((value) => decodeURIComponent(value).split(".")[0] ?? "");
  for (const page of pages)
    for (const file of FILES) {
      const { text, status } = await ada.get(`/back/${recordOf(page)}/${file}`);
      expect(status).toBe(200);
      expect(text).not.toMatch(/canary|correct horse|\$argon2|ada@example/);
      for (const secret of [...cookies, ...verso.settings.secrets]) expect(text).not.toContain(secret);
    }
});
