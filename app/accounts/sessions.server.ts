import { createHash, randomBytes } from "node:crypto";
import { createSessionStorage, type SessionStorage } from "@remix-run/node";
import { and, eq, gt, lt, or, sql } from "drizzle-orm";
import { db, prepared, StorageFailure, transaction } from "~/db/engine.server";
import { sessions, users } from "~/db/schema.server";
import { report } from "~/http/reports.server";
import { type Settings, settings } from "~/settings.server";
import { WrongCredentials } from "./passwords.server";
import type { Viewer } from "./viewer.server";

const HOUR = 3_600_000;
/** A login not used for this long has ended. */
const IDLE = 14 * 24 * HOUR;
/** A login ends after this long, used or not. */
const ABSOLUTE = 90 * 24 * HOUR;

interface SessionData {
  viewer: Omit<Viewer, "sessionId"> & { sessionId?: string };
  /** What the password was checked against; on the way in only. */
  passwordHash?: string;
}

/**
 * Signs a person in on this browser, always under a new token, so that a token planted before is worth nothing.
 *
 * @param passwordHash what the password was checked against, where it was.
 * @returns the Set-Cookie header.
 * @throws WrongCredentials where the password was changed since it was checked.
 */
export async function startSession(
  user: SessionData["viewer"],
  request: Request,
  passwordHash?: string,
): Promise<string> {
  await endSession(request);
  const session = await storage().getSession();
  session.set("viewer", user);
  if (passwordHash) session.set("passwordHash", passwordHash);
  return storage().commitSession(session);
}

/** Signs out. @returns the Set-Cookie header that removes the cookie. */
export async function endSession(request: Request): Promise<string> {
  return storage().destroySession(await storage().getSession(request.headers.get("Cookie")));
}

/** Who is signed in with this request's cookie, or null. One statement; one write an hour for "last seen". */
export async function readViewer(cookie: string | undefined): Promise<Viewer | null> {
  if (!bringsLogin(cookie)) return null;
  const viewer = (await storage().getSession(cookie)).get("viewer");
  if (!viewer?.sessionId) {
    report({ kind: "session", state: "unknown" });
    return null;
  }
  const found = { ...viewer, sessionId: viewer.sessionId };
  report({ kind: "session", state: "valid", viewer: found });
  return found;
}

/** Whether a request brings the cookie of a login, of whatever worth. */
export function bringsLogin(cookies: string | undefined): boolean {
  const start = `${cookieName(settings().secure)}=`;
  return (cookies ?? "").split(";").some((pair) => pair.trimStart().startsWith(start));
}

/** When the viewer's login began, was last seen (written once an hour) and will end. */
export async function readLogin(viewer: Viewer) {
  const [login] = await db()
    .select({ created: sessions.created, seen: sessions.seen, expires: sessions.expires })
    .from(sessions)
    .where(and(eq(sessions.id, viewer.sessionId), eq(sessions.userId, viewer.id)));
  return login ?? null;
}

const storages = new WeakMap<Settings, SessionStorage<SessionData>>();

function storage() {
  const known = storages.get(settings());
  if (known) return known;
  const made = createStorage(settings());
  storages.set(settings(), made);
  return made;
}

/** Remix's session storage over the `sessions` table. The cookie holds a random token and its signature. */
function createStorage({ secure, secrets }: Settings): SessionStorage<SessionData> {
  return createSessionStorage<SessionData>({
    cookie: {
      name: cookieName(secure),
      httpOnly: true,
      secure,
      sameSite: "lax",
      path: "/",
      maxAge: ABSOLUTE / 1000,
      secrets,
    },
    async createData({ viewer, passwordHash }) {
      if (!viewer) throw new Error("A session is only kept for somebody who is signed in.");
      const token = randomBytes(32).toString("base64url");
      const now = Date.now();
      await transaction(async (tx) => {
        if (passwordHash) {
          const still = and(eq(users.id, viewer.id), eq(users.passwordHash, passwordHash));
          const [same] = await tx.select({ id: users.id }).from(users).where(still);
          if (!same) throw new WrongCredentials();
        }
        await tx.delete(sessions).where(or(lt(sessions.expires, now), lt(sessions.seen, now - IDLE)));
        await tx
          .insert(sessions)
          .values({ id: hashOf(token), userId: viewer.id, created: now, seen: now, expires: now + ABSOLUTE });
      });
      report({ kind: "session", state: "started", viewer: { ...viewer, sessionId: hashOf(token) } });
      return token;
    },
    readData: readSession,
    // The row says who is signed in and since when; nothing in it changes.
    async updateData() {},
    async deleteData(token) {
      await transaction((tx) => tx.delete(sessions).where(eq(sessions.id, hashOf(token))));
      // Only now does no other request find it any more.
      report({ kind: "session", state: "ended", sessionId: hashOf(token) });
    },
  });
}

/** Browsers refuse a `__Host-` cookie without HTTPS, so that a plain-http address has the plain name. */
export function cookieName(secure: boolean) {
  return secure ? "__Host-verso" : "verso";
}

const sessionQuery = prepared((database) =>
  database
    .select({
      sessionId: sessions.id,
      seen: sessions.seen,
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      sort: users.sort,
      layout: users.layout,
      shortcuts: users.shortcuts,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sql.placeholder("id")),
        gt(sessions.expires, sql.placeholder("now")),
        gt(sessions.seen, sql.placeholder("idleSince")),
      ),
    )
    .prepare("session"),
);

async function readSession(token: string): Promise<SessionData | null> {
  const now = Date.now();
  const [row] = await sessionQuery().execute({ id: hashOf(token), now, idleSince: now - IDLE });
  if (!row) return null;
  const { seen, ...viewer } = row;
  if (seen < now - HOUR) await markSeen(row.sessionId, now);
  return { viewer };
}

async function markSeen(id: string, now: number) {
  try {
    await transaction((tx) => tx.update(sessions).set({ seen: now }).where(eq(sessions.id, id)));
  } catch (error) {
    // A full disk must not keep anyone from reading.
    if (!(error instanceof StorageFailure)) throw error;
  }
}

function hashOf(token: string) {
  return createHash("sha256").update(token).digest("base64url");
}
