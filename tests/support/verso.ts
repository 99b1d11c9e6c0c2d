import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sessions } from "~/db/schema.server";
import type { StatementReport } from "~/db/statements.server";
import type { Verso } from "~/server";
import { Client } from "./client";
import "./log";

type Program = Omit<typeof import("~/server"), "routes"> & {
  routes: Record<string, { path?: string; parentId?: string; module: { action?: unknown } }>;
};

/** The built program, exactly as `npm start` runs it. */
export const program = (await import(new URL("../../build/index.js", import.meta.url).href)) as Program;

/** The owner that every database of the tests has. */
export const ADA = { name: "Ada", email: "ada@example.org", password: "correct horse battery" };

/** Memory where the machine has some for files: the tests' databases are small and many. */
const ROOM = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export interface TestVerso extends Verso {
  origin: string;
  folder: string;
  /** A browser of somebody who isn't signed in. */
  visitor(): Client;
  /** The owner's browser, signed in. */
  signIn(person?: { email: string; password: string }): Promise<Client>;
  /** A new person's browser, signed in. Needs SIGN_UP=open. */
  join(name: string): Promise<Client>;
  /** Every statement that runs while `work` does. */
  statementsOf(work: () => Promise<unknown>): Promise<StatementReport[]>;
}

interface Options {
  /** Without an owner, as on the first start. */
  empty?: boolean;
  /** A database to begin with, instead of the one with the owner in it. */
  from?: string;
  environment?: Record<string, string>;
}

/**
 * Starts Verso in this process, on a port and a database of its own. One at a time in a test file:
 * stop it before the next.
 */
export async function startVerso({ empty = false, from, environment = {} }: Options = {}): Promise<TestVerso> {
  const folder = mkdtempSync(join(ROOM, "verso-test-"));
  const file = join(folder, "verso.db");
  if (!empty) copyFileSync(from ?? (await template()), file);
  const port = await freePort();
  const verso = await program.createVerso({
    PORT: String(port),
    DATABASE_URL: `file:${file}`,
    SECRET: "a-secret-for-the-tests-of-forty-characters",
    SIGN_UP: "open",
    LOG_LEVEL: "silent",
    ...environment,
  });
  await new Promise<void>((listening) => verso.server.listen(port, "127.0.0.1", listening));
  const origin = verso.settings.origins[0] ?? "";
  const visitor = () => new Client(port, origin);
  return {
    ...verso,
    origin,
    folder,
    visitor,
    async signIn(person = ADA) {
      const client = visitor();
      const answer = await client.post("/login", { email: person.email, password: person.password });
      if (answer.status !== 303) throw new Error(`Signing in answered ${answer.status}: ${answer.text}`);
      return client;
    },
    async join(name) {
      const client = visitor();
      const answer = await client.post("/join", {
        name,
        email: `${name.toLowerCase()}@example.org`,
        password: "correct horse battery",
      });
      if (answer.status !== 303) throw new Error(`Joining answered ${answer.status}: ${answer.text}`);
      return client;
    },
    async statementsOf(work) {
      const reports: StatementReport[] = [];
      const end = verso.listenToStatements((report) => reports.push(report));
      await work();
      end();
      return reports;
    },
    async stop() {
      await verso.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let made: Promise<string> | null = null;

/** A migrated database with the owner in it, made once for each test file and copied. */
function template() {
  made ??= makeTemplate();
  return made;
}

async function makeTemplate() {
  const first = await startVerso({ empty: true });
  const answer = await first.visitor().post("/setup", ADA);
  if (answer.status !== 303) throw new Error(`The set-up answered ${answer.status}: ${answer.text}`);
  const file = join(mkdtempSync(join(ROOM, "verso-template-")), "verso.db");
  await first.engine.transaction((tx) => tx.delete(sessions));
  first.engine.snapshot(file);
  await first.stop();
  process.once("exit", () => rmSync(join(file, ".."), { recursive: true, force: true }));
  return file;
}

/** A port that nobody listens on, and that wasn't told before: two that start at once get two. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  if (told.has(port)) return freePort();
  told.add(port);
  return port;
}

const told = new Set<number>();
