import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordOf } from "../support/back";
import type { Ask } from "../support/client";
import { sendDraft } from "../support/drafts";
import { ADA, program, startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
beforeEach(async () => {
  verso = await startVerso();
});
afterEach(() => verso.stop());

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const WORDS = "title=Kept&content=my+%3Cb%3Ewords%3C%2Fb%3E";

/** What `pathOf` puts wherever a name belongs. */
const ANY = "0199a9a9-0000-7000-8000-000000000000";

/** Every address that changes something, from the build itself: a new one is tested without being written here. */
const ACTIONS = Object.entries(program.routes)
  .filter(([, route]) => route.module.action)
  .map(([id]) => ({ id, path: pathOf(id) }));

function pathOf(id: string): string {
  const route = program.routes[id];
  const own = (route?.path ?? "").replace(/:\w+/g, ANY).replace("*", "nowhere");
  const parent = route?.parentId ? pathOf(route.parentId).replace(/^\/$/, "") : "";
  return own === "" ? parent || "/" : `${parent}/${own}`;
}

const FOREIGN: [what: string, headers: Ask["headers"]][] = [
  ["another site", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
  ["another site, in an old browser", { Origin: "https://evil.example", "Sec-Fetch-Site": undefined }],
  ["a sibling domain", { Origin: undefined, "Sec-Fetch-Site": "same-site" }],
  ["a sandboxed page", { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
  ["a sandboxed page, in an old browser", { Origin: "null", "Sec-Fetch-Site": undefined }],
  ["a page that says two things", { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" }],
  ["nowhere", { Origin: undefined, "Sec-Fetch-Site": undefined }],
  ["our host on another scheme", { Origin: "https://localhost:1", "Sec-Fetch-Site": undefined }],
  ["a name that begins like ours", { Origin: "http://localhost.evil.example", "Sec-Fetch-Site": undefined }],
];

test.each(FOREIGN)("S47 no action takes a form from %s, by any door", async (_what, headers) => {
  expect(ACTIONS.length).toBeGreaterThan(8);
  const ada = await verso.signIn();
  const statements = await verso.statementsOf(async () => {
    for (const { id, path } of ACTIONS) {
      for (const door of [path, `${path}?_data=${encodeURIComponent(id)}`, `${path}?index`]) {
        const answer = await ada.ask(door, { method: "POST", headers: { ...FORM, ...headers }, body: WORDS });
        expect(answer, `${door}`).toHaveStatus(403);
      }
      for (const method of ["PUT", "PATCH", "DELETE"])
        expect(await ada.ask(path, { method, headers })).toHaveStatus(403);
    }
  });
  expect(statements).toUseStatements(0);
});

test("S47 a form in a type that a page can't send by itself is refused on every action", async () => {
  const ada = await verso.signIn();
  for (const { path } of ACTIONS) {
    for (const type of ["text/plain", "text/html;application/x-www-form-urlencoded", "application/xml", ""]) {
      expect(
        await ada.ask(path, { method: "POST", headers: { "Content-Type": type }, body: WORDS }),
        path,
      ).toHaveStatus(415);
    }
  }
});

test("a form that is refused gives the words back, as words", async () => {
  const ada = await verso.signIn();
  const refusals: [number, Ask["headers"]][] = [
    [403, { Origin: "https://evil.example" }],
    [421, { Host: "notes.example.org" }],
  ];
  for (const [status, headers] of refusals) {
    const answer = await ada.ask("/notes", {
      method: "POST",
      headers: { ...FORM, ...headers },
      body: `${WORDS}&password=secret1`,
    });
    expect(answer).toHaveStatus(status);
    expect(answer.text).toContain("my &lt;b&gt;words&lt;/b&gt;");
    expect(answer.text).not.toContain("secret1");
    expect(answer.text).not.toMatch(/<form|<script/);
  }
});

test("a refusal that Remix's script asked for comes as data, with the words", async () => {
  const ada = await verso.signIn();
  const answer = await ada.post(
    "/notes?_data=routes%2Fnotes._index",
    { title: "Kept" },
    { Origin: "https://evil.example" },
  );
  expect(answer).toHaveStatus(403);
  expect(answer.headers["x-remix-catch"]).toBe("yes");
  expect(JSON.parse(answer.text)).toMatchObject({ kept: { action: "/notes", fields: [["title", "Kept"]] } });
});

test("by an address that Verso doesn't know, it says what to set", async () => {
  const answer = await verso.visitor().get("/login", { Host: "notes.example.org" });
  expect(answer).toHaveStatus(421);
  expect(answer.text).toContain("ORIGIN=https://notes.example.org");
  for (const Host of ["localhost", "localhost:1", "127.0.0.1.evil.example", "localhost:3000@evil.example"]) {
    expect(await verso.visitor().get("/login", { Host }), Host).toHaveStatus(421);
  }
});

test("behind a proxy everything works once ORIGIN is set, and what the proxy forwards is not believed", async () => {
  const unset = await verso
    .visitor()
    .post("/login", ADA, { Host: "localhost:80", Origin: "https://notes.example.org" });
  expect(unset).toHaveStatus(421);
  await verso.stop();
  verso = await startVerso({ environment: { ORIGIN: "https://notes.example.org" } });
  const forwarded = { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", Forwarded: "host=evil.example" };
  const visitor = verso.visitor();
  expect(await visitor.post("/login", ADA, forwarded)).toSeeOther("/notes");
  const answer = await visitor.post("/notes", { title: "By proxy" }, { ...forwarded, "Sec-Fetch-Site": undefined });
  expect(answer).toSeeOther(/^\/notes\//);
  expect((await visitor.get("/notes", forwarded)).text).not.toContain("evil.example");
  const unnamed = await visitor.get("/login", { Host: "localhost:3000" });
  expect(unnamed).toHaveStatus(421);
  expect(unnamed.text).toContain("has to pass on the Host header");
  const mixed = await visitor.post("/notes", { title: "x" }, { Origin: "http://notes.example.org" });
  expect(mixed).toHaveStatus(403);
  expect(mixed.text).toContain("ORIGIN=http://notes.example.org");
  expect((await visitor.get("/notes")).headers["strict-transport-security"]).toContain("max-age=63072000");
});

test("127.0.0.1 and [::1] are this machine too", async () => {
  for (const origin of verso.settings.origins) {
    const visitor = verso.visitor();
    const headers = { Host: new URL(origin).host, Origin: origin, "Sec-Fetch-Site": undefined };
    expect(await visitor.post("/login", ADA, headers), origin).toSeeOther("/notes");
  }
});

test("a method that a page doesn't have is answered 405 and with those it has", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Here");
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    for (const path of ["/notes", `/notes/${id}/edit`, "/trash", "/login", "/api/v1/notes"]) {
      const answer = await ada.ask(path, { method });
      expect(answer, `${method} ${path}`).toHaveStatus(405);
      expect(answer.headers.allow, `${method} ${path}`).toContain("GET");
    }
  }
  expect(await ada.ask("/notes", { method: "TRACE" })).toHaveStatus(405);
  expect(await ada.ask("/notes", { method: "OPTIONS" })).toHaveStatus(204);
  const head = await ada.ask("/notes", { method: "HEAD" });
  expect(head).toHaveStatus(200);
  expect(head.text).toBe("");
  expect(await ada.post("/account/nowhere")).toHaveStatus(404);
});

test("a damaged, endless or overfull address is refused with a sentence", async () => {
  const visitor = verso.visitor();
  expect(await visitor.get("/%E0%A4%A")).toHaveStatus(400);
  expect(await visitor.get("/%zz")).toHaveStatus(400);
  expect(await visitor.get(`/notes?q=${"x".repeat(41_000)}`)).toHaveStatus(414);
  expect(await visitor.get(`/notes?${"a=1&".repeat(200)}`)).toHaveStatus(414);
  expect(await visitor.get("/__manifest?p=/notes")).toHaveStatus(404);
  for (const path of [
    "//login",
    "/..%2f..%2fetc%2fpasswd",
    "/build/..%2f..%2fpackage.json",
    "/%00",
    "/notes/%2e%2e/x",
    "/.git/config",
    "/build/",
    "/package.json",
  ]) {
    const answer = await visitor.get(path);
    expect(answer.status, path).toBeGreaterThanOrEqual(300);
    expect(answer.status, path).toBeLessThan(500);
    expect(answer.text).not.toContain("better-sqlite3");
  }
});

test("a body that doesn't say its length, or says too much, is refused before it is read", async () => {
  const ada = await verso.signIn();
  expect(
    await ada.ask("/notes", {
      method: "POST",
      headers: { ...FORM, "Content-Length": undefined, "Transfer-Encoding": "chunked" },
      body: WORDS,
    }),
  ).toHaveStatus(411);
  const huge = await ada.ask("/notes", { method: "POST", headers: FORM, body: `content=${"x".repeat(9_000_000)}` });
  expect(huge).toHaveStatus(413);
  expect(huge.text).toContain("still in the form");
  expect(await ada.post("/import", {}, { "Content-Length": "300000000" }).catch(() => ({ status: 413 }))).toMatchObject(
    { status: 413 },
  );
});

test("what is no HTTP at all brings nothing down", async () => {
  for (const words of [
    "\0\0\0\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
  ]) {
    const answer = await raw(words);
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
  }
  expect(await verso.visitor().get("/login")).toHaveStatus(200);
});

test("S70 a form that is refused and breaks off half-way ends nothing but itself", async () => {
  const { host } = new URL(verso.origin);
  const half = `POST /notes HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ncontent=half`;
  await new Promise<void>((closed) => {
    const socket = connect(verso.settings.port, "127.0.0.1", () => socket.write(half, () => socket.destroy()));
    socket.on("close", () => closed());
  });
  expect(await verso.visitor().get("/healthz")).toHaveStatus(200);
});

function raw(words: string) {
  return new Promise<string>((resolve, reject) => {
    const socket = connect(verso.settings.port, "127.0.0.1", () => socket.end(words));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

const HEADERS = [
  "content-security-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "permissions-policy",
  "referrer-policy",
  "x-content-type-options",
  "x-frame-options",
  "x-request-id",
];

test("S46 every kind of answer has the security headers", async () => {
  const ada = await verso.signIn();
  const visitor = verso.visitor();
  const id = await ada.write("Here");
  const page = await ada.get("/notes");
  const [asset = ""] = page.text.match(/\/build\/[^"]+\.js/) ?? [];
  const answers = {
    page,
    data: await ada.get("/notes?_data=routes%2Fnotes._index"),
    api: await ada.get("/api/v1/notes"),
    redirect: await visitor.get("/notes"),
    "see other": await ada.post("/notes", { title: "x" }),
    "sign in": await visitor.get("/login"),
    asset: await visitor.get(asset),
    "not modified": await visitor.get("/icon.svg", { "If-Modified-Since": new Date().toUTCString() }),
    "missing asset": await visitor.get("/build/none.js"),
    "not found": await ada.get("/nowhere"),
    invalid: await ada.post("/notes", {}),
    forbidden: await ada.post("/notes", {}, { Origin: "https://evil.example" }),
    misdirected: await visitor.get("/", { Host: "evil.example" }),
    "bad address": await visitor.get("/%zz"),
    health: await visitor.get("/healthz"),
    import: await ada.ask("/import", upload([])),
    head: await ada.ask(`/notes/${id}`, { method: "HEAD" }),
  };
  for (const [what, answer] of Object.entries(answers)) {
    for (const header of HEADERS) expect(answer.headers[header], `${header} on ${what}`).toBeDefined();
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy, what).toContain("default-src 'none'");
    expect(policy, what).toContain("frame-ancestors 'none'");
    expect(policy, what).not.toMatch(/unsafe|\*|data:/);
    expect(answer.headers["x-powered-by"], what).toBeUndefined();
    if (answer.text !== "") expect(answer.headers["content-type"], what).toMatch(/charset=utf-8|image\//i);
  }
});

test("S50 no other origin is ever allowed in", async () => {
  const ada = await verso.signIn();
  for (const Origin of ["https://evil.example", "null"]) {
    const answer = await ada.get("/api/v1/notes", { Origin });
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  }
});

test("S69 whatever is somebody's is never stored, and assets are kept for good", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Here");
  for (const path of [
    "/notes",
    "/notes?q=here",
    `/notes/${id}`,
    `/notes/${id}/edit`,
    `/notes/${id}/versions`,
    "/notes/new",
    "/trash",
    "/import",
    "/account",
    "/api/v1/notes",
    `/api/v1/notes/${id}`,
    "/notes?_data=root",
    "/nowhere",
    "/login",
  ]) {
    const answer = await ada.get(path);
    expect(answer.headers["cache-control"], path).toBe("private, no-store");
    expect(answer.headers.vary, path).toContain("Cookie");
  }
  const [asset = ""] = (await ada.get("/notes")).text.match(/\/build\/[^"]+\.js/) ?? [];
  expect((await ada.get(asset)).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test("a page's scripts have a fresh nonce, and a page for anyone has no script", async () => {
  const ada = await verso.signIn();
  const pages = [await ada.get("/notes"), await ada.get("/notes")];
  const nonces = pages.map(({ headers }) => /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1]);
  expect(new Set(nonces).size).toBe(2);
  for (const [index, { text }] of pages.entries()) {
    const scripts = text.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(1);
    for (const script of scripts) expect(script).toContain(`nonce="${nonces[index]}"`);
  }
  for (const path of ["/", "/login", "/join", "/nowhere"])
    expect((await verso.visitor().get(path)).text).not.toMatch(/<script|modulepreload/);
});

test("S48 looking changes nothing", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Here", "text");
  const gone = await ada.write("Gone", "text");
  await ada.post(`/notes/${gone}/trash`);
  const paths = Object.keys(program.routes).map((route) => pathOf(route).replace(ANY, id));
  const statements = await verso.statementsOf(async () => {
    for (const path of [...paths, ...paths]) {
      expect((await ada.get(path)).status, path).toBeLessThan(500);
      await ada.get(`${path}?_data=root`);
    }
  });
  expect(statements.filter(({ connection }) => connection === "write")).toEqual([]);
});

/** What each route shows to nobody, and to a person whose note it isn't: 200 means that it is for anyone. */
/** One white dot. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC",
  "base64",
);

const MATRIX: Record<string, { nobody: number; stranger: number; owner: number }> = {
  root: { nobody: 200, stranger: 303, owner: 303 },
  "routes/_index": { nobody: 200, stranger: 303, owner: 303 },
  "routes/$": { nobody: 404, stranger: 404, owner: 404 },
  "routes/account": { nobody: 303, stranger: 200, owner: 200 },
  "routes/api.v1.notes": { nobody: 401, stranger: 200, owner: 200 },
  "routes/api.v1.notes.$noteId": { nobody: 401, stranger: 404, owner: 200 },
  "routes/doctor": { nobody: 303, stranger: 404, owner: 200 },
  "routes/archive": { nobody: 303, stranger: 200, owner: 200 },
  "routes/files._index": { nobody: 303, stranger: 200, owner: 200 },
  "routes/files.$fileId._index": { nobody: 303, stranger: 404, owner: 200 },
  "routes/files.$fileId.delete": { nobody: 404, stranger: 404, owner: 404 },
  "routes/files.$fileId.thumb": { nobody: 303, stranger: 404, owner: 200 },
  "routes/files.named": { nobody: 303, stranger: 404, owner: 404 },
  "routes/notebooks._index": { nobody: 303, stranger: 200, owner: 200 },
  "routes/notebooks.$notebookId": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.batch": { nobody: 303, stranger: 200, owner: 200 },
  "routes/notes.export": { nobody: 404, stranger: 404, owner: 404 },
  "routes/notes.$noteId.links": { nobody: 404, stranger: 404, owner: 404 },
  "routes/notes.$noteId.organise": { nobody: 404, stranger: 404, owner: 404 },
  "routes/places": { nobody: 303, stranger: 200, owner: 200 },
  "routes/search": { nobody: 303, stranger: 200, owner: 200 },
  "routes/tags._index": { nobody: 303, stranger: 200, owner: 200 },
  "routes/tags.$": { nobody: 303, stranger: 404, owner: 200 },
  "routes/undo.$undoId": { nobody: 404, stranger: 404, owner: 404 },
  "routes/suggestions": { nobody: 303, stranger: 200, owner: 200 },
  "routes/keys": { nobody: 404, stranger: 404, owner: 404 },
  "routes/view": { nobody: 404, stranger: 404, owner: 404 },
  "routes/back.$recordId._index": { nobody: 404, stranger: 404, owner: 200 },
  "routes/back.$recordId.compare": { nobody: 404, stranger: 404, owner: 200 },
  "routes/back.$recordId.keep": { nobody: 404, stranger: 404, owner: 200 },
  "routes/back.$recordId.keep[.]har": { nobody: 404, stranger: 404, owner: 200 },
  "routes/back.$recordId.keep[.]html": { nobody: 404, stranger: 404, owner: 200 },
  "routes/back.$recordId.plan.$place": { nobody: 404, stranger: 404, owner: 200 },
  "routes/drafts._index": { nobody: 303, stranger: 200, owner: 200 },
  "routes/drafts.$draftId._index": { nobody: 303, stranger: 404, owner: 200 },
  "routes/drafts.$draftId.drop": { nobody: 404, stranger: 404, owner: 404 },
  "routes/drafts.$draftId.keep": { nobody: 404, stranger: 404, owner: 404 },
  "routes/import._index": { nobody: 303, stranger: 200, owner: 200 },
  "routes/import.$importId": { nobody: 303, stranger: 404, owner: 200 },
  "routes/join": { nobody: 200, stranger: 303, owner: 303 },
  "routes/learn._index": { nobody: 200, stranger: 200, owner: 200 },
  "routes/learn.$concept": { nobody: 200, stranger: 200, owner: 200 },
  "routes/link": { nobody: 303, stranger: 200, owner: 200 },
  "routes/login": { nobody: 200, stranger: 303, owner: 303 },
  "routes/logout": { nobody: 404, stranger: 404, owner: 404 },
  "routes/notes._index": { nobody: 303, stranger: 200, owner: 200 },
  "routes/notes.new": { nobody: 303, stranger: 200, owner: 200 },
  "routes/notes.$noteId._index": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.$noteId.edit": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.$noteId.versions._index": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.$noteId.versions.compare": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.$noteId.versions.$versionId": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.$noteId.files": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.$noteId.mentions": { nobody: 404, stranger: 404, owner: 404 },
  "routes/notes.$noteId.tick": { nobody: 303, stranger: 404, owner: 200 },
  "routes/notes.$noteId.trash": { nobody: 404, stranger: 404, owner: 404 },
  "routes/offline": { nobody: 200, stranger: 200, owner: 200 },
  "routes/share": { nobody: 303, stranger: 200, owner: 200 },
  "routes/setup": { nobody: 404, stranger: 404, owner: 404 },
  "routes/today": { nobody: 303, stranger: 303, owner: 303 },
  "routes/trash": { nobody: 303, stranger: 200, owner: 200 },
};

test("S51 every route has its row in the table of who sees what", () => {
  expect(Object.keys(program.routes).sort()).toEqual(Object.keys(MATRIX).sort());
});

test.each(Object.entries(MATRIX))(
  "S51 S54 S61 %s shows each person what is theirs, as a page and as data",
  async (route, expected) => {
    const ada = await verso.signIn();
    const note = await ada.write("Canary of Ada", "canary-text-of-ada");
    await ada.post(`/notes/${note}/edit`, { title: "Canary", content: "canary-text-of-ada, changed", version: "1" });
    const [, version = ""] = /versions\/([\da-f-]{36})"/.exec((await ada.get(`/notes/${note}/versions`)).text) ?? [];
    const trashed = await ada.write("Canary in the trash", "canary-text-of-ada");
    await ada.post(`/notes/${trashed}/trash`);
    const imported = await ada.ask("/import", upload([{ name: "canary-file.md", data: "canary-text-of-ada" }]));
    const shelf = await ada.post("/notebooks?index", { name: "Canary notebook", parent: "" });
    await ada.post(`/notes/${note}/organise`, { what: "tag", tag: "canary-tag" });
    expect(await ada.post("/search", { intent: "save", name: "Canary search", q: "canary" })).toHaveStatus(303);
    const draft = "0199a9a9-0000-7000-8000-00000000000d";
    expect(await sendDraft(verso, ada, draft, { title: "Canary draft", content: "canary" })).toHaveStatus(200);
    await ada.ask(`/notes/${note}/files`, upload([{ name: "canary.png", data: PICTURE }]));
    const [, file] = /\/files\/([\da-f-]{36})"/.exec((await ada.get(`/notes/${note}`)).text) ?? [];
    const ids: Record<string, string | undefined> = {
      files: file,
      drafts: draft,
      notebooks: String(shelf.headers.location).replace("/notebooks/", ""),
      import: String(imported.headers.location).replace("/import/", ""),
      back: recordOf(await ada.get("/notes")),
      learn: "optimistic-concurrency",
    };
    const id = ids[route.replace("routes/", "").split(".")[0] ?? ""] ?? note;
    const [plan = ""] = /\/back\/[\w-]+\/plan\/\d+/.exec((await ada.get(`/back/${ids.back}`)).text) ?? [];
    const named = route === "routes/tags.$" ? "/tags/canary-tag" : pathOf(route).replace(ANY, id).replace(ANY, version);
    const path = route.includes(".plan.") ? plan : named;
    const people = { nobody: verso.visitor(), stranger: await verso.join("Eve"), owner: ada };
    for (const [who, client] of Object.entries(people) as [keyof typeof people, typeof ada][]) {
      expect(await client.get(path), `${who} ${path}`).toHaveStatus(expected[who]);
      const data = await client.get(`${path}?_data=${encodeURIComponent(route)}`);
      expect(data.status, `${who} ${path} as data`).toBeLessThan(500);
      for (const { text } of [await client.get(path), data]) {
        if (who !== "owner") expect(text).not.toMatch(/canary/i);
        expect(text).not.toMatch(
          /"(password\w*|\w*hash|\w*secret\w*|token|clock|ownerId|sessionId)":|\$argon2|correct horse/i,
        );
      }
    }
  },
);

test("S51 S52 nobody can change, throw away or bring back what isn't theirs", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Ada's", "text");
  const trashed = await ada.write("Thrown away", "text");
  await ada.post(`/notes/${trashed}/trash`);
  const eve = await verso.join("Eve");
  const own = await eve.write("Eve's", "text");
  expect(await eve.post(`/notes/${id}/edit`, { title: "x", content: "y", version: "1" })).toHaveStatus(404);
  expect(await eve.post(`/notes/${id}/edit`, { title: "x", content: "y", version: "1", base: "1" })).toHaveStatus(404);
  expect(await eve.post(`/notes/${id}/trash`)).toHaveStatus(404);
  for (const intent of ["restore", "delete"])
    expect(await eve.post("/trash", { intent, note: trashed })).toHaveStatus(404);
  expect(await eve.post("/trash", { intent: "delete", note: own })).toHaveStatus(404);
  await eve.post("/trash", { intent: "empty", seen: String(Date.now() + 1_000) });
  expect((await ada.get("/trash")).text).toContain("Thrown away");
  expect((await ada.get(`/notes/${id}`)).text).toContain("Ada");
  expect((await eve.get("/notes?q=text")).text).toContain("1 note<");
});
