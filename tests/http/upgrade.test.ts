import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { startVerso, type TestVerso } from "../support/verso";

/** One file for each release, made by that release: two people, twelve notes with tags and links, a conflict, a trash, an import. */
const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));

let verso: TestVerso;
afterEach(() => verso.stop());

test.each(readdirSync(fixtures))("D14 the file %s of an earlier release opens, with every word in it", async (name) => {
  verso = await startVerso({ from: `${fixtures}${name}` });
  const ada = await verso.signIn();
  const list = JSON.parse((await ada.get("/api/v1/notes?limit=100")).text);
  expect(list.notes).toHaveLength(14);
  for (const { id } of list.notes) expect(await ada.get(`/notes/${id}`)).toHaveStatus(200);
  expect((await ada.get(`/notes?q=${encodeURIComponent("京 ñandu")}`)).text).toContain(
    "12 notes<!-- -->, newest first<",
  );
  expect((await ada.get("/trash")).text).toContain("Thrown away");
  expect((await ada.get("/import")).text).toContain("v.zip");
  const { writer } = verso.engine as SqliteEngine;
  expect(writer.prepare("select fate, content from note_versions order by fate").all()).toEqual([
    { fate: "refused", content: "refused" },
    { fate: "replaced", content: "first" },
  ]);
  expect(writer.prepare("select email, role from users order by email").all()).toEqual([
    { email: "ada@example.org", role: "owner" },
    { email: "eve@example.org", role: "member" },
  ]);
  expect(writer.pragma("integrity_check", { simple: true })).toBe("ok");
  const third = list.notes.find(({ heading }: { heading: string }) => heading === "Note 3");
  await ada.post(`/notes/${third.id}/edit`, { title: "After", content: "the upgrade", version: "1" });
  expect((await ada.get("/notes?q=upgrade")).text).toContain("After");
});
