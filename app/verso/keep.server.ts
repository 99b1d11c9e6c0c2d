import type { BackRecord } from "./record";

/** Records of one session. */
const PER_SESSION = 50;
/** Records of everybody, in bytes as JSON. */
const ALL_BYTES = 32 * 1_048_576;
/** One record, in bytes as JSON; a larger one is not kept. */
const RECORD_BYTES = 65_536;
/** A session that asked for nothing this long is forgotten, in milliseconds. */
const IDLE = 30 * 60_000;

/** Whose a record is: both are asked for again whenever it is shown. */
export interface Owner {
  personId: string;
  sessionId: string;
}

interface Ring {
  personId: string;
  /** As JSON in UTF-8, so that what a record weighs is what it is counted for. */
  records: Buffer[];
  used: number;
}

/** By session; a Map keeps the order of insertion, which here is the order of use. */
const rings = new Map<string, Ring>();
let bytes = 0;

/** Keeps a record for its owner, in memory only; the oldest go where there is no room. */
export function keepRecord({ personId, sessionId }: Owner, record: BackRecord, now = Date.now()) {
  const json = Buffer.from(JSON.stringify(record));
  if (json.length > RECORD_BYTES) return;
  forgetIdle(now);
  const ring = rings.get(sessionId) ?? { personId, records: [], used: now };
  markUsed(sessionId, ring, now);
  ring.records.push(json);
  bytes += json.length;
  if (ring.records.length > PER_SESSION) drop(ring);
  for (const [oldest, other] of rings) {
    if (bytes <= ALL_BYTES) break;
    drop(other);
    if (other.records.length === 0) rings.delete(oldest);
  }
}

/** The owner's records, the oldest first. */
export function recordsOf({ personId, sessionId }: Owner, now = Date.now()): BackRecord[] {
  forgetIdle(now);
  const ring = rings.get(sessionId);
  if (ring?.personId !== personId) return [];
  markUsed(sessionId, ring, now);
  return ring.records.map((json) => JSON.parse(json.toString("utf8")) as BackRecord);
}

/** Forgets a session's records, as at log-out. */
export function forgetRecords(sessionId: string) {
  const ring = rings.get(sessionId);
  while (ring && ring.records.length > 0) drop(ring);
  rings.delete(sessionId);
}

/** Forgets everything, as at a start. */
export function forgetAllRecords() {
  rings.clear();
  bytes = 0;
}

/** What is kept now, in bytes as JSON, and for how many sessions. */
export function amountKept() {
  return { bytes, sessions: rings.size };
}

function forgetIdle(now: number) {
  for (const [sessionId, { used }] of rings) {
    if (now - used < IDLE) break;
    forgetRecords(sessionId);
  }
}

function markUsed(sessionId: string, ring: Ring, now: number) {
  ring.used = now;
  rings.delete(sessionId);
  rings.set(sessionId, ring);
}

function drop(ring: Ring) {
  bytes -= ring.records.shift()?.length ?? 0;
}
