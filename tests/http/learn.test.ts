import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
import { RUN_NAMES } from "~/learn/concept";
import { CONCEPTS } from "~/learn/concepts";
import { perform } from "~/learn/perform.server";
import { plain } from "../support/back";
import type { Client } from "../support/client";
import { program, startVerso, type TestVerso } from "../support/verso";

test.each(CONCEPTS.flatMap(({ name, runs }) => RUN_NAMES.map((run) => [name, run, runs[run]] as const)))(
  "what /learn/%s prints of its run “%s” is what happens",
  async (_name, _run, experiment) => {
    const stage = await program.createVerso({ SECRET: "x".repeat(32), SIGN_UP: "open", LOG_LEVEL: "silent" }, "memory");
    try {
      const { steps } = await perform(stage, experiment, performance.now());
      expect(steps.flatMap(({ differs }, place) => differs.map((said) => `${place + 1}. ${said}`))).toEqual([]);
      expect(steps.length).toBeGreaterThan(0);
      expect(JSON.stringify(steps).length).toBeLessThan(200_000);
    } finally {
      await stage.stop();
    }
  },
);

test("where a page of the lab itself was come from is shown as on the back of a page", async () => {
  const stage = await program.createVerso({ SECRET: "x".repeat(32), SIGN_UP: "open", LOG_LEVEL: "silent" }, "memory");
  const referers = [`${stage.settings.origins[0]}/notes`, "https://evil.example/notes"];
  const steps = referers.map((Referer) => ({
    who: "ada" as const,
    method: "GET" as const,
    path: "/notes/new",
    headers: { Referer },
    expected: { status: 200 },
  }));
  const { steps: told } = await perform(stage, { steps } as unknown as Parameters<typeof perform>[1], 0);
  await stage.stop();
  const shown = told.flatMap((step) => ("request" in step ? step.request.headers : []));
  expect(shown.filter(({ name }) => name === "referer").map(({ value }) => value)).toEqual([
    "/notes",
    "(a page of another site)",
  ]);
});

let verso: TestVerso;
let ada: Client;
beforeEach(async () => {
  verso = await startVerso();
  ada = await verso.signIn();
});
afterEach(() => verso.stop());

const PARTS = [
  "You did this yourself",
  "The exchange",
  "The picture",
  "The lines",
  "Three experiments",
  "Without script",
  "In the wild",
  "When not to",
  "Check yourself",
];

test("each concept has a page for anyone, without script, with all its parts in one order", async () => {
  const visitor = verso.visitor();
  const contents = await visitor.get("/learn");
  expect(contents).toHaveStatus(200);
  for (const { name, title, lines, runs, check, wild, needs } of CONCEPTS) {
    expect(contents.text).toContain(`href="/learn/${name}"`);
    const page = await visitor.get(`/learn/${name}`);
    expect(page, name).toHaveStatus(200);
    expect(page.text, name).toContain(`<h1>${title}</h1>`);
    expect(
      [...page.text.matchAll(/<h2>([^<]+)<\/h2>/g)].map(([, part]) => part),
      name,
    ).toEqual(PARTS);
    expect(page.text.match(/<figure class="source">/g)?.length, `${name}: lines of the app`).toBe(lines.length);
    for (const run of RUN_NAMES) expect(page.text, name).toContain(`id="${run}"`);
    expect(page.text, name).toContain("<svg viewBox");
    expect(page.text, name).not.toMatch(/<script|modulepreload| style=/);
    expect(wild.id, name).toMatch(/^CVE-\d{4}-\d{4,}$/);
    expect(page.text, name).toContain(`<a href="https://nvd.nist.gov/vuln/detail/${wild.id}">${wild.id}</a>`);
    expect(wild.about.match(/\.(?=\)?( |$))/g)?.length, `${name}: sentences of the advisory`).toBeLessThanOrEqual(4);
    expect(
      check.choices.filter(({ right }) => right),
      name,
    ).toHaveLength(1);
    expect(Object.keys(runs), name).toHaveLength(4);
    for (const need of needs)
      expect(
        CONCEPTS.map((one) => one.name),
        `${name} needs ${need}`,
      ).toContain(need);
  }
  expect(await visitor.get("/learn/nothing")).toHaveStatus(404);
});

test("a run shows what happened beside what is printed, and leaves a tick", async () => {
  const before = await ada.get("/learn");
  expect(before.text).not.toContain("✓");
  const page = await ada.post("/learn/optimistic-concurrency", { run: "exchange" });
  expect(page).toHaveStatus(200);
  const text = plain(page);
  expect(text).toContain("Just as it is printed.");
  expect(text).toContain("409 Conflict");
  expect(page.text).toContain("&quot;notes&quot;");
  expect(text).not.toMatch(/verso=[\w-]|\$argon2|a long enough password/);
  expect(plain(await ada.get("/learn"))).toContain("✓ one run");
  const eve = await verso.join("Eve");
  expect((await eve.get("/learn")).text).not.toContain("✓");
});

