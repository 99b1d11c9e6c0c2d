import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import type { Client } from "../support/client";
import { startProcess } from "../support/process";
import { ADA } from "../support/verso";

const ROUNDS = 50;

/** Every save that was acknowledged, kept outside of the server that is killed. */
interface Note {
  id: string;
  version: number;
  contents: string[];
}

test(`in ${ROUNDS} kills while clients save, every acknowledged save is there afterwards`, {
  timeout: 280_000,
}, async () => {
  const seed = Date.now() % 1_000_000;
  const random = generator(seed);
  const folder = mkdtempSync(join(tmpdir(), "verso-crash-"));
  const notes: Note[] = [];
  let acknowledged = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { client, child, ended } = await startProcess(folder, { LOG_LEVEL: "error" });
    if (round === 0) expect(await client.post("/setup", ADA)).toSeeOther("/notes");
    else expect(await client.post("/login", ADA)).toSeeOther("/notes");
    const writers = Array.from({ length: 4 }, (_, writer) => save(client, notes, `${round}.${writer}`, random));
    setTimeout(() => child.kill("SIGKILL"), 60 + random() * 340);
    for (const saves of await Promise.all(writers)) acknowledged += saves;
    await ended;
    check(folder, notes, `seed ${seed}, round ${round}`);
  }
  process.stdout.write(`crash: ${ROUNDS} rounds, ${acknowledged} acknowledged saves, 0 lost (seed ${seed})\n`);
  expect(acknowledged).toBeGreaterThan(ROUNDS);
  rmSync(folder, { recursive: true });
});

/** Saves one after another until the server is gone. @returns how many were acknowledged. */
async function save(client: Client, notes: Note[], writer: string, random: () => number) {
  let saves = 0;
  for (let count = 0; ; count += 1) {
    const content = `${writer}.${count} ${"words ".repeat(Math.floor(random() * 400))}`.trim();
    const own = notes.filter(({ contents }) => contents[0]?.startsWith(`${writer}.`)).at(-1);
    try {
      if (!own || random() < 0.4) {
        const { headers, status } = await client.post("/notes", { title: "", content });
        if (status !== 303) throw new Error(`a save answered ${status}`);
        notes.push({ id: String(headers.location).replace("/notes/", ""), version: 1, contents: [content] });
      } else {
        const { status } = await client.post(`/notes/${own.id}/edit`, {
          title: "",
          content,
          version: String(own.version),
        });
        if (status !== 303) throw new Error(`a save answered ${status}`);
        own.version += 1;
        own.contents.push(content);
      }
      saves += 1;
    } catch (error) {
      if (error instanceof Error && "code" in error) return saves;
      throw error;
    }
  }
}

/** The file, read without the server: each acknowledged text is the note's or in its versions, and everything fits together. */
function check(folder: string, notes: Note[], when: string) {
  const database = new Sqlite(join(folder, "verso.db"));
  expect(database.pragma("integrity_check", { simple: true }), when).toBe("ok");
  expect(database.pragma("foreign_key_check"), when).toEqual([]);
  database.exec("insert into note_search (note_search) values ('integrity-check')");
  const stands = database.prepare("select version, content from notes where id = ?");
  const before = database.prepare("select version, content from note_versions where note_id = ? order by version");
  for (const { id, version, contents } of notes) {
    const rows = [...before.all(id), stands.get(id)] as { version: number; content: string }[];
    // A save that was killed after its commit and before its answer may stand there as one more.
    expect(rows.length, `${when}: ${id}`).toBeGreaterThanOrEqual(version);
    expect(
      rows.slice(0, version).map(({ content }) => content),
      `${when}: ${id}`,
    ).toEqual(contents);
    expect(
      rows.map((row) => row.version),
      `${when}: ${id}`,
    ).toEqual(rows.map((_, index) => index + 1));
  }
  database.close();
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function generator(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
