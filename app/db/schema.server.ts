import { sql } from "drizzle-orm";
import { counter, index, number, primaryKey, table, text, time, uniqueIndex } from "./columns.server";

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
 * Notes as they stand now. What the lists show is computed at each save and stands before
 * `content`, so that a list never reads the pages that a long text fills.
 */
export const notes = table(
  "notes",
  {
    /** Row number for the full-text index; `id` is the note's name everywhere else. */
    key: counter("key"),
    id: text("id").notNull(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
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
    /** What is written without spaces between words, each character apart: search finds it by phrase. */
    spaced: text("spaced").notNull(),
    content: text("content").notNull(),
  },
  (note) => [
    uniqueIndex("notes_id").on(note.id),
    uniqueIndex("notes_once").on(note.ownerId, note.once).where(sql`once is not null`),
    index("notes_newest").on(note.ownerId, note.updated, note.id).where(sql`trashed is null`),
    index("notes_trashed").on(note.ownerId, note.trashed, note.id).where(sql`trashed is not null`),
    index("notes_due").on(note.trashed).where(sql`trashed is not null`),
  ],
);

/** Texts that a note had (`replaced`) or that a conflict kept out of it (`refused`). */
export const noteVersions = table(
  "note_versions",
  {
    id: text("id").primaryKey(),
    noteId: text("note_id")
      .notNull()
      .references(() => notes.id, { onDelete: "cascade" }),
    ownerId: text("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The number this text had; for a refused one, the number it was written on top of. */
    version: number("version").notNull(),
    fate: text("fate").$type<"replaced" | "refused">().notNull(),
    title: text("title").notNull(),
    /** When this text was saved, or refused. */
    saved: time("saved").notNull(),
    content: text("content").notNull(),
  },
  (version) => [
    index("note_versions_note").on(version.noteId, version.version),
    index("note_versions_latest").on(version.noteId, version.saved, version.id),
    uniqueIndex("note_versions_replaced").on(version.noteId, version.version).where(sql`fate = 'replaced'`),
    index("note_versions_owner").on(version.ownerId),
  ],
);

/** One row for each import, with its report: it is still there after a restart. */
export const imports = table(
  "imports",
  {
    id: text("id").primaryKey(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
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
    ownerId: text("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
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
    ownerId: text("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    concept: text("concept").notNull(),
    name: text("name").notNull(),
    ran: time("ran").notNull(),
  },
  (row) => [primaryKey({ columns: [row.ownerId, row.concept, row.name] })],
);
