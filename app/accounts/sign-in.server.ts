import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { Limiter, partyOf } from "~/http/limits.server";
import { knownBrowser, rememberBrowser } from "./known-browser.server";
import { WrongCredentials } from "./passwords.server";
import { Credentials, findByPassword } from "./people.server";
import { startSession } from "./sessions.server";
import type { Viewer } from "./viewer.server";

/** Wrong tries: ten at once, then one a minute, for one account and for one address. */
const byAccount = new Limiter(10, 60);
const byAddress = new Limiter(10, 60);

/** New accounts from one address: each costs a password hash. */
const newcomers = new Limiter(10, 60);

/** Forgets all tries: limits last as long as the server that counts them. */
export function forgetTries() {
  byAccount.forget();
  byAddress.forget();
  newcomers.forget();
}

/** Too many wrong tries: wait so many seconds. */
export class Wait extends Error {
  override name = "Wait";
  constructor(readonly seconds: number) {
    super(`wait ${seconds} s`);
  }
}

/** The ways in. */
const authenticator = new Authenticator<NonNullable<Awaited<ReturnType<typeof findByPassword>>>>();

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
 * @returns the headers that sign this browser in.
 * @throws WrongCredentials, Wait, TooBusy
 */
export async function signIn(request: Request, email: string, address: string): Promise<Headers> {
  const browser = await knownBrowser(request, email);
  const tries: Try[] = [
    [byAddress, partyOf(address)],
    [byAccount, browser ? `browser ${browser}` : `account ${email}`],
  ];
  const session = await limited(tries, async () => {
    const { passwordHash, ...person } = await authenticator.authenticate("form", request.clone());
    return startSession(person, request, passwordHash);
  });
  const headers = new Headers({ "Set-Cookie": session });
  headers.append("Set-Cookie", await rememberBrowser(request, email));
  return headers;
}

/**
 * Whether this is the viewer's current password; asked before what a stolen session must not do.
 *
 * @throws Wait, TooBusy
 */
export async function confirmPassword(viewer: Viewer, password: string): Promise<boolean> {
  try {
    await limited([[byAccount, `session ${viewer.sessionId}`]], async () => {
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

type Try = [limiter: Limiter, key: string];

/**
 * Takes a try of each before the password is looked at, so that many at once can't all pass; only a
 * wrong one stays taken. The first that has none left ends it: the ones after it are not even noted.
 */
async function limited<T>(tries: Try[], look: () => Promise<T>): Promise<T> {
  const taken: Try[] = [];
  const giveBack = () => {
    for (const [limiter, key] of taken) limiter.giveBack(key);
  };
  for (const [limiter, key] of tries) {
    const seconds = limiter.take(key);
    if (seconds > 0) {
      giveBack();
      throw new Wait(seconds);
    }
    taken.push([limiter, key]);
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
