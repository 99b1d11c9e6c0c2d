import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { makeFolderOf } from "./db/folder.server";
import type { Environment } from "./environment.server";

/** What the environment comes to, once the process knows its own addresses and secrets. */
export interface Settings {
  port: number;
  host: string;
  databaseFile: string;
  /** Where browsers reach Verso; several spellings of this machine where ORIGIN isn't set. */
  origins: string[];
  /** The same by the host of a request. */
  originOf: ReadonlyMap<string, string>;
  /** Whether ORIGIN was set: a refusal says so. */
  originSet: boolean;
  /** Served over HTTPS: cookies are Secure and have the __Host- prefix. */
  secure: boolean;
  trustProxy: string[] | null;
  /** The first signs, all verify. */
  secrets: string[];
  signUpOpen: boolean;
  /** The largest file, and what one person may keep of files, in bytes. */
  maxFile: number;
  filesQuota: number;
  /** How long the trash keeps a note. */
  trashDays: number;
  /** Each person can look at what their own requests did. */
  back: boolean;
  logLevel: Environment["LOG_LEVEL"];
}

/** Works the settings out; makes the secret beside the database where SECRET isn't set. */
export function settingsFrom(environment: Environment): Settings {
  const { PORT, ORIGIN, TRUST_PROXY } = environment;
  const databaseFile = databaseFileOf(environment);
  const origins = ORIGIN
    ? [ORIGIN]
    : ["localhost", "127.0.0.1", "[::1]"].map((name) => new URL(`http://${name}:${PORT}`).origin);
  return {
    port: PORT,
    host: environment.HOST,
    databaseFile,
    origins,
    originOf: new Map(origins.map((origin) => [new URL(origin).host, origin])),
    originSet: ORIGIN !== undefined,
    secure: ORIGIN?.startsWith("https:") ?? false,
    trustProxy: TRUST_PROXY?.split(",").map((entry) => entry.trim()) ?? null,
    secrets: environment.SECRET ?? [secretBeside(databaseFile)],
    signUpOpen: environment.SIGN_UP === "open",
    maxFile: environment.MAX_FILE,
    filesQuota: environment.FILES_QUOTA,
    trashDays: environment.TRASH_DAYS,
    back: environment.BACK === "own",
    logLevel: environment.LOG_LEVEL,
  };
}

/** The file of the database, which may not be there. */
export function databaseFileOf({ DATABASE_URL }: Environment): string {
  return resolve(DATABASE_URL.replace(/^file:/, ""));
}

function secretBeside(databaseFile: string) {
  const file = `${databaseFile}.secret`;
  makeFolderOf(file);
  if (!existsSync(file)) {
    // It gets its name when it is whole: another process that starts just now may read it at once.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, randomBytes(32).toString("base64url"), { mode: 0o600 });
    try {
      linkSync(own, file);
    } catch (error) {
      // The other process was first.
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    } finally {
      rmSync(own);
    }
  }
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < 32)
    throw new Error(`Verso can't start: ${file} is damaged. Delete it; everyone then signs in again.`);
  return secret;
}

let current: Settings | null = null;

/** Makes these the settings of the process. */
export function setSettings(settings: Settings) {
  current = settings;
}

/** The settings of the process. @throws Error before `setSettings`. */
export function settings(): Settings {
  if (!current) throw new Error("The settings were not read yet.");
  return current;
}
