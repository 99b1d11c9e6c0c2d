import { createHash } from "node:crypto";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Client } from "../support/client";
import { ADA, startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
beforeEach(async () => {
  verso = await startVerso();
});
afterEach(() => verso.stop());

function query<Row>(sql: string, ...parameters: unknown[]) {
  const database = new Sqlite(verso.settings.databaseFile);
  const statement = database.prepare(sql);
  const rows = statement.reader ? statement.all(...parameters) : [];
  if (!statement.reader) statement.run(...parameters);
  database.close();
  return rows as Row[];
}

const wrong = { email: ADA.email, password: "not the password" };
const sessionRows = () => query<{ id: string; user_id: string; seen: number }>("select * from sessions");

test("the first start leads every page to the set-up, and there is none afterwards", async () => {
  await verso.stop();
  verso = await startVerso({ empty: true });
  const visitor = verso.visitor();
  for (const path of ["/", "/login", "/notes", "/nowhere", "/api/v1/notes"])
    expect(await visitor.get(path)).toSeeOther("/setup");
  expect(await visitor.get("/setup")).toHaveStatus(200);
  expect(await visitor.post("/setup", { ...ADA, password: "short" })).toHaveStatus(422);
  expect(await visitor.post("/setup", ADA)).toSeeOther("/notes");
  expect(await visitor.get("/notes")).toHaveStatus(200);
  expect(await verso.visitor().get("/setup")).toHaveStatus(404);
  expect(await verso.visitor().post("/setup", { ...ADA, email: "eve@example.org" })).toHaveStatus(404);
});

test("S43 two set-ups at the same moment make one owner", async () => {
  await verso.stop();
  verso = await startVerso({ empty: true });
  const tries = ["a", "b", "c"].map((name) => verso.visitor().post("/setup", { ...ADA, email: `${name}@example.org` }));
  const answers = await Promise.all(tries);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404]);
  expect(query("select role from users")).toEqual([{ role: "owner" }]);
});

test("nobody can join where sign-up is closed", async () => {
  await verso.stop();
  verso = await startVerso({ environment: { SIGN_UP: "closed" } });
  expect(await verso.visitor().get("/join")).toHaveStatus(404);
  expect(await verso.visitor().post("/join", { ...ADA, email: "eve@example.org" })).toHaveStatus(404);
  expect((await verso.visitor().get("/")).text).not.toContain("/join");
});

test("the form of a new person says everything that is wrong at once, and keeps what was typed", async () => {
  const answer = await verso.visitor().post("/join", { name: " ", email: "no address", password: "1234567" });
  expect(answer).toHaveStatus(422);
  for (const field of ["name", "email", "password"]) expect(answer).toHaveFieldError(field);
  expect(answer.text).toContain('value="no address"');
  expect(answer.text).not.toContain("1234567");
});

test.each(["password1", "Password1", "iloveyou1", "verso2026", "eve@example.org", "12345678"])(
  "a password that many use is refused: %s",
  async (password) => {
    const answer = await verso.visitor().post("/join", { name: "Eve", email: "eve@example.org", password });
    expect(answer).toHaveStatus(422);
    expect(answer).toHaveFieldError("password");
  },
);

test("a password of 200 characters in any script works, one of 201 is refused", async () => {
  const person = { name: "Long", email: "long@example.org", password: "пароль日本🙂 ".repeat(20).slice(0, 200) };
  expect(await verso.visitor().post("/join", person)).toSeeOther("/notes");
  expect(await verso.visitor().post("/login", person)).toSeeOther("/notes");
  expect(
    await verso.visitor().post("/join", { ...person, email: "x@example.org", password: "x1y".repeat(67) }),
  ).toHaveStatus(422);
});

