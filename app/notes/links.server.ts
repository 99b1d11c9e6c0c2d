import { and, count, desc, eq, exists, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, db } from "~/db/engine.server";
import { importedFiles, notebooks, noteLinks, notes } from "~/db/schema.server";
import type { Reading } from "./markdown/reading.server";
import { foldName } from "./markdown/tag";
import { headingId, linkName, splitTarget } from "./markdown/wikilink";

type Owner = { id: string };

/** What a link in a text asks for: what stands in it before the `|`. */
export const LinkQuery = z.object({ to: z.string().max(1_000, "No note has a title that long.").default("") });

/** Of notes with one name, and of notes that link to one, so many are shown. */
const MOST_SHOWN = 50;
/** Notes that link to one are counted up to here. */
const MOST_COUNTED = 1_000;

/** Makes `links` those that stand in the note's text. */
export async function setLinks(tx: Database, owner: Owner, noteId: string, links: Reading["links"]) {
  const own = and(eq(noteLinks.ownerId, owner.id), eq(noteLinks.noteId, noteId));
  const had = await tx.select({ target: noteLinks.target, around: noteLinks.around }).from(noteLinks).where(own);
  const wanted = new Set(links.map(({ name }) => name));
  const gone = had.map(({ target }) => target).filter((target) => !wanted.has(target));
  if (gone.length > 0) await tx.delete(noteLinks).where(and(own, inArray(noteLinks.target, gone)));
  const before = new Map(had.map(({ target, around }) => [target, around]));
  const changed = links.filter(({ name, around }) => before.get(name) !== around);
  if (changed.length === 0) return;
  await tx
    .insert(noteLinks)
    .values(changed.map(({ name, around }) => ({ ownerId: owner.id, noteId, target: name, around })))
    .onConflictDoUpdate({ target: [noteLinks.noteId, noteLinks.target], set: { around: sql`excluded.around` } });
}

/**
 * The notes that a link may mean; the trash is left out. Where several have the name, a whole title
 * decides, or else what the link names before it, as in `Work/Plan`: its notebook, or the folder that it
 * was imported from.
 *
 * @returns `path`, the address where one note is meant.
 */
export async function findLinked(owner: Owner, to: string) {
  const { title, heading } = splitTarget(to);
  const name = linkName(title);
  const found = name === "" ? [] : await notesNamed(owner, name);
  const folder = foldName(title).split("/").at(-2);
  const narrowed = [
    found,
    found.filter((note) => foldName(note.title) === foldName(title)),
    found.filter(({ notebook }) => notebook !== null && notebook.folded === folder),
    found.filter(({ file }) => file !== null && folder !== undefined && endsAs(file, title)),
  ];
  const one = narrowed.find((some) => some.length === 1)?.[0];
  return {
    title,
    path: one ? `/notes/${one.id}${heading && `#${headingId(heading)}`}` : null,
    notes: found.map(({ id, heading, excerpt, updated, notebook }) => ({
      id,
      heading,
      excerpt,
      updated,
      notebook: notebook?.name ?? null,
    })),
  };
}

/** Whether a file in a vault is one that a path in a link leads to, wherever in the vault that stands. */
function endsAs(file: string, path: string) {
  const end = path.replace(/^(?:\.{0,2}\/)+/, "").replace(/\.md$/i, "");
  return `/${foldName(file.replace(/\.\w+$/, ""))}`.endsWith(`/${foldName(end)}`);
}

/** What a link that can't be read means. */
export const NO_NOTES: Awaited<ReturnType<typeof findLinked>>["notes"] = [];

function notesNamed({ id }: Owner, name: string) {
  // Served by notes_link_name and imported_files_note.
  return db()
    .select({
      id: notes.id,
      title: notes.title,
      heading: notes.heading,
      excerpt: notes.excerpt,
      updated: notes.updated,
      notebook: { name: notebooks.name, folded: notebooks.folded },
      file: importedFiles.path,
    })
    .from(notes)
    .leftJoin(notebooks, and(eq(notebooks.id, notes.notebookId), eq(notebooks.ownerId, id)))
    .leftJoin(importedFiles, and(eq(importedFiles.noteId, notes.id), eq(importedFiles.ownerId, id)))
    .where(and(eq(notes.ownerId, id), eq(notes.linkName, name), isNull(notes.trashed)))
    .orderBy(desc(notes.id))
    .limit(MOST_SHOWN);
}

/** The notes that link to one, made last first, each with the sentence around the link; `more` or, with `atLeast`, even more are not shown. */
export async function backlinksOf({ id: ownerId }: Owner, { id, title }: { id: string; title: string }) {
  const name = linkName(title);
  if (name === "") return { links: [], more: 0, atLeast: false };
  const linking = and(
    eq(noteLinks.ownerId, ownerId),
    eq(noteLinks.target, name),
    ne(noteLinks.noteId, id),
    eq(notes.ownerId, ownerId),
    isNull(notes.trashed),
  );
  const counted = db()
    .select({ one: sql`1` })
    .from(noteLinks)
    .innerJoin(notes, eq(notes.id, noteLinks.noteId))
    .where(linking)
    .limit(MOST_COUNTED);
  // Both ways along note_links_target, which is in this order: what is shown costs the same however many link.
  const links = await db()
    .select({
      id: notes.id,
      heading: notes.heading,
      around: noteLinks.around,
      all: sql<number>`(select count(*) from ${counted})`,
    })
    .from(noteLinks)
    .innerJoin(notes, eq(notes.id, noteLinks.noteId))
    .where(linking)
    .orderBy(desc(noteLinks.noteId))
    .limit(MOST_SHOWN);
  const all = links[0]?.all ?? 0;
  return {
    links: links.map(({ id, heading, around }) => ({ id, heading, around })),
    more: all - links.length,
    atLeast: all === MOST_COUNTED,
  };
}

/** A condition on `notes`: those that link to a title. */
export function linksTo(owner: Owner, title: string): SQL {
  // Served by note_links_target. The unary + keeps SQLite on the index of the list.
  const linking = db()
    .select({ id: noteLinks.noteId })
    .from(noteLinks)
    .where(and(eq(noteLinks.ownerId, owner.id), eq(noteLinks.target, linkName(title))));
  return sql`+${notes.id} in (${linking})`;
}

/** A condition on `notes`: those that link to any title. */
export function linksAnywhere(owner: Owner): SQL {
  // Looked up note by note in the key of note_links.
  const link = db()
    .select({ one: sql`1` })
    .from(noteLinks)
    .where(and(eq(noteLinks.noteId, notes.id), eq(noteLinks.ownerId, owner.id)));
  return exists(link);
}

/**
 * How many other notes link to a title that a note had; none where another note has it, so that the
 * links may mean that one.
 */
export async function countLinking(owner: Owner, noteId: string, title: string, connection: Database = db()) {
  const name = linkName(title);
  if (name === "") return 0;
  const [namesake] = await connection
    .select({ id: notes.id })
    .from(notes)
    .where(and(eq(notes.ownerId, owner.id), eq(notes.linkName, name), isNull(notes.trashed), ne(notes.id, noteId)))
    .limit(1);
  if (namesake) return 0;
  const [linking] = await connection
    .select({ notes: count() })
    .from(noteLinks)
    .innerJoin(notes, eq(notes.id, noteLinks.noteId))
    .where(
      and(
        eq(noteLinks.ownerId, owner.id),
        eq(noteLinks.target, name),
        ne(noteLinks.noteId, noteId),
        eq(notes.ownerId, owner.id),
        isNull(notes.trashed),
      ),
    );
  return linking?.notes ?? 0;
}
