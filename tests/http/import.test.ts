import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import sharp from "sharp";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { Client } from "../support/client";
import { elementsIn } from "../support/html";
import { runVerso, startProcess } from "../support/process";
import { computed } from "../support/time";
import { ADA, startVerso, type TestVerso } from "../support/verso";
import { upload, type ZipEntry, zip } from "../support/zip";

let verso: TestVerso;
beforeEach(async () => {
  verso = await startVerso();
});
afterEach(() => verso.stop());

const VAULT: ZipEntry[] = [
  { name: "vault/.obsidian/app.json", data: "{}" },
  { name: "vault/index.md", data: "# Home\r\n\r\nSee [[Plants]].  \r\n" },
  {
    name: "vault/garden/Plants.md",
    data: "---\ntitle: Plants of the garden\ncreated: 2021-03-04\n---\nRoses, ñandú, 日本語.\n",
  },
  { name: "vault/garden/rose.png", data: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
  { name: "vault/latin1.md", data: Buffer.from([0x63, 0x61, 0x66, 0xe9]) },
];

function rows(sql: string) {
  const database = new Sqlite(verso.settings.databaseFile, { readonly: true });
  const found = database.prepare(sql).all() as Record<string, unknown>[];
  database.close();
  return found;
}

/** Folders in which an upload lies until it is imported. */
const uploadsIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith("verso-upload"));

const noteRows = () => rows("select title, content, created, version from notes order by title");

test("a vault goes in by a plain form, and the report names each file", async () => {
  const ada = await verso.signIn();
  const answer = await ada.ask("/import", upload([{ name: "vault.zip", data: zip(VAULT) }]));
  expect(answer).toSeeOther(/^\/import\/[\da-f-]{36}$/);
  const report = await ada.get(String(answer.headers.location));
  expect(report.text).toContain("3 made, 1 skipped, 1 failed.");
  for (const path of ["index.md", "garden/Plants.md", "garden/rose.png", "latin1.md"])
    expect(report.text).toContain(path);
  expect(noteRows()).toEqual([
    { title: "Plants of the garden", content: VAULT[2]?.data, created: Date.UTC(2021, 2, 4), version: 1 },
    { title: "index", content: VAULT[1]?.data, created: expect.any(Number), version: 1 },
  ]);
  expect((await ada.get(`/notes?q=${encodeURIComponent("nandu")}`)).text).toContain("Plants of the garden");
});