test("signing in works whatever the case of the address, and answers 401 to a wrong password", async () => {
  expect(await verso.visitor().post("/login", { ...ADA, email: " ADA@Example.ORG " })).toSeeOther("/notes");
  const answer = await verso.visitor().post("/login", wrong);
  expect(answer).toHaveStatus(401);
  expect(answer.text).toContain(`value="${ADA.email}"`);
  expect(String(answer.headers["set-cookie"])).not.toMatch(/verso=/);
});

test("S34 the eleventh wrong try is answered 429, with when to come back", async () => {
  const visitor = verso.visitor();
  for (let count = 0; count < 10; count += 1) expect(await visitor.post("/login", wrong)).toHaveStatus(401);
  const answer = await visitor.post("/login", wrong);
  expect(answer).toHaveStatus(429);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(answer.text).toContain(`value="${ADA.email}"`);
});

test("S34 wrong tries at many accounts from one address are counted together", async () => {
  const visitor = verso.visitor();
  const tries = Array.from({ length: 11 }, (_, count) => ({ email: `n${count}@example.org`, password: "not it" }));
  const statuses: number[] = [];
  for (const fields of tries) statuses.push((await visitor.post("/login", fields)).status);
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
});

test("S34 many wrong tries at once can't all pass", async () => {
  const answers = await Promise.all(Array.from({ length: 16 }, () => verso.visitor().post("/login", wrong)));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
});

test("S34 an honest sign-in costs no try", async () => {
  for (let count = 0; count < 12; count += 1) expect(await verso.visitor().post("/login", ADA)).toSeeOther("/notes");
});

test("S35 forwarded addresses of nobody we trust, and spellings of the path, share one count", async () => {
  const visitor = verso.visitor();
  const paths = ["/login", "/login/", "/login?x=1", "/login?_data=routes%2Flogin", "/LOGIN"];
  for (let count = 0; count < 10; count += 1) {
    const headers = {
      "X-Forwarded-For": `10.0.0.${count}`,
      "CF-Connecting-IP": `10.1.0.${count}`,
      "X-Real-IP": `10.2.0.${count}`,
    };
    await visitor.post(paths[count % 4] ?? "", { email: `n${count}@example.org`, password: "no" }, headers);
  }
  for (const path of paths.slice(0, 4))
    expect(await visitor.post(path, wrong, { "X-Forwarded-For": "10.9.9.9" })).toHaveStatus(429);
});

test("S35 behind a proxy that is trusted each visitor has a count of their own", async () => {
  await verso.stop();
  verso = await startVerso({ environment: { TRUST_PROXY: "loopback" } });
  const attempt = (address: string, count: number) =>
    verso.visitor().post("/login", { email: `n${count}@example.org`, password: "no" }, { "X-Forwarded-For": address });
  for (let count = 0; count < 10; count += 1) await attempt("203.0.113.7", count);
  expect(await attempt("203.0.113.7", 11)).toHaveStatus(429);
  expect(await attempt("203.0.113.8", 12)).toHaveStatus(401);
});

test("S36 an unknown account and a wrong password get the same answer", async () => {
  const known = await verso.visitor().post("/login", wrong);
  const unknown = await verso.visitor().post("/login", { ...wrong, email: "xxx@example.org" });
  const bare = (text: string) => text.replaceAll("xxx@", "ada@").replace(/\/back\/[\w-]{22}/g, "/back/…");
  expect(unknown.status).toBe(known.status);
  expect(bare(unknown.text)).toBe(bare(known.text));
  expect(Object.keys(unknown.headers).sort()).toEqual(Object.keys(known.headers).sort());
});

