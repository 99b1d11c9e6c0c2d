import { array, assert, asyncProperty, constantFrom, uniqueArray } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import type { Client } from "../support/client";
import { computed } from "../support/time";
import { startVerso, type TestVerso } from "../support/verso";

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const edit = (id: string, content: string, version: number, title = "Plan") =>
  ada.post(`/notes/${id}/edit`, { title, content, version: String(version) });

/** The addresses of the earlier texts that a page lists. */
async function listed(path: string, client = ada) {
  const { text } = await client.get(path);
  return [...text.matchAll(/href="(\/notes\/[^"/]+\/versions\/[\da-f-]{36})"/g)].map(([, address = ""]) => address);
}

test("what a note said before is listed, latest first, with what became of it", async () => {
  const id = await ada.write("Plan", "walnut");
  await edit(id, "hazel", 1, "Plan B");
  await edit(id, "maple", 2);
  await edit(id, "plum", 1);
  expect((await ada.get(`/notes/${id}`)).text).toContain(`href="/notes/${id}/versions">3 earlier versions</a>`);
  const { text } = await ada.get(`/notes/${id}/versions`);
  expect(text).toMatch(
    /4 bytes.*Refused in a conflict.*Plan<.*5 bytes.*Replaced by a later save: .*title “Plan B” → “Plan” · \+1 −1 words · “hazel” → “maple”.*Replaced by a later save: .*“walnut” → “hazel”/s,
  );
  const pages = await Promise.all((await listed(`/notes/${id}/versions`)).map((address) => ada.get(address)));
  expect(pages.map(({ text }) => /<pre dir="auto">(\w+)</.exec(text)?.[1])).toEqual(["plum", "hazel", "walnut"]);
});

test("a note that was never changed has no earlier versions, and says so", async () => {
  const id = await ada.write("Plan", "only");
  expect((await ada.get(`/notes/${id}`)).text).not.toContain("/versions");
  expect((await ada.get(`/notes/${id}/versions`)).text).toContain("This note has no earlier versions.");
  const one = await ada.write("Plan", "first");
  await edit(one, "second", 1);
  expect((await ada.get(`/notes/${one}`)).text).toContain(">1 earlier version</a>");
});

test("an earlier text shows line by line what differs, in signs and words", async () => {
  const id = await ada.write("Plan", "\none\ntwo <b>\nthree");
  await edit(id, "\none\n2 <i>\nthree\nfour", 1, "Plan B");
  const [address = ""] = await listed(`/notes/${id}/versions`);
  const { text } = await ada.get(address);
  expect(text).toContain('<pre dir="auto">\n\none\ntwo &lt;b&gt;\nthree</pre>');
  expect(text).toMatch(/Only in this version:\n<\/span>− two &lt;b&gt;<\/del>/);
  expect(text).toMatch(/Only in the text now:\n<\/span>\+ 2 &lt;i&gt;<\/ins>/);
  expect(text).toMatch(/\+ four<\/ins>/);
  expect(text).toContain("<pre>  three</pre>");
  expect(text).toMatch(/“(<!-- -->)?Plan(<!-- -->)?”.*here, and.*“(<!-- -->)?Plan B(<!-- -->)?”/);
});

test("a burst of saves is folded, with each of its saves still there", async () => {
  const id = await ada.write("Plan", "0");
  for (let save = 1; save <= 6; save += 1) await edit(id, `${save}`, save);
  const { text } = await ada.get(`/notes/${id}/versions`);
  expect(text.replaceAll("<!-- -->", "")).toContain("<summary>4 saves between</summary>");
  expect(await listed(`/notes/${id}/versions`)).toHaveLength(6);
});

test("D06 any two saves can be told apart and had back", async () => {
  const text = array(constantFrom("oat", "milk", " ", "\n", "東", "\t", "é", "e\u0301"), {
    minLength: 1,
    maxLength: 8,
  });
  const texts = uniqueArray(
    text.map((parts) => parts.join("")),
    { minLength: 2, maxLength: 5 },
  );
  await assert(
    asyncProperty(texts, async (saves) => {
      const id = await ada.write("Plan", saves[0]);
      for (const [version, content] of saves.entries()) if (version > 0) await edit(id, content, version);
      const addresses = await listed(`/notes/${id}/versions`);
      expect(addresses).toHaveLength(saves.length - 1);
      for (const [back, address] of addresses.entries()) {
        const version = address.split("/").at(-1);
        const other = addresses[back + 1]?.split("/").at(-1) ?? "now";
        if (back + 1 < addresses.length)
          expect((await ada.get(`/notes/${id}/versions/compare?from=${version}&to=${other}`)).text).not.toContain(
            "The lines are the same.",
          );
        const now = saves.length + back;
        expect(await ada.post(address, { version: String(now) })).toSeeOther(`/notes/${id}`);
        const stored = JSON.parse((await ada.get(`/api/v1/notes/${id}`)).text) as { content: string };
        expect(stored.content).toBe(saves[saves.length - 2 - back]);
      }
    }),
    { numRuns: 8 },
  );
});

