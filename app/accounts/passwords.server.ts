import { randomUUID } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { TooBusy } from "~/http/limits.server";

/** argon2id at OWASP's minimum: 19 MiB, two passes, one lane (the library's defaults, written out). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At once, of the four threads that libuv has for everything. */
const AT_ONCE = 2;
/** Waiting; past that a login is answered 503 instead of piling up memory. */
const WAITING = 16;

/** No account has this address and this password; neither is said which of the two was wrong. */
export class WrongCredentials extends Error {
  override name = "WrongCredentials";
}

/** @throws TooBusy */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFKC"), COST));
}

/**
 * Whether the password is the one behind `passwordHash`. Without a hash (an unknown account) the
 * same work is done and the answer is no, so that time tells nobody which accounts there are.
 *
 * @throws TooBusy
 */
export async function passwordMatches(password: string, passwordHash: string | undefined): Promise<boolean> {
  const against = passwordHash ?? (await decoyHash());
  const matches = await inTurn(() => verify(against, password.normalize("NFKC")));
  return matches && passwordHash !== undefined;
}

/**
 * Whether the password stands on a list of the ones most used, or is made of what anyone knows of the person.
 *
 * @param known name, address and the like.
 */
export async function isCommonPassword(password: string, known: string[]): Promise<boolean> {
  const given = password.normalize("NFKC").toLowerCase();
  const words = known.flatMap((text) => [text, ...text.split(/[@\s]/)]).map((text) => text.toLowerCase());
  if (words.includes(given) || /^(verso)+\d*$/.test(given)) return true;
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return dictionary["passwords-common"].includes(given);
}

let decoy: Promise<string> | null = null;

/** Made at the start, so that the first unknown account takes no longer than the next. */
export function decoyHash() {
  decoy ??= hash(randomUUID(), COST);
  return decoy;
}

let running = 0;
const queue: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING) throw new TooBusy();
    await new Promise<void>((go) => queue.push(go));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = queue.shift();
    // Whoever waits takes over this place; nobody else can slip in between.
    if (next) next();
    else running -= 1;
  }
}
