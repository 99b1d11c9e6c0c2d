import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backOf, plain } from "../support/back";
import { type Running, startProcess } from "../support/process";
import { ADA, freePort, program } from "../support/verso";

let folder: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "verso-process-"));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<Running> {
  const running = await startProcess(folder, environment);
  children.push(running.child);
  return running;
}

test.each([
  ["PORT", "seventy"],
  ["PORT", "70000"],
  ["ORIGIN", "notes.example.org"],
  ["ORIGIN", "https://notes.example.org/path"],
  ["SECRET", "short"],
  ["SIGN_UP", "maybe"],
  ["DATABASE_URL", "mysql://x"],
  ["TRUST_PROXY", "true"],
  ["TRUST_PROXY", "everyone"],
  ["TRASH_DAYS", "0"],
  ["TRASH_DAYS", "3651"],
  ["TRASH_DAYS", "7.5"],
  ["TRASH_DAYS", "1e2"],
  ["TRASH_DAYS", "a week"],
  ["LOG_LEVEL", "loud"],
])("%s=%s stops the start with a sentence that names it", async (name, value) => {
  const variables = { DATABASE_URL: `file:${folder}/verso.db`, [name]: value };
  await expect(program.createVerso(variables)).rejects.toThrow(new RegExp(`^Verso can't start: ${name} must .*\\.$`));
  expect(existsSync(join(folder, "verso.db"))).toBe(false);
});

test("LOG_LEVEL=loud ends npm start with that sentence and nothing else", async () => {
  const running = await start({ LOG_LEVEL: "loud" });
  expect(await running.ended).toBe(1);
  expect(running.output()).toBe("Verso can't start: LOG_LEVEL must be silent, error, warn, info or debug.\n");
});

test("a folder that can't be written to stops the start with a sentence", async () => {
  writeFileSync(join(folder, "file"), "");
  const running = await start({ DATABASE_URL: `file:${folder}/file/verso.db` });
  expect(await running.ended).toBe(1);
  expect(running.output()).toMatch(/^Verso can't start: .*file/m);
});

test("the database and the secret are for nobody else on the machine", async () => {
  await start();
  for (const file of ["verso.db", "verso.db.secret"]) expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0);
});

test("SIGTERM finishes what is under way, leaves one file, and ends with 0", async () => {
  const { client, child, ended } = await start();
  const signingUp = client.post("/setup", ADA);
  await expect.poll(() => client.get("/healthz").then(({ status }) => status)).toBe(200);
  child.kill("SIGTERM");
  expect((await signingUp).status).toBe(303);
  expect(await ended).toBe(0);
  expect(existsSync(join(folder, "verso.db-wal"))).toBe(false);
  const database = new Sqlite(join(folder, "verso.db"), { readonly: true });
  expect(database.prepare("select count(*) from users").pluck().get()).toBe(1);
  database.close();
});

test("a second start on the same port ends with a sentence", async () => {
  const first = await start();
  const second = spawn(process.execPath, ["bin/verso.mjs"], {
    env: { ...process.env, PORT: new URL(first.client.origin).port, DATABASE_URL: `file:${folder}/other.db` },
  });
  children.push(second);
  let said = "";
  second.stderr.on("data", (chunk) => (said += chunk));
  expect(await new Promise((resolve) => second.once("close", resolve))).toBe(1);
  expect(said).toContain("can't listen");
});

test("D14 several starts at once on a new file make one database", async () => {
  const running = await Promise.all([start(), start(), start()]);
  for (const { child, output } of running) expect(child.exitCode, output()).toBeNull();
  for (const { client } of running) expect(await client.get("/readyz")).toHaveStatus(200);
});

test("D14 a file of a newer Verso is refused with a sentence, and left as it is", async () => {
  const { child, ended } = await start();
  child.kill("SIGTERM");
  await ended;
  const database = new Sqlite(join(folder, "verso.db"));
  database.prepare("insert into migrations values ('9999_later', 'x', 1)").run();
  database.close();
  const refused = await start();
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain("newer Verso (it has 9999_later)");
});

test("D14 a kill in the middle of the first migration leaves nothing that can't be started again", async () => {
  for (const ms of [150, 220, 290, 360, 430]) {
    const child = spawn(process.execPath, ["bin/verso.mjs"], {
      env: { ...process.env, PORT: String(await freePort()), DATABASE_URL: `file:${folder}/verso.db` },
    });
    children.push(child);
    const ended = new Promise((resolve) => child.once("close", resolve));
    setTimeout(() => child.kill("SIGKILL"), ms);
    await ended;
  }
  const { client } = await start();
  expect(await client.post("/setup", ADA)).toSeeOther("/notes");
});

