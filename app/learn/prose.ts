import type OptimisticConcurrencyProse from "./concepts/optimistic-concurrency.mdx";
import optimisticConcurrency from "./concepts/optimistic-concurrency.mdx";

/** The prose of each concept, by its name. */
export const PROSE: Record<string, typeof OptimisticConcurrencyProse> = {
  "optimistic-concurrency": optimisticConcurrency,
};
