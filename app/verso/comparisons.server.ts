import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { type Comparison, compareRecords } from "./compare";
import { type Neighbour, neighbour, readRecord } from "./records.server";

/** The query of a comparison: the name of another record, none yet where it is to be chosen. */
export const CompareFilter = z.object({
  with: z
    .string()
    .regex(/^[\w-]{22}$/, "The address names no request that could be compared.")
    .optional(),
});

/** A record, those it can be compared with, and what differs from the one that was chosen. */
export interface ToldComparison {
  record: Neighbour;
  others: Neighbour[];
  comparison: Comparison | null;
}

/**
 * Compares two records of one owner.
 *
 * @param cookies the request's, which name the browser of somebody who isn't signed in.
 * @param other the one to compare with; without it, there is only what can be chosen.
 * @throws Response 404 where either isn't theirs, or is gone.
 */
export function readComparison(
  viewer: Viewer | null,
  cookies: string | null,
  id: string | undefined,
  other?: string,
): ToldComparison {
  const { record, others } = readRecord(viewer, cookies, id);
  return {
    record: neighbour(record),
    others,
    comparison: other === undefined ? null : compareRecords(record, readRecord(viewer, cookies, other).record),
  };
}
