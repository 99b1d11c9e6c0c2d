import type { Suggestion } from "./suggestions.server";

/**
 * Asks the server what may be meant.
 *
 * @returns null where it can't be reached or doesn't answer; what was given up throws nothing either.
 */
export async function askSuggestions(kind: "note" | "tag" | "find", q: string, signal: AbortSignal) {
  try {
    const query = new URLSearchParams({ kind, q });
    const answer = await fetch(`/suggestions?${query}`, { signal, headers: { Accept: "application/json" } });
    if (answer.redirected || signal.aborted) return null;
    const told = (await answer.json()) as { suggestions?: Suggestion[]; message?: string | null };
    return signal.aborted ? null : { found: told.suggestions ?? [], message: told.message ?? null };
  } catch {
    return null;
  }
}

/** Round in a list; from nowhere to its one end or the other. */
export function nextOf(active: number, step: number, count: number) {
  if (active < 0) return step > 0 ? 0 : count - 1;
  return (active + step + count) % count;
}
