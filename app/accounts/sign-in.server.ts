import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { Limiter, partyOf } from "~/http/limits.server";
import { Credentials, findByPassword } from "./people.server";
import type { Viewer } from "./viewer.server";

/** Wrong tries: ten at once, then one a minute, for one account and for one address. */
const tries = new Limiter(10, 60);

/** New accounts from one address: each costs a password hash. */
const newcomers = new Limiter(10, 60);

/** Forgets all tries: limits last as long as the server that counts them. */
export function forgetTries() {
  tries.forget();
  newcomers.forget();
}

/** Too many wrong tries: wait so many seconds. */
export class Wait extends Error {
  override name = "Wait";
  constructor(readonly seconds: number) {
    super(`wait ${seconds} s`);
  }
}

/** Neither says which of the two was wrong. */
export class WrongCredentials extends Error {
  override name = "WrongCredentials";
}

/** The ways in. */
const authenticator = new Authenticator<Omit<Viewer, "sessionId">>();

authenticator.use(
  new FormStrategy(async ({ form }) => {
    const person = await findByPassword(Credentials.parse(Object.fromEntries(form)));
    if (!person) throw new WrongCredentials();
    return person;
  }),
);

/**
 * Signs in with the form's address and password.
 *
 * @param address where the request came from.
 * @throws WrongCredentials, Wait, TooBusy
 */
export async function signIn(request: Request, email: string, address: string) {
  return limited([`account ${email}`, `address ${partyOf(address)}`], () =>
    authenticator.authenticate("form", request),
  );
}

/**
 * Whether this is the viewer's present password; asked before what a stolen session must not do.
 *
 * @throws Wait, TooBusy
 */
export async function confirmPassword(viewer: Viewer, password: string): Promise<boolean> {
  try {
    await limited([`account ${viewer.email}`], async () => {
      if (!(await findByPassword({ email: viewer.email, password }))) throw new WrongCredentials();
    });
    return true;
  } catch (error) {
    if (error instanceof WrongCredentials) return false;
    throw error;
  }
}

/** Whether an address may make another account now. @returns how many seconds to wait, 0 for none. */
export function mayJoin(address: string): number {
  return newcomers.take(partyOf(address));
}

/** Takes a try of each key before the password is looked at, so that many at once can't all pass; only a wrong one stays taken. */
async function limited<T>(keys: string[], look: () => Promise<T>): Promise<T> {
  const waits = keys.map((key) => ({ key, seconds: tries.take(key) }));
  const giveBack = () => {
    for (const { key, seconds } of waits) if (seconds === 0) tries.giveBack(key);
  };
  const longest = Math.max(...waits.map(({ seconds }) => seconds));
  if (longest > 0) {
    giveBack();
    throw new Wait(longest);
  }
  try {
    const found = await look();
    giveBack();
    return found;
  } catch (error) {
    if (!(error instanceof WrongCredentials)) giveBack();
    throw error;
  }
}