test("S36 an unknown account takes as long as a wrong password", async () => {
  await verso.stop();
  // Each try from another visitor, so that none is limited.
  verso = await startVerso({ environment: { TRUST_PROXY: "loopback" } });
  let visitor = 0;
  const time = async (email: string) => {
    const started = performance.now();
    await verso
      .visitor()
      .post("/login", { email, password: "not it" }, { "X-Forwarded-For": `203.0.113.${visitor++}` });
    return performance.now() - started;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let count = 0; count < 9; count += 1) {
    known.push(await time(ADA.email));
    unknown.push(await time(`n${count}@example.org`));
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[4] ?? 0;
  // Without the decoy an unknown account answers in a tenth of the time.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.6);
  expect(median(unknown) / median(known)).toBeLessThan(1.7);
});

test("S38 a missing, empty or repeated password signs nobody in", async () => {
  const visitor = verso.visitor();
  expect(await visitor.post("/login", { email: ADA.email })).toHaveStatus(422);
  expect(await visitor.post("/login", { email: ADA.email, password: "" })).toHaveStatus(422);
  const twice: [string, string][] = [
    ["email", ADA.email],
    ["password", ADA.password],
    ["password", "other"],
  ];
  expect(await visitor.post("/login", twice)).toHaveStatus(422);
  expect(sessionRows()).toEqual([]);
});

test("S38 a cookie that is empty, forged, unsigned or signed by another secret is nobody", async () => {
  const ada = await verso.signIn();
  const cookie = ada.cookies.get("verso") ?? "";
  const [value = "", signature = ""] = decodeURIComponent(cookie).split(".");
  const forged = [
    "",
    ".",
    value,
    `${value}.`,
    `${value}.x${signature}`,
    `${value}x.${signature}`,
    "undefined",
    "null",
    "%00",
    `${Buffer.from('"undefined"').toString("base64")}.${signature}`,
  ];
  for (const bad of forged) {
    ada.cookies.set("verso", encodeURIComponent(bad));
    expect(await ada.get("/notes"), bad).toSeeOther("/login?redirectTo=%2Fnotes");
  }
  ada.cookies.set("verso", cookie);
  expect(await ada.get("/notes")).toHaveStatus(200);
});

test("the token is in the cookie, only its hash in the table, and each sign-in makes a new one", async () => {
  const ada = await verso.signIn();
  const first = ada.cookies.get("verso") ?? "";
  const [encoded = ""] = decodeURIComponent(first).split(".");
  const token = JSON.parse(Buffer.from(encoded, "base64").toString()) as string;
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(sessionRows().map(({ id }) => id)).toEqual([createHash("sha256").update(token).digest("base64url")]);
  await ada.post("/login", ADA);
  expect(ada.cookies.get("verso")).not.toBe(first);
  expect(sessionRows()).toHaveLength(1);
});

test("S40 behind HTTPS the cookie is __Host-, Secure, HttpOnly and Lax; on plain http it has the plain name", async () => {
  const plain = (await verso.visitor().post("/login", ADA)).headers["set-cookie"]?.[0] ?? "";
  expect(plain).toMatch(/^verso=/);
  expect(plain).not.toMatch(/Secure/);
  await verso.stop();
  verso = await startVerso({ environment: { ORIGIN: "https://notes.example.org" } });
  const secure = (await verso.visitor().post("/login", ADA)).headers["set-cookie"]?.[0] ?? "";
  expect(secure).toMatch(/^__Host-verso=/);
  for (const attribute of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age="])
    expect(secure).toContain(attribute);
  expect(secure).not.toContain("Domain");
});

test("a login ends when it is idle, when it is old, and when its row is gone", async () => {
  const day = 86_400_000;
  for (const change of [`seen = ${Date.now() - 15 * day}`, `expires = ${Date.now() - 1}`]) {
    const ada = await verso.signIn();
    query(`update sessions set ${change}`);
    expect(await ada.get("/notes"), change).toSeeOther(/^\/login/);
  }
  const ada = await verso.signIn();
  query("delete from sessions");
  expect(await ada.get("/notes")).toSeeOther(/^\/login/);
});

test("when somebody was last here is written at most once an hour", async () => {
  const ada = await verso.signIn();
  const [{ seen: first } = { seen: 0 }] = sessionRows();
  await ada.get("/notes");
  expect(sessionRows()[0]?.seen).toBe(first);
  query("update sessions set seen = ?", first - 3_700_000);
  await ada.get("/notes");
  expect(sessionRows()[0]?.seen).toBeGreaterThanOrEqual(first);
});

test("a new secret can be put in front of the old one, and nobody is signed out", async () => {
  const ada = await verso.signIn();
  const cookie = ada.cookies.get("verso") ?? "";
  query("pragma wal_checkpoint(truncate)");
  await verso.engine.snapshot(`${verso.folder}/moved.db`);
  await restartWith("b".repeat(32), cookie, 303);
  await restartWith(`${"b".repeat(32)},a-secret-for-the-tests-of-forty-characters`, cookie, 200);
});

async function restartWith(secret: string, cookie: string, status: number) {
  const copy = await startVerso({ environment: { SECRET: secret }, from: `${verso.folder}/moved.db` });
  const visitor = copy.visitor();
  visitor.cookies.set("verso", cookie);
  expect((await visitor.get("/notes")).status).toBe(status);
  await copy.stop();
}

test("signing out ends the login on the server and has the browser forget", async () => {
  const ada = await verso.signIn();
  const cookie = ada.cookies.get("verso") ?? "";
  const answer = await ada.post("/logout");
  expect(answer).toSeeOther("/login");
  expect(answer.headers["clear-site-data"]).toContain('"cache"');
  expect(sessionRows()).toEqual([]);
  ada.cookies.set("verso", cookie);
  expect(await ada.get("/notes")).toSeeOther(/^\/login/);
});

test("S32 a new password ends every other login at once", async () => {
  const here = await verso.signIn();
  const elsewhere = await verso.signIn();
  const change = { currentPassword: ADA.password, newPassword: "a wholly new phrase" };
  expect(await here.post("/account", { ...change, currentPassword: "wrong" })).toHaveStatus(422);
  expect(await here.post("/account", { ...change, newPassword: "password1" })).toHaveStatus(422);
  expect(await elsewhere.get("/notes")).toHaveStatus(200);
  expect(await here.post("/account", change)).toSeeOther("/account?changed");
  expect(await here.get("/notes")).toHaveStatus(200);
  expect(await elsewhere.get("/notes")).toSeeOther(/^\/login/);
  expect(await verso.visitor().post("/login", ADA)).toHaveStatus(401);
  expect(await verso.visitor().post("/login", { ...ADA, password: change.newPassword })).toSeeOther("/notes");
});

test("S42 fields that a form doesn't have change nothing", async () => {
  const extra = {
    role: "owner",
    isAdmin: "true",
    id: "x",
    userId: "y",
    ownerId: "z",
    owner_id: "z",
    created: "1",
    version: "99",
    clock: "7",
    passwordHash: "h",
  };
  const eve = verso.visitor();
  await eve.post("/join", { name: "Eve", email: "eve@example.org", password: "correct horse battery", ...extra });
  expect(query("select role, clock from users where email = 'eve@example.org'")).toEqual([
    { role: "member", clock: 0 },
  ]);
  const { headers } = await eve.post("/notes", { title: "T", content: "C", ...extra });
  const [note] = query<{ id: string; owner: string; version: number; created: number }>(
    "select notes.id, email as owner, version, notes.created from notes join users on users.id = owner_id",
  );
  expect(note).toMatchObject({ owner: "eve@example.org", version: 1 });
  expect(headers.location).toBe(`/notes/${note?.id}`);
  expect(note?.created).toBeGreaterThan(1_700_000_000_000);
  await eve.post(`/notes/${note?.id}/edit`, { title: "T2", content: "C2", ...extra, version: "1" });
  expect(query("select email as owner, version, title from notes join users on users.id = owner_id")).toEqual([
    { owner: "eve@example.org", version: 2, title: "T2" },
  ]);
});

const ELSEWHERE = [
  "//evil.org",
  "/\\evil.org",
  "\\\\evil.org",
  "https:evil.org",
  "https://evil.org",
  "http:/evil.org",
  "javascript:alert(1)",
  "/\t/evil.org",
  "/\n/evil.org",
  "\t//evil.org",
  "/%09/evil.org\u0000",
  "%2f%2fevil.org",
  "/%2f%2fevil.org",
  "/%5cevil.org",
  "/..//evil.org",
  "/.//evil.org",
  "/./\\evil.org",
  "/a/../..//evil.org",
  "/x\r\nSet-Cookie: a=b",
  "/logout",
  "/login",
  "",
  "notes",
  "?x",
  `/${"x".repeat(8_000)}`,
  "/%zz",
  "//",
  "/ /evil.org",
];

test.each(ELSEWHERE)("S44 signing in never leads to %j", async (redirectTo) => {
  const page = await verso.visitor().get(`/login?${new URLSearchParams({ redirectTo })}`);
  expect(page).toHaveStatus(200);
  const answer = await verso.visitor().post("/login", { ...ADA, redirectTo });
  expect(answer).toSeeOther("/notes");
  const carried = await verso.visitor().post("/login", { ...ADA, carryTo: redirectTo || "//" });
  expect(carried).toHaveStatus(307);
  expect(carried.headers.location).toBe("/notes");
});

test("S44 signing in leads back to where one was going", async () => {
  const visitor = verso.visitor();
  const refused = await visitor.get("/notes?q=milk&after=1.0");
  expect(refused).toSeeOther("/login?redirectTo=%2Fnotes%3Fq%3Dmilk%26after%3D1.0");
  expect((await visitor.get(String(refused.headers.location))).text).toContain('value="/notes?q=milk&amp;after=1.0"');
  expect(await visitor.post("/login", { ...ADA, redirectTo: "/notes?q=milk" })).toSeeOther("/notes?q=milk");
});

/** What a browser would send of the page's only form with hidden fields, together with what a person types. */
function fieldsOf(page: string, typed: Record<string, string>) {
  const decode = (text: string) =>
    text
      .replaceAll("&quot;", '"')
      .replaceAll("&#x27;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g)];
  return { ...Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, decode(value)])), ...typed };
}

