import { count } from "./story";

/** How far one request was from another, in words. */
export function ago(ms: number) {
  const seconds = Math.abs(ms) / 1_000;
  const far = seconds < 60 ? count(Math.round(seconds), "second") : count(Math.round(seconds / 60), "minute");
  return `${far} ${ms >= 0 ? "before" : "after"} this one`;
}
