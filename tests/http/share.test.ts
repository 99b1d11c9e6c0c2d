import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";
import { multipart } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

type Parts = Parameters<typeof multipart>[0];

/** What a browser sends when another app hands something over: it comes from no site. */
function share(parts: Parts, who = ada, headers = {}) {
  const form = multipart(parts);
  return who.ask("/share", {
    ...form,
    headers: { ...form.headers, Origin: "null", "Sec-Fetch-Site": "none", ...headers },
  });
}

function shareWords(fields: Record<string, string>, who = ada, headers = {}) {
  return share(
    Object.entries(fields).map(([name, data]) => ({ name, data })),
    who,
    headers,
  );
}

test("D21 what another app hands over is a note before anything is shown", async () => {
  const answer = await shareWords({ title: "A page", text: "Look", url: "https://example.org/page" });
  expect(answer).toHaveStatus(303);
  const { text } = await ada.get(String(answer.headers.location));
  expect(text).toContain("A page");
  expect(text).toContain("https://example.org/page");
});

test("D21 S25 pictures that are handed over are in the note; a bomb is named in it, and the words are kept", async () => {
  const picture = readFileSync("public/icon-192.png");
  const bomb = Buffer.concat([
    picture.subarray(0, 16),
    Buffer.from([0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]),
    picture.subarray(24),
  ]);
  const answer = await share([
    { name: "files", data: picture, file: "page.png" },
    { name: "files", data: bomb, file: "bomb.png" },
    { name: "title", data: "A picture" },
  ]);
  expect(answer).toHaveStatus(303);
  const { text } = await ada.get(String(answer.headers.location));
  expect(text).toContain("A picture");
  const [, source = ""] = /<img[^>]* src="(\/files\/[^"]+)"/.exec(text) ?? [];
  expect(await ada.get(source)).toHaveStatus(200);
  expect(text).toContain("“bomb.png” was not attached");
});

test("what can't be a note comes back in the form, word for word", async () => {
  const answer = await shareWords({ title: "Large", text: "x".repeat(1_100_000), url: "https://example.org" });
  expect(answer).toHaveStatus(413);
  expect(answer.text).toContain("x".repeat(1_000));
  expect(answer.text).toContain("https://example.org</textarea>");
  expect(await shareWords({ title: "", text: "" })).toHaveStatus(422);
});

test("D01 what is handed over when the login has expired is saved after signing in", async () => {
  const answer = await shareWords({ title: "Handed over", text: "words" }, verso.visitor());
  expect(answer).toHaveStatus(401);
  expect(answer.text).toContain("Handed over");
});

test("D01 words beside a large file come back when the login has expired", async () => {
  const parts = [
    { name: "text", data: "words beside it" },
    { name: "files", data: Buffer.alloc(9_000_000), file: "film.bin" },
  ];
  const answer = await share(parts, verso.visitor());
  expect(answer).toHaveStatus(401);
  expect(answer.text).toContain("words beside it");
});

test.each([["cross-site"], ["same-site"]])("S47 %s can't hand anything over", async (site) => {
  expect(await shareWords({ title: "x" }, ada, { "Sec-Fetch-Site": site })).toHaveStatus(403);
  expect(await shareWords({ title: "x" }, ada, { Origin: "https://evil.example" })).toHaveStatus(403);
});

test("looking at the address makes no note, and fills the form", async () => {
  const { text } = await ada.get("/share?title=Seen&text=words");
  expect(text).toContain('value="Seen"');
  expect((await ada.get("/notes")).text).not.toContain("Seen");
});

test("what waited for a connection is nobody's but its writer's", async () => {
  const eve = await verso.join("Eve");
  const body = { title: "Train", content: "words", writer: "01a1fed2-4023-758b-8854-a2fba98097c1" };
  expect(await eve.post("/notes", body)).toHaveStatus(409);
  expect((await eve.get("/notes")).text).not.toContain("Train");
});
