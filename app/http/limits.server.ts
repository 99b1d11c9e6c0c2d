/** More at once than this machine takes. */
export class TooBusy extends Error {
  override name = "TooBusy";
}

/** How many keys a limiter remembers; past that the ones idle longest are forgotten. */
const REMEMBERED = 10_000;

/**
 * Counts tries by key (an account, an address): so many at once, then one more each `seconds`.
 * The key never holds a path, so that two spellings of an address share one count. In memory:
 * a restart forgets.
 */
export class Limiter {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  constructor(
    private readonly burst: number,
    private readonly seconds: number,
  ) {}

  /** Takes one try. @returns how many seconds to wait, 0 where there is a try left. */
  take(key: string, now = Date.now()): number {
    const bucket = this.buckets.get(key);
    const refilled = bucket ? bucket.left + (now - bucket.at) / (this.seconds * 1000) : this.burst;
    const left = Math.min(this.burst, refilled);
    if (bucket && left < 1) {
      // Whoever goes on trying is not forgotten for the sake of newer keys.
      this.remember(key, bucket);
      return Math.ceil((1 - left) * this.seconds);
    }
    this.remember(key, { left: left - 1, at: now });
    return 0;
  }

  /** Begins anew, as at a start. */
  forget() {
    this.buckets.clear();
  }

  /** Gives a try back that turned out to be honest. */
  giveBack(key: string) {
    const bucket = this.buckets.get(key);
    if (bucket) bucket.left = Math.min(this.burst, bucket.left + 1);
  }

  private remember(key: string, bucket: { left: number; at: number }) {
    // Deleted first: a Map keeps the order of insertion, which so becomes the order of use.
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    const oldest = this.buckets.keys().next().value;
    if (this.buckets.size > REMEMBERED && oldest !== undefined) this.buckets.delete(oldest);
  }
}

/** The part of an address that one party holds: an IPv6 customer has a whole /64. */
export function partyOf(address: string) {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  return plain.includes(":") ? expand(plain).slice(0, 4).join(":") : plain;
}

function expand(address: string) {
  const [head = "", tail] = address.split("::");
  const before = head.split(":").filter(Boolean);
  const after = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after];
}
