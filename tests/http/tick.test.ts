import { afterEach, beforeEach, expect, test } from "vitest";
import type { SqliteEngine } from "~/db/sqlite.server";
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

/** What the boxes on a note's page send, in order. */
async function boxes(id: string, who = ada) {
  const { text } = await who.get(`/notes/${id}`);
  return elementsIn(text).flatMap(({ tagName, properties }) =>
    tagName === "button" && properties?.name === "task" ? [String(properties.value)] : [],
  );
}

function tick(id: string, task = "", who = ada) {
  return who.post(`/notes/${id}/tick`, { task });
}

function stored(id: string) {
  const { writer } = verso.engine as SqliteEngine;
  return writer.prepare("select content, version, tasks, tasks_done as done from notes where id = ?").get(id) as {
    content: string;
    version: number;
    tasks: number;
    done: number;
  };
}

/** Writes as a program would: byte for byte. */
async function write(content: string) {
  const made = await ada.postJson("/api/v1/notes", { title: "List", content });
  return String(JSON.parse(made.text).id);
}

async function edit(id: string, content: string) {
  const saved = await ada.post(`/notes/${id}/edit`, { title: "List", content, version: String(stored(id).version) });
  expect(saved).toHaveStatus(303);
}

test("a tick changes one character, is a new version, and goes back to its box", async () => {
  const text = "---\ntags: a\n---\r\n- [ ] milk\r\n  - [X] oat\r\n\r\n> 1. [ ] bread\r\n";
  const id = await write(text);
  const [milk, oat, bread] = await boxes(id);
  expect(await tick(id, bread)).toSeeOther(`/notes/${id}#note-task-3`);
  expect(stored(id)).toEqual({ content: text.replace("[ ] bread", "[x] bread"), version: 2, tasks: 3, done: 2 });
  expect(await tick(id, oat)).toSeeOther(`/notes/${id}#note-task-2`);
  expect(await tick(id, milk)).toSeeOther(`/notes/${id}#note-task-1`);
  const after = text.replace("[ ] bread", "[x] bread").replace("[X]", "[ ]").replace("[ ] milk", "[x] milk");
  expect(stored(id)).toEqual({ content: after, version: 4, tasks: 3, done: 2 });
  expect((await ada.get(`/notes/${id}`)).text).toContain("2 of 3 done");
  expect((await ada.get(`/notes/${id}/versions`)).text.match(/\/versions\/[\da-f-]{36}"/g)).toHaveLength(3);
});

test("two people who tick different boxes at once both win, and nothing is ticked twice", async () => {
  const id = await write("- [ ] same\n".repeat(12));
  const named = await boxes(id);
  const answers = await Promise.all(named.map((task) => tick(id, task)));
  for (const answer of answers) expect(answer).toHaveStatus(303);
  expect(stored(id)).toMatchObject({ content: "- [x] same\n".repeat(12), version: 13, done: 12 });
  expect(await tick(id, named[0]), "sent twice").toHaveStatus(303);
  expect(stored(id).version).toBe(13);
});

test("in a note that was edited, the tick finds its line; where it can't, 409 with the note as it is", async () => {
  const id = await write("- [ ] milk\n- [ ] bread\n- [ ] bread\n");
  const [milk, bread] = await boxes(id);
  await edit(id, "# Today\n\n- [ ] milk\n- [ ] bread\n- [ ] bread\n");
  expect(await tick(id, milk)).toSeeOther(`/notes/${id}#note-task-1`);
  const refused = await tick(id, bread);
  expect(refused).toHaveStatus(409);
  expect(refused.text).toContain("has changed since the page was shown, so nothing was ticked");
  expect(refused.text).toContain("Today</h2>");
  await edit(id, "# Today\n\n- [x] milk, two\n");
  expect(await tick(id, milk)).toHaveStatus(409);
  expect(stored(id)).toMatchObject({ content: "# Today\n\n- [x] milk, two\n", version: 4 });
});

test("in the trash nothing is ticked, and a form that names no task ticks none", async () => {
  const id = await write("- [ ] milk\n");
  const [milk] = await boxes(id);
  for (const task of ["", "0", "3.x.AAAAAAAAAAAAAAAA", "x".repeat(10_000), "3.x.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA\n"])
    expect((await tick(id, task)).status, task.slice(0, 50)).toBe(422);
  expect(await tick(id, "3.x.AAAAAAAAAAAAAAAA.")).toHaveStatus(409);
  await ada.post(`/notes/${id}/trash`);
  expect((await ada.get(`/notes/${id}`)).text).toContain("<fieldset disabled");
  expect(await tick(id, milk)).toHaveStatus(409);
  expect(stored(id)).toMatchObject({ content: "- [ ] milk\n", version: 1 });
});

test("S51 nobody ticks what isn't theirs", async () => {
  const id = await write("- [ ] milk\n");
  const [milk] = await boxes(id);
  const eve = await verso.join("Eve");
  expect(await tick(id, milk, eve)).toHaveStatus(404);
  expect(await tick(id, milk, verso.visitor())).toHaveStatus(401);
  expect(stored(id).version).toBe(1);
});

test("S04 nothing that is written makes a button, and a note without tasks has no form to tick", async () => {
  const id = await write('<button name="task" value="0.x.AAAAAAAAAAAAAAAA.">x</button>\n\n`- [ ] no`\n');
  expect(await boxes(id)).toEqual([]);
  expect((await ada.get(`/notes/${id}`)).text).not.toContain(`action="/notes/${id}/tick"`);
});

test("a tick costs six statements besides knowing who asks, however long the list is", async () => {
  for (const lines of [1, 300]) {
    const id = await write("- [ ] milk\n".repeat(lines));
    const [first] = await boxes(id);
    const statements = await verso.statementsOf(() => tick(id, first));
    const own = statements.filter(({ text }) => !/sessions/.test(text));
    expect(own).toUseStatements(6);
  }
});
