import { sql } from "drizzle-orm";
import {
  bytes,
  counter,
  foreignKey,
  index,
  number,
  primaryKey,
  table,
  text,
  time,
  uniqueIndex,
} from "./columns.server";

/** What a note can be marked with, what a list is sorted by and how it looks: see `looks.ts` in notes. */
export type Colour = "red" | "orange" | "yellow" | "green" | "blue" | "purple";
export type Sort = "updated" | "created" | "title";
export type Layout = "list" | "cards";

/** Neither in the trash nor in the archive. */
const LISTED = sql`trashed is null and archived is null`;

/** Whose a row is: it goes with them. */
const owner = () =>
  text("owner_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/**
 * People who may sign in. `clock` counts the changes that a person can see: +1 first thing in
 * each, which also puts one person's changes in a row.
 */
export const users = table(
  "users",
  {
    id: text("id").primaryKey(),
    /** Trimmed, NFKC, lower case: see `emailAddress` in accounts. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    role: text("role").$type<"owner" | "member">().notNull(),
    passwordHash: text("password_hash").notNull(),
    clock: number("clock").notNull().default(0),
    /** How the lists are shown. */
    sort: text("sort").$type<Sort>().notNull().default("updated"),
    layout: text("layout").$type<Layout>().notNull().default("list"),
    /** 1 where single keys do something outside of fields. */
    shortcuts: number("shortcuts").notNull().default(1),
    created: time("created").notNull(),
  },
  (user) => [
    uniqueIndex("users_email").on(user.email),
    // Two set-ups at the same moment: the second insert fails.
    uniqueIndex("users_one_owner").on(user.role).where(sql`role = 'owner'`),
  ],
);

/** Who is signed in where. `id` is the SHA-256 of the token in the cookie, never the token. */
export const sessions = table(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    created: time("created").notNull(),
    /** Written at most once an hour. */
    seen: time("seen").notNull(),
    expires: time("expires").notNull(),
  },
  (session) => [index("sessions_user").on(session.userId), index("sessions_expires").on(session.expires)],
);

/**
 * Notebooks, at most three deep. `notes` counts those that the lists show; triggers keep it, so
 * that the sidebar reads a row for each notebook and not one for each note.
 */
export const notebooks = table(
  "notebooks",
  {
    id: text("id").primaryKey(),
    ownerId: owner(),
    parentId: text("parent_id"),
    name: text("name").notNull(),
    /** The name as names are compared: see `foldName`. */
    folded: text("folded").notNull(),
    notes: number("notes").notNull().default(0),
    created: time("created").notNull(),
  },
  (notebook) => [
    uniqueIndex("notebooks_name").on(notebook.ownerId, notebook.parentId, notebook.folded),
    // For an index two NULLs are never the same.
    uniqueIndex("notebooks_name_on_top").on(notebook.ownerId, notebook.folded).where(sql`parent_id is null`),
    // A notebook that holds others can't be deleted before they are moved.
    foreignKey({ columns: [notebook.parentId], foreignColumns: [notebook.id] }),
    index("notebooks_parent").on(notebook.parentId),
  ],
);

/**
 * Notes as they stand now. What the lists show is computed at each save and stands before
 * `content`, so that a list never reads the pages that a long text fills.
 */
