import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type { WordsTerm } from "../search.server";
import { placesOfLinks, placesOfTags, readText } from "./reading.server";
import { renderMarkdown } from "./render.server";
import { readTasks } from "./tasks.server";

/** What starting a thread may take on a busy machine, in milliseconds; only its first text waits for it. */
const START = 10_000;
/** Texts that may wait for one thread. */
const MOST_WAITING = 50;

/** What a thread can do with a text. */
const WORK = { html: renderMarkdown, reading: readText, tags: placesOfTags, tasks: readTasks, links: placesOfLinks };
type Work = typeof WORK;

/** Texts that one thread works on, one after another. */
export interface Lane {
  /** @returns null for a text that takes longer than the lane allows or is nested too deeply. */
  ask<Kind extends keyof Work>(kind: Kind, text: string, words?: WordsTerm[]): Promise<ReturnType<Work[Kind]> | null>;
  /** True where so many texts wait that another one would not be laid out soon. */
  full(): boolean;
  /** Starts the thread ahead of the first text. */
  warm(): void;
}

/** Names the program that calls {@link serveMarkdown} in a thread. */
export function setMarkdownProgram(script: URL) {
  program = script;
}

/** The other side: answers each text with what was asked for, or null. Called in the thread. */
export function serveMarkdown() {
  parentPort?.on("message", (question: Question) => parentPort?.postMessage(workOrNull(...question)));
}

type Question = [kind: keyof Work, text: string, words?: WordsTerm[]];
type Found = ReturnType<Work[keyof Work]> | null;

/**
 * A thread for Markdown, ended and replaced where a text keeps it longer than `deadline`
 * milliseconds: there are texts that keep a parser busy for minutes. It holds no process up.
 */
export function openLane(deadline: number): Lane {
  let thread: Worker | null = null;
  let settle: (found: Found) => void = () => {};
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function startThread() {
    if (!program) throw new Error("No program was given for the Markdown thread.");
    const started = new Worker(program, { workerData: "markdown", resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const ended = () => {
      if (started === thread) drop();
    };
    started.on("message", (found: Found) => started === thread && settle(found));
    // An error that comes after the thread was given up is of no interest any more.
    started.on("error", ended).on("exit", ended).unref();
    return started;
  }

  function drop() {
    void thread?.terminate();
    thread = null;
    settle(null);
  }

  /** Always settles: by an answer, by the thread's end, or by the clock. */
  function askNow(...question: Question) {
    return new Promise<Found>((resolve) => {
      const clock = setTimeout(drop, thread ? deadline : START + deadline);
      settle = (found) => {
        clearTimeout(clock);
        resolve(found);
      };
      thread ??= startThread();
      thread.postMessage(question);
    });
  }

  function ask(...question: Question) {
    // The lab's thread can be ended itself.
    if (!isMainThread) return Promise.resolve(workOrNull(...question));
    waiting += 1;
    const turn = last.then(() => askNow(...question)).finally(() => (waiting -= 1));
    last = turn.catch(() => {});
    return turn;
  }

  return { ask: ask as Lane["ask"], full: () => waiting >= MOST_WAITING, warm: () => void ask("html", "") };
}

let program: URL | null = null;

/** Does it here and now; null for a text that is nested too deeply. */
export function workOrNull<Kind extends keyof Work>(
  kind: Kind,
  text: string,
  words?: WordsTerm[],
): ReturnType<Work[Kind]> | null {
  try {
    return WORK[kind](text, words) as ReturnType<Work[Kind]>;
  } catch {
    return null;
  }
}
