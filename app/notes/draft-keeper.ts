/** How it stands with a draft on the server. */
export type KeeperState =
  | { kind: "none" | "trying" | "signed out" }
  | { kind: "kept"; at: number }
  /** It won't be taken however often it is tried, for a reason in words. */
  | { kind: "refused"; why: string };

/** How long after the last key a draft is sent, in milliseconds, and after how long at most while keys follow keys. */
const PAUSE = 2_000;
const LONGEST_PAUSE = 10_000;
/** The first pause before another try, and the longest. */
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;
/** How long an answer is waited for. */
const PATIENCE = 20_000;
/** A request that outlives its page has 64 KiB at most: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const MOST_KEPT_ALIVE = 60_000;

interface Wiring {
  /** What is in the form now, by field. */
  read(): Record<string, string>;
  tell(state: KeeperState): void;
  /** The server has all that is in the form. */
  arrived(): void;
}

/**
 * Keeps what is typed in one form on the server: two seconds after typing stops, at once when the page
 * hides, again and again with growing pauses where that fails. Only ever reads the form.
 *
 * Each sending has a number; the server takes no older one after a newer one, and neither does this.
 */
export class DraftKeeper {
  /** The draft's name: another one each time that a form is opened. */
  readonly name = randomName();
  /** The number of the latest sending. */
  sequence = 0;
  /** What was sent last, and what of it has arrived. */
  private sent: string;
  private arrived: string;
  private answered = 0;
  private wait = FIRST_WAIT;
  private timer: number | undefined;
  private due = Number.POSITIVE_INFINITY;
  private failing = false;
  private closed = false;

  /** @param saved what is saved already, in the order of the fields; what is the same needs no draft. */
  constructor(
    private readonly wiring: Wiring,
    saved: Record<string, string> | null,
  ) {
    this.sent = this.arrived = saved ? keyOf(saved) : "";
  }

  /** Something was typed. */
  typed() {
    this.due = Math.min(this.due, Date.now() + LONGEST_PAUSE);
    this.sendIn(Math.min(PAUSE, Math.max(0, this.due - Date.now())));
  }

  /** The page hides, or goes: what has not arrived is sent at once. */
  hide() {
    if (keyOf(this.wiring.read()) !== this.arrived) this.send(true);
  }

  /** Whether the server has all that is in the form. */
  hasArrived() {
    return this.answered > 0 && keyOf(this.wiring.read()) === this.arrived;
  }

  /** There may be a connection again, or a login. */
  retry() {
    if (this.failing) this.send();
  }

  /** All that is in the form has been saved, or is on its way to be: nothing is sent until something is typed. */
  rest(saved?: Record<string, string>) {
    window.clearTimeout(this.timer);
    this.due = Number.POSITIVE_INFINITY;
    this.failing = false;
    if (!saved) return;
    this.sent = this.arrived = keyOf(saved);
    // Answers to what was sent before the save say nothing any more.
    this.answered = this.sequence;
    this.wiring.tell({ kind: "none" });
  }

  close() {
    this.closed = true;
    window.clearTimeout(this.timer);
  }

  private sendIn(milliseconds: number) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), milliseconds);
  }

  private send(leaving = false) {
    window.clearTimeout(this.timer);
    this.due = Number.POSITIVE_INFINITY;
    const fields = this.wiring.read();
    const key = keyOf(fields);
    if (key === this.sent && !this.failing && !leaving) return;
    this.sent = key;
    this.sequence += 1;
    void this.post(fields, key, this.sequence, leaving);
  }

  private async post(fields: Record<string, string>, key: string, sequence: number, leaving: boolean) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fields, sequence: String(sequence) })) body.append(name, value);
    const keepalive = leaving && bytesOf(fields) < MOST_KEPT_ALIVE;
    const patience = new AbortController();
    const timer = window.setTimeout(() => patience.abort(), PATIENCE);
    const answer = await fetch(`/drafts/${this.name}/keep`, {
      method: "POST",
      body,
      keepalive,
      signal: leaving ? undefined : patience.signal,
    }).catch(() => null);
    window.clearTimeout(timer);
    // An answer that an answer to something later has overtaken.
    if (sequence <= this.answered) return;
    if (answer?.ok) {
      const { kept } = (await answer.json().catch(() => ({}))) as { kept?: string };
      // The server has something later; the answer to that says so.
      if (kept === "older" || sequence <= this.answered) return;
      this.answered = sequence;
      this.arrived = key;
      this.failing = false;
      this.wait = FIRST_WAIT;
      if (keyOf(this.wiring.read()) === key) this.wiring.arrived();
      if (!this.closed) this.wiring.tell(kept === "needless" ? { kind: "none" } : { kind: "kept", at: Date.now() });
    } else if (sequence === this.sequence && !this.closed) await this.failed(answer);
  }

  private async failed(answer: Response | null) {
    this.failing = true;
    const refused = answer !== null && [404, 413, 422].includes(answer.status);
    if (refused) return this.wiring.tell({ kind: "refused", why: await reasonOf(answer) });
    this.wiring.tell({ kind: answer?.status === 401 ? "signed out" : "trying" });
    this.sendIn(this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
  }
}

/** What tells one state of a form from another; where the note is filed is there only where that is changed. */
function keyOf(fields: Record<string, string>) {
  return JSON.stringify([fields.title, fields.content, fields.tags, fields.notebook]);
}

function bytesOf(fields: Record<string, string>) {
  return new Blob(Object.values(fields)).size + 200 * Object.keys(fields).length;
}

async function reasonOf(answer: Response): Promise<string> {
  if (answer.status === 404) return "The note is not there any more.";
  if (answer.status === 413) return "It is more than a note holds.";
  const { message, errors } = (await answer.json().catch(() => ({}))) as {
    message?: string;
    errors?: Record<string, string[]>;
  };
  return message ?? Object.values(errors ?? {}).flat()[0] ?? "It can’t be kept as it is.";
}

/** A random UUID. `crypto.randomUUID` is only there on HTTPS and on localhost. */
function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
