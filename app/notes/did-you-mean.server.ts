import type { Viewer } from "~/accounts/viewer.server";
import { db } from "~/db/engine.server";
import { notes } from "~/db/schema.server";
import { spaceOut } from "~/db/spaced.server";
import { inPlace, orderOf } from "./list.server";
import type { Search, Term, WordsTerm } from "./search.server";

/** Notes whose words are looked through, those that were changed last. */
const MOST_NOTES = 2_000;
/** Words of a search that others are looked for; and the shortest of them. */
const [MOST_WORDS, SHORTEST] = [5, 4];

/**
 * A search that found nothing, with the nearest words that the viewer's own notes have in heading and
 * excerpt: nobody else's words are looked at, and no more notes than {@link MOST_NOTES}.
 *
 * @returns null where no word is near enough.
 */
export async function nearestSearch(viewer: Viewer, search: Search): Promise<Search | null> {
  const asked = search.all.flat().filter(isPlainWord).slice(0, MOST_WORDS);
  if (asked.length === 0) return null;
  const known = await wordsOf(viewer);
  const instead = new Map<Term, Term>();
  for (const term of asked) {
    const near = nearest(folded(term.text), known, term.prefix);
    if (near) instead.set(term, { ...term, text: near });
  }
  if (instead.size === 0) return null;
  return { ...search, all: search.all.map((group) => group.map((term) => instead.get(term) ?? term)) };
}

/** One word of a script that puts spaces between words. */
function isPlainWord(term: Term): term is Extract<Term, WordsTerm> {
  if (term.kind !== "words" || term.without) return false;
  return /^[\p{L}\p{M}]+$/u.test(term.text) && term.text.length >= SHORTEST && spaceOut(term.text) === "";
}

/** The words of the viewer's notes, folded, with how often and how they are written. Along notes_newest. */
async function wordsOf(viewer: Viewer) {
  const rows = await db()
    .select({ heading: notes.heading, excerpt: notes.excerpt })
    .from(notes)
    .where(inPlace(viewer, { kind: "all" }))
    .orderBy(...orderOf({ kind: "all" }, "updated").by)
    .limit(MOST_NOTES);
  const known = new Map<string, { written: string; often: number }>();
  for (const { heading, excerpt } of rows) {
    for (const written of `${heading} ${excerpt}`.match(/[\p{L}\p{M}]+/gu) ?? []) {
      const word = folded(written);
      const before = known.get(word);
      if (before) before.often += 1;
      else if (word.length >= SHORTEST - 1) known.set(word, { written: written.toLowerCase(), often: 1 });
    }
  }
  return known;
}

function folded(word: string) {
  return word
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

function nearest(asked: string, known: Awaited<ReturnType<typeof wordsOf>>, prefix: boolean) {
  if (known.has(asked)) return null;
  const most = asked.length < 6 ? 1 : 2;
  let best: { written: string; often: number; far: number } | null = null;
  for (const [word, { written, often }] of known) {
    // What begins so was found already.
    if (prefix && word.startsWith(asked)) return null;
    if (Math.abs(word.length - asked.length) > most) continue;
    const far = distance(asked, word, best?.far ?? most);
    if (far <= most && (!best || far < best.far || (far === best.far && often > best.often)))
      best = { written, often, far };
  }
  return best?.written ?? null;
}

/**
 * How many letters have to be put in, taken out, changed or swapped with their neighbour.
 *
 * @returns a number above `most` where it is more than that.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
 */
function distance(one: string, other: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      now.push(least);
    }
    if (Math.min(...now) > most) return most + 1;
    before = last;
    last = now;
  }
  return last[other.length] ?? 0;
}
