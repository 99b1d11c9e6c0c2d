import type { Viewer } from "~/accounts/viewer.server";
import { engine } from "~/db/engine.server";
import { notFound } from "~/http/responses.server";
import { type PlanNode, planTree, stepsOf } from "./plan";
import { readRecord } from "./records.server";
import { type WithoutIndex, withoutIndex } from "./without-index.server";

/** How the database found the rows of one recorded statement. */
export interface ToldPlan {
  /** The database can't prepare it: that is why it failed, or its tables have changed since. */
  refused: boolean;
  record: { id: string; method: string; path: string };
  text: string;
  /** Which of the record's statements it is, counted from 1. */
  number: number;
  plan: PlanNode[];
  /** The same without each index that it went along. */
  comparisons: WithoutIndex[];
}

/**
 * The plan of a statement of one of the viewer's own records, computed now from the text that
 * stands in the record.
 *
 * @param cookies the request's, which name the browser of somebody who isn't signed in.
 * @param place which of the record's steps, as it stands in the address.
 * @throws Response 404 where the record isn't theirs, or has no statement there.
 */
export function readPlan(
  viewer: Viewer | null,
  cookies: string | null,
  recordId: string | undefined,
  place: string | undefined,
): ToldPlan {
  const { id, request, steps } = readRecord(viewer, cookies, recordId).record;
  const step = /^(0|[1-9]\d{0,3})$/.test(place ?? "") ? steps[Number(place)] : undefined;
  if (step?.kind !== "statement") throw notFound();
  const { text } = step;
  const rows = explained(text);
  const plan = planTree(rows ?? [], text);
  const schema = engine().schema();
  const indexes = new Set(stepsOf(plan).flatMap(({ node }) => node.index ?? []));
  return {
    refused: rows === null,
    record: { id, method: request.method, path: request.path },
    text,
    number: steps.filter(({ kind }, at) => kind === "statement" && at <= Number(place)).length,
    plan,
    comparisons: [...indexes].map((index) => withoutIndex(schema, text, index)),
  };
}

function explained(text: string) {
  try {
    return engine().explain(text);
  } catch {
    return null;
  }
}
