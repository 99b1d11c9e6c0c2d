import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { assert, asyncProperty, integer, option, record } from "fast-check";
import sharp from "sharp";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Answer, Client } from "../support/client";
import { sendDraft } from "../support/drafts";
import { runVerso, startProcess } from "../support/process";
import { ADA, startVerso, type TestVerso } from "../support/verso";
import { multipart, upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso({ environment: { MAX_FILE: "3MiB", FILES_QUOTA: "8MiB" } });
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

type Sent = { name: string; data: string | Buffer };

function rows<Row = Record<string, unknown>>(sql: string) {
  const database = new Sqlite(verso.settings.databaseFile, { readonly: true });
  const found = database.prepare(sql).all() as Row[];
  database.close();
  return found;
}

const idsOf = (note: string) =>
  rows<{ id: string }>(`select id from files where note_id = '${note}' order by created, id`).map(({ id }) => id);

/** Attaches files to a note. @returns their ids. */
async function attach(note: string, ...sent: Sent[]) {
  const answer = await ada.ask(`/notes/${note}/files`, upload(sent));
  expect(answer).toSeeOther(`/notes/${note}#attached`);
  return idsOf(note);
}

/** A note with one file. @returns the address of the file. */
async function keep(name: string, data: string | Buffer) {
  const [id = ""] = await attach(await ada.write("With a file"), { name, data });
  return `/files/${id}`;
}

const picture = (width = 8, height = 6) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 90, b: 20 } } });

/** What every answer about a file has. */
function expectFileHeaders({ headers }: Answer) {
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["content-security-policy"]).toMatch(/^sandbox; default-src 'none'/);
  expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  expect(headers.vary).toMatch(/cookie/i);
}

test("files go to a note by a plain form, several at once, and come back byte for byte", async () => {
  const note = await ada.write("Plan");
  const data = randomBytes(1_300_000);
  const [one, two] = await attach(note, { name: "plan.bin", data }, { name: "empty.txt", data: "" });
  const whole = await ada.get(`/files/${one}`);
  expect(whole).toHaveStatus(200);
  expect(whole.body.equals(data)).toBe(true);
  expect(whole.headers["content-length"]).toBe("1300000");
  expectFileHeaders(whole);
  const empty = await ada.get(`/files/${two}`);
  expect([empty.status, empty.body.length]).toEqual([200, 0]);
  const page = await ada.get(`/notes/${note}`);
  expect(page.text).toContain("plan.bin");
  expect(page.text).toContain("1.2 MiB");
  expect((await ada.get("/files")).text).toContain("empty.txt");
});

test("a file is kept for ever by its own browser and by nobody else's", async () => {
  const address = await keep("a.bin", "bytes");
  const answer = await ada.get(address);
  expect(answer.headers["cache-control"]).toBe("private, max-age=31536000, immutable, no-transform");
  expect(answer.headers.etag).toMatch(/^"[\w-]{43}"$/);
  for (const tag of [answer.headers.etag, `W/${answer.headers.etag}`, `"x", ${answer.headers.etag}`, "*"]) {
    const again = await ada.get(address, { "If-None-Match": tag });
    expect([again.status, again.text]).toEqual([304, ""]);
    expectFileHeaders(again);
  }
  expect(await ada.get(address, { "If-None-Match": '"other"' })).toHaveStatus(200);
  const left = await ada.post("/logout");
  expect(left.headers["clear-site-data"]).toContain('"cache"');
});

test("HEAD tells of a file what GET would, without its bytes", async () => {
  const address = await keep("a.bin", "0123456789");
  const head = await ada.ask(address, { method: "HEAD", headers: { Range: "bytes=2-3" } });
  expect([head.status, head.text, head.headers["content-length"]]).toEqual([200, "", "10"]);
  expect(head.headers.etag).toBe((await ada.get(address)).headers.etag);
  expectFileHeaders(head);
});