export const notes = table(
  "notes",
  {
    /** Row number for the full-text index; `id` is the note's name everywhere else. */
    key: counter("key"),
    id: text("id").notNull(),
    ownerId: owner(),
    /** As typed; may be empty. */
    title: text("title").notNull(),
    /** The title, or else the first line. */
    heading: text("heading").notNull(),
    excerpt: text("excerpt").notNull(),
    words: number("words").notNull(),
    version: number("version").notNull(),
    /** Names the form that made the note, so that a form sent twice makes one. */
    once: text("once"),
    created: time("created").notNull(),
    updated: time("updated").notNull(),
    trashed: time("trashed"),
    archived: time("archived"),
    /** 1 where it stands first in its lists. */
    pinned: number("pinned").notNull().default(0),
    colour: text("colour").$type<Colour>(),
    notebookId: text("notebook_id").references(() => notebooks.id, { onDelete: "set null" }),
    /** Boxes to tick in the text, and those that are ticked. */
    tasks: number("tasks").notNull().default(0),
    tasksDone: number("tasks_done").notNull().default(0),
    /** Which `READING` took tags and tasks out of the text; an older one is done again at the start. */
    reading: number("reading").notNull().default(0),
    /** What is written without spaces between words, each character apart: search finds it by phrase. */
    spaced: text("spaced").notNull(),
    content: text("content").notNull(),
    /**
     * What links find the note by: see `linkName`. Only its index is ever read, so that it does no harm
     * behind a long text; a table of its own would take a statement more at each save.
     */
    linkName: text("link_name").notNull().default(""),
  },
  (note) => [
    uniqueIndex("notes_id").on(note.id),
    // The name first: no statement that asks for all of an owner's notes is to go along this one.
    index("notes_link_name").on(note.linkName, note.ownerId, note.id),
    // Titles that begin with something. Its second condition keeps all other statements off it.
    index("notes_suggested").on(note.ownerId, note.linkName, note.id).where(sql`trashed is null and link_name <> ''`),
    uniqueIndex("notes_once").on(note.ownerId, note.once).where(sql`once is not null`),
    // One for each order of a list; a notebook's has one of its own for the order that is asked for most.
    index("notes_newest").on(note.ownerId, note.pinned, note.updated, note.id).where(LISTED),
    index("notes_made").on(note.ownerId, note.pinned, note.created, note.id).where(LISTED),
    index("notes_titles").on(note.ownerId, sql`0 - pinned`, sql`heading collate nocase`, note.id).where(LISTED),
    index("notes_notebook").on(note.ownerId, note.notebookId, note.pinned, note.updated, note.id).where(LISTED),
    // For the notebook that goes: its notes, whoever's and wherever.
    index("notes_shelved").on(note.notebookId).where(sql`notebook_id is not null`),
    index("notes_archived")
      .on(note.ownerId, note.updated, note.id)
      .where(sql`archived is not null and trashed is null`),
    index("notes_trashed").on(note.ownerId, note.trashed, note.id).where(sql`trashed is not null`),
    index("notes_reading").on(note.reading),
    index("notes_due").on(note.trashed).where(sql`trashed is not null`),
  ],
);

/**
 * How many notes a person has where, kept by triggers on `notes`: counting them at every page would
 * cost more the more there are.
 */
export const noteCounts = table("note_counts", {
  ownerId: text("owner_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  listed: number("listed").notNull().default(0),
  pinned: number("pinned").notNull().default(0),
  archived: number("archived").notNull().default(0),
  trashed: number("trashed").notNull().default(0),
  /** What their files take, in bytes: what is arriving or going counts too. */
  fileBytes: number("file_bytes").notNull().default(0),
});

/** Tags that at least one note has; the last one that loses it takes it along (a trigger). */
export const tags = table(
  "tags",
  {
    id: text("id").primaryKey(),
    ownerId: owner(),
    /** As it was written first, without the #; `a/b` is below `a`. */
    name: text("name").notNull(),
    folded: text("folded").notNull(),
    /** Notes in the lists that have it; kept by triggers. */
    notes: number("notes").notNull().default(0),
  },
  (tag) => [
    uniqueIndex("tags_name").on(tag.ownerId, tag.folded),
    index("tags_most").on(tag.ownerId, tag.notes, tag.folded),
  ],
);

/**
 * Which notes have which tags. What a tag's list is sorted and narrowed by stands here once more,
 * copied from the note by a trigger, so that one index gives the list in order.
 */
export const noteTags = table(
  "note_tags",
  {
    ownerId: owner(),
    noteId: text("note_id")
      .notNull()
      .references(() => notes.id, { onDelete: "cascade" }),
    tagId: text("tag_id")
      .notNull()
      .references(() => tags.id, { onDelete: "cascade" }),
    /** 1 where it was given in the form, and where it stands in the text as #tag: one or both. */
    given: number("given").notNull(),
    written: number("written").notNull(),
    listed: number("listed").notNull().default(0),
    pinned: number("pinned").notNull().default(0),
    updated: time("updated").notNull().default(0),
  },
  (row) => [
    primaryKey({ columns: [row.noteId, row.tagId] }),
    index("note_tags_newest").on(row.tagId, row.listed, row.pinned, row.updated, row.noteId),
  ],
);

/**
 * Which notes are linked to from which, by name: a link may be there before its note is. The
 * sentence around it stands here too, so that no text is read to show it.
 */
export const noteLinks = table(
  "note_links",
  {
    ownerId: owner(),
    /** The note that holds the link. */
    noteId: text("note_id")
      .notNull()
      .references(() => notes.id, { onDelete: "cascade" }),
    /** What it links to: see `linkName`. */
    target: text("target").notNull(),
    around: text("around").notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.noteId, row.target] }),
    index("note_links_target").on(row.ownerId, row.target, row.noteId),
  ],
);

