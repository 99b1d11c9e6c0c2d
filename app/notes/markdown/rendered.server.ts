import { createHash } from "node:crypto";
import type { WordsTerm } from "../search.server";
import { escapeAsText } from "./plain.server";
import type { Reading, WrittenLink } from "./reading.server";
import type { WrittenTag } from "./tag";
import type { Tasks } from "./tasks.server";
import { type Lane, openLane, workOrNull } from "./worker.server";

/** How long a page waits for its text to be laid out, in milliseconds. */
const PATIENCE = 2_500;
/** From this length on, in UTF-16 units, a text is laid out where it keeps no short one waiting. */
const LONG = 50_000;
/** Laid-out texts that are kept, in UTF-16 units of HTML. */
const KEPT = 16_000_000;

// Less than a page's patience, so that the first page already says that a text can't be laid out.
const short = openLane(2_000);
const long = openLane(10_000);
/** Reads what nobody waits for; the text is laid out at the same time. */
const unhurried = openLane(10_000);

export interface Rendered {
  html: string;
  /** `later`: as it was typed, since it is still being laid out. `never`: as it was typed, since it can't be. */
  formatted: "yes" | "later" | "never";
}

/**
 * A note's text as safe HTML, within some two seconds: what takes longer is shown as it was typed and
 * is there, laid out, when the page is asked for again. Kept by owner and text: a text that two
 * people have must not be faster for the second.
 *
 * @param words what is marked in it.
 */
export async function rendered(viewer: { id: string }, text: string, words: WordsTerm[] = []): Promise<Rendered> {
  const key = createHash("sha256")
    .update(`${viewer.id}\n${JSON.stringify(words)}\n${text}`)
    .digest("base64");
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  return (await atMost(PATIENCE, work(key, text, words))) ?? { html: escapeAsText(text), formatted: "later" };
}

/** A text this short is read at once: the way to a thread and back would take longer. In UTF-16 units. */
const AT_ONCE = 4_000;

/**
 * What is taken out of a text at each save.
 *
 * @returns null for a long text, which nobody should wait for at a save, and for one that can't be read.
 */
export function reading(text: string): Promise<Reading | null> {
  return ask("reading", text, null);
}

/** The same however long it takes, within ten seconds. */
export function readingOfAny(text: string): Promise<Reading | null> {
  return ask("reading", text, unhurried);
}

/** Where tags stand in a text, of any length; null for one that can't be read. */
export function tagPlaces(text: string): Promise<WrittenTag[] | null> {
  return ask("tags", text, unhurried);
}

/** The boxes to tick in a text; null for one that can't be read in the time that somebody waits. */
export async function tasksIn(text: string): Promise<Tasks | null> {
  return atMost(PATIENCE, ask("tasks", text, long));
}

/** Where links to notes stand in a text, of any length; null for one that can't be read. */
export function linkPlaces(text: string): Promise<WrittenLink[] | null> {
  return ask("links", text, unhurried);
}

/** @param forLong who reads a long text. */
async function ask<Kind extends "reading" | "tags" | "tasks" | "links">(
  kind: Kind,
  text: string,
  forLong: Lane | null,
) {
  const { length } = text;
  if (length >= LONG) return forLong?.ask(kind, text) ?? null;
  if (length >= AT_ONCE) return short.ask(kind, text);
  return workOrNull(kind, text);
}

/** Has the thread for short texts ready before the first note is asked for. */
export function warmMarkdown() {
  short.warm();
}

const kept = new Map<string, Rendered>();
let keptLength = 0;
const underWay = new Map<string, Promise<Rendered>>();

/** Two who ask for the same text wait for the same work. */
function work(key: string, text: string, words: WordsTerm[]) {
  const started = underWay.get(key) ?? layOut(key, text, words).finally(() => underWay.delete(key));
  underWay.set(key, started);
  return started;
}

async function layOut(key: string, text: string, words: WordsTerm[]): Promise<Rendered> {
  const lane = text.length < LONG ? short : long;
  if (lane.full()) return { html: escapeAsText(text), formatted: "later" };
  const html = await lane.ask("html", text, words);
  return keep(key, html === null ? { html: escapeAsText(text), formatted: "never" } : { html, formatted: "yes" });
}

async function atMost<Value>(milliseconds: number, value: Promise<Value>): Promise<Value | null> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    clock = setTimeout(resolve, milliseconds, null);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(clock);
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
