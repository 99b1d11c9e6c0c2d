import type { AppLoadContext } from "@remix-run/node";
import type { Layout, Sort } from "~/db/schema.server";
import { report } from "~/http/reports.server";
import { notFound, problem, seeOther, unauthorized } from "~/http/responses.server";

/** Who asks. The first argument of everything that reads or writes a person's data. */
export interface Viewer {
  id: string;
  name: string;
  email: string;
  role: "owner" | "member";
  /** How they have lists shown; read with the login. */
  sort?: Sort;
  layout?: Layout;
  /** 0 where single keys do nothing; read with the login too. */
  shortcuts?: number;
  /** The row of this login: the hash of the token, not the token. */
  sessionId: string;
}

/** What the doors below need of a request's context. */
export type Asker = Pick<AppLoadContext, "viewer">;

/**
 * The person who is signed in. Each loader and action asks for itself: a parent's loader protects nothing.
 *
 * @throws Response a redirect to the login page; for a form, 401, and the page that shows it
 * carries the form along.
 */
export async function requireViewer(request: Request, context: Asker): Promise<Viewer> {
  const viewer = await context.viewer();
  report({ kind: "access", door: "viewer", opened: viewer !== null });
  if (viewer) return viewer;
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw unauthorized({
      message: "You were signed out in the meantime, so this wasn’t done yet.",
    });
  }
  const { pathname, search } = new URL(request.url);
  throw seeOther(pathname === "/" ? "/login" : `/login?${new URLSearchParams({ redirectTo: pathname + search })}`);
}

/**
 * The owner of this Verso.
 *
 * @throws Response as `requireViewer` does, and 404 for everybody else: the page is not for them.
 */
export async function requireOwner(request: Request, context: Asker): Promise<Viewer> {
  const viewer = await requireViewer(request, context);
  report({ kind: "access", door: "owner", opened: viewer.role === "owner" });
  if (viewer.role !== "owner") throw notFound();
  return viewer;
}

/**
 * The same for programs.
 *
 * @throws Response 401 as problem details.
 */
export async function requireApiViewer(context: Asker): Promise<Viewer> {
  const viewer = await context.viewer();
  report({ kind: "access", door: "api", opened: viewer !== null });
  if (viewer) return viewer;
  throw problem(401, "Sign in first", {}, { "WWW-Authenticate": 'Cookie realm="Verso", form-action="/login"' });
}

/**
 * Keeps the signed-in away from pages for signing in.
 *
 * @throws Response a redirect to the notes.
 */
export async function requireNobody(context: Asker) {
  const viewer = await context.viewer();
  report({ kind: "access", door: "nobody", opened: viewer === null });
  if (viewer) throw seeOther("/notes");
}
