import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { backOf, plain, recordOf } from "../support/back";
import type { Answer, Client } from "../support/client";
import { takeLog } from "../support/log";
import { ADA, startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

test("a page can be turned over, and its back tells what the server did", async () => {
  const id = await ada.write("Plan", "text");
  const back = await ada.get(backOf(await ada.get(`/notes/${id}`)));
  expect(back).toHaveStatus(200);
  const text = plain(back);
  expect(text).toContain(
    `Your browser asked for /notes/${id}, right after the answer to its POST /notes had told it to.`,
  );
  expect(text).toContain("The loaders of root and routes/notes.$noteId._index ran, side by side.");
  expect(text).toContain("SQLite was asked 6 times and found 4 rows.");
  expect(text).toContain('from "notes" where');
  expect(text).toMatch(/Written in <code>app\/notes\/notes\.server\.ts<\/code>, line \d+/);
  expect(text.replace(/<[^>]+>/g, "")).toContain(
    "export async function loader({ request, context, params }: LoaderFunctionArgs)",
  );
  expect(text).toContain("from your login (person)");
  expect(text).toContain("from the address (noteId)");
  expect(back.headers["cache-control"]).toBe("private, no-store");
  expect(back.headers["referrer-policy"]).toBe("no-referrer");
  expect(back.headers["x-robots-tag"]).toBe("noindex");
});

test("the back of a page after a save leads to the save, with what its form held", async () => {
  const id = await ada.write("Plan", "one");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two words", version: "1" });
  const back = await ada.get(backOf(await ada.get(`/notes/${id}`)));
  const link = /told your browser to go here: <a href="([^"]+)">/.exec(back.text)?.[1] ?? "";
  const save = await ada.get(link);
  const text = plain(save);
  expect(text).toContain(
    "The action of routes/notes.$noteId.edit ran, found 3 fields to be as they should and answered 303.",
  );
  expect(text).toContain("It wrote 3 rows in one transaction: all of them, or none.");
  expect(text).toMatch(/<code>content<\/code><\/td><td>9 characters/);
  expect(text).toMatch(/<code>version<\/code><\/td><td><code>1<\/code>/);
  expect(text).toContain(
    `Its answer told your browser where to go; shortly after, it asked for <a href="${backOf(await ada.get(`/notes/${id}`)).replace(/[\w-]+$/, "")}`,
  );
});

test("what a form was refused for stands on its back, field by field", async () => {
  const refused = await ada.post("/notes", { title: "x".repeat(301), content: "text" });
  const text = plain(await ada.get(backOf(refused)));
  expect(text).toContain("found 1 field of 2 not as it should be and answered 422");
  expect(text).toContain("A title has 300 characters or fewer.");
});

test("a field that a form should have and did not send stands on its back too", async () => {
  for (const [path, fields] of [
    ["/notes", ["content"]],
    ["/account", ["currentPassword", "newPassword"]],
  ] as const) {
    const refused = await ada.post(path);
    expect(refused).toHaveStatus(422);
    const text = plain(await ada.turnOver(refused));
    expect(text).toMatch(/found (\d) fields? of \1 not as (it|they) should be and answered 422/);
    const rows = [...text.matchAll(/<code>(\w+)<\/code><\/td><td>not sent<\/td><td>([^<]+)/g)];
    expect(rows.map(([, name]) => name)).toEqual(fields);
    for (const [, , message] of rows) expect(message).not.toMatch(/undefined|as it should be/);
  }
});

test("the story of what a program sends speaks of no browser and of no form", async () => {
  const made = await ada.postJson("/api/v1/notes", { title: "By program", content: "" });
  expect(made).toHaveStatus(201);
  const text = plain(await ada.turnOver(made));
  expect(text).toContain("A program sent a POST to /api/v1/notes, with 35 bytes of JSON.");
  expect(text).not.toContain("This form is a plain one");
  const asked = await ada.get("/api/v1/notes", { "Sec-Fetch-Mode": "navigate" });
  expect(plain(await ada.turnOver(asked))).toContain("Your browser asked for /api/v1/notes.");
});

