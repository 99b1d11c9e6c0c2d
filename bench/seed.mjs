import { createHash, randomBytes } from "node:crypto";
import { createCookie } from "@remix-run/node";

/** Texts of about 1.5 kB, the same in every run: a common word in most, a rare one in ten, however many there are. */
const WORDS =
  "the page turns over and shows what the server did for you while notes about bread garden books travel and work grow slowly in one file on your own machine".split(
    " ",
  );

/**
 * Fills a database with notes of its first person.
 *
 * @param {import("better-sqlite3").Database} writer
 * @param {number} count
 */
export function seed(writer, count) {
  const owner = writer.prepare("select id from users").pluck().get();
  const insert = writer.prepare(
    "insert into notes (id, owner_id, title, heading, excerpt, words, version, created, updated, spaced, content) values (?, ?, ?, ?, ?, 250, 1, ?, ?, '', ?)",
  );
  writer.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      const content = textOf(number);
      const title = `Note ${number}`;
      const id = `0199a9a9-0000-7000-8000-${String(number).padStart(12, "0")}`;
      insert.run(id, owner, title, title, content.slice(0, 200), number, number, content);
    }
  })();
}

/**
 * Puts the notes of the first person into notebooks, and gives each two tags; one tag that a tenth of them has. Two hundred link to “Note 500”.
 *
 * @param {import("better-sqlite3").Database} writer
 */
export function seedPlaces(writer) {
  writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
    insert into notebooks (id, owner_id, name, folded, created)
    select printf('0199a9a9-0000-7000-9000-%012d', i), (select id from users), 'Notebook ' || i, 'notebook ' || i, 1 from n;
    update notes set notebook_id = printf('0199a9a9-0000-7000-9000-%012d', key % 20 + 1), reading = 1;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
    insert into tags (id, owner_id, name, folded)
    select printf('0199a9a9-0000-7000-a000-%012d', i), (select id from users), 'tag-' || i, 'tag-' || i from n;
    insert into note_tags (owner_id, note_id, tag_id, given, written)
    select owner_id, id, printf('0199a9a9-0000-7000-a000-%012d', key % 499 + 2), 1, 0 from notes
    union all
    select owner_id, id, printf('0199a9a9-0000-7000-a000-%012d', 1), 1, 0 from notes where key % 10 = 0;
    delete from tags where not exists (select 1 from note_tags where tag_id = tags.id);
    insert into note_links (owner_id, note_id, target, around)
    select owner_id, id, 'note 500', 'the page Note 500 turns over' from notes where key between 601 and 800;
  `);
}

/**
 * Makes logins of the database's first person. @returns their cookies.
 *
 * @param {import("better-sqlite3").Database} writer
 * @param {number} count
 * @param {string} secret
 */
export async function seedLogins(writer, count, secret) {
  const owner = writer.prepare("select id from users").pluck().get();
  const insert = writer.prepare("insert into sessions (id, user_id, created, seen, expires) values (?, ?, ?, ?, ?)");
  const cookie = createCookie("verso", { secrets: [secret] });
  const now = Date.now();
  const cookies = [];
  for (let number = 0; number < count; number += 1) {
    const token = randomBytes(32).toString("base64url");
    insert.run(createHash("sha256").update(token).digest("base64url"), owner, now, now, now + 86_400_000);
    cookies.push((await cookie.serialize(token)).split(";")[0]);
  }
  return cookies;
}

/** @param {number} number */
function textOf(number) {
  const words = Array.from({ length: 250 }, (_, place) => WORDS[(number * 7 + place * place) % WORDS.length]);
  if (number < 1000 && number % 100 === 0) words[40] = "zeppelin";
  return `## About ${number}\n\n${words.join(" ")}\n\n- [ ] one\n- [x] two\n`;
}