test("a run on a full disk shows its report all the same, and leaves no tick", async () => {
  const { writer } = verso.engine as SqliteEngine;
  writer.pragma("query_only = 1");
  const page = await ada.post("/learn/optimistic-concurrency", { run: "exchange" });
  expect(page).toHaveStatus(200);
  expect(plain(page)).toContain("Just as it is printed.");
  writer.pragma("query_only = 0");
  expect((await ada.get("/learn")).text).not.toContain("✓");
});

test("S71 a run touches no note and no file of anybody, and knows no secret", async () => {
  await ada.write("canary-title", "canary-text");
  const { writer } = verso.engine as SqliteEngine;
  const rows = () =>
    ["users", "notes", "note_versions", "sessions"].map((name) => writer.prepare(`select * from ${name}`).all());
  const before = rows();
  const opened = filesOpened();
  let most = opened;
  const watch = setInterval(() => {
    most = Math.max(most, filesOpened());
  }, 1);
  const page = await ada.post("/learn/optimistic-concurrency", { run: "exchange" });
  clearInterval(watch);
  expect(page).toHaveStatus(200);
  expect(most, "nobody opened the database once more").toBe(opened);
  expect(page.text).not.toContain("canary");
  expect(page.text).not.toContain(verso.settings.secrets[0]);
  const changed = rows();
  // The clock counts what its person can see, and a tick on this page is nothing of the kind.
  expect(changed).toEqual(before);
});

/** How often this process, its threads included, has files of this Verso's folder open. */
function filesOpened() {
  // Only Linux tells it.
  if (!existsSync("/proc/self/fd")) return 0;
  const targets = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "closed in the meantime";
    }
  });
  return targets.filter((target) => target.startsWith(verso.folder)).length;
}

test("a run needs a login, one of ours, and patience", async () => {
  const path = "/learn/optimistic-concurrency";
  expect(await verso.visitor().post(path, { run: "exchange" })).toHaveStatus(401);
  expect(await ada.post(path, { run: "select 1" })).toHaveStatus(422);
  expect(await ada.post(path, {})).toHaveStatus(422);
  expect(await ada.post("/learn/nothing", { run: "exchange" })).toHaveStatus(404);
  const own = await Promise.all(Array.from({ length: 3 }, () => ada.post(path, { run: "tutorial" })));
  expect(own.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
  const people = [ada];
  for (const name of ["Bob", "Cy", "Dan", "Eve", "Flo"]) people.push(await verso.join(name));
  const answers = await Promise.all(people.map((person) => person.post(path, { run: "tutorial" })));
  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
  expect(refused).toHaveLength(2);
  for (const { headers, text } of refused) {
    expect(headers["retry-after"]).toBe("5");
    expect(text).toContain("Others are in the lab just now.");
  }
});

test("a question is answered by a link, and says why", async () => {
  const page = await ada.get("/learn/optimistic-concurrency?choice=0");
  expect(page.text).toContain("Not quite.");
  expect((await ada.get("/learn/optimistic-concurrency?choice=1")).text).toContain("Yes.");
  expect(await ada.get("/learn/optimistic-concurrency?choice=x")).toHaveStatus(200);
});

test("a concept's page shows the reader's own latest request that used it, and nobody else's", async () => {
  const id = await ada.write("Plan", "one");
  await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "1" });
  const page = await ada.get("/learn/optimistic-concurrency");
  expect(plain(page)).toContain(`POST /notes/${id}/edit</code> → 303`);
  const [, back = ""] = /<a href="(\/back\/[\w-]+)">Turn that page over/.exec(page.text) ?? [];
  expect(await ada.get(back)).toHaveStatus(200);
  expect((await verso.visitor().get("/learn/optimistic-concurrency")).text).toContain("None of your requests");
});

test("the back of a page leads to the concepts behind it, and each is there", async () => {
  const id = await ada.write("Plan", "one");
  const save = await ada.post(`/notes/${id}/edit`, { title: "Plan", content: "two", version: "1" });
  const links = new Set((await ada.turnOver(save)).text.match(/\/learn\/[\w-]+/g));
  expect(links.size).toBeGreaterThan(3);
  for (const link of links) expect(await ada.get(link), link).toHaveStatus(200);
});

test("running an experiment is itself a pair of a person and an experiment", async () => {
  await ada.post("/learn/many-to-many", { run: "weird" });
  expect(plain(await ada.get("/learn/many-to-many"))).toContain("POST /learn/many-to-many</code> → 200");
  expect(plain(await ada.get("/learn/validation"))).toContain("POST /login</code> → 303");
});