test("the back of a request whose browser was gone before the answer says that there was none", async () => {
  const { host } = new URL(verso.origin);
  const [cookie] = [...ada.cookies].map((pair) => pair.join("="));
  const half = `POST /notes HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nOrigin: ${verso.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ncontent=half`;
  await new Promise<void>((closed) => {
    const socket = connect(verso.settings.port, "127.0.0.1", () => socket.write(half));
    setTimeout(() => socket.destroy(), 300);
    socket.on("close", () => closed());
  });
  const next = plain(await ada.turnOver(await ada.get("/trash")));
  const [, address] = /<a href="(\/back\/[\w-]{22})">POST \/notes \(no answer\)/.exec(next) ?? [];
  const text = plain(await ada.get(String(address)));
  expect(text).toContain("No answer was sent: whoever asked was gone after");
  expect(text).toContain("There was no answer to keep.");
  expect(text).not.toMatch(/The answer was|HTTP\/1.1 (0|200)/);
});

test("what a proxy forwarded and another site's page stand on the wire by their names only", async () => {
  const page = await ada.get("/notes", {
    "X-Forwarded-Host": "canary.example",
    "X-Forwarded-Proto": "http",
    Forwarded: "host=canary.example",
    Referer: "https://canary.example/canary",
  });
  const text = plain(await ada.turnOver(page));
  expect(text).toMatch(/and, not kept: [^<]*x-forwarded-host, x-forwarded-proto, forwarded/);
  expect(text).toContain("(a page of another site)");
  expect(text).not.toContain("canary");
  const own = await ada.get("/notes", { Referer: `${verso.origin}/notes/new?q=canary` });
  expect(plain(await ada.turnOver(own))).toContain("<dt>referer</dt><dd>/notes/new?…");
});