async function expectCarried(ada: Client, path: string, fields: Record<string, string>) {
  query("delete from sessions");
  const login = await ada.post(path, fields);
  expect(login).toHaveStatus(401);
  expect(login.text).toContain("Sign in to save it");
  expect(login.text).not.toContain("<script");
  const again = await ada.post("/login", fieldsOf(login.text, { email: ADA.email, password: "wrong" }));
  expect(again).toHaveStatus(401);
  const sent = fieldsOf(again.text, { email: ADA.email, password: ADA.password });
  const answer = await ada.post("/login", sent);
  expect(answer).toHaveStatus(307);
  expect(answer.headers.location).toBe(path);
  return ada.post(path, sent);
}

const WORDS = 'Long "thoughts" & <b>marks</b>\r\nin two lines — ñ 日本';

test("D01 a note that is written when the login has expired is saved after signing in", async () => {
  const ada = await verso.signIn();
  const saved = await expectCarried(ada, "/notes", { title: "Kept", content: WORDS });
  expect(saved).toSeeOther(/^\/notes\/[\da-f-]{36}$/);
  expect(query("select title, content from notes")).toEqual([{ title: "Kept", content: WORDS }]);
});

test("D01 an edit that is saved when the login has expired is saved after signing in", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Old", "old");
  const saved = await expectCarried(ada, `/notes/${id}/edit`, {
    title: "New",
    content: WORDS.replace("\r", ""),
    version: "1",
  });
  expect(saved).toSeeOther(`/notes/${id}`);
  expect(query("select title, version from notes")).toEqual([{ title: "New", version: 2 }]);
});