test.each([
  [7, "7 days"],
  [1, "1 day"],
])("TRASH_DAYS=%s keeps what is thrown away for %s, and the pages say so", async (number, words) => {
  const environment = { TRASH_DAYS: String(number) };
  const { client, child, ended } = await start(environment);
  await client.post("/setup", ADA);
  expect((await client.get("/trash")).text).toContain(`What you throw away stays here for ${words}.`);
  const [old, late] = [await client.write("Old"), await client.write("Late")];
  for (const id of [old, late]) await client.post(`/notes/${id}/trash`);
  child.kill("SIGTERM");
  await ended;
  const database = new Sqlite(join(folder, "verso.db"));
  const keeps = number * 86_400_000;
  const thrown = database.prepare("update notes set trashed = ? where id = ?");
  const goes = Date.now() + 600_000;
  thrown.run(Date.now() - keeps, old);
  thrown.run(goes - keeps, late);
  database.close();
  const { client: again } = await start(environment);
  await again.post("/login", ADA);
  await expect.poll(async () => (await again.get("/trash")).text).not.toContain("Old");
  const until = `<time dateTime="${new Date(goes).toISOString()}"`;
  for (const page of ["/trash", `/notes/${late}`]) expect((await again.get(page)).text, page).toContain(until);
});

test("S62 the log has neither words, nor queries, nor secrets, also when something fails", async () => {
  const { client, output } = await start({ LOG_LEVEL: "debug" });
  await client.post("/setup", { ...ADA, password: "canary-password-1" });
  const cookie = client.cookies.get("verso") ?? "";
  const id = await client.write("canary-title", "canary-text");
  await client.get("/notes?q=canary-query");
  await client.post(`/notes/${id}/edit`, { title: "canary-title", content: "canary-text", version: "9" });
  await client.postJson("/api/v1/notes", { title: "canary-json" });
  await client.ask("/api/v1/notes", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"canary-broken',
  });
  await client.post("/login", { email: "canary@example.org", password: "canary-wrong" });
  // Makes the database fail under the server, with people's words among the parameters.
  const database = new Sqlite(join(folder, "verso.db"));
  database.exec("create trigger fails before insert on notes begin select raise(abort, 'made to fail'); end");
  expect(await client.post("/notes", { title: "canary-failing", content: "canary-failing" })).toHaveStatus(500);
  database.exec("drop table imports");
  database.close();
  expect(await client.get("/import?canary-query")).toHaveStatus(500);
  await expect.poll(output).toContain('"path":"/import"');
  expect(output()).toContain("made to fail");
  expect(output()).not.toMatch(/canary/);
  expect(output()).not.toContain(decodeURIComponent(cookie).split(".")[0]);
  for (const line of output().trim().split("\n")) expect(() => JSON.parse(line), line).not.toThrow();
});

test("a statement's place in the source is found in the program as it runs, and no map is served", async () => {
  const { client } = await start();
  await client.post("/setup", ADA);
  const page = await client.get(`/notes/${await client.write("Plan", "text")}`);
  const back = await client.get(backOf(page));
  expect(plain(back)).toMatch(/Written in <code>app\/notes\/notes\.server\.ts<\/code>, line \d+/);
  expect(back.text).not.toContain(process.cwd());
  const script = /\/build\/entry\.client-\w+\.js/.exec(page.text)?.[0];
  expect(await client.get(String(script))).toHaveStatus(200);
  expect(await client.get(`${script}.map`)).toHaveStatus(404);
});

test("what checks input on the server isn't sent to browsers", () => {
  const folder = new URL("../../public/build/", import.meta.url);
  const scripts = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(20);
  for (const name of scripts)
    expect(readFileSync(new URL(name, folder), "utf8").includes("ZodError"), name).toBe(false);
});

test("the back of a page marks the loader's lines where stacks tell of the built program only", async () => {
  const { client } = await start();
  await client.post("/setup", ADA);
  const { headers } = await client.get("/notes");
  const id = /back;desc="([\w-]{22})"/.exec(String(headers["server-timing"]))?.[1];
  const { text } = await client.get(`/back/${id}`);
  expect(/id="the-code-that-ran">.*?<mark>(.*?)<\/mark>/s.exec(text)?.[1]?.replace(/<[^>]+>/g, "")).toContain(
    "readNotes(viewer, query.value)",
  );
});
