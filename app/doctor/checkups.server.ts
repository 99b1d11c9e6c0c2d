import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, Worker } from "node:worker_threads";
import { z } from "zod";
import { settings } from "~/settings.server";
import { type Examined, examine } from "./examine.server";
import type { Checkup } from "./finding";

const Stored = z.object({
  at: z.number(),
  took: z.number(),
  findings: z.array(
    z.object({ name: z.string(), verdict: z.enum(["fine", "told", "mended", "wrong"]), words: z.string() }),
  ),
});

/**
 * Looks everything through and keeps what was found beside the database: it has to be readable also
 * when the database is not.
 *
 * @throws Error with a sentence where there is no database that can be opened.
 */
export async function checkUp(examined: Examined): Promise<Checkup> {
  const at = Date.now();
  const findings = await examine(examined);
  const checkup = { at, took: Date.now() - at, findings };
  const place = placeOf(examined.file);
  writeFileSync(`${place}.partial`, JSON.stringify(checkup), { mode: 0o600 });
  renameSync(`${place}.partial`, place);
  return checkup;
}

/** The latest look at the database of this process, null where there was none, and whether one is under way. */
export function readCheckup(): { checkup: Checkup | null; looking: boolean } {
  return { checkup: latest(), looking: running !== null };
}

function latest(): Checkup | null {
  try {
    return Stored.parse(JSON.parse(readFileSync(placeOf(settings().databaseFile), "utf8")));
  } catch {
    return null;
  }
}

function placeOf(file: string) {
  return `${file}.checkup.json`;
}

/** How long an answer waits for a look, in milliseconds: a small file is done by then. */
const PATIENCE = 3_000;

let program: { url: URL; migrations: string } | null = null;
let running: Promise<string | null> | null = null;

/** Where this program and its migrations are, for the thread. */
export function setDoctorProgram(url: URL, migrations: string) {
  program = { url, migrations };
}

/**
 * Looks everything through in a thread of its own, so that nobody waits for it; whoever wishes for a
 * second one meanwhile gets the same one.
 *
 * @returns why it couldn't be done, or null: it is done, or still under way.
 */
export async function lookNow(): Promise<string | null> {
  running ??= inThread().finally(() => {
    running = null;
  });
  return Promise.race([running, sleep(PATIENCE, null, { ref: false })]);
}

function inThread() {
  return new Promise<string | null>((resolve) => {
    if (!program) throw new Error("No program was given for the doctor’s thread.");
    const examined: Examined = { file: settings().databaseFile, migrations: program.migrations, fix: false };
    const thread = new Worker(program.url, { workerData: { doctor: examined } });
    thread.once("message", (why: string | null) => resolve(why));
    thread.once("error", (error) => resolve(error.message));
    thread.once("exit", () => resolve("The look broke off."));
    thread.unref();
  });
}

/** What the thread does: tells why it couldn't look, or null. */
export async function serveDoctor(examined: Examined) {
  const why = await checkUp(examined).then(
    () => null,
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  parentPort?.postMessage(why);
}
