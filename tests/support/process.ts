import { type ChildProcess, spawn } from "node:child_process";
import { expect } from "vitest";
import { Client } from "./client";
import { freePort } from "./verso";

export interface Running {
  client: Client;
  child: ChildProcess;
  /** All that it wrote so far. */
  output: () => string;
  ended: Promise<number | null>;
}

/** Starts Verso as `npm start` does, on a file of this folder, and waits until it answers or ends. */
export async function startProcess(folder: string, environment: Record<string, string> = {}): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, ["bin/verso.mjs"], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PORT: String(port),
      DATABASE_URL: `file:${folder}/verso.db`,
      ...environment,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const client = new Client(port, `http://localhost:${port}`);
  const answers = () =>
    client.get("/healthz").then(
      ({ status }) => status === 200,
      () => child.exitCode !== null,
    );
  await expect.poll(answers, { timeout: 15_000, interval: 20 }).toBe(true);
  return { client, child, output: () => output, ended };
}
