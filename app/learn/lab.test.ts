import { beforeEach, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer.server";
import { runExperiment, setLabProgram } from "./lab.server";

const person = (id: string): Viewer => ({ id, name: id, email: `${id}@example.org`, role: "member", sessionId: id });
const run = (id: string) => runExperiment(person(id), "transactions", "tutorial");

/** A thread that does this with the order it gets, instead of the whole program. */
function threadThat(does: string) {
  const text = `import { parentPort } from "node:worker_threads"; parentPort.once("message", (order) => { ${does} });`;
  setLabProgram(new URL(`data:text/javascript,${encodeURIComponent(text)}`));
}

beforeEach(() => threadThat("parentPort.postMessage({ steps: [], took: 1 })"));

test("after a lot of runs a person has to wait, and nobody else has", async () => {
  for (let count = 0; count < 12; count += 1) expect(await run("ada")).toMatchObject({ kind: "performed" });
  expect(await run("ada")).toMatchObject({ kind: "too many", seconds: expect.any(Number) });
  expect(await run("bob")).toMatchObject({ kind: "performed" });
});

test("four may be in the lab or wait for it, and whoever is sent away has lost no try", async () => {
  const people = Array.from({ length: 20 }, (_, place) => `person ${place}`);
  const answers = await Promise.all(people.map((person) => run(person)));
  expect(answers.filter(({ kind }) => kind === "performed")).toHaveLength(4);
  expect(answers.filter(({ kind }) => kind === "unavailable")).toHaveLength(16);
  for (let count = 0; count < 12; count += 1) expect(await run("person 19")).toMatchObject({ kind: "performed" });
});

test("one person has one run at a time, so that nobody keeps the others out", async () => {
  const answers = await Promise.all(Array.from({ length: 3 }, () => run("ada")));
  expect(answers.map(({ kind }) => kind).sort()).toEqual(["performed", "too many", "too many"]);
});

test.each([
  ["throws", "throw new Error('broken')"],
  ["ends", "process.exit(0)"],
  ["needs too much memory", "const kept = []; for (;;) kept.push(new Array(1e6).fill({}))"],
])("a thread that %s is an answer too, and the next run goes on", async (_what, does) => {
  threadThat(does);
  expect(await run("ada")).toMatchObject({
    kind: "unavailable",
    message: "The experiment broke off. Nothing of yours was touched. Try again shortly.",
  });
  threadThat("parentPort.postMessage({ steps: [], took: 1 })");
  expect(await run("ada")).toMatchObject({ kind: "performed" });
});

test("a thread that never answers is ended after ten seconds", async () => {
  threadThat("for (;;);");
  expect(await run("ada")).toMatchObject({
    kind: "unavailable",
    message: "The experiment took too long and was ended. Nothing of yours was touched. Try again shortly.",
  });
});

test("a thread is told nothing of the environment but what kind it is", async () => {
  process.env.SECRET = "a secret of this process";
  threadThat("parentPort.postMessage({ steps: [], took: 1, knows: Object.keys(process.env), order })");
  const ran = await run("ada");
  expect(ran).toMatchObject({
    report: { knows: ["NODE_ENV"], order: { concept: "transactions", name: "tutorial" } },
  });
  delete process.env.SECRET;
});
