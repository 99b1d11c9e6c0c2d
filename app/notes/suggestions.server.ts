import { and, asc, eq, gte, isNull, lt, notInArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer.server";
import { db, engine } from "~/db/engine.server";
import { notebooks, notes, tags } from "~/db/schema.server";
import { inPlace, listNotes, orderOf, SearchText } from "./list.server";
import { canBeLinked } from "./markdown/reading.server";
import { foldName } from "./markdown/tag";
import { linkName } from "./markdown/wikilink";

/** What is being typed: a search, or the beginning of a link to a note or of a tag. */
export const SuggestionQuery = z
  .object({
    kind: z.enum(["find", "note", "tag"], "Suggestions are for “find”, “note” or “tag”.").default("find"),
    q: z.string().max(300, "Type 300 characters or fewer.").default(""),
  })
  .superRefine(({ kind, q }, context) => {
    const problems = kind === "find" ? SearchText.safeParse(q).error?.issues : undefined;
    for (const { message } of problems ?? []) context.addIssue({ code: "custom", message });
  });

export interface Suggestion {
  /** What is put in where it is chosen: a link, a tag; of a search the address. */
  value: string;
  shown: string;
  more: string | null;
}

/** Suggestions that are shown. */
const MOST = 8;
/** A beginning this long is also looked for within titles. */
const LONG_ENOUGH = 2;

/** What the viewer may mean: of their own notes and tags only, at most eight. */
export async function suggest(viewer: Viewer, { kind, q }: z.infer<typeof SuggestionQuery>): Promise<Suggestion[]> {
  if (kind === "find") return findNotes(viewer, q);
  const typed = q.replaceAll("\0", "").toWellFormed();
  return kind === "tag" ? suggestTags(viewer, typed) : suggestNotes(viewer, typed);
}

async function findNotes(viewer: Viewer, q: string) {
  const { notes: found } = await listNotes(viewer, { q }, { sort: viewer.sort, limit: MOST });
  return found.map(({ id, heading, excerpt }) => ({
    value: `/notes/${id}${q && `?${new URLSearchParams({ q })}`}`,
    shown: heading || "Untitled",
    more: excerpt || null,
  }));
}

async function suggestTags(viewer: Viewer, typed: string) {
  const folded = foldName(typed);
  // Served by tags_name.
  const found = await db()
    .select({ name: tags.name, folded: tags.folded, notes: tags.notes })
    .from(tags)
    .where(and(eq(tags.ownerId, viewer.id), beginning(tags.folded, folded)))
    .orderBy(asc(tags.folded))
    .limit(MOST + 1);
  return found
    .filter((tag) => tag.folded !== folded)
    .slice(0, MOST)
    .map(({ name, notes }) => ({
      value: `#${name}`,
      shown: `#${name}`,
      more: notes === 1 ? "1 note" : `${notes} notes`,
    }));
}

async function suggestNotes(viewer: Viewer, typed: string) {
  const name = linkName(typed);
  const found = name === "" ? await newest(viewer) : await titled(viewer, name);
  const within = found.length < MOST && name.length >= LONG_ENOUGH ? await holding(viewer, name, found) : [];
  const all = [...found, ...within].slice(0, MOST);
  return all.flatMap(({ heading, notebook }) => {
    const twin = all.filter((other) => linkName(other.heading) === linkName(heading)).length > 1;
    const targets = twin && notebook ? [`${notebook}/${heading}`, heading] : [heading];
    const target = targets.find(canBeLinked);
    return target ? [{ value: `[[${target}]]`, shown: heading, more: notebook }] : [];
  });
}

const FIELDS = { id: notes.id, heading: notes.heading, notebook: notebooks.name };

function select(viewer: Viewer) {
  return db()
    .select(FIELDS)
    .from(notes)
    .leftJoin(notebooks, and(eq(notebooks.id, notes.notebookId), eq(notebooks.ownerId, viewer.id)));
}

const NAMED = sql`${notes.linkName} <> ''`;

/** Titles that begin so. Served by notes_suggested. */
function titled(viewer: Viewer, name: string) {
  return select(viewer)
    .where(and(eq(notes.ownerId, viewer.id), isNull(notes.trashed), NAMED, beginning(notes.linkName, name)))
    .orderBy(asc(notes.linkName), asc(notes.id))
    .limit(MOST);
}

/** Titles that have these words, the last of them begun, besides those that are found already. Along notes_newest. */
function holding(viewer: Viewer, name: string, found: { id: string }[]) {
  const words = name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  if (words.length === 0) return [];
  const terms = words.map((text, place) => [{ text, title: true, prefix: place === words.length - 1 }]);
  const known = found.map(({ id }) => id);
  return select(viewer)
    .where(and(inPlace(viewer, ALL), engine().matching(terms, { inOrder: true }), notInArray(notes.id, known)))
    .orderBy(...orderOf(ALL, "updated").by)
    .limit(MOST);
}

/** What was changed last. Along notes_newest. */
function newest(viewer: Viewer) {
  return select(viewer)
    .where(and(inPlace(viewer, ALL), sql`${notes.heading} <> ''`))
    .orderBy(...orderOf(ALL, "updated").by)
    .limit(MOST);
}

const ALL = { kind: "all" } as const;

/** Names that begin so, as a stretch of an index; U+10FFFF comes after every letter. */
function beginning(column: typeof notes.linkName | typeof tags.folded, name: string) {
  return and(gte(column, name), lt(column, `${name}\u{10ffff}`));
}