test("D01 whoever else signs in there does not write on the note, and the text is still given back", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Ada's", "hers");
  const eve = await verso.join("Eve");
  query("delete from sessions");
  const login = await ada.post(`/notes/${id}/edit`, { title: "New", content: WORDS, version: "1" });
  const sent = fieldsOf(login.text, { email: "eve@example.org", password: "correct horse battery" });
  expect(await eve.post("/login", sent)).toHaveStatus(307);
  const refused = await eve.post(`/notes/${id}/edit`, sent);
  expect(refused).toHaveStatus(404);
  expect(refused.text).toContain("&lt;b&gt;marks&lt;/b&gt;");
  expect(query("select title from notes")).toEqual([{ title: "Ada's" }]);
});

test("D01 a button that deletes is not carried through a login", async () => {
  const ada = await verso.signIn();
  query("delete from sessions");
  const login = await ada.post("/trash", { intent: "empty", seen: String(Date.now()) });
  expect(login).toHaveStatus(401);
  expect(login.text).not.toContain("carryTo");
});

test("S65 a person who is deleted leaves no row behind", async () => {
  const eve = await verso.join("Eve");
  const id = await eve.write("Hers", "a");
  await eve.post(`/notes/${id}/edit`, { title: "Hers", content: "b", version: "1" });
  await eve.post(`/notes/${id}/edit`, { title: "Hers", content: "c", version: "1" });
  const [{ id: gone } = { id: "" }] = query<{ id: string }>("select id from users where name = 'Eve'");
  const database = new Sqlite(verso.settings.databaseFile);
  database.pragma("foreign_keys = on");
  database.prepare("delete from users where id = ?").run(gone);
  const tables = database
    .prepare("select name from sqlite_schema where type = 'table' and sql not like '%VIRTUAL%'")
    .pluck()
    .all() as string[];
  for (const table of tables.filter((name) => !name.startsWith("note_search"))) {
    const rows = database.prepare(`select * from "${table}"`).all();
    expect(JSON.stringify(rows), table).not.toContain(gone);
  }
  expect(database.pragma("foreign_key_check")).toEqual([]);
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  database.close();
});