test("the back of what the guard refused says whether its form was read", async () => {
  const browser = verso.visitor();
  await browser.get("/login");
  const refused = async (path: string, type: string, origin: string) => {
    await browser.post(path, { title: "words" }, { "Content-Type": type, Origin: origin });
    const next = await browser.get(backOf(await browser.get("/login")));
    const [address] = /\/back\/[\w-]{22}(?=">POST)/.exec(next.text) ?? [];
    return plain(await browser.get(String(address)));
  };
  const form = "application/x-www-form-urlencoded";
  expect(await refused("/login", form, "https://evil.example")).toContain(
    "The guard refused the request with 403. Its form was read only to give back what was typed.",
  );
  for (const text of [
    await refused("/login", "text/plain", verso.origin),
    await refused("/api/v1/notes", form, verso.origin),
  ])
    expect(text).toContain("The guard refused the request with 415; its body, if it had one, was not read.");
});

test("a record is nobody's but its own login's", async () => {
  const address = backOf(await ada.get("/notes"));
  const elsewhere = await verso.signIn();
  const eve = await verso.join("Eve");
  expect(await ada.get(address)).toHaveStatus(200);
  expect(await elsewhere.get(address)).toHaveStatus(404);
  expect(await eve.get(address)).toHaveStatus(404);
  expect(await verso.visitor().get(address)).toHaveStatus(404);
  expect(await ada.get("/back/AAAAAAAAAAAAAAAAAAAAAA")).toHaveStatus(404);
});

test("records are gone at log-out and at a restart, and the last fifty are there", async () => {
  const cookies = new Map(ada.cookies);
  const address = backOf(await ada.get("/notes"));
  for (let count = 0; count < 49; count += 1) await ada.get("/trash");
  expect(await ada.get(address)).toHaveStatus(200);
  await ada.get("/trash");
  expect(await ada.get(address)).toHaveStatus(404);
  const last = backOf(await ada.get("/notes"));
  await ada.post("/logout");
  for (const [name, value] of cookies) ada.cookies.set(name, value);
  expect(await ada.get(last)).toHaveStatus(404);
});

test("the page of a refusal can be turned over too", async () => {
  const id = await ada.write("Gone", "text");
  await ada.post(`/notes/${id}/trash`);
  await ada.post("/trash", { intent: "delete", note: id });
  const refused = await ada.post(`/notes/${id}/edit`, { title: "Gone", content: "new", version: "1" });
  expect(refused).toHaveStatus(404);
  expect(refused.text).toContain("Sign out");
  expect(plain(await ada.get(backOf(refused)))).toContain(
    "ran, found 3 fields to be as they should and broke off with 404",
  );
});

test("back pages are not recorded themselves, and take nothing from their address", async () => {
  const back = await ada.get(backOf(await ada.get("/notes")));
  expect(back.text).not.toContain('class="turn"');
  expect(back.headers["server-timing"]).toBeUndefined();
  for (const path of ["/back", "/back/", "/back/..%2f..%2fetc", "/back/select%201", "/back/https:%2f%2fevil.example"])
    expect((await ada.get(path)).status, path).toBe(404);
});

test("an answer names its record in its timing, for the signed-in only", async () => {
  const data = await ada.get("/notes?_data=routes%2Fnotes._index");
  expect(data.headers["server-timing"]).toMatch(/back;desc="[\w-]{22}", sql;dur=[\d.]+, total;dur=[\d.]+/);
  expect(plain(await ada.turnOver(data))).toContain("A script of this page asked for /notes");
  expect((await verso.visitor().get("/login")).headers["server-timing"]).toBeUndefined();
});

test("a page for anyone can be turned over too, in the browser that asked for it only", async () => {
  const visitor = verso.visitor();
  const page = await visitor.get("/login");
  expect(String(page.headers["set-cookie"])).toMatch(/^verso-visit=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/);
  const back = await visitor.get(backOf(page));
  expect(plain(back)).toContain("Nothing in the request said who you are.");
  expect(back.text).not.toContain("<script");
  expect(await verso.visitor().get(backOf(page))).toHaveStatus(404);
  expect(await ada.get(backOf(page))).toHaveStatus(404);
  expect((await visitor.get("/login")).headers["set-cookie"]).toBeUndefined();
  const refused = await visitor.post("/login", { email: ADA.email, password: "canary-wrong" });
  const told = plain(await visitor.get(backOf(refused)));
  expect(told).toContain("answered 401");
  expect(told).not.toMatch(/canary|ada@example/);
  for (let count = 0; count < 10; count += 1) await visitor.get("/login");
  expect(await visitor.get(backOf(page))).toHaveStatus(404);
});

test("S36 the back of a login doesn't tell either whether there is such an account", async () => {
  const backs: string[] = [];
  for (const client of [verso.visitor(), ada]) {
    await client.get("/login");
    for (const email of [ADA.email, "nobody@example.org"]) {
      const answer = await client.post("/login", { email, password: "not the password" });
      const back = plain(await (client === ada ? client.turnOver(answer) : client.get(backOf(answer))));
      expect(back).toContain("what it found is not told");
      backs.push(
        back
          .replace(/.*<main/s, "")
          .replace(/<h2>Your other requests.*/s, "")
          .replace(/\/back\/[\w-]{22}/g, "/back")
          .replace(/x-request-id<\/dt><dd>[\w-]+/, "")
          .replace(/[\d.,]+/g, "0")
          .replace(/0 (ms|bytes?|characters?)/g, ""),
      );
    }
  }
  expect(backs[0]).toBe(backs[1]);
  expect(backs[2]).toBe(backs[3]);
});

test("a request with an address in its headers that is none is answered and recorded like any other", async () => {
  for (const referer of ["http://[", "//", "http://x:99999"])
    expect(await verso.visitor().get("/login", { Referer: referer })).toHaveStatus(200);
  const back = await ada.turnOver(await ada.get("/notes", { Referer: "http://[" }));
  expect(back).toHaveStatus(200);
});

test("a field by the name of what every object has is refused or ignored like any other", async () => {
  for (const name of ["constructor", "toString", "hasOwnProperty", "__proto__"]) {
    const refused = await verso.visitor().post("/login", { email: ADA.email, password: "wrong", [name]: "x" });
    expect(refused, name).toHaveStatus(401);
    const form = `email=a@example.org&password=x&${name}=1&${name}=2`;
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    expect(await verso.visitor().ask("/login", { method: "POST", headers, body: form }), name).toHaveStatus(422);
  }
});

test("a password's length stands nowhere on the back of its form", async () => {
  const visitor = verso.visitor();
  const refused = await visitor.post("/login", { email: ADA.email, password: "p".repeat(137) });
  const back = await visitor.get(backOf(refused));
  expect(plain(back)).toMatch(/<code>password<\/code><\/td><td>not told/);
  const length = new URLSearchParams({ email: ADA.email, password: "p".repeat(137) }).toString().length;
  for (const { text } of [back, await visitor.get(`${backOf(refused)}/keep.har`)])
    for (const number of [137, length])
      expect(text).not.toMatch(new RegExp(`(<dd>|: ?"?)${number}\\b|\\b${number} (byte|character)`));
});

test("the back of a page has its headers by whatever spelling it is asked for, and is never recorded", async () => {
  const address = backOf(await ada.get("/notes"));
  for (const path of [address.replace("back", "BACK"), address.replace("back", "%62ack"), `${address}/keep`]) {
    const { headers, status } = await ada.get(path);
    expect(status, path).toBe(200);
    expect(headers["referrer-policy"], path).toBe("no-referrer");
    expect(headers["x-robots-tag"], path).toBe("noindex");
    expect(headers["server-timing"], path).toBeUndefined();
  }
});

test("what is sent to the back of a page is refused with the same headers, and not recorded either", async () => {
  const address = backOf(await ada.get("/notes"));
  const requests = [
    { method: "POST" },
    { method: "PUT" },
    { method: "DELETE" },
    { method: "HEAD" },
    { method: "POST", headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" } },
  ];
  for (const request of requests)
    for (const path of [address, address.replace("back", "BACK"), address.replace("back", "%62ack")]) {
      const { headers, status, text } = await ada.ask(path, request);
      const what = `${request.method} ${path}: ${status}`;
      expect(status, what).toBe(request.method === "HEAD" ? 200 : request.headers ? 403 : 405);
      expect(headers["referrer-policy"], what).toBe("no-referrer");
      expect(headers["x-robots-tag"], what).toBe("noindex");
      expect(headers["server-timing"], what).toBeUndefined();
      expect(text, what).not.toContain('class="turn"');
    }
  const next = await ada.get(`/back/${recordOf(await ada.get("/trash"))}`);
  expect(plain(next)).not.toMatch(/(POST|PUT|DELETE|HEAD) \/(back|BACK|%62ack)/);
});

test("what a browser asked for while somebody was signed in is nobody's after they have signed out", async () => {
  const browser = verso.visitor();
  await browser.get("/login");
  await browser.post("/login", { email: ADA.email, password: ADA.password });
  await browser.ask("/notes/0199a9a9-0000-7000-8000-000000000000/edit", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: "https://evil.example" },
    body: "title=x",
  });
  await browser.ask("/notes?_data=routes/nowhere");
  await browser.post("/logout");
  const back = await browser.get(backOf(await browser.get("/login")));
  expect(back).toHaveStatus(200);
  const others = [...plain(back).matchAll(/href="\/back\/[\w-]{22}">([^<]+)/g)].map(([, name]) => name);
  for (const name of others) expect(name).toMatch(/^GET \/login /);
});

