import { createHash, randomBytes } from "node:crypto";
import { cookieName } from "~/accounts/sessions.server";
import { settings } from "~/settings.server";
import type { Owner } from "./keep.server";

/** The browser of somebody who isn't signed in, as the owner of its records; null for one that brings no cookie yet. */
export function visitorOf(cookies: string | undefined): Owner | null {
  const pairs = (cookies ?? "").split("; ").map((pair) => pair.split("="));
  const visit = pairs.find(([name]) => name === visitCookie())?.[1];
  return visit && /^[\w-]{22}$/.test(visit) ? ownerOf(visit) : null;
}

/** A browser that comes for the first time: its owner, and the Set-Cookie header that names it until it is closed. */
export function newVisitor(): { owner: Owner; setCookie: string } {
  const visit = randomBytes(16).toString("base64url");
  return { owner: ownerOf(visit), setCookie: setCookie(visit) };
}

/** The Set-Cookie header that has a browser forget its name. */
export function visitEnded(): string {
  return `${setCookie("")}; Max-Age=0`;
}

function setCookie(visit: string) {
  return `${visitCookie()}=${visit}; Path=/; HttpOnly; SameSite=Lax${settings().secure ? "; Secure" : ""}`;
}

function visitCookie() {
  return `${cookieName(settings().secure)}-visit`;
}

function ownerOf(visit: string): Owner {
  return { personId: null, sessionId: createHash("sha256").update(visit).digest("base64url") };
}
