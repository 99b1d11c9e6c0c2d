import { AsyncLocalStorage } from "node:async_hooks";
import { report } from "./reports.server";

const background = new AsyncLocalStorage<true>();

/** Sets work going that outlives its request: nothing that it does counts as done for the answer. */
export function inBackground<Result>(work: () => Result): Result {
  report({ kind: "background" });
  return background.run(true, work);
}

/** Whether what runs now was set going by {@link inBackground}. */
export function isInBackground(): boolean {
  return background.getStore() === true;
}
