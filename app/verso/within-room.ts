import type { BackRecord, Decision, Step } from "./record";

/**
 * A record in no more than `room` bytes: the last statements go first, counted as those past the
 * limit are, then the names of what was sent. Null where even that is too much.
 *
 * @param write makes the bytes.
 */
export function withinRoom(record: BackRecord, room: number, write: (record: BackRecord) => Buffer): Buffer | null {
  const bytes = write(record);
  if (bytes.length <= room) return bytes;
  for (let most = statements(record) >> 1; ; most >>= 1) {
    const shorter = write(withStatements(record, most));
    if (shorter.length <= room) return shorter;
    if (most === 0) break;
  }
  const least = write(withoutNames(withStatements(record, 0)));
  return least.length <= room ? least : null;
}

function statements({ steps }: BackRecord) {
  return steps.filter(({ kind }) => kind === "statement").length;
}

/** Its first statements only, and the places of the other steps as they are then. */
function withStatements(record: BackRecord, most: number): BackRecord {
  let left = most;
  const kept = record.steps.flatMap((step, place) => (step.kind === "statement" && left-- <= 0 ? [] : [place]));
  const places = new Map(kept.map((place, now) => [place, now]));
  const moved = <Part extends Step | Decision>(part: Part): Part =>
    "within" in part && part.within !== null ? { ...part, within: places.get(part.within) ?? null } : part;
  return {
    ...record,
    steps: record.steps.filter((_, place) => places.has(place)).map(moved),
    decisions: record.decisions.map(moved),
    unkept: record.unkept + statements(record) - Math.min(most, statements(record)),
  };
}

/** Fields, parameters, cookies and the headers that aren't shown by their number only. */
function withoutNames(record: BackRecord): BackRecord {
  const { query, headers, cookies, more = { query: 0, headers: 0, cookies: 0 } } = record.request;
  const shown = headers.filter(({ value }) => value !== null);
  const request = {
    ...record.request,
    query: [],
    headers: shown,
    cookies: [],
    more: {
      query: more.query + query.length,
      headers: more.headers + headers.length - shown.length,
      cookies: more.cookies + cookies.length,
    },
  };
  return { ...record, request, steps: record.steps.map(withoutFields) };
}

function withoutFields(step: Step): Step {
  if (step.kind !== "form") return step;
  const { fields, more = { fields: 0, wrong: 0 } } = step;
  const wrong = fields.filter(({ messages }) => messages.length > 0).length;
  return { ...step, fields: [], more: { fields: more.fields + fields.length, wrong: more.wrong + wrong } };
}