test("any range of any file is that slice of it", async () => {
  const data = randomBytes(600_000);
  const address = await keep("a.bin", data);
  const place = integer({ min: 0, max: 620_000 });
  await assert(
    asyncProperty(record({ from: option(place), to: option(place) }), async ({ from, to }) => {
      const answer = await ada.get(address, { Range: `bytes=${from ?? ""}-${to ?? ""}` });
      if (from === null ? to === null : to !== null && to < from) expect(answer).toHaveStatus(200);
      else if (from === null ? to === 0 : from >= data.length) {
        expect(answer).toHaveStatus(416);
        expect(answer.headers["content-range"]).toBe(`bytes */${data.length}`);
      } else {
        const slice = from === null ? data.subarray(-(to ?? 0)) : data.subarray(from, (to ?? data.length) + 1);
        expect(answer).toHaveStatus(206);
        expect(answer.body.equals(slice)).toBe(true);
        const first = from ?? data.length - slice.length;
        expect(answer.headers["content-range"]).toBe(`bytes ${first}-${first + slice.length - 1}/${data.length}`);
      }
      expectFileHeaders(answer);
    }),
    { numRuns: 60 },
  );
});

test("a range that isn't one, several at once, or one of other bytes is answered with the whole file", async () => {
  const address = await keep("a.bin", "0123456789");
  const { headers } = await ada.get(address);
  for (const Range of [
    "bytes=0-1,4-5",
    "lines=0-1",
    "bytes=a-b",
    "bytes=-",
    "bytes=5-2",
    "0-1",
    `bytes=${"9".repeat(400)}-1`,
  ])
    expect((await ada.get(address, { Range })).text, Range).toBe("0123456789");
  const goesOn = (condition?: string) => ada.get(address, { Range: "bytes=4-5", "If-Range": condition });
  expect((await goesOn(headers.etag)).text).toBe("45");
  expect((await goesOn(`W/${headers.etag}`)).text).toBe("0123456789");
  expect((await goesOn('"other"')).text).toBe("0123456789");
  expect((await goesOn("Sat, 21 Nov 2026 10:00:00 GMT")).text).toBe("0123456789");
});