/** The fields of the form on the page of an earlier text. */
function fieldsOf(text: string) {
  const form = /<form method="post">.*?<\/form>/s.exec(text)?.[0] ?? "";
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]);
  return Object.fromEntries(fields) as Record<string, string>;
}

test("an earlier text is made the text again by an ordinary save, and the text before is kept", async () => {
  const made = await ada.postJson("/api/v1/notes", { title: "Plan", content: "first\r\nline\rand \u2028\n" });
  const { id } = JSON.parse(made.text) as { id: string };
  await edit(id, "second", 1, "Plan B");
  const [address = ""] = await listed(`/notes/${id}/versions`);
  const fields = fieldsOf((await ada.get(address)).text);
  expect(fields).toEqual({ version: "2" });
  expect(await ada.post(address, fields)).toSeeOther(`/notes/${id}`);
  expect(JSON.parse((await ada.get(`/api/v1/notes/${id}`)).text)).toMatchObject({
    title: "Plan",
    content: "first\r\nline\rand \u2028\n",
    version: 3,
  });
  const [latest = "", before = ""] = await listed(`/notes/${id}/versions`);
  expect((await ada.get(latest)).text).toContain('<pre dir="auto">second</pre>');
  const same = (await ada.get(before)).text;
  expect(same).toContain("this is the text that the note has now");
  expect(same).not.toContain("Make this the text again");
});

test("D06 an earlier text never writes over what was saved after its page was opened", async () => {
  const id = await ada.write("Plan", "first");
  await edit(id, "second", 1);
  const [address = ""] = await listed(`/notes/${id}/versions`);
  const fields = fieldsOf((await ada.get(address)).text);
  await edit(id, "third", 2);
  const refused = await ada.post(address, fields);
  expect(refused).toHaveStatus(409);
  expect(refused.text).toContain("This note was saved somewhere else while you were looking.");
  expect(await listed(`/notes/${id}/versions`)).toHaveLength(2);
  expect(fieldsOf(refused.text)).toEqual({ version: "3" });
  expect(await ada.post(address, {})).toHaveStatus(422);
  expect(JSON.parse((await ada.get(`/api/v1/notes/${id}`)).text)).toMatchObject({ content: "third" });
});

test("a note in the trash shows its versions, and comes back with one of them", async () => {
  const id = await ada.write("Plan", "first");
  await edit(id, "second", 1);
  await ada.post(`/notes/${id}/trash`);
  const [address = ""] = await listed(`/notes/${id}/versions`);
  const { text } = await ada.get(address);
  expect(text).toContain("The note comes back from the trash.");
  expect(await ada.post(address, fieldsOf(text))).toSeeOther(`/notes/${id}?restored=yes`);
});

test("S51 an earlier text is found under its own note only, by its owner only, and by a name that can be one", async () => {
  const id = await ada.write("Plan", "first");
  await edit(id, "second", 1);
  const [address = ""] = await listed(`/notes/${id}/versions`);
  const version = address.split("/").at(-1);
  const other = await ada.write("Other", "text");
  const eve = await verso.join("Eve");
  const hers = await eve.write("Eve's", "text");
  for (const path of [address, `/notes/${hers}/versions/${version}`, `/notes/${id}/versions`])
    expect(await eve.get(path), path).toHaveStatus(404);
  expect(await eve.post(address, { version: "2" })).toHaveStatus(404);
  expect(await ada.post(`/notes/${other}/versions/${version}`, { version: "1" })).toHaveStatus(404);
  for (const path of [
    `/notes/${other}/versions/${version}`,
    `/notes/${hers}/versions`,
    `/notes/${id}/versions/${id}`,
    `/notes/${id}/versions/1`,
    `/notes/${id}/versions/${version?.toUpperCase()}`,
    `/notes/${id}/versions/'--`,
    "/notes/x/versions",
  ])
    expect(await ada.get(path), path).toHaveStatus(404);
});