test("a browser's name as a visitor ends where somebody signs in or out", async () => {
  const browser = verso.visitor();
  await browser.get("/login");
  const planted = browser.cookies.get("verso-visit") ?? "";
  const signedIn = await browser.post("/login", { email: ADA.email, password: ADA.password });
  expect(String(signedIn.headers["set-cookie"])).toMatch(/verso-visit=; Path=\/; HttpOnly; SameSite=Lax; Max-Age=0/);
  browser.cookies.set("verso-visit", planted);
  const signedOut = await browser.post("/logout");
  expect(String(signedOut.headers["set-cookie"])).toContain("verso-visit=;");
});

test("a request with thousands of cookies can be turned over, and a version that is none keeps its words", async () => {
  const many = Array.from({ length: 4_800 }, (_, place) => `c${place}=1`).join("; ");
  const page = await ada.get("/notes", {
    Cookie: `${[...ada.cookies].map((pair) => pair.join("=")).join("; ")}; ${many}`,
  });
  expect(await ada.get(backOf(page))).toHaveStatus(200);
  const id = await ada.write("Plan", "one");
  const refused = await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "my private words" });
  const back = plain(await ada.get(backOf(refused)));
  expect(back).toContain("<code>version</code></td><td>16 characters");
  expect(back).not.toContain("my private words");
});

