import type { Concept, RunName } from "./concept";
import { optimisticConcurrency } from "./concepts/optimistic-concurrency";
import type { Experiment } from "./experiment";

/** All concepts, in the order in which they are best read. */
export const CONCEPTS: Concept[] = [optimisticConcurrency];

/** The concept that an address names. */
export function conceptOf(name: string | undefined): Concept | null {
  return CONCEPTS.find((concept) => concept.name === name) ?? null;
}

/** The experiment of a concept, where there is one of that name. */
export function experimentOf(concept: string, name: string): Experiment | null {
  return conceptOf(concept)?.runs[name as RunName] ?? null;
}