const ACTIVE: [name: string, data: string | Buffer][] = [
  ["page.html", "<script>alert(1)</script>"],
  ["picture.png", "<html><script>alert(1)</script>"],
  ["picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ["page.xhtml", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'],
  ["sheet.xml", '<?xml-stylesheet type="text/xsl" href="?"?><x/>'],
  ["mail.mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<script>1</script>"],
  ["script.js", "alert(1)"],
  ["polyglot.gif", "GIF89a=1;alert(1);/*"],
  ["cut.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2])],
  ["archive.jar", "PK\x03\x04"],
];

test.each(ACTIVE)("S15 S26 %s is a download of bytes, whatever it calls itself", async (name, data) => {
  const note = await ada.write("Hostile");
  const form = multipart([{ name: "files", data, file: name, type: "text/html;image/png" }]);
  expect(await ada.ask(`/notes/${note}/files`, form)).toHaveStatus(303);
  const answer = await ada.get(`/files/${idsOf(note)[0]}`);
  expect(answer.headers["content-type"]).toBe("application/octet-stream");
  expect(answer.headers["content-disposition"]).toMatch(/^attachment; /);
  expect(answer.body.equals(Buffer.from(data))).toBe(true);
  expectFileHeaders(answer);
});

test("S15 a PDF is a download, a picture is shown, each by its own bytes", async () => {
  const note = await ada.write("Kinds");
  const [pdf, png, gif, sound] = await attach(
    note,
    { name: "a.png", data: "%PDF-1.7\n" },
    { name: "b.html", data: await picture().png().toBuffer() },
    { name: "c", data: await picture().gif().toBuffer() },
    { name: "d.exe", data: "ID3\x04rest" },
  );
  const kinds = [];
  for (const id of [pdf, png, gif, sound]) {
    const { headers } = await ada.get(`/files/${id}`);
    kinds.push([headers["content-type"], String(headers["content-disposition"]).split(";")[0]]);
  }
  expect(kinds).toEqual([
    ["application/pdf", "attachment"],
    ["image/png", "inline"],
    ["image/gif", "inline"],
    ["audio/mpeg", "inline"],
  ]);
});

test("S16 what is refused of a file has its headers too", async () => {
  const address = await keep("a.bin", "bytes");
  for (const answer of [
    await ada.get(address, { Range: "bytes=9-" }),
    await ada.get("/files/0199a9a9-0000-7000-8000-000000000000"),
    await ada.get("/files/nothing"),
    await verso.visitor().get(address),
  ]) {
    expect([303, 404, 416]).toContain(answer.status);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(answer.headers["cache-control"]).toBe("private, no-store");
  }
});

const NAMES: [sent: string, kept: string][] = [
  ["../../etc/passwd", "passwd"],
  ["..\\..\\boot.ini", "boot.ini"],
  ["C:\\plan.pdf", "plan.pdf"],
  ["a\u202egnp.exe", "agnp.exe"],
  ["CON.txt", "_CON.txt"],
  ["...", "file"],
  ["what: is *this*?.md", "what_ is _this__.md"],
  ["計画 🌱 план.png", "計画 🌱 план.png"],
  ["שלום.pdf", "שלום.pdf"],
  [`${"ä".repeat(300)}.pdf`, `${"ä".repeat(98)}.pdf`],
];

test.each(NAMES)("S17 S19 a file sent as %j is kept as %j and downloads under it", async (sent, kept) => {
  const answer = await ada.get(await keep(sent, "bytes"));
  const [, whole = ""] =
    /filename\*=UTF-8''([\w.~%!#$&+^`|-]+)$/.exec(String(answer.headers["content-disposition"])) ?? [];
  expect(decodeURIComponent(whole)).toBe(kept);
  expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=/);
});

test("S20 files of one name in a note are kept apart", async () => {
  const note = await ada.write("Plans");
  const ids = await attach(
    note,
    { name: "plan.pdf", data: "one" },
    { name: "PLAN.pdf", data: "two" },
    { name: "pl\u200ban.pdf", data: "three" },
  );
  const names = rows<{ name: string }>("select name from files order by created, id").map(({ name }) => name);
  expect(names).toEqual(["plan.pdf", "PLAN (2).pdf", "plan (3).pdf"]);
  const texts = await Promise.all(ids.map(async (id) => (await ada.get(`/files/${id}`)).text));
  expect(texts).toEqual(["one", "two", "three"]);
});

test("S21 the ids of files are in no order, and files are", async () => {
  const note = await ada.write("Many");
  const names = Array.from({ length: 60 }, (_, place) => `${place}.txt`);
  const ids = await attach(note, ...names.map((name) => ({ name, data: name })));
  expect(new Set(ids.map((id) => id.slice(0, 6))).size).toBeGreaterThan(58);
  expect(ids.toSorted()).not.toEqual(ids);
  const page = (await ada.get(`/notes/${note}/files`)).text;
  expect([...page.matchAll(/>(\d+\.txt)<\/bdi><\/a>/g)].map(([, name]) => name)).toEqual(names);
});

test("the same content twice is stored once, and for each person by itself", async () => {
  const data = randomBytes(700_000);
  const note = await ada.write("Twice");
  const [first, second] = await attach(note, { name: "a", data }, { name: "b", data });
  expect(rows("select key from file_contents where digest is not null")).toHaveLength(1);
  const eve = await verso.join("Eve");
  await eve.ask("/files?index", upload([{ name: "c", data }]));
  expect(rows("select key from file_contents where digest is not null")).toHaveLength(2);
  await ada.post(`/files/${first}/delete`);
  expect(await ada.get(`/files/${first}`)).toHaveStatus(404);
  expect((await ada.get(`/files/${second}`)).body.equals(data)).toBe(true);
});

test("S22 S52 S55 a file is its owner's alone, wherever it stands and by whatever address", async () => {
  const note = await ada.write("Ada's");
  const [id = ""] = await attach(note, { name: "secret-name.png", data: await picture().png().toBuffer() });
  const eve = await verso.join("Eve");
  const own = await eve.write("Eve's", `![x](/files/${id})`);
  for (const address of [`/files/${id}`, `/files/${id}/thumb`, "/files/named?name=secret-name.png"]) {
    expect(await eve.get(address), address).toHaveStatus(404);
    expect((await ada.get(address)).status, address).toBeLessThan(400);
    expect(await verso.visitor().get(address), address).toHaveStatus(303);
  }
  expect(await eve.post(`/files/${id}/delete`)).toHaveStatus(404);
  expect(await eve.post(`/notes/${own}/mentions`, { file: id })).toHaveStatus(404);
  expect(await eve.ask(`/notes/${note}/files`, upload([{ name: "a", data: "b" }]))).toHaveStatus(404);
  expect(await ada.post(`/notes/${await ada.write("Other")}/mentions`, { file: id })).toHaveStatus(404);
  expect((await eve.get("/files")).text).not.toContain("secret-name");
  await ada.post(`/notes/${note}/trash`);
  expect(await ada.get(`/files/${id}`)).toHaveStatus(200);
  await ada.post("/trash", { intent: "delete", note });
  expect(await ada.get(`/files/${id}`)).toHaveStatus(404);
});

const BY_BROWSER = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Dest": "document" };

test("a browser that goes to a file that is no more gets the page that says so, a picture or a program a short answer", async () => {
  const none = "0199a9a9-0000-7000-8000-000000000000";
  const nowhere = await ada.get("/nowhere", BY_BROWSER);
  const same = [
    "content-type",
    "cache-control",
    "vary",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
  ];
  for (const path of [`/files/${none}`, "/files/x", `/files/${none}/thumb`, "/files/named?name=none.png"]) {
    const page = await ada.get(path, BY_BROWSER);
    expect(page, path).toHaveStatus(404);
    for (const name of same) expect(page.headers[name], `${name} of ${path}`).toBe(nowhere.headers[name]);
    expect(page.headers["content-security-policy"]).toMatch(/script-src 'nonce-/);
    expect(page.headers["x-remix-catch"]).toBeUndefined();
    expect(mainOf(page), path).toBe(mainOf(nowhere));
    expect(page.text).toContain('<a href="/notes">Go to your notes</a>');
    for (const headers of [
      {},
      { Accept: "*/*" },
      { Accept: "image/avif,image/webp,*/*;q=0.8", "Sec-Fetch-Dest": "image" },
      { ...BY_BROWSER, "Sec-Fetch-Dest": "image" },
    ]) {
      const short = await ada.get(path, headers);
      expect(short, path).toHaveStatus(404);
      expect(JSON.parse(short.text)).toEqual({ message: "There is nothing here, or nothing that you may see." });
    }
  }
  const head = await ada.ask(`/files/${none}`, { method: "HEAD", headers: BY_BROWSER });
  expect([head.status, head.headers["content-type"], head.text]).toEqual([404, "text/html; charset=utf-8", ""]);
  expect(await verso.visitor().get(`/files/${none}`, BY_BROWSER)).toSeeOther(/^\/login/);
  expect(
    (await ada.get(await keep("a.png", await picture().png().toBuffer()), BY_BROWSER)).headers["content-type"],
  ).toBe("image/png");
});

test("a button whose form comes too late leads to a page too, and a program is told as it was", async () => {
  const late = await ada.post("/undo/0199a9a9-0000-7000-8000-000000000000", { back: "/notes" }, BY_BROWSER);
  expect(late).toHaveStatus(404);
  expect(late.text).toContain("<h1>Not found</h1>");
  expect(await ada.get("/logout", BY_BROWSER)).toHaveStatus(404);
  const read = await ada.post("/files/named", {}, BY_BROWSER);
  expect(read).toHaveStatus(405);
  expect(read.headers.allow).toBe("GET, HEAD");
  expect(read.text).toContain("This address doesn&#x27;t do that.");
  const program = await ada.get("/api/v1/notes/0199a9a9-0000-7000-8000-000000000000", BY_BROWSER);
  expect(program.headers["content-type"]).toContain("application/problem+json");
});

/** What stands on a page besides its frame, without the script's own. */
function mainOf({ text }: Answer) {
  return /<main.*<\/main>/s.exec(text)?.[0];
}

test("a deleted file comes back for ten minutes", async () => {
  const note = await ada.write("With a file");
  const [id = ""] = await attach(note, { name: "a.bin", data: "bytes" });
  const answer = await ada.post(`/files/${id}/delete`, { back: `/notes/${note}` });
  expect(answer).toSeeOther(new RegExp(`^/notes/${note}\\?undo=`));
  const page = await ada.get(String(answer.headers.location));
  expect(page.text).toContain("“a.bin” is deleted.");
  expect(await ada.get(`/files/${id}`)).toHaveStatus(404);
  const [, undo] = /action="(\/undo\/[\da-f-]+)"/.exec(page.text) ?? [];
  await ada.post(String(undo));
  expect((await ada.get(`/files/${id}`)).text).toBe("bytes");
});

test("a file that is too large is refused with a sentence, and the others are kept", async () => {
  const note = await ada.write("Large");
  const answer = await ada.ask(
    `/notes/${note}/files`,
    upload([
      { name: "before.txt", data: "before" },
      { name: "large.bin", data: Buffer.alloc(3_145_729) },
      { name: "after.txt", data: "after" },
    ]),
  );
  expect(answer).toHaveStatus(413);
  expect(answer.text).toContain("“large.bin” was not attached. It is larger than 3 MiB");
  expect(answer.text).toContain("Attached: “before.txt”, “after.txt”.");
  expect(idsOf(note)).toHaveLength(2);
});

test("where there is no room left a file is refused with both numbers", async () => {
  const note = await ada.write("Full");
  const part = () => ({ name: "part.bin", data: randomBytes(2_500_000) });
  await attach(note, part(), part(), part());
  const answer = await ada.ask(`/notes/${note}/files`, upload([part(), { name: "small", data: "fits" }]));
  expect(answer).toHaveStatus(413);
  expect(answer.text).toMatch(/you may keep 8 MiB of files, and 7\.\d MiB of them are taken/);
  expect(idsOf(note)).toHaveLength(4);
  expect((await ada.get("/files")).text).toContain("7.2 MiB");
});

test("S25 a picture that claims too many pixels is refused with a sentence", async () => {
  const note = await ada.write("Bomb");
  const bomb = await sharp({
    create: { width: 16_000, height: 16_000, channels: 3, background: "white" },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const answer = await ada.ask(`/notes/${note}/files`, upload([{ name: "bomb.png", data: bomb }]));
  expect(answer).toHaveStatus(422);
  expect(answer.text).toContain("100 million pixels");
  expect(idsOf(note)).toEqual([]);
});

test("a picture loses the place where it was taken, is turned as it is to be seen, and gets a small one", async () => {
  const taken = await picture(1200, 800)
    .withExif({ IFD0: { Make: "Camera" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" } })
    .jpeg()
    .toBuffer();
  expect((await sharp(taken).metadata()).exif?.includes(Buffer.from([0x25, 0x88]))).toBe(true);
  const address = await keep("photo.jpg", taken);
  const seen = await ada.get(address);
  expect(seen.headers["content-type"]).toBe("image/jpeg");
  const facts = await sharp(seen.body).metadata();
  expect([facts.exif, facts.width, facts.height]).toEqual([undefined, 1200, 800]);
  const thumb = await ada.get(`${address}/thumb`);
  expect(thumb.headers["content-type"]).toBe("image/webp");
  const small = await sharp(thumb.body).metadata();
  expect([small.width, small.height]).toEqual([480, 320]);
});

test("a picture that doesn't say where it was taken stays as it is, byte for byte", async () => {
  for (const data of [
    await picture().jpeg().toBuffer(),
    await picture().webp().toBuffer(),
    await picture().png().toBuffer(),
  ])
    expect((await ada.get(await keep("a", data))).body.equals(data)).toBe(true);
});

test("an upload that breaks off leaves nothing behind", async () => {
  const note = await ada.write("Broken");
  const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const socket = connect(verso.settings.port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.write(
    `POST /notes/${note}/files HTTP/1.1\r\nHost: ${new URL(verso.origin).host}\r\nOrigin: ${verso.origin}\r\nCookie: ${cookie}\r\n` +
      `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 2500000\r\n\r\n` +
      `--x\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n`,
  );
  socket.write(randomBytes(1_300_000));
  await expect.poll(() => rows("select place from file_chunks").length).toBeGreaterThan(0);
  socket.destroy();
  await expect.poll(() => rows("select key from file_contents")).toEqual([]);
  expect(rows("select id from files")).toEqual([]);
  expect(rows("select file_bytes from note_counts")).toEqual([{ file_bytes: 0 }]);
  expect((await ada.get("/files")).text).toContain("No files yet");
});

test("a process that is killed in the middle of an upload leaves nothing of it after the next start", async () => {
  const folder = mkdtempSync(join(tmpdir(), "verso-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await startProcess(folder);
  await first.client.post("/setup", ADA);
  const cookie = [...first.client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const { host, port } = new URL(first.client.origin);
  const socket = connect(Number(port), "127.0.0.1").on("error", () => {});
  socket.write(
    `POST /files?index HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${first.client.origin}\r\nCookie: ${cookie}\r\n` +
      `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 2500000\r\n\r\n` +
      `--x\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n`,
  );
  socket.write(randomBytes(1_300_000));
  const count = (table: string) => {
    const database = new Sqlite(join(folder, "verso.db"), { readonly: true });
    const found = database.prepare(`select count(*) from ${table}`).pluck().get();
    database.close();
    return found;
  };
  await expect.poll(() => count("file_chunks")).toBe(4);
  first.child.kill("SIGKILL");
  await first.ended;
  const second = await startProcess(folder);
  expect([count("files"), count("file_contents"), count("file_chunks")]).toEqual([0, 0, 0]);
  second.child.kill();
  await second.ended;
});

test("a file with nothing chosen, a form cut short and no form at all are refused with a sentence", async () => {
  const note = await ada.write("Nothing");
  const path = `/notes/${note}/files`;
  const none = await ada.ask(path, upload([{ name: "", data: "" }]));
  expect(none).toHaveStatus(422);
  expect(none.text).toContain("Choose a file first.");
  expect(await ada.post(path)).toHaveStatus(422);
  const whole = upload([{ name: "a", data: "bytes" }]);
  expect(await ada.ask(path, { ...whole, body: whole.body.subarray(0, -30) })).toHaveStatus(422);
  expect(idsOf(note)).toEqual([]);
});

test.each(["/files?index", "/import?index", "/share"])(
  "S70 a part without a name that breaks off is refused at %s, and ends nothing",
  async (path) => {
    const { headers, body } = upload([{ name: "", data: "hello" }]);
    const broken = await ada.ask(path, { method: "POST", headers, body: body.subarray(0, -35) });
    expect(broken.status).toBeLessThan(500);
    expect(await ada.get("/healthz")).toHaveStatus(200);
  },
);

test("what of a form arrived before it broke off is kept, and named", async () => {
  const note = await ada.write("Half");
  const { headers, body } = upload([
    { name: "whole.bin", data: "all of it" },
    { name: "cut.bin", data: "x".repeat(1_000) },
  ]);
  const answer = await ada.ask(`/notes/${note}/files`, { method: "POST", headers, body: body.subarray(0, -500) });
  expect(answer).toHaveStatus(422);
  expect(answer.text).toContain("Attached: “whole.bin”");
});

test("S25 names of very many dots are made safe at once", async () => {
  const note = await ada.write("Dots");
  const started = performance.now();
  await attach(note, ...Array.from({ length: 20 }, () => ({ name: `x${".".repeat(14_500)}x`, data: "y" })));
  expect(performance.now() - started).toBeLessThan(4_000);
});

test("D02 a file that only a draft or an earlier text mentions doesn't go after a day", async () => {
  const sent = upload([{ name: "image.png", data: await picture().png().toBuffer() }]);
  const paste = async () => {
    const { text } = await ada.ask(`/files?for=text&_data=${encodeURIComponent("routes/files._index")}`, sent);
    return JSON.parse(text).kept[0] as { id: string; markdown: string };
  };
  const [drafted, refused, forgotten] = [await paste(), await paste(), await paste()];
  await sendDraft(verso, ada, "0199a9a9-0000-7000-8000-00000000000d", { content: drafted.markdown });
  const note = await ada.write("Plan", "one");
  await ada.post(`/notes/${note}/edit`, { title: "Plan", content: "two", version: "1" });
  await ada.post(`/notes/${note}/edit`, { title: "Plan", content: refused.markdown, version: "1" });
  const folder = mkdtempSync(join(tmpdir(), "verso-files-"));
  await runVerso(verso.settings.databaseFile, "backup", join(folder, "verso.db"));
  const copy = new Sqlite(join(folder, "verso.db"));
  copy.exec("update files set waiting = 1");
  copy.close();
  const { child, client } = await startProcess(folder);
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  await client.post("/login", { email: ADA.email, password: ADA.password });
  await expect.poll(async () => (await client.get(`/files/${forgotten.id}`)).status).toBe(404);
  expect(await client.get(`/files/${drafted.id}`)).toHaveStatus(200);
  expect(await client.get(`/files/${refused.id}`)).toHaveStatus(200);
});

test("a file that waits for a text goes to the note whose text mentions it", async () => {
  const sent = upload([{ name: "image.png", data: await picture().png().toBuffer() }]);
  const route = encodeURIComponent("routes/files._index");
  const one = JSON.parse((await ada.ask(`/files?for=text&_data=${route}`, sent)).text);
  const two = JSON.parse((await ada.ask(`/files?for=text&_data=${route}`, sent)).text);
  expect(one.kept[0].markdown).toBe(`![image.png](/files/${one.kept[0].id})`);
  const note = await ada.write("Pasted", `${one.kept[0].markdown} ${two.kept[0].markdown}`);
  expect(rows("select note_id, name, waiting from files order by created, id")).toEqual([
    { note_id: note, name: "image.png", waiting: null },
    { note_id: note, name: "image (2).png", waiting: null },
  ]);
});

test("a note that goes takes its files along, but for those that another note shows", async () => {
  const note = await ada.write("First");
  const [shared = "", own = ""] = await attach(note, { name: "a", data: "shared" }, { name: "b", data: "own" });
  const other = await ada.write("Second", `[a](/files/${shared})`);
  await ada.post(`/notes/${note}/trash`);
  await ada.post("/trash", { intent: "delete", note });
  expect((await ada.get(`/files/${shared}`)).text).toBe("shared");
  expect(await ada.get(`/files/${own}`)).toHaveStatus(404);
  expect(rows("select id, note_id from files")).toEqual([{ id: shared, note_id: other }]);
  expect(rows("select bytes from file_contents where digest is null")).toEqual([{ bytes: 3 }]);
});

test("a picture is shown in a text by its address and by its name; a file is a link; other sites' stay links", async () => {
  const text = "![[garden.png]] ![[plan.pdf]] [the plan](docs/plan.pdf) ![x](https://example.org/x.png)";
  const note = await ada.write("Text", text);
  const [id = ""] = await attach(note, { name: "garden.png", data: await picture().png().toBuffer() });
  await ada.post(`/notes/${note}/mentions`, { file: id });
  const page = await ada.get(`/notes/${note}`);
  expect(page.text).toContain('<img src="/files/named?name=garden.png" alt="garden.png" loading="lazy">');
  expect(page.text).toContain(`<img src="/files/${id}" alt="garden.png" loading="lazy">`);
  expect(page.text).toContain('href="/files/named?name=plan.pdf"');
  expect(page.text).toContain('href="/files/named?name=docs%2Fplan.pdf"');
  expect(page.text).not.toContain('src="https');
  expect(await ada.get("/files/named?name=garden.png")).toSeeOther(`/files/${id}`);
  expect(await ada.get("/files/named?name=nothing.png")).toHaveStatus(404);
});

test("notes are found by what they hold or show", async () => {
  const [png, pdf] = [await picture().png().toBuffer(), "%PDF-1.7"];
  await ada.write("Nothing");
  await attach(await ada.write("Holds a picture"), { name: "a.png", data: png });
  const [id] = await attach(await ada.write("Holds a file"), { name: "b.pdf", data: pdf });
  await ada.write("Shows a picture", "![[a.png]]");
  await ada.write("Links to a file", `[b](/files/${id})`);
  const found = async (q: string) => {
    const { text } = await ada.get(`/notes?q=${encodeURIComponent(q)}`);
    return ["Nothing", "Holds a picture", "Holds a file", "Shows a picture", "Links to a file"].filter((title) =>
      text.includes(`>${title}</a>`),
    );
  };
  expect(await found("has:image")).toEqual(["Holds a picture", "Shows a picture"]);
  expect(await found("has:file -has:image")).toEqual(["Holds a file", "Links to a file"]);
  expect(await found("-has:file")).toEqual(["Nothing"]);
  await ada.post(`/files/${id}/delete`);
  expect(await found("has:file -has:image")).toEqual([]);
});
