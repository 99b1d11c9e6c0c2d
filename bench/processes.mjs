// Servers in processes of their own, and what their answers cost.
import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const NOTES = 10_000;
export const REQUESTS = 150;
export const folder = join(tmpdir(), `verso-bench-${process.pid}`);
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** @typedef {{ port: number, facts: any, child: import("node:child_process").ChildProcess, usage(): Promise<number>, memory(): Promise<{ rss: number, used: number }>, resident(): Promise<number> }} Running */

/**
 * CPU (user and system) in milliseconds per request of the server's own process, and requests per second.
 *
 * @param {Running} server @param {string} cookie @param {string} path @param {() => string | undefined} form
 */
export async function measure(server, cookie, path, form) {
  const before = await server.usage();
  const started = performance.now();
  for (let sent = 0; sent < REQUESTS; sent += 1) await ask(server.port, cookie, path, form());
  const seconds = (performance.now() - started) / 1000;
  return { cpu: ((await server.usage()) - before) / 1000 / REQUESTS, rate: REQUESTS / seconds };
}

/** The medians. @param {{ cpu: number, rate: number }[]} runs */
export function middle(runs) {
  const at = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { cpu: at(runs.map(({ cpu }) => cpu)), rate: at(runs.map(({ rate }) => rate)) };
}

/** @param {string} name @param {object} [facts] @returns {Promise<Running>} */
export function start(name, facts = {}) {
  const child = fork(new URL(`./${name}.mjs`, import.meta.url), {
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "silent" },
    execArgv: ["--expose-gc"],
  });
  child.send({ folder, notes: NOTES, ...facts });
  return new Promise((ready) => {
    child.once("message", (/** @type {any} */ message) => {
      const tell = (/** @type {string} */ question) =>
        /** @type {Promise<any>} */ (new Promise((told) => child.once("message", told) && child.send(question)));
      ready({
        child,
        port: message.port,
        facts: message,
        usage: () => tell("usage"),
        memory: () => tell("memory"),
        resident: () => tell("resident"),
      });
    });
  });
}

/** @param {number} port @param {string} cookie @param {string} path @param {string} [form] @returns {Promise<string>} */
export function ask(port, cookie, path, form) {
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