/**
 * What files hold, once for each person and digest, so that nobody learns what somebody else has.
 * Without a digest it is still arriving, or no file has it any more: see `contents.server.ts`.
 */
export const fileContents = table(
  "file_contents",
  {
    key: counter("key"),
    ownerId: owner(),
    /** SHA-256 of all the bytes, in base64url. */
    digest: text("digest"),
    bytes: number("bytes").notNull().default(0),
    /** When its last bytes arrived; 0 once it is let go. Another process may be writing it. */
    touched: time("touched").notNull().default(0),
  },
  (content) => [
    uniqueIndex("file_contents_digest").on(content.ownerId, content.digest),
    index("file_contents_loose").on(content.touched).where(sql`digest is null`),
  ],
);

/** The bytes of a content in pieces of one size: no request holds more than one of them at a time. */
export const fileChunks = table(
  "file_chunks",
  {
    contentKey: number("content_key")
      .notNull()
      .references(() => fileContents.key, { onDelete: "cascade" }),
    /** The first is 0. */
    place: number("place").notNull(),
    bytes: bytes("bytes").notNull(),
  },
  (chunk) => [primaryKey({ columns: [chunk.contentKey, chunk.place] })],
);

/** Small pictures of pictures, as WebP. */
export const fileThumbs = table("file_thumbs", {
  contentKey: number("content_key")
    .primaryKey()
    .references(() => fileContents.key, { onDelete: "cascade" }),
  bytes: bytes("bytes").notNull(),
});

/** Files that a person keeps, each with a note or by itself. */
export const files = table(
  "files",
  {
    id: text("id").primaryKey(),
    ownerId: owner(),
    /** The note that it goes with when that is purged. */
    noteId: text("note_id").references(() => notes.id, { onDelete: "cascade" }),
    contentKey: number("content_key")
      .notNull()
      .references(() => fileContents.key),
    /** Safe on every system: see `safeName`. */
    name: text("name").notNull(),
    /** The name as names are compared: see `foldName`. */
    folded: text("folded").notNull(),
    /** Where it was in the vault that it was imported from; tells two of a name apart. */
    folder: text("folder").notNull().default(""),
    /** SHA-256 of the bytes as they were imported: an import done twice makes no second file. */
    origin: text("origin"),
    /** What its bytes are, never what somebody said. */
    type: text("type").notNull(),
    bytes: number("bytes").notNull(),
    /** Of a picture, as it is to be seen. */
    width: number("width"),
    height: number("height"),
    created: time("created").notNull(),
    /** Since when it waits for the text that mentions it to be saved. */
    waiting: time("waiting"),
    /** Deleted, and can be brought back for as long as undo is offered. */
    removed: time("removed"),
  },
  (file) => [
    index("files_newest").on(file.ownerId, file.created, file.id).where(sql`removed is null`),
    index("files_note").on(file.noteId, file.created, file.id),
    index("files_name").on(file.ownerId, file.folded, file.created),
    index("files_content").on(file.contentKey),
    index("files_waiting").on(file.waiting).where(sql`waiting is not null`),
    index("files_removed").on(file.removed).where(sql`removed is not null`),
  ],
);

/** Which notes show or link to which files: one that is still mentioned elsewhere outlives its note. */
export const fileMentions = table(
  "file_mentions",
  {
    noteId: text("note_id")
      .notNull()
      .references(() => notes.id, { onDelete: "cascade" }),
    fileId: text("file_id")
      .notNull()
      .references(() => files.id, { onDelete: "cascade" }),
    ownerId: owner(),
  },
  (row) => [primaryKey({ columns: [row.noteId, row.fileId] }), index("file_mentions_file").on(row.fileId, row.noteId)],
);

/** Searches that a person keeps under a name, as they were typed. */
export const savedSearches = table(
  "saved_searches",
  {
    id: text("id").primaryKey(),
    ownerId: owner(),
    name: text("name").notNull(),
    /** The name as names are compared: see `foldName`. */
    folded: text("folded").notNull(),
    q: text("q").notNull(),
    created: time("created").notNull(),
  },
  (search) => [uniqueIndex("saved_searches_name").on(search.ownerId, search.folded)],
);

