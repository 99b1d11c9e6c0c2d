import { and, desc, eq, isNull } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer.server";
import { db } from "~/db/engine.server";
import { notes, noteTags, tags } from "~/db/schema.server";
import { notFound } from "~/http/responses.server";
import { tagPlaces } from "./markdown/rendered.server";
import { foldName } from "./markdown/tag";
import type { NoteId } from "./note.server";
import { ownedBy, ownedById } from "./notes.server";

/** A note with this tag is a template. */
const TEMPLATE = "template";
/** The template for the note of a day, where there is one of this name. */
const FOR_TODAY = "today";
/** Templates that are offered. */
const MOST = 50;

/** The viewer's templates that are neither archived nor thrown away, last changed first. */
export async function listTemplates(viewer: Viewer) {
  // Served by note_tags_newest.
  return db()
    .select({ id: notes.id, heading: notes.heading })
    .from(noteTags)
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .innerJoin(notes, eq(notes.id, noteTags.noteId))
    .where(and(ownedBy(viewer), eq(tags.ownerId, viewer.id), eq(tags.folded, TEMPLATE), eq(noteTags.listed, 1)))
    .orderBy(desc(noteTags.updated))
    .limit(MOST);
}

/**
 * The text that a template begins a note with: without the tag in it that makes it one, `{{date}}`
 * and `{{title}}` filled in.
 *
 * @throws Response 404 when the viewer has no such template.
 */
export async function fillTemplate(viewer: Viewer, id: NoteId, title: string): Promise<string> {
  const [template] = await db()
    .select({ content: notes.content })
    .from(notes)
    .innerJoin(noteTags, eq(noteTags.noteId, notes.id))
    .innerJoin(tags, eq(tags.id, noteTags.tagId))
    .where(and(ownedById(viewer, id), eq(tags.ownerId, viewer.id), eq(tags.folded, TEMPLATE)));
  if (!template) throw notFound();
  const values: Record<string, string> = { date: today(), title };
  const text = await withoutTag(template.content);
  return text.replace(/\{\{\s*(date|title)\s*\}\}/gi, (whole, name: string) => values[name.toLowerCase()] ?? whole);
}

/** The viewer's note for today, or how to begin it. Changes nothing. */
export async function todaysNote(viewer: Viewer) {
  const date = today();
  const [[note], templates] = await Promise.all([
    db()
      .select({ id: notes.id })
      .from(notes)
      // Served by notes_link_name: a link to the day finds the same note.
      .where(and(ownedBy(viewer), isNull(notes.trashed), eq(notes.linkName, date)))
      .orderBy(desc(notes.updated))
      .limit(1),
    listTemplates(viewer),
  ]);
  const template = templates.find(({ heading }) => heading.toLowerCase() === FOR_TODAY)?.id;
  return { id: note?.id ?? null, title: date, template };
}

/** The day where the server is: it doesn't know where its people are. */
function today() {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A note made from a template is none itself. */
async function withoutTag(text: string) {
  const places = (await tagPlaces(text)) ?? [];
  return places
    .filter(({ name }) => foldName(name) === TEMPLATE)
    .reduceRight((kept, { name, at }) => {
      const rest = kept.slice(at + 1 + name.length);
      return kept.slice(0, at) + rest.replace(/^[ \t]/, "");
    }, text);
}
