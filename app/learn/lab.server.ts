import { randomBytes } from "node:crypto";
import { devNull } from "node:os";
import { parentPort, Worker } from "node:worker_threads";
import type { Viewer } from "~/accounts/viewer.server";
import { Limiter } from "~/http/limits.server";
import { experimentOf } from "./concepts";
import { perform, type Stage } from "./perform.server";
import type { Performed } from "./performed";

/** How long a run may take, in milliseconds; it takes about one second. */
const DEADLINE = 10_000;
/** Runs that may wait for the one under way. */
const MOST_WAITING = 4;
/** Runs of one person: so many at once, then one each so many seconds. */
const runs = new Limiter(12, 10);

export type Run =
  | { kind: "performed"; report: Performed }
  /** Not run, or ended: why, and after how many seconds to try again. */
  | { kind: "too many" | "unavailable"; message: string; seconds: number };

/** Names the program that calls {@link serveLab} in a thread. */
export function setLabProgram(script: URL) {
  program = script;
  runs.forget();
}

/**
 * Runs an experiment in a thread of its own: the same program with people, a secret and a database
 * that exist for this run only. One at a time in the whole process.
 *
 * @param concept and `name` are of an experiment that there is.
 */
export async function runExperiment(viewer: Viewer, concept: string, name: string): Promise<Run> {
  if (running.has(viewer.id)) {
    return { kind: "too many", message: "One run at a time. Try again when yours has ended.", seconds: 2 };
  }
  if (waiting >= MOST_WAITING) {
    return { kind: "unavailable", message: "Others are in the lab just now. Try again in a few seconds.", seconds: 5 };
  }
  const seconds = runs.take(viewer.id);
  if (seconds > 0) return { kind: "too many", message: `That was a lot of runs. Wait ${seconds} seconds.`, seconds };
  waiting += 1;
  running.add(viewer.id);
  const turn = last
    .then(() => runInThread({ concept, name }))
    // A thread that can't even begin, for want of memory, is no reason for the next one not to try.
    .catch(() => unavailable("The lab could not be opened."))
    .finally(() => {
      waiting -= 1;
      running.delete(viewer.id);
    });
  last = turn;
  return turn;
}

interface Order {
  concept: string;
  name: string;
}

/** Always settles: by the report, by the thread's end, or by the clock. */
function runInThread(order: Order): Promise<Run> {
  return new Promise((resolve) => {
    if (!program) throw new Error("No program was given for the lab.");
    const thread = new Worker(program, {
      workerData: "lab",
      env: { NODE_ENV: process.env.NODE_ENV },
      resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    const clock = setTimeout(() => end(unavailable("The experiment took too long and was ended.")), DEADLINE);
    const end = (run: Run) => {
      clearTimeout(clock);
      void thread.terminate();
      resolve(run);
    };
    const failed = () => end(unavailable("The experiment broke off."));
    thread.on("message", (report: Performed | null) => (report ? end({ kind: "performed", report }) : failed()));
    thread.on("error", failed).on("exit", failed).unref();
    thread.postMessage(order);
  });
}

function unavailable(why: string): Run {
  return { kind: "unavailable", message: `${why} Nothing of yours was touched. Try again shortly.`, seconds: 5 };
}

/** The other side: performs what it is told to, once. Called in the thread. */
export function serveLab(open: (variables: Record<string, string>) => Promise<Stage>) {
  const began = performance.now();
  parentPort?.once("message", ({ concept, name }: Order) => {
    const experiment = experimentOf(concept, name);
    const report = experiment
      ? open(variables()).then((stage) => perform(stage, experiment, began))
      : Promise.resolve(null);
    report.catch(() => null).then((told) => parentPort?.postMessage(told));
  });
}

/** All that the program in the thread knows of the outside: no file, no address, nobody's secret. */
function variables() {
  return {
    DATABASE_URL: `file:${devNull}/none`,
    SECRET: randomBytes(32).toString("base64url"),
    SIGN_UP: "open",
    BACK: "own",
    LOG_LEVEL: "silent",
  };
}

let program: URL | null = null;
let waiting = 0;
/** Whose runs wait or are under way: one each, so that nobody keeps the others out. */
const running = new Set<string>();
let last: Promise<unknown> = Promise.resolve();
