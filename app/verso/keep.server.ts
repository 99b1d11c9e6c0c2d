import { deserialize, serialize } from "node:v8";
import type { BackRecord } from "./record";
import { withinRoom } from "./within-room";

/** One record, in bytes; of a larger one less is kept. */
const RECORD_BYTES = 65_536;
/** Whoever asked for nothing this long is forgotten, in milliseconds. */
const IDLE = 30 * 60_000;

/** Whose a record is; both parts are asked for again whenever it is shown. */
export interface Owner {
  /** Null for somebody who isn't signed in, known by their browser only. */
  personId: string | null;
  sessionId: string;
}

/** What a page sends by itself, over and over, under a name that it made, or while one types: only the latest of it is kept. */
const OVER_AND_OVER = /^\/drafts\/[\da-f-]{36}\/keep$|^\/suggestions$/;

/** What takes a record's place when it is sent again: the same for all that a page sends by itself. */
function againOf({ request: { path }, steps }: BackRecord) {
  if (OVER_AND_OVER.test(path)) return path;
  const fields = steps.flatMap((step) => (step.kind === "form" ? step.fields : []));
  return fields.some(({ name, value }) => name === "next" && value === "preview") ? `preview of ${path}` : null;
}

interface Kept {
  /** As bytes: what a record weighs is what it is counted for, and it holds on to nothing else. */
  bytes: Buffer;
  /** What takes its place when it is sent again; null for all that a person asks for. */
  again: string | null;
  /** How many it has taken the place of. */
  instead: number;
}

interface Ring {
  personId: string | null;
  records: Kept[];
  bytes: number;
  used: number;
}

/** Rings of records by session, in memory only. */
class Rings {
  /** A Map keeps the order of insertion, which here is the order of use. */
  private readonly rings = new Map<string, Ring>();
  private bytes = 0;

  constructor(
    private readonly perSession: number,
    private readonly allBytes: number,
  ) {}

  keep({ personId, sessionId }: Owner, record: BackRecord, now: number) {
    const known = this.rings.get(sessionId);
    const again = againOf(record);
    const before = again === null ? undefined : known?.records.find((one) => one.again === again);
    const instead = before ? before.instead + 1 : 0;
    const bytes = withinRoom(instead > 0 ? { ...record, instead } : record, RECORD_BYTES, serialize);
    if (!bytes) return;
    this.forgetIdle(now);
    const ring = this.rings.get(sessionId) ?? { personId, records: [], bytes: 0, used: now };
    this.markUsed(sessionId, ring, now);
    if (before) this.drop(ring, ring.records.indexOf(before));
    ring.records.push({ bytes, again, instead });
    ring.bytes += bytes.length;
    this.bytes += bytes.length;
    if (ring.records.length > this.perSession) this.drop(ring);
    while (this.bytes > this.allBytes) this.dropOfWhoHasMost();
  }

  of({ personId, sessionId }: Owner, now: number): BackRecord[] {
    this.forgetIdle(now);
    const ring = this.rings.get(sessionId);
    if (ring?.personId !== personId) return [];
    this.markUsed(sessionId, ring, now);
    return ring.records.map(({ bytes }) => deserialize(bytes) as BackRecord);
  }

  forget(sessionId: string) {
    const ring = this.rings.get(sessionId);
    while (ring && ring.records.length > 0) this.drop(ring);
    this.rings.delete(sessionId);
  }

  forgetAll() {
    this.rings.clear();
    this.bytes = 0;
  }

  amount() {
    return { bytes: this.bytes, sessions: this.rings.size };
  }

  private forgetIdle(now: number) {
    for (const [sessionId, { used }] of this.rings) {
      if (now - used < IDLE) break;
      this.forget(sessionId);
    }
  }

  private markUsed(sessionId: string, ring: Ring, now: number) {
    ring.used = now;
    this.rings.delete(sessionId);
    this.rings.set(sessionId, ring);
  }

  /** The oldest record of whoever has the most, so that nobody's many logins push out anybody else's. */
  private dropOfWhoHasMost() {
    const held = new Map<string | null, number>();
    for (const { personId, bytes } of this.rings.values()) held.set(personId, (held.get(personId) ?? 0) + bytes);
    const most = Math.max(...held.values());
    for (const [sessionId, ring] of this.rings) {
      if (held.get(ring.personId) !== most) continue;
      this.drop(ring);
      if (ring.records.length === 0) this.rings.delete(sessionId);
      return;
    }
  }

  private drop(ring: Ring, place = 0) {
    const dropped = ring.records.splice(place, 1)[0]?.bytes.length ?? 0;
    ring.bytes -= dropped;
    this.bytes -= dropped;
  }
}

const MIB = 1_048_576;
const signedIn = new Rings(50, 28 * MIB);
/** Anyone can make these, so that they have little room, and none that the signed-in need. */
const visitors = new Rings(10, 4 * MIB);

function ringsOf({ personId }: Owner) {
  return personId === null ? visitors : signedIn;
}

/** Keeps a record for its owner; the oldest go where there is no room. */
export function keepRecord(owner: Owner, record: BackRecord, now = Date.now()) {
  ringsOf(owner).keep(owner, record, now);
}

/** The owner's records, the oldest first. */
export function recordsOf(owner: Owner, now = Date.now()): BackRecord[] {
  return ringsOf(owner).of(owner, now);
}

/** Forgets the records of a login, as at log-out. */
export function forgetRecords(sessionId: string) {
  signedIn.forget(sessionId);
}

/** Forgets the records of a visitor's browser, as when somebody signs in or out there. */
export function forgetVisit({ sessionId }: Owner) {
  visitors.forget(sessionId);
}

/** Forgets everything, as at a start. */
export function forgetAllRecords() {
  signedIn.forgetAll();
  visitors.forgetAll();
}

/** What is kept now for the signed-in and for visitors: bytes, and sessions. */
export function amountKept() {
  return { signedIn: signedIn.amount(), visitors: visitors.amount() };
}
