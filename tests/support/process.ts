import { type ChildProcess, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
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

const command = promisify(execFile);

/** Runs one of Verso's commands on a database, and waits for its end. */
export function runVerso(file: string, ...words: string[]) {
  const environment = { ...process.env, DATABASE_URL: `file:${file}`, SECRET: "x".repeat(32) };
  return command(process.execPath, ["bin/verso.mjs", ...words], { env: environment }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}
