import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { Client } from "../support/client";
import { elementsIn, elementsOf } from "../support/html";
import { startVerso, type TestVerso } from "../support/verso";
import { upload } from "../support/zip";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const link = (to: string, who = ada) => who.get(`/link?${new URLSearchParams({ to })}`);

function edit(id: string, title: string, content: string, version = 1, who = ada) {
  return who.post(`/notes/${id}/edit`, { title, content, version: String(version) });
}

/** What a note's page says of those that link to it. */
async function backlinks(id: string, who = ada) {
  const { text } = await who.get(`/notes/${id}`);
  const section = elementsIn(text).find(({ properties }) => String(properties?.className) === "backlinks");
  const items = section ? elementsOf(section).filter(({ tagName }) => tagName === "li") : [];
  return items.map((item) => textsIn(item).join(" | "));
}

function textsIn(node: { value?: string; children?: unknown[] }): string[] {
  if (node.value !== undefined) return [node.value];
  return (node.children ?? []).flatMap((child) => textsIn(child as typeof node));
}

const textOf = async (id: string) => {
  const { writer } = verso.engine as SqliteEngine;
  return writer.prepare("select content from notes where id = ?").pluck().get(id);
};

test("a link in a text leads to the note of that title, whatever its case or folder, and to a heading in it", async () => {
  const id = await ada.write("Grünes Buch", "# Erster Teil");
  const from = await ada.write("Start", "see [[grünes buch#Erster Teil|there]] and [[Grünes Buch]]");
  const { text } = await ada.get(`/notes/${from}`);
  const links = elementsIn(text).filter(({ properties }) => String(properties?.className) === "wikilink");
  expect(links.map((found) => textsIn(found).join(""))).toEqual(["there", "Grünes Buch"]);
  const [href = ""] = links.map(({ properties }) => String(properties?.href));
  expect(await ada.get(href)).toSeeOther(`/notes/${id}#note-erster-teil`);
  expect((await ada.get(`/notes/${id}`)).text).toContain('<h2 id="note-erster-teil">');
  for (const to of ["Grünes Buch", "GRÜNES BUCH", "gru\u0308nes  buch", "shelf/Grünes Buch", "Grünes Buch.md"])
    expect(await link(to), to).toSeeOther(`/notes/${id}`);
});

test("a link to no note offers to write it; afterwards it leads there", async () => {
  const page = await link('folder/Not <b>there "yet"');
  expect(page).toHaveStatus(200);
  const button = elementsIn(page.text).find(({ properties }) =>
    String(properties?.href).startsWith("/notes/new?title="),
  );
  const form = await ada.get(String(button?.properties?.href));
  const field = elementsIn(form.text).find(({ properties }) => properties?.name === "title");
  expect(field?.properties?.value).toBe('Not <b>there "yet"');
  const id = await ada.write("Tomorrow");
  expect(await link("Tomorrow")).toSeeOther(`/notes/${id}`);
  await ada.post(`/notes/${id}/trash`);
  expect((await link("Tomorrow")).text).toContain("There is no note of this title yet, or it is in the trash.");
  for (const odd of [
    "/link",
    "/link?to=",
    "/link?to=%23x",
    "/link?to=//",
    "/notes/new?title=a%00b",
    "/notes/new?title=a&title=b",
  ])
    expect(await ada.get(odd), odd).toHaveStatus(200);
  expect(await link("x".repeat(1_001))).toHaveStatus(422);
});

test("of several notes with one title the page lets one choose; a notebook or the whole title tells them apart", async () => {
  const shelf = await ada.post("/notebooks?index", { name: "Work", parent: "" });
  const notebook = String(shelf.headers.location).replace("/notebooks/", "");
  const one = await ada.write("Plan", "the first");
  const made = await ada.post("/notes", { title: "plan", content: "the second", notebook });
  const { text } = await link("Plan");
  expect(text).toContain("Several notes have this title.");
  for (const content of ["the first", "the second"]) expect(text).toContain(content);
  expect(await link("Work/Plan")).toSeeOther(String(made.headers.location));
  await edit(one, "private/Plan", "the first");
  expect(await link("private/plan")).toSeeOther(`/notes/${one}`);
  expect(await link("Plan"), "the shortest").toSeeOther(String(made.headers.location));
});

test("under a note stand those that link to it, with the sentence around the link, as long as they do", async () => {
  const id = await ada.write("Tea");
  const green = await ada.write("Green", "Not this. I drink [[tea|a cup]] every *day*. Nor this. [[TEA]]");
  await ada.write("Code", "`[[Tea]]` and ![[Tea]]");
  await edit(id, "Tea", "myself: [[Tea]]");
  expect(await backlinks(id)).toEqual(["Green | I drink a cup every day."]);
  await edit(green, "Green", "I don't drink [[tea]] now");
  expect(await backlinks(id)).toEqual(["Green | I don't drink tea now"]);
  await ada.post(`/notes/${green}/trash`);
  expect(await backlinks(id)).toEqual([]);
  await ada.post("/trash", { intent: "restore", note: green });
  expect(await backlinks(id)).toHaveLength(1);
  await edit(green, "Green", "nothing", 2);
  expect(await backlinks(id)).toEqual([]);
});

