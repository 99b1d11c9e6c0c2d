import { afterEach, beforeEach, expect, test } from "vitest";
import type { Answer, Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const recordOf = ({ headers }: Answer) =>
  `/back/${/back;desc="([\w-]{22})"/.exec(String(headers["server-timing"]))?.[1]}`;
const plain = ({ text }: Answer) => text.replace(/<!-- -->/g, "").replace(/&quot;/g, '"');
const numbered = (number: number, name: string) =>
  Array.from({ length: number }, (_, place): [string, string] => [`${name}${place}`, "1"]);

test("of more parameters, headers, cookies and fields than are kept the true number is told", async () => {
  const query = new URLSearchParams(numbered(70, "p")).toString();
  const cookies = [...ada.cookies, ...numbered(80, "c")].map((pair) => pair.join("=")).join("; ");
  const headers = { ...Object.fromEntries(numbered(100, "x-h")), Cookie: cookies, "Sec-Fetch-Site": "none" };
  const address = recordOf(await ada.get(`/notes?${query}`, headers));
  const back = plain(await ada.get(address));
  expect(back).toContain("asked for /notes with 70 parameters in its address");
  expect(back).toMatch(/and \d\d more headers, not even their names kept/);
  // What the sentences are made from is kept whatever comes before it.
  expect(back).toContain("<dt>sec-fetch-site</dt><dd>none");
  expect(plain(await ada.get(`${address}/keep`))).toContain("Your browser sent 82 cookies");

  const refused = await ada.post("/notes", [...numbered(70, "f"), ["title", "x".repeat(301)], ["content", "text"]]);
  const form = plain(await ada.get(recordOf(refused)));
  expect(form).toContain("found 1 field of 72 not as it should be and answered 422");
  expect(form).toContain("And 22 more fields that are not kept.");
});