test("the back of a page leads to no other site, whatever was asked for", async () => {
  for (const path of ["//evil.example/x", "/\\evil.example/x"]) {
    const back = await ada.turnOver(await ada.get(path));
    expect(back.text, path).not.toMatch(/href="[\\/]{2}/);
  }
});

test("how many logins of others have ended stands on nobody's back", async () => {
  const other = await verso.signIn();
  const { writer } = verso.engine as SqliteEngine;
  writer.exec("update sessions set seen = 0");
  expect((await other.get("/notes")).status).toBe(303);
  const browser = verso.visitor();
  const back = plain(
    await browser.turnOver(await browser.post("/login", { email: ADA.email, password: ADA.password })),
  );
  expect(back).toMatch(/delete from "sessions" where[^<]*<\/pre>.{0,60}rows not told/s);
});

test("the source maps beside the build are handed out by no spelling of their names", async () => {
  const [map = ""] = readdirSync("public/build").filter((name) => /^entry\.client-.*\.js\.map$/.test(name));
  expect(await ada.get(`/build/${map.replace(".map", "")}`)).toHaveStatus(200);
  for (const name of [map, map.replace(".map", "%2Emap"), map.replace(".map", ".ma%70")])
    for (const folder of ["/build", "/BUILD"]) expect(await ada.get(`${folder}/${name}`), name).toHaveStatus(404);
});
test.each(["//", "///", "//[", "//[x/notes", "//localhost:99999/"])(
  "the back of a page at %s, which reads like another host, can be turned to",
  async (path) => {
    const page = await ada.get(path);
    expect(await ada.turnOver(page)).toHaveStatus(200);
  },
);

test("with BACK=off nothing is recorded, and no page has a back", async () => {
  await verso.stop();
  verso = await startVerso({ environment: { BACK: "off" } });
  ada = await verso.signIn();
  const page = await ada.get("/notes");
  expect(page.text).not.toContain("Turn this page over");
  expect(page.headers["server-timing"]).toBeUndefined();
  expect((await verso.visitor().get("/login")).headers["set-cookie"]).toBeUndefined();
});

test("S20 no back of any page, and no line of the log, holds a secret, a person's words, or anything of anybody else", async () => {
  takeLog();
  await verso.stop();
  verso = await startVerso({ environment: { LOG_LEVEL: "debug" } });
  ada = await verso.signIn();
  const eve = await verso.join("Eve");
  const hers = await eve.write("canary-title-of-eve", "canary-text-of-eve");
  const cookie = [...ada.cookies.values()].map((value) => decodeURIComponent(value).split(".")[0] ?? "");
  const files = [
    { name: "canary-file.md", data: "# canary-heading\n\ncanary-words" },
    { name: "canary-file.exe", data: "canary" },
  ];
  const onFullDisk = async (work: () => Promise<Answer>) => {
    const { writer } = verso.engine as SqliteEngine;
    writer.pragma("max_page_count = 1");
    const answer = await work();
    writer.pragma("max_page_count = 1073741823");
    return answer;
  };
  const pages = [
    await ada.post("/login", { ...ADA, password: "canary-wrong-password" }),
    await ada.post("/account", { currentPassword: "canary-present", newPassword: "canary-new-password" }),
    await ada.post("/notes", { title: "canary-title".repeat(30), content: "canary-text" }),
    await ada.get(`/notes/${hers}`),
    await ada.get("/notes?q=canary-search"),
    await ada.get(`/notes/${await ada.write("canary-own-title", "canary-own-text")}`),
    await ada.get("/notes/new?canary-name=canary-value", {
      "User-Agent": "canary-agent",
      "X-Odd": "canary-header",
      Authorization: "canary-auth",
    }),
    await ada.post("/login", { email: "canary-mail@example.org", password: "canary-wrong-password" }),
    await ada.post("/join", { name: "canary", email: "canary-mail@example.org", password: "short" }),
    await ada.ask("/import", upload(files)),
    await ada.ask("/import", upload([{ name: "canary-damaged.zip", data: "canary" }])),
    await onFullDisk(() => ada.post("/notes", { title: "canary-full", content: "canary-full ".repeat(10_000) })),
    await onFullDisk(() => ada.ask("/import", upload(files))),
  ];
  let searched = 0;
  for (const page of pages) {
    const first = await ada.turnOver(page);
    expect(first).toHaveStatus(200);
    for (const address of [
      `/back/${recordOf(page)}`,
      ...[...first.text.matchAll(/\/back\/[\w-]{22}/g)].map(([path]) => path),
    ]) {
      const { text, status } = await ada.get(address);
      if (status !== 200) continue;
      searched += text.length;
      expect(text.replaceAll("canary-name", "")).not.toMatch(/canary|correct horse|\$argon2|Ada's/);
      for (const secret of cookie) expect(text).not.toContain(secret);
      expect(text).not.toContain(verso.settings.secrets[0]);
      expect(text).not.toContain(ADA.email);
    }
  }
  expect(searched).toBeGreaterThan(100_000);
  const logged = takeLog();
  for (const secret of [...cookie, ...verso.settings.secrets, ADA.email, ADA.password])
    expect(logged).not.toContain(secret);
  expect(logged).not.toMatch(/canary|correct horse|\$argon2|Ada's/);
  // Each request stands there, and so does what failed.
  expect(logged.match(/"path":"\/back\//g)?.length).toBeGreaterThan(20);
  expect(logged).toContain("SQLITE_FULL");
});