test("a note leads to those that name it without a link", async () => {
  const id = await ada.write("Green  Book");
  await ada.write("Naming", "I read the green book again");
  await ada.write("Linking", "and [[green book|this]] green book");
  const { text } = await ada.get(`/notes/${id}`);
  const [, path = ""] = /<a href="([^"]+)">Find notes that name it without a link/.exec(text) ?? [];
  const found = await ada.get(path.replaceAll("&amp;", "&"));
  expect(found.text).toContain("Naming");
  expect(found.text).not.toContain(">Linking<");
});

test("a note whose title a search can't look for leads nowhere, and nothing stands in that place", async () => {
  for (const title of ["", "—"]) {
    const { text } = await ada.get(`/notes/${await ada.write(title, "text")}`);
    expect(text).not.toMatch(/class="[^"]*backlinks/);
    expect(text).not.toContain("name it");
  }
});

test("a note with quotes in its title leads to all that name it", async () => {
  const id = await ada.write('The "Green" Book', "");
  await ada.write("Naming", "I read the green book again");
  await ada.write("Other", "a green thing, a book");
  const { text } = await ada.get(`/notes/${id}`);
  const [, path = ""] = /<a href="([^"]+)">Find all notes that name it/.exec(text) ?? [];
  const found = await ada.get(path.replaceAll("&amp;", "&"));
  expect(found.text).toContain("Naming");
  expect(found.text).not.toContain(">Other<");
});

