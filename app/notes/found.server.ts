import { and, eq, exists, gte, inArray, lt, not, or, type SQL, sql } from "drizzle-orm";
import { db, engine, type Matching } from "~/db/engine.server";
import { notes, noteTags, tags } from "~/db/schema.server";
import { spaceOut } from "~/db/spaced.server";
import { hasFile } from "~/files/mentions.server";
import { linksAnywhere, linksTo } from "./links.server";
import { foldName } from "./markdown/tag";
import { listNotebooks } from "./notebooks.server";
import { type Search, spanOf, type Term, type WordsTerm } from "./search.server";

type Owner = { id: string };

/** A search with the viewer's own tags and notebooks for the names in it. */
export interface ResolvedSearch {
  search: Search;
  /** The tag of a name. */
  tags: Map<string, string>;
  /** All notebooks of a name: two can have the same one in two places. */
  notebooks: Map<string, string[]>;
  /** Names that the viewer has no tag or notebook of. */
  missing: string[];
}

type Named = Pick<ResolvedSearch, "tags" | "notebooks"> & { search: Pick<Search, "all"> };

/** Looks the names of a search up: a statement for its tags and one for its notebooks, where it has any. */
export async function resolveSearch(viewer: Owner, search: Search): Promise<ResolvedSearch> {
  const named = (kind: "tag" | "notebook") =>
    search.all.flat().flatMap((term) => (term.kind === kind && "name" in term ? term.name : []));
  const [tagNames, notebookNames] = [named("tag"), named("notebook")];
  const [found, shelved] = await Promise.all([
    tagNames.length > 0 ? findTags(viewer, tagNames) : new Map<string, string>(),
    notebookNames.length > 0 ? listNotebooks(viewer) : [],
  ]);
  const ofName = (name: string) =>
    shelved.filter((one) => [one.name, one.path].some((own) => foldPath(own) === foldPath(name))).map(({ id }) => id);
  const missing = [
    ...tagNames.filter((name) => !found.has(name)).map((name) => `tag #${name}`),
    ...notebookNames.filter((name) => ofName(name).length === 0).map((name) => `notebook “${name}”`),
  ];
  const byName = new Map(notebookNames.map((name) => [name, ofName(name)]));
  return { search, tags: found, notebooks: byName, missing: [...new Set(missing)] };
}

async function findTags(viewer: Owner, names: string[]): Promise<Map<string, string>> {
  // Served by tags_name.
  const rows = await db()
    .select({ id: tags.id, folded: tags.folded })
    .from(tags)
    .where(and(eq(tags.ownerId, viewer.id), inArray(tags.folded, names.map(foldName))));
  const byFolded = new Map(rows.map(({ id, folded }) => [folded, id]));
  return new Map(
    names.flatMap((name): [string, string][] => {
      const id = byFolded.get(foldName(name));
      return id ? [[name, id]] : [];
    }),
  );
}

function foldPath(path: string) {
  return path
    .split("/")
    .map((name) => foldName(name).trim())
    .join("/");
}

/** The words that have to be in the text, by which the full-text index leads to the notes. */
export function leadingWords({ all }: Pick<Search, "all">) {
  return all.filter((group): group is (Term & WordsTerm)[] => group.every(isPlain));
}

/** Words that the full-text index answers by itself. */
function isPlain(term: Term): term is Term & WordsTerm {
  return term.kind === "words" && !term.without && !isSpacedTitle(term);
}

/** What is written without spaces stands in the index for title and text together. */
function isSpacedTitle(term: Term) {
  return term.kind === "words" && term.title && spaceOut(term.text) !== "";
}

/**
 * A condition on `notes`: those that a search asks for, wherever they are. With `inOrder` nothing
 * in it leads SQLite off the index that the query goes along; `most` is as for {@link Matching}.
 */
export function fitting(viewer: Owner, resolved: Named, how: Matching): SQL | undefined {
  const plain = leadingWords(resolved.search);
  const others = resolved.search.all.filter((group) => !group.every(isPlain));
  const now = Date.now();
  const asked = (term: Term) => oneFitting(viewer, resolved, term, now);
  return and(
    plain.length > 0 ? engine().matching(plain, how) : undefined,
    ...others.map((group) => or(...group.map((term) => (term.without ? not(asked(term)) : asked(term))))),
  );
}

function oneFitting(viewer: Owner, resolved: Named, term: Term, now: number): SQL {
  if (term.kind === "words") {
    if (!isSpacedTitle(term)) return engine().matching([[term]], { inOrder: true });
    const anywhere = engine().matching([[{ ...term, title: false }]], { inOrder: true });
    return sql`(${anywhere} and instr(${notes.title}, ${term.text}) > 0)`;
  }
  if (term.kind === "tag") {
    const id = resolved.tags.get(term.name);
    return id ? hasTag(viewer, id) : NOTHING;
  }
  if (term.kind === "notebook") {
    const ids = resolved.notebooks.get(term.name) ?? [];
    if (ids.length === 0) return NOTHING;
    // Notes in no notebook are not in this one either: for SQL, null would be neither.
    return inArray(sql`coalesce(${notes.notebookId}, '')`, ids);
  }
  if (term.kind === "links") return linksTo(viewer, term.name);
  if (term.kind === "has") {
    if (term.what === "task") return sql`${notes.tasks} > 0`;
    if (term.what === "link")
      return sql`(${linksAnywhere(viewer)} or ${engine().matching([ADDRESS], { inOrder: true })})`;
    return hasFile(viewer, notes.id, term.what === "image");
  }
  if (term.kind === "is") {
    if (term.state === "pinned") return sql`+${notes.pinned} = 1`;
    return term.state === "todo"
      ? sql`${notes.tasksDone} < ${notes.tasks}`
      : sql`(${notes.tasks} > 0 and ${notes.tasksDone} = ${notes.tasks})`;
  }
  const { from, to } = spanOf(term, now);
  const column = sql`+${notes[term.column]}`;
  return and(from === -Infinity ? undefined : gte(column, from), to === Infinity ? undefined : lt(column, to)) ?? ALL;
}

/** What an address in a text begins with. */
const ADDRESS = ["http", "https"].map((text) => ({ text, prefix: false, title: false }));

const NOTHING = sql`1 = 0`;
const ALL = sql`1 = 1`;

/** Looked up note by note in the key of note_tags. */
function hasTag(viewer: Owner, id: string) {
  const row = db()
    .select({ one: sql`1` })
    .from(noteTags)
    .where(and(eq(noteTags.noteId, notes.id), eq(noteTags.tagId, id), eq(noteTags.ownerId, viewer.id)));
  return exists(row);
}
