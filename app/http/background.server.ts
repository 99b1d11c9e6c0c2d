import { AsyncResource } from "node:async_hooks";
import { report } from "./reports.server";

/** Bound where the program begins, outside of every request. */
const outside = AsyncResource.bind(<Result>(work: () => Result): Result => work());

/** Sets work going that outlives its request: nothing that it does counts as done for the answer. */
export function inBackground<Result>(work: () => Result): Result {
  report({ kind: "background" });
  return outside(work) as Result;
}