/** What can be undone for ten minutes: how the notes (and a notebook or tag) stood before. */
export const undos = table(
  "undos",
  {
    id: text("id").primaryKey(),
    ownerId: owner(),
    /** What was done, in words. */
    done: text("done").notNull(),
    /** JSON: see `undo.server.ts`. */
    before: text("before").notNull(),
    created: time("created").notNull(),
  },
  (row) => [index("undos_owner").on(row.ownerId, row.created)],
);

/** Texts that a note had (`replaced`) or that a conflict kept out of it (`refused`). */
export const noteVersions = table(
  "note_versions",
  {
    id: text("id").primaryKey(),
    noteId: text("note_id")
      .notNull()
      .references(() => notes.id, { onDelete: "cascade" }),
    ownerId: owner(),
    /** The number this text had; for a refused one, the number it was written on top of. */
    version: number("version").notNull(),
    fate: text("fate").$type<"replaced" | "refused">().notNull(),
    title: text("title").notNull(),
    /** When this text was saved, or refused. */
    saved: time("saved").notNull(),
    /** What the save after it changed, in a line. Before `content`: the list reads it, and no text. */
    change: text("change").notNull().default(""),
    content: text("content").notNull(),
  },
  (version) => [
    index("note_versions_note").on(version.noteId, version.version),
    index("note_versions_latest").on(version.noteId, version.saved, version.id),
    uniqueIndex("note_versions_replaced").on(version.noteId, version.version).where(sql`fate = 'replaced'`),
    index("note_versions_owner").on(version.ownerId),
  ],
);

/**
 * What is typed and not saved yet, kept by script: one row for each time that a form is opened, under
 * a name that the page made. `sequence` puts in order what arrives in any order.
 */
export const drafts = table(
  "drafts",
  {
    ownerId: owner(),
    id: text("id").notNull(),
    /** Null for a note that isn't made yet. */
    noteId: text("note_id").references(() => notes.id, { onDelete: "cascade" }),
    /** The version of the note that it is written on; 0 for a new note. */
    version: number("version").notNull(),
    sequence: number("sequence").notNull(),
    /** When it was kept, or came to its end. */
    kept: time("kept").notNull(),
    /**
     * Null while it is a draft. A `dropped` one can be had back for ten minutes. Of a `saved` one no word
     * is left: it stays a while to hold off what was sent before the save and arrives after it.
     */
    ended: text("ended").$type<"dropped" | "saved">(),
    title: text("title").notNull(),
    /** As they were typed; a line break where the draft leaves the note's own, so too the notebook. */
    tags: text("tags").notNull(),
    notebook: text("notebook").notNull(),
    content: text("content").notNull(),
  },
  (draft) => [
    primaryKey({ columns: [draft.ownerId, draft.id] }),
    index("drafts_open").on(draft.ownerId, draft.kept, draft.id).where(sql`ended is null`),
    index("drafts_note").on(draft.noteId, draft.ended, draft.kept),
    index("drafts_ended").on(draft.kept).where(sql`ended is not null`),
  ],
);

/** One row for each import, with its report: it is still there after a restart. */
export const imports = table(
  "imports",
  {
    id: text("id").primaryKey(),
    ownerId: owner(),
    source: text("source").notNull(),
    state: text("state").$type<"running" | "done" | "interrupted">().notNull(),
    done: number("done").notNull(),
    total: number("total").notNull(),
    /** JSON: what became of each file. */
    report: text("report").notNull(),
    created: time("created").notNull(),
  },
  (row) => [index("imports_owner").on(row.ownerId, row.created)],
);

/** Which file became which note, so that an import done twice makes no second note. */
export const importedFiles = table(
  "imported_files",
  {
    ownerId: owner(),
    path: text("path").notNull(),
    /** SHA-256 of the file's bytes. */
    digest: text("digest").notNull(),
    noteId: text("note_id")
      .notNull()
      .references(() => notes.id, { onDelete: "cascade" }),
  },
  (file) => [
    primaryKey({ columns: [file.ownerId, file.path, file.digest] }),
    index("imported_files_note").on(file.noteId),
  ],
);

/** Which experiments of the pages under /learn a person has run, and when last. */
export const experiments = table(
  "experiments",
  {
    ownerId: owner(),
    concept: text("concept").notNull(),
    name: text("name").notNull(),
    ran: time("ran").notNull(),
  },
  (row) => [primaryKey({ columns: [row.ownerId, row.concept, row.name] })],
);