test("of very many that link to a note fifty are shown, in one statement, and the rest is counted", async () => {
  const id = await ada.write("Hub");
  (verso.engine as SqliteEngine).writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
    insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content)
    select printf('0199a9a9-0000-7000-8000-%012d', i), (select id from users), 'N' || i, 'N' || i, '', 0, 1, i, i, '', '[[Hub]]' from n`);
  await verso.readTexts();
  expect(await backlinks(id)).toHaveLength(50);
  expect((await ada.get(`/notes/${id}`)).text).toContain(
    'and <a href="/notes?q=links%3A%22Hub%22">at least 950 more</a>',
  );
  const [statement, ...more] = (await verso.statementsOf(() => ada.get(`/notes/${id}`))).filter(({ text }) =>
    text.includes("note_links"),
  );
  expect(more).toEqual([]);
  const { writer } = verso.engine as SqliteEngine;
  const values = statement?.parameters.map(() => 1) ?? [];
  const plan = writer.prepare(`explain query plan ${statement?.text}`).all(...values) as { detail: string }[];
  const steps = plan.map(({ detail }) => detail).join("\n");
  expect(steps).toContain("note_links_target (owner_id=? AND target=?");
  expect(steps).not.toMatch(/TEMP B-TREE|SCAN note/);
});

const NEW = `New & "better" 'name' 1 < 2`;

test("a renamed note offers to take the links along; the texts before are kept, and nothing else in them changes", async () => {
  const id = await ada.write("Old name", "I am [[Old name]]");
  const [plain, coded, bound] = [
    "a [[old name]], [[Old Name#Part|shown]] and [[shelf/Old name.md|x]]",
    "`[[Old name]]` [[Old names]] \\[[Old name]] ![[Old name]] [[Old name]]",
    "---\nx: '[[Old name]]'\n---\r\n| a |\r\n|-|\r\n| [[Old name\\|t]] |\r\n\r\n#tag [[Old name]]",
  ] as const;
  const ids = [await ada.write("A", plain), await ada.write("B", coded)];
  await ada.ask("/import", upload([{ name: "C.md", data: bound }]));
  await expect.poll(async () => (await backlinks(id)).length).toBe(3);
  const saved = await edit(id, NEW, "I am [[Old name]]");
  expect(saved).toSeeOther(`/notes/${id}?${new URLSearchParams({ renamed: "Old name" })}`);
  const page = await ada.get(String(saved.headers.location));
  expect(page.text.replaceAll("<!-- -->", "")).toContain("3 notes link to this one as “<bdi>Old name</bdi>”.");
  expect(await backlinks(id)).toEqual([]);
  const done = await ada.post(`/notes/${id}/links`, { from: "Old name" });
  expect(done).toSeeOther(`/notes/${id}?relinked=4`);
  expect((await ada.get(String(done.headers.location))).text).toContain("The links of 4 notes have the new title");
  expect(await backlinks(id)).toHaveLength(3);
  expect(await textOf(ids[0] ?? "")).toBe(`a [[${NEW}]], [[${NEW}#Part|shown]] and [[shelf/${NEW}|x]]`);
  expect(await textOf(ids[1] ?? "")).toBe(`\`[[Old name]]\` [[Old names]] \\[[Old name]] ![[Old name]] [[${NEW}]]`);
  const imported = bound.replace("[[Old name\\|t]]", `[[${NEW}\\|t]]`).replace("#tag [[Old name]]", `#tag [[${NEW}]]`);
  const { writer } = verso.engine as SqliteEngine;
  expect(writer.prepare("select content from notes where title = 'C'").pluck().get()).toBe(imported);
  expect((await ada.get(`/notes/${ids[0]}`)).text).toContain("1 earlier version");
  expect(await link(NEW)).toSeeOther(`/notes/${id}`);
  const again = await ada.post(`/notes/${id}/links`, { from: "Old name" });
  expect(again, "but a property, whose quotes it would end").toSeeOther(`/notes/${id}?relinked=0&left=1`);
});

test("nothing is offered where no other note links there, the name stays the same, or another note has it", async () => {
  const id = await ada.write("Name");
  expect(await edit(id, "Another", "")).toSeeOther(`/notes/${id}`);
  await ada.write("From", "[[Name]] [[Another]]");
  expect(await edit(id, "folder/ANOTHER", "", 2)).toSeeOther(`/notes/${id}`);
  const twin = await ada.write("another");
  expect(await edit(id, "Third", "", 3)).toSeeOther(`/notes/${id}`);
  expect(await ada.post(`/notes/${id}/links`, { from: "Another" })).toSeeOther(`/notes/${id}?relinked=0`);
  expect(await link("another")).toSeeOther(`/notes/${twin}`);
});

test.each(["ends ]] early", "a|b", "C# notes", "[[x]]", "<script>alert(1)</script>", "*all* of it", "back\\slash"])(
  "links are not rewritten for a title that a link can't hold: %j",
  async (title) => {
    const id = await ada.write("Fine");
    const from = await ada.write("From", "to [[Fine]]");
    const saved = await edit(id, title, "");
    const { text } = await ada.get(String(saved.headers.location));
    expect(text).toContain("A link can’t hold the new title");
    expect(text).not.toContain("Update the links");
    expect(await ada.post(`/notes/${id}/links`, { from: "Fine" })).toSeeOther(`/notes/${id}?relinked=0&left=1`);
    expect(await textOf(from)).toBe("to [[Fine]]");
  },
);

test.each([
  `"><script>alert(1)</script>`,
  `' onmouseover='alert(1)`,
  "javascript:alert(1)",
  "//evil.example",
  "a]]b",
  "%00%0d%0a",
  "‮evil",
])("S01 a note called %j, links to it and offers of it hold no code", async (title) => {
  const id = await ada.write(title, `[[${title}]]`);
  const from = await ada.write("From", `[[${title}|${title}]] [[x|${title}]]`);
  const pages = [
    await link(title),
    await link(`${title}x`),
    await ada.get(`/notes/${id}`),
    await ada.get(`/notes/${from}`),
  ];
  const saved = await edit(id, `${title}!`, "");
  pages.push(
    await ada.get(String(saved.headers.location)),
    await ada.get(`/notes/new?${new URLSearchParams({ title })}`),
  );
  for (const { text, headers } of pages) {
    expect(headers.location ?? "/notes/").toMatch(/^\/notes\//);
    for (const { tagName, properties = {}, children } of elementsIn(text)) {
      expect(Object.keys(properties).filter((name) => /^on/i.test(name))).toEqual([]);
      expect(String(properties.href ?? "")).not.toMatch(/^(javascript:|\/\/)/i);
      if (tagName === "script") expect(String(children?.[0]?.value ?? "")).not.toMatch(/^alert/);
    }
  }
});

test("S51 S52 nobody sees, follows or rewrites links of others", async () => {
  const id = await ada.write("Secret plan");
  const from = await ada.write("Diary", "about the [[Secret plan]]");
  const eve = await verso.join("Eve");
  expect((await link("Secret plan", eve)).text).toContain("There is no note of this title yet");
  const own = await eve.write("Secret plan");
  expect(await link("Secret plan", eve)).toSeeOther(`/notes/${own}`);
  expect(await link("Secret plan")).toSeeOther(`/notes/${id}`);
  expect(await backlinks(own, eve)).toEqual([]);
  expect(await edit(own, "Mine", "", 1, eve), "nothing of hers links there").toSeeOther(`/notes/${own}`);
  expect(await eve.post(`/notes/${own}/links`, { from: "Secret plan" })).toSeeOther(`/notes/${own}?relinked=0`);
  await edit(id, "Plan", "");
  for (const from of ["Secret plan", "Plan"]) expect(await eve.post(`/notes/${id}/links`, { from })).toHaveStatus(404);
  expect(await ada.post(`/notes/${id}/links`, { from: "Never its title" })).toHaveStatus(404);
  expect(await ada.post(`/notes/${id}/links`, {})).toHaveStatus(422);
  expect(await textOf(from)).toBe("about the [[Secret plan]]");
  expect((await eve.get(`/notes/${own}?renamed=Secret+plan`)).text).not.toContain("Update the links");
});

test("a title that a note never had is not offered, whatever the address says", async () => {
  const id = await ada.write("Target");
  await ada.write("From", "[[Other]]");
  expect((await ada.get(`/notes/${id}?renamed=Other`)).text).not.toContain("Update the links");
  for (const query of ["relinked=x", "relinked=-1", "renamed=a&renamed=b", "left=9", "relinked=1e999"])
    expect(await ada.get(`/notes/${id}?${query}`), query).toHaveStatus(200);
});
