import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { type Database, prepared } from "~/db/engine.server";
import { drafts, notebooks, noteCounts, savedSearches, tags } from "~/db/schema.server";
import { type Shelved, shelve } from "./notebooks.server";

/** Tags in the sidebar, those of most notes; the page of tags has them all. */
const MOST_TAGS = 12;

/** Where a person's notes are, and how many are in each place. */
export interface Sidebar {
  counts: { listed: number; pinned: number; archived: number; trashed: number; drafts: number };
  notebooks: Shelved[];
  /** The most used, by name. */
  tags: { name: string; notes: number }[];
  /** By name. */
  searches: { id: string; name: string; q: string }[];
}

/** The places of the viewer's notes, by one statement: its rows are as many as places, however many notes there are. */
export async function readSidebar(viewer: { id: string }): Promise<Sidebar> {
  const rows = await sidebarQuery().execute({ viewer: viewer.id });
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const [all] = of("all");
  return {
    counts: {
      listed: all?.notes ?? 0,
      pinned: all?.pinned ?? 0,
      archived: all?.archived ?? 0,
      trashed: all?.trashed ?? 0,
      drafts: of("drafts")[0]?.notes ?? 0,
    },
    notebooks: shelve(of("notebook").toSorted(byName)),
    tags: of("tag").toSorted(byName),
    searches: of("search")
      .toSorted(byName)
      .map(({ id, name, q }) => ({ id, name, q })),
  };
}

function byName(a: { folded: string }, b: { folded: string }) {
  return a.folded < b.folded ? -1 : 1;
}

const sidebarQuery = prepared((database) => {
  const own = (owner: typeof notebooks.ownerId | typeof noteCounts.ownerId | typeof savedSearches.ownerId) =>
    eq(owner, sql.placeholder("viewer"));
  const open = and(eq(drafts.ownerId, sql.placeholder("viewer")), isNull(drafts.ended));
  // Served by note_counts' key, notebooks_name, tags_most, saved_searches_name and drafts_open.
  const most = mostUsedTags(database);
  return database
    .select(row("all", noteCounts.ownerId, sql`''`, sql`''`, sql`null`, noteCounts.listed, noteCounts))
    .from(noteCounts)
    .where(own(noteCounts.ownerId))
    .unionAll(
      database
        .select(row("notebook", notebooks.id, notebooks.name, notebooks.folded, notebooks.parentId, notebooks.notes))
        .from(notebooks)
        .where(own(notebooks.ownerId)),
    )
    .unionAll(
      database
        .select(
          row(
            "search",
            savedSearches.id,
            savedSearches.name,
            savedSearches.folded,
            sql`null`,
            sql`0`,
            {},
            savedSearches.q,
          ),
        )
        .from(savedSearches)
        .where(own(savedSearches.ownerId)),
    )
    .unionAll(
      database
        .select(row("drafts", sql`''`, sql`''`, sql`''`, sql`null`, sql`count(*)`))
        .from(drafts)
        .where(open),
    )
    .unionAll(database.select(row("tag", most.id, most.name, most.folded, sql`null`, most.notes)).from(most))
    .prepare("sidebar");
});

function mostUsedTags(database: Database) {
  return database
    .select({ id: tags.id, name: tags.name, folded: tags.folded, notes: tags.notes })
    .from(tags)
    .where(eq(tags.ownerId, sql.placeholder("viewer")))
    .orderBy(desc(tags.notes), desc(tags.folded))
    .limit(MOST_TAGS)
    .as("most");
}

type Value = { getSQL(): SQL };

/** The same columns for each kind of place. */
function row(
  kind: string,
  id: Value,
  name: Value,
  folded: Value,
  parentId: Value,
  count: Value,
  all: Partial<Pick<typeof noteCounts, "pinned" | "archived" | "trashed">> = {},
  q: Value = sql`''`,
) {
  return {
    kind: sql<string>`${kind}`.as("kind"),
    id: sql<string>`${id}`.as("id"),
    name: sql<string>`${name}`.as("name"),
    folded: sql<string>`${folded}`.as("folded"),
    parentId: sql<string | null>`${parentId}`.as("parent_id"),
    notes: sql<number>`${count}`.as("notes"),
    pinned: sql<number>`${all.pinned ?? 0}`.as("pinned"),
    archived: sql<number>`${all.archived ?? 0}`.as("archived"),
    trashed: sql<number>`${all.trashed ?? 0}`.as("trashed"),
    q: sql<string>`${q}`.as("q"),
  };
}
