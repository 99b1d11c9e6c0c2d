import { createHash, randomBytes } from "node:crypto";
import { createCookie } from "@remix-run/node";
import { z } from "zod";
import { settings } from "~/settings.server";
import { cookieName } from "./sessions.server";

const YEAR = 365 * 86_400;

const Known = z.object({ account: z.string(), browser: z.string() });

/**
 * The name of this browser, if this account signed in on it before. Its tries are counted apart, so
 * that wrong tries from elsewhere don't keep an account's own people out.
 *
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export async function knownBrowser(request: Request, email: string): Promise<string | null> {
  const known = Known.safeParse(await cookie().parse(request.headers.get("Cookie")));
  return known.success && known.data.account === nameOf(email) ? known.data.browser : null;
}

/** Has the browser known for this account from now on. @returns the Set-Cookie header. */
export async function rememberBrowser(request: Request, email: string): Promise<string> {
  const browser = (await knownBrowser(request, email)) ?? randomBytes(16).toString("base64url");
  return cookie().serialize({ account: nameOf(email), browser });
}

function cookie() {
  const { secure, secrets } = settings();
  const name = `${cookieName(secure)}-known`;
  return createCookie(name, { httpOnly: true, secure, sameSite: "lax", path: "/", maxAge: YEAR, secrets });
}

/** Not the address itself: the cookie is signed, not hidden. */
function nameOf(email: string) {
  return createHash("sha256").update(email).digest("base64url");
}
