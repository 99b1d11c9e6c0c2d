import { afterEach, beforeEach, expect, test } from "vitest";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
beforeEach(async () => {
  verso = await startVerso();
});
afterEach(() => verso.stop());

test("a note that is written can be read", async () => {
  const ada = await verso.signIn();
  const answer = await ada.post("/notes", { title: "Groceries", content: "* milk\n* **bread**" });
  expect(answer).toSeeOther(/^\/notes\/[\da-f-]{36}$/);
  const page = await ada.get(String(answer.headers.location));
  expect(page).toHaveStatus(200);
  expect(page.text).toContain("<strong>bread</strong>");
  const list = await ada.get("/notes");
  expect(list.text).toContain("Groceries");
});

test("D06 a note saved in two tabs keeps both texts", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Plan", "one\ntwo\nthree");
  expect(
    await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "one, changed\ntwo\nthree", version: "1" }),
  ).toSeeOther(`/notes/${id}`);
  const late = await ada.post(`/notes/${id}/edit`, {
    title: "Plan",
    content: "one\ntwo\nthree, changed",
    version: "1",
  });
  expect(late).toHaveStatus(409);
  expect(late.text).toContain("one, changed\ntwo\nthree, changed");
});

test("accents and case don't matter to a search", async () => {
  const ada = await verso.signIn();
  await ada.write("Café", "Ångström wrote it");
  await ada.write("日本語", "これは東京タワーです");
  for (const q of ["cafe", "angstrom", "WROTE", "東京", "タワー", "日本"]) {
    const found = await ada.get(`/notes?q=${encodeURIComponent(q)}`);
    expect(found).toHaveStatus(200);
    expect(found.text, q).toContain("1 note<");
  }
});
