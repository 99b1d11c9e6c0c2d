// Verso beside the limit: a bare node:http server that runs the same kind of prepared statements and
// sends the same bytes. Both answer in this process's child, in turns, so that the machine's moods hit
// both. CPU is the server's own, user and system, per request; no compression is asked for.
import { fork } from "node:child_process";
import { rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NOTES = 10_000;
const ROUNDS = 7;
const REQUESTS = 150;
const folder = join(tmpdir(), `verso-bench-${process.pid}`);
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

const verso = await start("verso");
const { cookie, id } = verso.facts;
const kinds = [
  { name: "list", path: "/notes" },
  { name: "note", path: `/notes/${id}` },
  { name: "search, rare word", path: "/notes?q=zeppelin" },
  { name: "search, common word", path: "/notes?q=bread" },
  { name: "create", path: "/notes", form: () => `title=Made&content=${"some+words+".repeat(50)}` },
  {
    name: "save",
    path: `/notes/${id}/edit`,
    form: (/** @type {number} */ version) =>
      `title=Saved&version=${version}&content=${"other+words+".repeat(50)}${version}`,
  },
];
const bodies = Object.fromEntries(
  await Promise.all(kinds.map(async ({ name, path, form }) => [name, form ? "" : await ask(verso.port, path)])),
);
const bare = await start("bare", { bodies, id });

let version = 0;
console.log(`${NOTES} notes, ${ROUNDS} rounds of ${REQUESTS} requests, medians\n`);
console.log("                      Verso: ms CPU   req/s | bare: ms CPU   req/s | CPU ratio");
for (const kind of kinds) {
  /** @type {{ verso: { cpu: number, rate: number }[], bare: { cpu: number, rate: number }[] }} */
  const times = { verso: [], bare: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.verso.push(await measure(verso, kind));
    times.bare.push(await measure(bare, kind));
  }
  const [ours, limit] = [middle(times.verso), middle(times.bare)];
  const row = [
    ours.cpu.toFixed(2).padStart(14),
    ours.rate.toFixed(0).padStart(8),
    " |",
    limit.cpu.toFixed(2).padStart(12),
    limit.rate.toFixed(0).padStart(8),
    " |",
    (ours.cpu / limit.cpu).toFixed(1).padStart(9),
  ];
  console.log(kind.name.padEnd(20), ...row);
}
for (const { child } of [verso, bare]) child.kill();
rmSync(folder, { recursive: true, force: true });

/** @param {{ port: number, usage(): Promise<number> }} server @param {{ path: string, form?: (version: number) => string }} kind */
async function measure(server, { path, form }) {
  const before = await server.usage();
  const started = performance.now();
  for (let sent = 0; sent < REQUESTS; sent += 1) {
    if (form && path.endsWith("/edit") && server === verso) version += 1;
    await ask(server.port, path, form?.(version));
  }
  const seconds = (performance.now() - started) / 1000;
  return { cpu: ((await server.usage()) - before) / 1000 / REQUESTS, rate: REQUESTS / seconds };
}

/** @param {{ cpu: number, rate: number }[]} runs */
function middle(runs) {
  const at = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { cpu: at(runs.map(({ cpu }) => cpu)), rate: at(runs.map(({ rate }) => rate)) };
}

/** @param {string} name @param {object} [facts] */
function start(name, facts = {}) {
  const child = fork(new URL(`./${name}.mjs`, import.meta.url), {
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "silent" },
  });
  child.send({ folder, notes: NOTES, ...facts });
  return new Promise((ready) => {
    child.once("message", (/** @type {any} */ message) => {
      const usage = () => new Promise((told) => child.once("message", told) && child.send("usage"));
      ready({ child, port: message.port, facts: message, usage });
    });
  });
}

/** @param {number} port @param {string} path @param {string} [form] @returns {Promise<string>} */
function ask(port, path, form) {
  const headers = {
    Host: "localhost:3000",
    Cookie: cookie,
    ...(form && {
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": Buffer.byteLength(form),
      Origin: "http://localhost:3000",
      "Sec-Fetch-Site": "same-origin",
    }),
  };
  return new Promise((resolve, reject) => {
    const asking = request({ port, path, agent, headers, method: form ? "POST" : "GET" }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      answer.on("end", () =>
        answer.statusCode === (form ? 303 : 200)
          ? resolve(text)
          : reject(new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`)),
      );
    });
    asking.on("error", reject);
    asking.end(form);
  });
}
