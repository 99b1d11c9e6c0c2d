// The built Verso in a process of its own, with its notes, telling what CPU it has used.
import { seed } from "./seed.mjs";

process.once("message", async (/** @type {{ folder: string, notes: number, back?: string }} */ facts) => {
  const { folder, notes, back = "own" } = facts;
  const { createVerso } = await import(new URL("../build/index.js", import.meta.url).href);
  const verso = await createVerso({ DATABASE_URL: `file:${folder}/${back}.db`, BACK: back });
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
  request({ port, path: "/setup", method: "POST", headers }, (answer) => {
    answer.resume();
    const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0];
    seed(verso.engine.writer, notes);
    process.on("message", () => process.send?.(total()));
    process.send?.({ port, cookie, id: "0199a9a9-0000-7000-8000-000000005000" });
  }).end(body);
});

function total() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
