// The built Verso in a process of its own, with its notes, telling what CPU it has used.
import { seed, seedLogins, seedPlaces } from "./seed.mjs";

const SECRET = "a secret of the bench and of nothing else";

process.once(
  "message",
  async (
    /** @type {{ folder: string, notes: number, back?: string, logins?: number, places?: boolean, environment?: Record<string, string> }} */ facts,
  ) => {
    const { folder, notes, back = "own", logins = 0, places = false, environment = {} } = facts;
    const { createVerso } = await import(new URL("../build/index.js", import.meta.url).href);
    const variables = {
      DATABASE_URL: `file:${folder}/${back}-${notes}.db`,
      BACK: back,
      LOG_LEVEL: "silent",
      SECRET,
      ...environment,
    };
    const verso = await createVerso(variables);
    await new Promise((listening) => verso.server.listen(0, "127.0.0.1", () => listening(null)));
    const { port } = verso.server.address();
    const body = new URLSearchParams({
      name: "Ada",
      email: "ada@example.org",
      password: "correct horse battery",
    }).toString();
    const { request } = await import("node:http");
    const headers = {
      Host: "localhost:3000",
      Origin: "http://localhost:3000",
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": body.length,
    };
    request({ port, path: "/setup", method: "POST", headers }, async (answer) => {
      answer.resume();
      const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0];
      seed(verso.engine.writer, notes);
      if (places) seedPlaces(verso.engine.writer);
      const cookies = await seedLogins(verso.engine.writer, logins, SECRET);
      process.on("message", (question) => process.send?.(TOLD[String(question)]?.()));
      process.send?.({ port, cookie, cookies, id: "0199a9a9-0000-7000-8000-000000005000" });
    }).end(body);
  },
);

/** What it tells of itself, by the word it is asked with. @type {Record<string, () => unknown>} */
const TOLD = { memory, usage: total, resident: () => process.memoryUsage.rss() / 1e6 };

/** In megabytes, after collecting what can be. */
function memory() {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss: rss / 1e6, used: (heapUsed + external) / 1e6 };
}

function total() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