test("pictures and files of a vault come along, and its notes show them by their names", async () => {
  const ada = await verso.signIn();
  const [red, blue] = await Promise.all(
    ["red", "blue"].map((background) =>
      sharp({ create: { width: 4, height: 4, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const vault = [
    { name: "v/a/Note.md", data: "![one](img/x.png) ![two](../b/img/x.png) ![[plan.pdf]] ![[missing.png]]" },
    { name: "v/a/img/x.png", data: red },
    { name: "v/b/img/x.png", data: blue },
    { name: "v/plan.pdf", data: "%PDF-1.7" },
  ];
  const answer = await ada.ask("/import", upload([{ name: "vault.zip", data: zip(vault) }]));
  const report = await ada.get(String(answer.headers.location));
  expect(report.text).toContain("4 made, 0 skipped, 0 failed.");
  expect(report.text).toContain("It shows files that are not here: missing.png.");
  const [, note] = /\/notes\/([\da-f-]{36})"/.exec(report.text) ?? [];
  const { text } = await ada.get(`/notes/${note}`);
  const shown = [...text.matchAll(/<img src="([^"]+)"/g)].map(([, src = ""]) => src);
  const pictures = [];
  for (const src of shown.slice(0, 2)) {
    const { headers } = await ada.get(src, { Referer: `${verso.origin}/notes/${note}` });
    pictures.push((await ada.get(String(headers.location))).body);
  }
  expect(pictures).toEqual([red, blue]);
  expect((await ada.get("/notes?q=has:image")).text).toContain(`/notes/${note}`);
  expect(await ada.get("/link?to=v/plan.pdf"), "as [[plan.pdf]]").toSeeOther(/^\/files\/[\da-f-]{36}$/);
  expect((await ada.get("/link?to=Node.js")).text).toContain("Write it");
});

test("links of a vault lead to its notes also where they are paths of files, or have definitions as Foam writes them", async () => {
  const ada = await verso.signIn();
  const first = [
    "[[second]] [[third|shown]] [[homepage]] [path](../b/second.md) [part](./third.md#the-part) [below](#below)",
    "# Below",
    '[second]: ../b/second.md "Second"\n[third|shown]: third.md\n[homepage]: https://example.org',
  ].join("\n\n");
  const vault = [
    { name: "v/a/first.md", data: first },
    { name: "v/a/third.md", data: "# The part" },
    { name: "v/b/second.md", data: "" },
  ];
  await ada.ask("/import", upload([{ name: "vault.zip", data: zip(vault) }]));
  const ids = Object.fromEntries(rows("select title, id from notes").map(({ title, id }) => [title, id]));
  const { text } = await ada.get(`/notes/${ids.first}`);
  const links = elementsIn(text).filter(({ properties }) => String(properties?.className) === "wikilink");
  const led = links.map(async ({ properties }) => {
    const href = String(properties?.href);
    return href.startsWith("#") ? href : (await ada.get(href)).headers.location;
  });
  expect(await Promise.all(led)).toEqual([
    `/notes/${ids.second}`,
    `/notes/${ids.third}`,
    `/notes/${ids.second}`,
    `/notes/${ids.third}#note-the-part`,
    "#note-below",
  ]);
  expect(text).toContain('href="https://example.org"');
  expect((await ada.get(`/notes/${ids.second}`)).text).toContain("Notes that link here");
  await ada.post(`/notes/${ids.second}/edit`, { title: "Second (b)", content: "", version: "1" });
  await ada.post(`/notes/${ids.second}/links`, { from: "second" });
  expect(rows("select content from notes where title = 'first'")[0]?.content).toBe(
    first.replace("[[second]]", "[[Second (b)]]").replace("(../b/second.md)", "(../b/Second%20%28b%29.md)"),
  );
});

test("properties of a vault's notes link as the text does, and say so below the note that they name", async () => {
  const ada = await verso.signIn();
  const film = '---\nyear: 1982\ngenre:\n  - "[[Sci-fi]]"\ncast: "[[Harrison Ford|Ford]]"\n---\nRain.';
  const vault = [
    { name: "v/Blade Runner.md", data: film },
    { name: "v/genres/Sci-fi.md", data: "" },
  ];
  await ada.ask("/import", upload([{ name: "vault.zip", data: zip(vault) }]));
  const ids = Object.fromEntries(rows("select title, id from notes").map(({ title, id }) => [title, id]));
  const { text } = await ada.get(`/notes/${ids["Blade Runner"]}`);
  const links = elementsIn(text).filter(({ properties }) => String(properties?.className) === "wikilink");
  const [genre = "", cast = ""] = links.map(({ properties }) => String(properties?.href));
  expect(await ada.get(genre)).toSeeOther(`/notes/${ids["Sci-fi"]}`);
  expect((await ada.get(cast)).text).toContain("Write it");
  expect((await ada.get(`/notes/${ids["Sci-fi"]}`)).text).toContain("genre: Sci-fi");
  await ada.post(`/notes/${ids["Sci-fi"]}/edit`, { title: "Science fiction", content: "", version: "1" });
  await ada.post(`/notes/${ids["Sci-fi"]}/links`, { from: "Sci-fi" });
  expect(rows("select content from notes where title = 'Blade Runner'")[0]?.content).toBe(
    film.replace("Sci-fi", "Science fiction"),
  );
});

test("of notes with one name a link means the one in the folder that it names", async () => {
  const ada = await verso.signIn();
  const vault = ["a/Plan", "b/Plan", "x/b/Other", "y/Other"].map((path) => ({ name: `${path}.md`, data: path }));
  await ada.ask("/import", upload([{ name: "vault.zip", data: zip(vault) }]));
  const ids = Object.fromEntries(rows("select content, id from notes").map(({ content, id }) => [content, id]));
  for (const to of ["a/plan", "../a/Plan.md"])
    expect(await ada.get(`/link?to=${to}`), to).toSeeOther(`/notes/${ids["a/Plan"]}`);
  expect(await ada.get("/link?to=b/Other")).toSeeOther(`/notes/${ids["x/b/Other"]}`);
  for (const to of ["Plan", "./Plan", "c/Plan"])
    expect((await ada.get(`/link?to=${to}`)).text, to).toContain("Several notes");
});

test("D20 importing twice makes no duplicates, and counts what is here already", async () => {
  const ada = await verso.signIn();
  const send = () => ada.ask("/import", upload([{ name: "vault.zip", data: zip(VAULT) }]));
  await send();
  const report = await ada.get(String((await send()).headers.location));
  expect(report.text).toContain("0 made, 4 skipped, 1 failed.");
  expect(report.text).toContain("3 files are here already.");
  expect(report.text).not.toContain("index.md");
  expect(report.text).toContain(".obsidian/app.json");
  expect(noteRows()).toHaveLength(2);
  expect(rows("select name from files")).toEqual([{ name: "rose.png" }]);
});

/** Sends a vault and gives back the line that counts what became of it. */
async function importVault(client: Client, entries: ZipEntry[]) {
  const answer = await client.ask("/import", upload([{ name: "vault.zip", data: zip(entries) }]));
  const report = await client.get(String(answer.headers.location));
  return /\d+ made, \d+ skipped, \d+ failed/.exec(report.text)?.[0];
}

test("D20 a vault that has grown since brings only its new files", async () => {
  const ada = await verso.signIn();
  const first: ZipEntry[] = [
    { name: "notes/garden/a.md", data: "a" },
    { name: "notes/garden/b.md", data: "b" },
  ];
  expect(await importVault(ada, first)).toBe("2 made, 0 skipped, 0 failed");
  const grown = [...first, { name: "notes/c.md", data: "c" }];
  expect(await importVault(ada, grown)).toBe("1 made, 2 skipped, 0 failed");
  const moved = [...grown.map(({ name, data }) => ({ name: `all/${name}`, data })), { name: "top.md", data: "d" }];
  expect(await importVault(ada, moved)).toBe("1 made, 3 skipped, 0 failed");
  expect(noteRows().map(({ content }) => content)).toEqual(["a", "b", "c", "d"]);
});

test("D20 a vault packed by macOS is the same vault", async () => {
  const ada = await verso.signIn();
  const vault: ZipEntry[] = [
    { name: "vault/Café.md", data: "café" },
    { name: "vault/sub/two.md", data: "two" },
  ];
  expect(await importVault(ada, vault)).toBe("2 made, 0 skipped, 0 failed");
  const apple = vault.flatMap(({ name, data }) => {
    const parts = name.normalize("NFD");
    return [
      { name: parts, data },
      { name: `__MACOSX/${parts.replace(/([^/]+)$/, "._$1")}`, data: "\0" },
    ];
  });
  expect(await importVault(ada, [...apple, { name: ".DS_Store", data: "\0" }])).toBe("0 made, 5 skipped, 0 failed");
});

test("files of one vault with the same name and text in two folders are two notes, and stay two", async () => {
  const ada = await verso.signIn();
  const twins: ZipEntry[] = [
    { name: "a/README.md", data: "same" },
    { name: "b/README.md", data: "same" },
  ];
  expect(await importVault(ada, twins)).toBe("2 made, 0 skipped, 0 failed");
  expect(await importVault(ada, twins)).toBe("0 made, 2 skipped, 0 failed");
});

test("a file that is in the trash is not made again under another folder", async () => {
  const ada = await verso.signIn();
  await importVault(ada, [{ name: "a.md", data: "a" }]);
  (verso.engine as SqliteEngine).writer.exec("update notes set trashed = updated");
  expect(
    await importVault(ada, [
      { name: "x/a.md", data: "a" },
      { name: "b.md", data: "b" },
    ]),
  ).toBe("1 made, 1 skipped, 0 failed");
});

test("D20 a file that has changed since becomes a second note, and nothing is written over", async () => {
  const ada = await verso.signIn();
  await ada.ask("/import", upload([{ name: "a.md", data: "first" }]));
  const answer = await ada.ask("/import", upload([{ name: "a.md", data: "second" }]));
  expect((await ada.get(String(answer.headers.location))).text).toContain("that note is kept as it is");
  expect(
    noteRows()
      .map(({ content }) => content)
      .sort(),
  ).toEqual(["first", "second"]);
});

test("several Markdown files go in without being packed", async () => {
  const ada = await verso.signIn();
  const answer = await ada.ask(
    "/import",
    upload([
      { name: "One.md", data: "1" },
      { name: "Zwei ü.md", data: "2" },
    ]),
  );
  expect((await ada.get(String(answer.headers.location))).text).toContain("2 made");
  expect(noteRows().map(({ title }) => title)).toEqual(["One", "Zwei ü"]);
});

const note: ZipEntry = { name: "fine.md", data: "fine" };
const HOSTILE: [what: string, archive: Buffer][] = [
  ["leads out by ..", zip([note, { name: "../out.md", data: "x" }])],
  ["leads out in the middle", zip([note, { name: "a/../../out.md", data: "x" }])],
  ["leads out by a backslash", zip([note, { name: "..\\out.md", data: "x" }])],
  ["is absolute", zip([note, { name: "/etc/out.md", data: "x" }])],
  ["names a drive", zip([note, { name: "C:/out.md", data: "x" }])],
  ["has a NUL in a name", zip([note, { name: "a\0.md", data: "x" }])],
  ["has a link", zip([note, { name: "link.md", data: "/etc/passwd", mode: 0o120777 }])],
  ["has a name twice", zip([note, note])],
  ["is a bomb", zip([note, { name: "bomb.md", data: Buffer.alloc(50_000_000, 97) }])],
  [
    "is a bomb of small parts",
    zip([note, ...Array.from({ length: 60 }, (_, part) => ({ name: `${part}.md`, data: Buffer.alloc(262_144, 97) }))]),
  ],
  ["claims less than it holds", zip([note, { name: "lies.md", data: "x".repeat(900_000), claimedSize: 10 }])],
  ["claims more than it holds", zip([note, { name: "lies.md", data: "x", claimedSize: 10_000 }])],
  ["is locked", zip([note, { name: "locked.md", data: "x", encrypted: true }])],
  ["is empty", zip([])],
  ["is cut off", zip([note, { name: "b.md", data: "y".repeat(1000) }]).subarray(0, 60)],
  ["is no zip", Buffer.from("this is no zip")],
  ["has no bytes", Buffer.alloc(0)],
  ["has too many files", zip(Array.from({ length: 20_001 }, (_, number) => ({ name: `${number}.md`, data: "x" })))],
];

test.each(HOSTILE)("S23 an archive that %s is refused and nothing of it is written", async (_what, archive) => {
  const ada = await verso.signIn();
  const before = process.memoryUsage().rss;
  const answer = await ada.ask("/import", upload([{ name: "vault.zip", data: archive }]));
  expect(answer).toHaveStatus(422);
  expect(answer.text).toContain("Nothing was imported.");
  expect(noteRows()).toEqual([]);
  expect(uploadsIn(verso.folder)).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

test("S23 several archives together are bound by the limits of one", async () => {
  const ada = await verso.signIn();
  const half = (name: string) =>
    zip(Array.from({ length: 10_001 }, (_, part) => ({ name: `${name}${part}.md`, data: "x" })));
  const answer = await ada.ask(
    "/import",
    upload([
      { name: "a.zip", data: half("a") },
      { name: "b.zip", data: half("b") },
    ]),
  );
  expect(answer).toHaveStatus(422);
  expect(answer.text).toContain("more than 20000 files");
  expect(uploadsIn(verso.folder)).toEqual([]);
});

test("an import of long texts lets everybody else go on", async () => {
  const ada = await verso.signIn();
  const long = Array.from({ length: 230_000 }, (_, word) => ((word * 7_919) % 99_991).toString(36)).join(" ");
  const files = Array.from({ length: 12 }, (_, part) => ({ name: `${part}.md`, data: `${part} ${long}` }));
  const sending = ada.ask("/import", upload([{ name: "long.zip", data: zip(files) }]));
  const finished = sending.then(({ headers }) =>
    vi.waitUntil(async () => (await ada.get(String(headers.location))).text.includes("12 made"), { timeout: 60_000 }),
  );
  const waits: number[] = [];
  let over = false;
  void finished.finally(() => {
    over = true;
  });
  while (!over) {
    const started = performance.now();
    await verso.visitor().get("/healthz");
    waits.push(performance.now() - started);
  }
  await finished;
  // A batch is one such note; all of them in one transaction took ten seconds.
  expect(Math.max(...waits)).toBeLessThan(8_000);
});

test("S23 a zip inside a zip is kept as a file, not opened", async () => {
  const ada = await verso.signIn();
  const answer = await ada.ask(
    "/import",
    upload([{ name: "v.zip", data: zip([note, { name: "in.zip", data: zip([note]) }]) }]),
  );
  expect((await ada.get(String(answer.headers.location))).text).toContain("2 made, 0 skipped, 0 failed.");
});

const bomb = [
  "a: &a [x,x,x,x,x,x,x,x,x]",
  ..."bcdefghij"
    .split("")
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[index]}`).join(",")}]`),
].join("\n");
test.each([
  ["expands aliases", bomb],
  ["is a megabyte", `title: ${"x".repeat(900_000)}`],
  ["nests deeply", `title: ${"[".repeat(5_000)}`],
  ["nests deeply without brackets", "- ".repeat(8_000)],
  ["sets a prototype", "__proto__:\n  title: hidden\n  admin: true"],
  ["has a title that is a list", "title: [a, b]"],
  ["has no title", "title: null\ncreated: never"],
  ["isn't YAML", "title: [unclosed\n\t: : :"],
])("S24 front matter that %s does no harm", async (_what, frontMatter) => {
  const ada = await verso.signIn();
  const before = computed();
  const answer = await ada.ask("/import", upload([{ name: "Plain.md", data: `---\n${frontMatter}\n---\ntext` }]));
  expect(computed() - before).toBeLessThan(2_000);
  expect((await ada.get(String(answer.headers.location))).text).toContain("1 made");
  expect(noteRows()).toMatchObject([{ title: "Plain" }]);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test.each([
  ["title: 2024", "2024"],
  ["title: 2024-05-06", "2024-05-06"],
  ["title: true", "true"],
  ['title: !!js/function "return 1"', "return 1"],
])("S24 the front matter %s is a title", async (frontMatter, title) => {
  const ada = await verso.signIn();
  await ada.ask("/import", upload([{ name: "file.md", data: `---\n${frontMatter}\n---\n` }]));
  expect(noteRows()).toMatchObject([{ title }]);
});

test.each([
  ["2024", Date.UTC(2024, 0, 1)],
  ["20240506", Date.UTC(2024, 4, 6)],
  ["202405061230", Date.UTC(2024, 4, 6, 12, 30)],
  ["20240506123015", Date.UTC(2024, 4, 6, 12, 30, 15)],
  ["2024-05-06 10:00", Date.UTC(2024, 4, 6, 10)],
])("the front matter created: %s is the time of the note", async (created, time) => {
  const ada = await verso.signIn();
  await ada.ask("/import", upload([{ name: "a.md", data: `---\ncreated: ${created}\n---\n` }]));
  expect(noteRows()).toMatchObject([{ created: time }]);
});

test.each(["1969-07-20", "20241399", "5", "someday 1", "2999"])(
  "the front matter created: %s is no time, and the file's own stands",
  async (created) => {
    const ada = await verso.signIn();
    const before = Date.now();
    await ada.ask("/import", upload([{ name: "a.md", data: `---\ncreated: ${created}\n---\n` }]));
    // Files of a form bring no time along but that of their arrival; file systems round it.
    expect(Number(noteRows()[0]?.created)).toBeGreaterThan(before - 1_000);
  },
);

test("a file that is larger than a note says so, also where it would be cut inside a character", async () => {
  const ada = await verso.signIn();
  const answer = await ada.ask("/import", upload([{ name: "long.md", data: "日".repeat(450_000) }]));
  const report = await ada.get(String(answer.headers.location));
  expect(report.text).toContain("0 made, 0 skipped, 1 failed");
  expect(report.text).toContain("A note holds 1 MiB of text; this file is larger.");
});

test("an import that can't begin keeps nothing of the upload", async () => {
  const ada = await verso.signIn();
  const { writer } = verso.engine as SqliteEngine;
  writer.pragma("query_only = 1");
  const answer = await ada.ask("/import", upload([{ name: "vault.zip", data: zip(VAULT) }]));
  writer.pragma("query_only = 0");
  expect(answer).toHaveStatus(503);
  expect(uploadsIn(verso.folder)).toEqual([]);
  expect(await importVault(ada, VAULT)).toBe("3 made, 1 skipped, 1 failed");
});

test("an upload of which one archive is refused keeps none of the others open", async () => {
  const ada = await verso.signIn();
  const files = [
    { name: "whole.zip", data: zip([note]) },
    { name: "damaged.zip", data: "this is no zip" },
  ];
  expect(await ada.ask("/import", upload(files))).toHaveStatus(422);
  expect(await ada.ask("/import", upload(files.toReversed()))).toHaveStatus(422);
  const open = readdirSync("/proc/self/fd")
    .map((number) => `/proc/self/fd/${number}`)
    // The one by which the folder was listed is closed by now.
    .filter((link) => lstatSync(link, { throwIfNoEntry: false }))
    .map((link) => readlinkSync(link));
  expect(open.filter((file) => file.includes("verso-upload"))).toEqual([]);
});

test("a file that is no note is refused at its field, and the summary leads there", async () => {
  const ada = await verso.signIn();
  const answer = await ada.ask("/import", upload([{ name: "picture.png", data: "x" }]));
  expect(answer).toHaveStatus(422);
  expect(answer).toHaveFieldError("files");
  expect(answer.text).toContain("neither a zip nor Markdown");
  expect(answer.text).toMatch(/<a href="#files">[^<]*picture\.png/);
  expect(answer.text).toMatch(/<input(?=[^>]* id="files")(?=[^>]* aria-describedby="files-error")/);
  expect(await ada.ask("/import", upload([]))).toHaveStatus(422);
  expect(await ada.post("/import", {})).toHaveStatus(422);
});

/** Begins to send an upload, at first this many bytes of it. */
function beginUpload(client: Client, form: ReturnType<typeof upload>, bytes: number) {
  const { host, port } = new URL(client.origin);
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(
    [
      "POST /import HTTP/1.1",
      `Host: ${host}`,
      `Origin: ${client.origin}`,
      `Cookie: ${cookie}`,
      `Content-Type: ${form.headers["Content-Type"]}`,
      `Content-Length: ${form.body.length}`,
      "Connection: close\r\n\r\n",
    ].join("\r\n"),
  );
  socket.write(form.body.subarray(0, bytes));
  return socket;
}

test.each([
  ["small enough to be kept as a form", 1_000_000],
  ["larger than any form", 9_000_000],
])("an upload that is cut short leaves nothing behind and harms nobody (%s)", async (_what, size) => {
  const folder = mkdtempSync(join(tmpdir(), "verso-cut-"));
  const { client, child, output, ended } = await startProcess(folder);
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  await client.post("/setup", ADA);
  const form = upload([{ name: "vault.md", data: "x".repeat(size) }]);
  const socket = beginUpload(client, form, form.body.length / 2);
  await expect.poll(() => uploadsIn(folder)).toHaveLength(1);
  socket.destroy();
  await expect.poll(() => uploadsIn(folder)).toEqual([]);
  expect(await client.get("/healthz")).toHaveStatus(200);
  expect(output()).not.toMatch(/"level":[456]0/);
  child.kill();
  expect(await ended).toBe(0);
});

test("an upload that fills the disk is answered 503 when all of it is sent, and leaves nothing behind", async () => {
  const ada = await verso.signIn();
  const form = upload([
    { name: "first.md", data: "x" },
    { name: "second.md", data: "y".repeat(9_000_000) },
  ]);
  const firstOnly = form.body.indexOf("second.md");
  const socket = beginUpload(ada, form, firstOnly);
  const answer = socket.setEncoding("utf8").toArray();
  await expect
    .poll(() => uploadsIn(verso.folder).flatMap((name) => readdirSync(join(verso.folder, name))))
    .toEqual(["0"]);
  // The one file on which every disk is full.
  symlinkSync("/dev/full", join(verso.folder, String(uploadsIn(verso.folder)), "1"));
  socket.write(form.body.subarray(firstOnly));
  const text = (await answer).join("");
  expect(text).toMatch(/^HTTP\/1\.1 503 /);
  expect(text).toContain("The disk is full, so nothing can be saved just now.");
  expect(uploadsIn(verso.folder)).toEqual([]);
  expect(noteRows()).toEqual([]);
});

const fine = upload([{ name: "a.md", data: "x" }]);
test.each([
  [
    "holds too many files",
    upload(Array.from({ length: 2_001 }, (_, number) => ({ name: `${number}.md`, data: "x" }))),
    "More than 2000 files at once",
  ],
  ["has no end", { ...fine, body: fine.body.subarray(0, -20) }, "cut short or is damaged"],
  [
    "has a damaged head",
    { ...fine, body: Buffer.from(String(fine.body).replace("Content-Disposition", "Content Disposition")) },
    "cut short or is damaged",
  ],
])("an upload that %s is refused with a sentence and leaves nothing behind", async (_what, form, sentence) => {
  const answer = await (await verso.signIn()).ask("/import", form);
  expect(answer).toHaveStatus(422);
  expect(answer.text).toContain(sentence);
  expect(uploadsIn(verso.folder)).toEqual([]);
});

test("S51 an import of somebody else is not found", async () => {
  const ada = await verso.signIn();
  const answer = await ada.ask("/import", upload([{ name: "a.md", data: "mine" }]));
  const eve = await verso.join("Eve");
  expect(await eve.get(String(answer.headers.location))).toHaveStatus(404);
  expect((await eve.get("/import")).text).not.toContain("a.md");
});

test("the command line imports a folder while the server runs, and the same folder only once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "verso-vault-"));
  mkdirSync(join(folder, "sub"));
  writeFileSync(join(folder, "one.md"), "# one");
  // Longer than what is read at once.
  writeFileSync(join(folder, "sub", "two.md"), `two ![[plan.pdf]]\n\n${"words ".repeat(2_000)}`);
  writeFileSync(join(folder, "sub", "plan.pdf"), "%PDF-1.7");
  expect((await runVerso(verso.settings.databaseFile, "import", folder, "--for", "ADA@example.org")).stdout).toContain(
    "3 made, 0 skipped, 0 failed.",
  );
  const again = await runVerso(verso.settings.databaseFile, "import", folder, "--for", ADA.email);
  expect(again.stdout).toBe("skipped  3 files that are here already\n0 made, 3 skipped, 0 failed.\n");
  expect(rows("select name, folder from files")).toEqual([{ name: "plan.pdf", folder: "sub" }]);
  expect((await (await verso.signIn()).get("/notes")).text).toContain("two");
  expect(await runVerso(verso.settings.databaseFile, "import", folder, "--for", "nobody@example.org")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Nobody here"),
  });
  expect(await runVerso(verso.settings.databaseFile, "import")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Use it so"),
  });
  expect(await runVerso(verso.settings.databaseFile, "frobnicate")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no command"),
  });
  rmSync(folder, { recursive: true });
});

test("D16 a backup is whole, opens, and is never written over another file", async () => {
  const ada = await verso.signIn();
  await ada.write("Kept", "in the copy");
  const file = join(verso.folder, "copy.db");
  expect(await runVerso(verso.settings.databaseFile, "backup", file)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("whole"),
  });
  const copy = new Sqlite(file, { readonly: true });
  expect(copy.prepare("select title, content from notes").all()).toEqual([{ title: "Kept", content: "in the copy" }]);
  copy.close();
  expect(await runVerso(verso.settings.databaseFile, "backup", file)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("already"),
  });
  const nowhere = join(verso.folder, "no", "copy.db");
  expect(await runVerso(verso.settings.databaseFile, "backup", nowhere)).toMatchObject({
    code: 1,
    stderr: `There is no folder ${join(verso.folder, "no")}.\n`,
  });
});
