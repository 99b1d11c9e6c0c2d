import { z } from "zod";
import { notFound } from "~/http/responses.server";
import { visible } from "~/http/visible";
import { withLf } from "./line-endings";
import { foldName, isTagName, namesTyped } from "./markdown/tag";

/** The name of a note that came through {@link noteId}. */
export type NoteId = string & { readonly kind: "note" };

/** The name of an earlier text of a note that came through {@link versionId}. */
export type VersionId = string & { readonly kind: "version" };

/**
 * The note that an address or a form names.
 *
 * @throws Response 404 for what can't be a note's name.
 */
export function noteId(text: string | undefined): NoteId {
  return uuid(text) as NoteId;
}

/**
 * The earlier text that an address names.
 *
 * @throws Response 404 for what can't be the name of one.
 */
export function versionId(text: string | undefined): VersionId {
  return uuid(text) as VersionId;
}

/** The name of a draft that came through {@link draftId}. */
export type DraftId = string & { readonly kind: "draft" };

/**
 * The draft that an address names: a page makes the name when it is opened.
 *
 * @throws Response 404 for what can't be one.
 */
export function draftId(text: string | undefined): DraftId {
  return uuid(text) as DraftId;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

function uuid(text: string | undefined) {
  if (!text || !UUID.test(text)) throw notFound();
  return text;
}

/** The name of a notebook that came through {@link notebookId}. */
export type NotebookId = string & { readonly kind: "notebook" };

/**
 * The notebook that an address names.
 *
 * @throws Response 404 for what can't be the name of one.
 */
export function notebookId(text: string | undefined): NotebookId {
  if (!text || !UUID.test(text)) throw notFound();
  return text as NotebookId;
}

/** The longest content: 1 MiB as UTF-8, each line break counted as one byte, since a browser sends two. */
export const MOST_BYTES = 1_048_576;

/** A text that the database can hold. */
export const Keepable = z
  .string("Send this as text.")
  .refine(
    (text) => !text.includes("\0"),
    "This text holds a NUL character, which can't be kept. Take it out and save again.",
  )
  .refine(
    (text) => text.isWellFormed(),
    "This text holds half of a character (a lone surrogate), which can't be kept.",
  );

/** A title: one line, 300 characters. */
export const NoteTitle = Keepable.pipe(
  z
    .string()
    .max(300, "A title has 300 characters or fewer.")
    .regex(/^[^\r\n]*$/, "A title is one line."),
);

/** A text: at most {@link MOST_BYTES}. */
export const NoteContent = Keepable.refine((text) => Buffer.byteLength(withLf(text)) <= MOST_BYTES, {
  error: "A note holds 1 MiB of text; this is more. Save a part of it as another note.",
  params: { tooLarge: true },
});

/** The drafts in the browser that a form saves: sent back in the address, for the page that forgets them. */
const draft = z
  .string()
  .regex(/^[\w-]{1,40}(,[\w-]{1,40}){0,9}$/)
  .optional()
  .catch(undefined);

/** Drafts on the server, each up to the sequence that is named. */
export type Settles = { id: string; sequence: number }[];

/** The drafts on the server that a form saves: `name.sequence`, divided by commas. */
export const Settled = visible(
  z
    .string()
    .regex(/^([\da-f-]{36}\.\d{1,9}(,|$)){1,10}$/)
    .optional()
    .catch(undefined),
);

/** What {@link Settled} names. */
export function settledBy(names: string | undefined): Settles {
  return (names?.split(",") ?? []).filter(Boolean).map((name) => {
    const [id = "", sequence] = name.split(".");
    return { id, sequence: Number(sequence) };
  });
}

/** Where a save leads: back to the form, for whoever goes on writing; else to the note. `preview` saves nothing. */
const next = visible(z.enum(["write", "preview"]).optional().catch(undefined));

/** Tags given to one note in its form. */
const MOST_GIVEN = 50;

/** Tags as they are typed in a form: divided by commas or spaces, with or without `#`. */
export const TypedTags = z
  .string()
  .max(10_000, "That is more than fifty tags.")
  .transform((text) => [...new Set(namesTyped(text).map((name) => name.normalize("NFC")))])
  .refine((names) => names.length <= MOST_GIVEN, "A note has fifty tags or fewer.")
  .refine((names) => names.every(isTagName), {
    error: "A tag is letters, digits, “-” and “_”, in parts divided by “/”, and not a number alone.",
  });

/** The notebook that a form chooses; "" is none. */
export const ChosenNotebook = z.union([z.uuid("Choose a notebook of the list."), z.literal("")]);

/** Where a note stands: what a form says of it besides its text. Undefined where the form doesn't say. */
export interface Organised {
  tags?: { add: string[]; remove: string[] };
  /** Null for none. */
  notebookId?: string | null;
}

/**
 * Where a note is to stand. Beside each field is what it held when the form was made: only what the
 * person changed is changed, whatever somebody else did meanwhile.
 */
const organising = {
  tags: TypedTags.optional(),
  tagsBefore: TypedTags.optional(),
  notebook: ChosenNotebook.optional(),
  notebookBefore: ChosenNotebook.optional(),
};

/** What of that was changed. */
export function organisedBy(form: {
  tags?: string[];
  tagsBefore?: string[];
  notebook?: string;
  notebookBefore?: string;
}): Organised {
  const { tags, tagsBefore = [], notebook, notebookBefore = "" } = form;
  const [now, before] = [new Set(tags?.map(foldName)), new Set(tagsBefore.map(foldName))];
  return {
    tags: tags && {
      add: tags.filter((name) => !before.has(foldName(name))),
      remove: tagsBefore.filter((name) => !now.has(foldName(name))),
    },
    notebookId: notebook === undefined || notebook === notebookBefore ? undefined : notebook || null,
  };
}

/** A note that is made. `once` names the form, so that the form sent twice makes one note. */
export const NewNote = z
  .object({
    title: NoteTitle.default(""),
    content: NoteContent.default(""),
    once: z.string().regex(UUID).optional().catch(undefined),
    /** Who wrote it, where it waited for a connection: it is nobody else's. */
    writer: z.uuid().optional(),
    draft,
    settles: Settled,
    next,
    ...organising,
  })
  .refine((draft) => draft.title.trim() !== "" || draft.content.trim() !== "", {
    path: ["content"],
    error: "Write something first: a title, or a text.",
  });

const number = z.coerce.number().int().min(0).catch(0);

/** What the address of a note's page says was just done. */
export const NoteQuery = z.object({
  undo: z.string().optional(),
  /** The search that it was found by. */
  q: z.string().max(300).catch("").default(""),
  restored: z.string().optional(),
  /** The title before. */
  renamed: z.string().optional(),
  /** How many notes got their links updated, and how many were left alone. */
  relinked: number.optional(),
  left: number.default(0),
});

const version = visible(
  z.coerce
    .number("The form lost its version.")
    .int()
    .min(1)
    .max(2 ** 31),
);

/**
 * A note that is edited: `version` is the one that the person saw. From the page that settles a
 * conflict: `content` is their own text, `base` the version it began with, and the choices go along.
 */
export const EditedNote = z
  .object({
    title: NoteTitle,
    content: NoteContent,
    version,
    base: version.optional(),
    draft,
    settles: Settled,
    next,
    ...organising,
  })
  .catchall(z.unknown());

/** An earlier text that is made the text again: `version` is the one that the person saw differ from it. */
export const TakenBack = z.object({ version });

export interface NoteText {
  title: string;
  content: string;
}