test("many earlier texts are gone through page by page, each once, also those of one moment", async () => {
  const id = await ada.write("Plan", "now");
  (verso.engine as SqliteEngine).writer
    .prepare(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 130)
      insert into note_versions (id, note_id, owner_id, version, fate, title, saved, content)
      select printf('0199a9a9-0000-7000-9000-%012d', i), ?, (select id from users), i, 'replaced', 'Old', i / 40, 'old' from n`)
    .run(id);
  const pages: string[][] = [];
  for (let path: string | undefined = `/notes/${id}/versions`; path; ) {
    pages.push(await listed(path));
    path = /href="([^"]+)" rel="next">Older versions</.exec((await ada.get(path)).text)?.[1];
  }
  expect(pages.map((page) => page.length)).toEqual([50, 50, 30]);
  const numbers = pages.flat().map((address) => Number(address.slice(-12)));
  expect(numbers).toEqual(Array.from({ length: 130 }, (_, count) => 130 - count));
  const past = await ada.get(`/notes/${id}/versions?after=0.0199a9a9-0000-7000-8000-000000000000`);
  expect(past.text).toContain(`No older versions. <a href="/notes/${id}/versions">`);
  const bad = await ada.get(`/notes/${id}/versions?after=x`);
  expect(bad).toHaveStatus(422);
  expect(bad.text).toContain("This page of the list doesn&#x27;t exist.");
  expect(bad.text).not.toContain("no earlier versions");
});

test("a long text stands on its page once, once more in what the script reads, and nowhere else", async () => {
  const long = 200_000;
  const made = await ada.postJson("/api/v1/notes", { title: "Plan", content: `shared\n${'"'.repeat(long)}` });
  const { id } = JSON.parse(made.text) as { id: string };
  await edit(id, `shared\n${"'".repeat(long)}`, 1);
  const [address = ""] = await listed(`/notes/${id}/versions`);
  const { text } = await ada.get(address);
  const count = (sign: RegExp) => Math.floor((text.match(sign)?.length ?? 0) / long);
  // As HTML has them, and as JSON does: the earlier text, then the text now.
  expect([count(/&quot;/g), count(/\\"/g)]).toEqual([1, 1]);
  expect([count(/&#x27;/g), count(/'/g)]).toEqual([1, 1]);
  expect(text).toMatch(/Only in this version:\n<\/span>− (&quot;){99990,100000}…<\/del>/);
  expect(text).toContain("… and so on to the end of line 2 of the text above …");
});

test("a text that is cut keeps its last letter whole", async () => {
  const id = await ada.write("Plan", `a${"😀".repeat(60_000)}`);
  await edit(id, "short", 1);
  const [address = ""] = await listed(`/notes/${id}/versions`);
  expect((await ada.get(address)).text).toMatch(/− a😀+…<\/del>/u);
});

test("S67 the page of two texts of a megabyte that share no line comes in good time", async () => {
  const id = await ada.write("Long", "a\n".repeat(500_000));
  await edit(id, "b\n".repeat(500_000), 1);
  const [address = ""] = await listed(`/notes/${id}/versions`);
  const before = computed();
  expect(await ada.get(address)).toHaveStatus(200);
  expect(computed() - before).toBeLessThan(3_000);
});

test("S52 any two texts of a note are compared, by word within a line; of no other note, and of nobody else", async () => {
  const ada = await verso.signIn();
  const id = await ada.write("Bread", "350 g water\nsalt");
  await ada.post(`/notes/${id}/edit`, { title: "Bread", content: "360 g water\nsalt", version: "1" });
  await ada.post(`/notes/${id}/edit`, { title: "Loaf", content: "360 g water\n<b>yeast</b>", version: "2" });
  const list = (await ada.get(`/notes/${id}/versions`)).text;
  const [second = "", first = ""] = [...list.matchAll(/versions\/([\da-f-]{36})"/g)].map(
    ([, version]) => version ?? "",
  );
  const early = await ada.get(`/notes/${id}/versions/compare?from=${first}&to=${second}`);
  expect(early.text).toContain("<del>350</del> g water");
  expect(early.text).toContain("<ins>360</ins> g water");
  const late = await ada.get(`/notes/${id}/versions/compare?from=${second}&to=now&as=sides`);
  expect(late.text).toContain('class="beside"');
  expect(late.text).toContain('<ins class="line">&lt;b&gt;yeast&lt;/b&gt;</ins>');
  expect(late.text.replaceAll("<!-- -->", "")).toContain(
    "The title was <bdi>“Bread”</bdi> and became <bdi>“Loaf”</bdi>",
  );
  const other = await ada.write("Other");
  expect(await ada.get(`/notes/${other}/versions/compare?from=${first}&to=now`)).toHaveStatus(404);
  const eve = await verso.join("Eve");
  expect(await eve.get(`/notes/${id}/versions/compare?from=${first}&to=now`)).toHaveStatus(404);
  for (const query of ["from=x", `from=${first}&from=${second}`])
    expect(await ada.get(`/notes/${id}/versions/compare?${query}`), query).toHaveStatus(404);
});
