import { afterEach, beforeEach, expect, test } from "vitest";
import type { Client } from "../support/client";
import { elementsIn } from "../support/html";
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
  expect((await ada.get(String(made.headers.location))).text).toMatch(/Saved<\/span> <time/);
  expect((await ada.get(edit)).text).not.toMatch(/Saved<\/span> <time/);
  const saved = await ada.post(edit, { title: "Diary", content: "one two", version: "1", next: "write" });
  expect(saved).toSeeOther(`${edit}?saved=`);
  expect((await ada.get(`${edit}?saved=`)).text).toContain('name="version" value="2"');
  const elsewhere = { title: "Diary", content: "one two", version: "2", next: "https://evil.example" };
  expect(await ada.post(edit, elsewhere)).toSeeOther(edit.replace("/edit", ""));
  expect(await ada.post(edit, { title: "Diary", content: "other", version: "1", next: "write" })).toHaveStatus(409);
});

/** What the form for a new note holds. */
async function form(query: string) {
  const answer = await ada.get(`/notes/new?${query}`);
  expect(answer).toHaveStatus(200);
  const fields = elementsIn(answer.text).filter(({ properties }) => properties?.name !== undefined);
  const value = (name: string) => fields.find(({ properties }) => properties?.name === name);
  return {
    title: String(value("title")?.properties?.value ?? ""),
    content:
      value("content")
        ?.children?.map(({ value }) => value)
        .join("") ?? "",
  };
}

test("an address fills the form for a new note, and nothing is saved by it", async () => {
  const query = new URLSearchParams({ title: "A page", text: "chosen\nwords", url: "https://example.org/a?b=c" });
  expect(await form(String(query))).toEqual({ title: "A page", content: "chosen\nwords\n\nhttps://example.org/a?b=c" });
  expect(await form("url=https%3A%2F%2Fexample.org")).toEqual({ title: "", content: "https://example.org" });
  expect(await form("title=a%0D%0Ab%00&text=&notebook=nowhere")).toEqual({ title: "a b", content: "" });
  const long = "x".repeat(301);
  expect(await form(`title=${long}&text=more`), "a title that is none").toEqual({
    title: "",
    content: `${long}\n\nmore`,
  });
  expect((await ada.get("/notes")).text).not.toMatch(/href="\/notes\/[\da-f-]{36}"/);
});

test("S01 whatever an address hands over stays text in the form", async () => {
  const evil = '</textarea></title>"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}';
  const query = new URLSearchParams({ title: evil, text: evil, url: `javascript:alert(1)//${evil}` });
  const filled = await form(String(query));
  expect(filled.title).toBe(evil);
  expect(filled.content).toBe(`${evil}\n\njavascript:alert(1)//${evil.replaceAll(" ", "")}`);
  expect((await ada.get(`/notes/new?${query}`)).text).not.toMatch(/<img|<script>alert/);
});

test("who has to sign in first finds the form filled after it", async () => {
  const asked = await verso.visitor().get("/notes/new?title=A+page&url=https%3A%2F%2Fexample.org");
  const login = String(asked.headers.location);
  const back = new URL(login, verso.origin).searchParams.get("redirectTo");
  expect(await form(String(back).replace("/notes/new?", ""))).toEqual({
    title: "A page",
    content: "https://example.org",
  });
});

test("the import page has a bookmark that opens the form, at the address by which one came", async () => {
  const link = elementsIn((await ada.get("/import")).text).find(({ properties }) =>
    String(properties?.href).startsWith("javascript:"),
  );
  const code = decodeURIComponent(String(link?.properties?.href).replace("javascript:", ""));
  const opened: string[] = [];
  // biome-ignore lint/security/noGlobalEval: what a browser does with such a bookmark
  const run = globalThis.eval(`((open, document, getSelection, location) => { ${code} })`);
  const page = { title: "A “page”" };
  run(
    (to: string) => opened.push(to),
    page,
    () => "chosen & more",
    { href: "https://example.org/?a=b&c" },
  );
  expect(opened[0]?.startsWith(`${verso.origin}/notes/new?`)).toBe(true);
  expect(await form(new URL(opened[0] ?? "").search.slice(1))).toEqual({
    title: "A “page”",
    content: "chosen & more\n\nhttps://example.org/?a=b&c",
  });
});

test("a note with the tag template begins others, its date and title filled in, and they are none", async () => {
  const text = "#template\n# {{title}}\n{{ date }} {{Title}} {{other}} #kept";
  const id = await ada.write("Meeting", text);
  expect((await ada.get("/notes/new")).text).toContain(`href="/notes/new?template=${id}"`);
  const { title, content } = await form(`template=${id}&title=%24%26+team&text=more`);
  expect(title).toBe("$& team");
  expect(content).toMatch(/^\n?# \$& team\n\d{4}-\d\d-\d\d \$& team \{\{other\}\} #kept\n\nmore$/);
  const plain = await ada.write("Plain", "text");
  for (const other of [plain, "nowhere", id.replace(/.$/, "x")])
    expect(await ada.get(`/notes/new?template=${other}`), other).toHaveStatus(404);
  const eve = await verso.join("Eve");
  expect(await eve.get(`/notes/new?template=${id}`), "S51").toHaveStatus(404);
  expect((await eve.get("/notes/new")).text).not.toContain("Meeting");
  await ada.post(`/notes/${id}/trash`);
  expect((await ada.get("/notes/new")).text).not.toContain("Meeting");
});

test("today leads to the note of that date, or to the form for it, and writes nothing", async () => {
  const first = await ada.get("/today");
  expect(first).toSeeOther(/^\/notes\/new\?title=\d{4}-\d\d-\d\d$/);
  const date = String(first.headers.location).slice(-10);
  const template = await ada.write("Today", "#template {{date}}");
  expect(await ada.get("/today")).toSeeOther(`/notes/new?title=${date}&template=${template}`);
  expect(await form(`title=${date}&template=${template}`)).toEqual({ title: date, content: date });
  const eve = await verso.join("Eve");
  await eve.write(date, "hers");
  const id = await ada.write(date, "mine");
  expect(await ada.get("/today")).toSeeOther(`/notes/${id}`);
  await ada.post(`/notes/${id}/trash`);
  expect(await ada.get("/today")).toSeeOther(/^\/notes\/new/);
});
