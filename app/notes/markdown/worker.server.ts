import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { renderMarkdown } from "./render.server";

/** What starting a thread may take on a busy machine, in milliseconds; only its first text waits for it. */
const START = 10_000;
/** Texts that may wait for one thread. */
const MOST_WAITING = 50;

/** Texts that one thread lays out, one after another. */
export interface Lane {
  /** @returns HTML, or null for a text that takes longer than the lane allows or is nested too deeply. */
  layOut(text: string): Promise<string | null>;
  /** True where so many texts wait that another one would not be laid out soon. */
  full(): boolean;
  /** Starts the thread ahead of the first text. */
  warm(): void;
}

/** Names the program that calls {@link serveMarkdown} in a thread. */
export function setMarkdownProgram(script: URL) {
  program = script;
}

/** The other side: answers each text with its HTML, or null. Called in the thread. */
export function serveMarkdown() {
  parentPort?.on("message", (text: string) => parentPort?.postMessage(renderOrNull(text)));
}

/**
 * A thread for Markdown, ended and replaced where a text keeps it longer than `deadline`
 * milliseconds: there are texts that keep a parser busy for minutes. It holds no process up.
 */
export function openLane(deadline: number): Lane {
  let thread: Worker | null = null;
  let settle: (html: string | null) => void = () => {};
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function startThread() {
    if (!program) throw new Error("No program was given for the Markdown thread.");
    const started = new Worker(program, { workerData: "markdown", resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const ended = () => {
      if (started === thread) drop();
    };
    started.on("message", (html: string | null) => started === thread && settle(html));
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
  function layOutNow(text: string) {
    return new Promise<string | null>((resolve) => {
      const clock = setTimeout(drop, thread ? deadline : START + deadline);
      settle = (html) => {
        clearTimeout(clock);
        resolve(html);
      };
      thread ??= startThread();
      thread.postMessage(text);
    });
  }

  function layOut(text: string) {
    // The lab's thread can be ended itself.
    if (!isMainThread) return Promise.resolve(renderOrNull(text));
    waiting += 1;
    const turn = last.then(() => layOutNow(text)).finally(() => (waiting -= 1));
    last = turn.catch(() => {});
    return turn;
  }

  return { layOut, full: () => waiting >= MOST_WAITING, warm: () => void layOut("") };
}

let program: URL | null = null;

function renderOrNull(text: string) {
  try {
    return renderMarkdown(text);
  } catch {
    return null;
  }
}
