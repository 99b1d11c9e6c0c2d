import { createHash } from "node:crypto";
import { once } from "node:events";
import { parentPort, Worker } from "node:worker_threads";
import { escapeAsText } from "./plain.server";
import { renderMarkdown } from "./render.server";

/** What a text that is made to be slow may cost, in milliseconds. */
const DEADLINE = 3_000;
/** Rendered texts that are kept, in UTF-16 units of HTML. */
const KEPT = 16_000_000;

export interface Rendered {
  html: string;
  /** False for a text that took too long or is nested too deeply: shown as it was typed. */
  formatted: boolean;
}

/**
 * A note's text as safe HTML. Rendered in a worker that can be ended, since there are texts that
 * keep a Markdown parser busy for minutes; kept by the hash of the text.
 */
export async function rendered(text: string): Promise<Rendered> {
  const key = createHash("sha256").update(text).digest("base64");
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const html = await inWorker(text);
  return keep(key, html === null ? { html: escapeAsText(text), formatted: false } : { html, formatted: true });
}

/** The other side: answers each text with its HTML, or null. Called in the worker thread. */
export function serveMarkdown() {
  parentPort?.on("message", (text: string) => parentPort?.postMessage(renderOrNull(text)));
  parentPort?.postMessage("ready");
}

/** Names the program that calls {@link serveMarkdown} in a thread. */
export function setMarkdownProgram(script: URL) {
  program = script;
}

/** Starts the worker ahead of the first note. It holds no process up. */
export function warmMarkdown() {
  worker ??= start();
}

const kept = new Map<string, Rendered>();
let keptLength = 0;
let program: URL | null = null;
let worker: { thread: Worker; ready: Promise<unknown> } | null = null;
let last: Promise<unknown> = Promise.resolve();

function start() {
  if (!program) throw new Error("No program was given for the Markdown worker.");
  const thread = new Worker(program, { workerData: "markdown", resourceLimits: { maxOldGenerationSizeMb: 256 } });
  thread.unref();
  const ready = once(thread, "message");
  ready.catch(() => {});
  return { thread, ready };
}

/** One text after another, so that the deadline counts work and not waiting. */
function inWorker(text: string): Promise<string | null> {
  const turn = last.then(() => renderWithin(text));
  last = turn;
  return turn;
}

async function renderWithin(text: string): Promise<string | null> {
  worker ??= start();
  const { thread, ready } = worker;
  try {
    await ready;
    const answer = once(thread, "message", { signal: AbortSignal.timeout(DEADLINE) });
    thread.postMessage(text);
    return (await answer)[0] as string | null;
  } catch {
    worker = null;
    await thread.terminate();
    return null;
  }
}

function renderOrNull(text: string) {
  try {
    return renderMarkdown(text);
  } catch {
    return null;
  }
}

function keep(key: string, value: Rendered) {
  kept.set(key, value);
  keptLength += value.html.length;
  for (const [oldest, { html }] of kept) {
    if (keptLength <= KEPT) break;
    kept.delete(oldest);
    keptLength -= html.length;
  }
  return value;
}