test("D01 a text without a title is saved after signing in too", async () => {
  const ada = await verso.signIn();
  expect(await expectCarried(ada, "/notes", { title: "", content: WORDS })).toSeeOther(/^\/notes\//);
  expect(query("select content from notes")).toEqual([{ content: WORDS }]);
});

test("S34 wrong tries from elsewhere don't keep a browser out that signed in before", async () => {
  await verso.stop();
  verso = await startVerso({ environment: { TRUST_PROXY: "loopback" } });
  const known = await verso.signIn();
  await known.post("/logout");
  for (let count = 0; count < 20; count += 1)
    await verso.visitor().post("/login", wrong, { "X-Forwarded-For": `203.0.113.${count}` });
  const there = { "X-Forwarded-For": "198.51.100.1" };
  expect(await verso.visitor().post("/login", ADA, there)).toHaveStatus(429);
  expect(await known.post("/login", ADA, there)).toSeeOther("/notes");
});

test("S34 whoever is signed in can change the password while strangers try to", async () => {
  const ada = await verso.signIn();
  const stranger = verso.visitor();
  for (let count = 0; count < 11; count += 1) await stranger.post("/login", wrong);
  const change = { currentPassword: ADA.password, newPassword: "another good one" };
  expect(await ada.post("/account", change)).toSeeOther("/account?changed");
});

test("S41 no login with the old password outlives its change", async () => {
  const ada = await verso.signIn();
  const racing = Array.from({ length: 8 }, () => verso.visitor());
  const change = ada.post("/account", { currentPassword: ADA.password, newPassword: "another good one" });
  await Promise.all([change, ...racing.map((one) => one.post("/login", ADA))]);
  expect(await change).toSeeOther("/account?changed");
  expect(await ada.get("/notes")).toHaveStatus(200);
  for (const one of racing) expect((await one.get("/notes")).status).toBe(303);
});
