import { afterEach, beforeEach, expect, test } from "vitest";
import type { Client } from "../support/client";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

test("who keeps writing comes back to the form, which says when it was saved", async () => {
  const made = await ada.post("/notes", { title: "Diary", content: "one", next: "write", draft: "d-1" });
  expect(made).toSeeOther(/^\/notes\/[\da-f-]{36}\/edit\?saved=d-1$/);
  const edit = String(made.headers.location).replace(/\?.*/, "");
  expect((await ada.get(String(made.headers.location))).text).toMatch(/Saved <time/);
  expect((await ada.get(edit)).text).not.toMatch(/Saved <time/);
  const saved = await ada.post(edit, { title: "Diary", content: "one two", version: "1", next: "write" });
  expect(saved).toSeeOther(`${edit}?saved=`);
  expect((await ada.get(`${edit}?saved=`)).text).toContain('name="version" value="2"');
  const elsewhere = { title: "Diary", content: "one two", version: "2", next: "https://evil.example" };
  expect(await ada.post(edit, elsewhere)).toSeeOther(edit.replace("/edit", ""));
  expect(await ada.post(edit, { title: "Diary", content: "other", version: "1", next: "write" })).toHaveStatus(409);
});
