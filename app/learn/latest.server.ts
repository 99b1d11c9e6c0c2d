import type { Viewer } from "~/accounts/viewer.server";
import { settings } from "~/settings.server";
import { recordsOf } from "~/verso/keep.server";
import type { BackRecord } from "~/verso/record";
import { storyOf } from "~/verso/story";
import { visitorOf } from "~/verso/visitor.server";
import type { Concept } from "./concept";

/** The reader's own latest request that used a concept, told in the words of its back. */
export interface Latest {
  id: string;
  method: string;
  path: string;
  status: number;
  /** How long ago, in milliseconds. */
  ago: number;
  story: string;
}

/**
 * Looks through the records of the viewer's login, or of a visitor's browser.
 *
 * @returns null where none of them used it; undefined where nothing is recorded here.
 */
export function latestOf(viewer: Viewer | null, cookies: string | null, { yours }: Concept): Latest | null | undefined {
  if (!settings().back) return undefined;
  const owner = viewer ? { personId: viewer.id, sessionId: viewer.sessionId } : visitorOf(cookies ?? "");
  const counts = (one: BackRecord) => (yours.here || !one.request.path.startsWith("/learn")) && yours.matches(one);
  const record = owner && recordsOf(owner).findLast(counts);
  if (!record) return null;
  const { id, at, request, response } = record;
  return {
    id,
    method: request.method,
    path: request.path,
    status: response.status,
    ago: Date.now() - at,
    story: storyOf(record).join(" "),
  };
}
