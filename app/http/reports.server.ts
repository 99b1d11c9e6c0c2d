import type { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";

/** What the server decided while it answered a request, for whoever listens. */
export type Report =
  | { kind: "guard"; started: number; refused: number | null; givesBack: boolean }
  | { kind: "session"; state: "unknown" }
  | { kind: "session"; state: "valid" | "started"; viewer: Pick<Viewer, "id" | "role" | "sessionId"> }
  | { kind: "session"; state: "ended"; sessionId: string }
  /** Logins of a person that have ended, by whatever request. */
  | { kind: "ended"; sessionIds: string[] }
  | {
      kind: "access";
      /** For whom the door is: people who are signed in, by page or by program, or people who aren't. */
      door: "viewer" | "owner" | "api" | "nobody";
      opened: boolean;
    }
  | {
      kind: "form";
      started: number;
      schema: z.ZodType;
      /** As they were sent: people's words, to be measured and not kept. */
      fields: [name: string, value: string][];
      errors: Record<string, string[]>;
    }
  | { kind: "render"; started: number; bytes: number }
  | { kind: "failure"; error: unknown }
  /** Work was set going that is no part of the request. */
  | { kind: "background" };

type Listener = (report: Report) => void;

const listeners = new Set<Listener>();

/**
 * Has `listener` told of every decision from now on, in the asynchronous context of its request.
 *
 * @returns a function that ends it.
 */
export function listenToReports(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells whoever listens. */
export function report(report: Report) {
  for (const listener of listeners) listener(report);
}
