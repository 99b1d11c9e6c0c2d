-- The table of the notes is made anew, with the new columns before the long texts: a list reads
-- them, and behind a text it would have to go through all of it. Its index for the search goes by
-- `key`, which stays the same.
CREATE TABLE `note_counts` (
	`owner_id` text PRIMARY KEY NOT NULL,
	`listed` integer DEFAULT 0 NOT NULL,
	`pinned` integer DEFAULT 0 NOT NULL,
	`archived` integer DEFAULT 0 NOT NULL,
	`trashed` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `note_tags` (
	`owner_id` text NOT NULL,
	`note_id` text NOT NULL,
	`tag_id` text NOT NULL,
	`given` integer NOT NULL,
	`written` integer NOT NULL,
	`listed` integer DEFAULT 0 NOT NULL,
	`pinned` integer DEFAULT 0 NOT NULL,
	`updated` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`note_id`, `tag_id`),
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tag_id`) REFERENCES `tags`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `note_tags_newest` ON `note_tags` (`tag_id`,`listed`,`pinned`,`updated`,`note_id`);--> statement-breakpoint
CREATE TABLE `notebooks` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`parent_id` text,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`notes` integer DEFAULT 0 NOT NULL,
	`created` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `notebooks`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notebooks_name` ON `notebooks` (`owner_id`,`parent_id`,`folded`);--> statement-breakpoint
CREATE UNIQUE INDEX `notebooks_name_on_top` ON `notebooks` (`owner_id`,`folded`) WHERE parent_id is null;--> statement-breakpoint
CREATE INDEX `notebooks_parent` ON `notebooks` (`parent_id`);--> statement-breakpoint
CREATE TABLE `tags` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`notes` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tags_name` ON `tags` (`owner_id`,`folded`);--> statement-breakpoint
CREATE INDEX `tags_most` ON `tags` (`owner_id`,`notes`,`folded`);--> statement-breakpoint
CREATE TABLE `undos` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`done` text NOT NULL,
	`before` text NOT NULL,
	`created` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `undos_owner` ON `undos` (`owner_id`,`created`);--> statement-breakpoint
CREATE TABLE `notes_new` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`heading` text NOT NULL,
	`excerpt` text NOT NULL,
	`words` integer NOT NULL,
	`version` integer NOT NULL,
	`once` text,
	`created` integer NOT NULL,
	`updated` integer NOT NULL,
	`trashed` integer,
	`archived` integer,
	`pinned` integer DEFAULT 0 NOT NULL,
	`colour` text,
	`notebook_id` text,
	`tasks` integer DEFAULT 0 NOT NULL,
	`tasks_done` integer DEFAULT 0 NOT NULL,
	`reading` integer DEFAULT 0 NOT NULL,
	`spaced` text NOT NULL,
	`content` text NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`notebook_id`) REFERENCES `notebooks`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
INSERT INTO `notes_new` (`key`, `id`, `owner_id`, `title`, `heading`, `excerpt`, `words`, `version`, `once`, `created`, `updated`, `trashed`, `spaced`, `content`)
SELECT `key`, `id`, `owner_id`, `title`, `heading`, `excerpt`, `words`, `version`, `once`, `created`, `updated`, `trashed`, `spaced`, `content` FROM `notes`;
--> statement-breakpoint
DROP TABLE `notes`;
--> statement-breakpoint
ALTER TABLE `notes_new` RENAME TO `notes`;
--> statement-breakpoint
CREATE UNIQUE INDEX `notes_id` ON `notes` (`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `notes_once` ON `notes` (`owner_id`,`once`) WHERE once is not null;
--> statement-breakpoint
CREATE INDEX `notes_trashed` ON `notes` (`owner_id`,`trashed`,`id`) WHERE trashed is not null;
--> statement-breakpoint
CREATE INDEX `notes_due` ON `notes` (`trashed`) WHERE trashed is not null;
--> statement-breakpoint
CREATE INDEX `notes_made` ON `notes` (`owner_id`,`pinned`,`created`,`id`) WHERE trashed is null and archived is null;
--> statement-breakpoint
CREATE INDEX `notes_titles` ON `notes` (`owner_id`,0 - pinned,heading collate nocase,`id`) WHERE trashed is null and archived is null;
--> statement-breakpoint
CREATE INDEX `notes_notebook` ON `notes` (`owner_id`,`notebook_id`,`pinned`,`updated`,`id`) WHERE trashed is null and archived is null;
--> statement-breakpoint
CREATE INDEX `notes_shelved` ON `notes` (`notebook_id`) WHERE notebook_id is not null;
--> statement-breakpoint
CREATE INDEX `notes_archived` ON `notes` (`owner_id`,`updated`,`id`) WHERE archived is not null and trashed is null;
--> statement-breakpoint
CREATE INDEX `notes_reading` ON `notes` (`reading`);
--> statement-breakpoint
CREATE INDEX `notes_newest` ON `notes` (`owner_id`,`pinned`,`updated`,`id`) WHERE trashed is null and archived is null;
--> statement-breakpoint
ALTER TABLE `users` ADD `sort` text DEFAULT 'updated' NOT NULL;
--> statement-breakpoint
ALTER TABLE `users` ADD `layout` text DEFAULT 'list' NOT NULL;
--> statement-breakpoint
CREATE TRIGGER notes_search_insert AFTER INSERT ON notes BEGIN
	INSERT INTO note_search (rowid, title, content, spaced)
	VALUES (new.key, new.title, new.content, new.spaced);
END;
--> statement-breakpoint
CREATE TRIGGER notes_search_delete AFTER DELETE ON notes BEGIN
	INSERT INTO note_search (note_search, rowid, title, content, spaced)
	VALUES ('delete', old.key, old.title, old.content, old.spaced);
END;
--> statement-breakpoint
CREATE TRIGGER notes_search_update AFTER UPDATE OF title, content, spaced ON notes BEGIN
	INSERT INTO note_search (note_search, rowid, title, content, spaced)
	VALUES ('delete', old.key, old.title, old.content, old.spaced);
	INSERT INTO note_search (rowid, title, content, spaced)
	VALUES (new.key, new.title, new.content, new.spaced);
END;
--> statement-breakpoint
-- The counts of the sidebar, kept in step by whoever writes.
INSERT INTO note_counts (owner_id, listed, trashed)
SELECT owner_id, count(*) - count(trashed), count(trashed) FROM notes GROUP BY owner_id;
--> statement-breakpoint
CREATE TRIGGER notes_count_insert AFTER INSERT ON notes BEGIN
	INSERT INTO note_counts (owner_id) VALUES (new.owner_id) ON CONFLICT DO NOTHING;
	UPDATE note_counts SET
		listed = listed + (new.trashed IS NULL AND new.archived IS NULL),
		pinned = pinned + (new.pinned = 1 AND new.trashed IS NULL AND new.archived IS NULL),
		archived = archived + (new.archived IS NOT NULL AND new.trashed IS NULL),
		trashed = trashed + (new.trashed IS NOT NULL)
	WHERE owner_id = new.owner_id;
	UPDATE notebooks SET notes = notes + 1
	WHERE id = new.notebook_id AND new.trashed IS NULL AND new.archived IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER notes_count_delete AFTER DELETE ON notes BEGIN
	UPDATE note_counts SET
		listed = listed - (old.trashed IS NULL AND old.archived IS NULL),
		pinned = pinned - (old.pinned = 1 AND old.trashed IS NULL AND old.archived IS NULL),
		archived = archived - (old.archived IS NOT NULL AND old.trashed IS NULL),
		trashed = trashed - (old.trashed IS NOT NULL)
	WHERE owner_id = old.owner_id;
	UPDATE notebooks SET notes = notes - 1
	WHERE id = old.notebook_id AND old.trashed IS NULL AND old.archived IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER notes_count_update AFTER UPDATE OF trashed, archived, pinned, notebook_id ON notes BEGIN
	UPDATE note_counts SET
		listed = listed - (old.trashed IS NULL AND old.archived IS NULL),
		pinned = pinned - (old.pinned = 1 AND old.trashed IS NULL AND old.archived IS NULL),
		archived = archived - (old.archived IS NOT NULL AND old.trashed IS NULL),
		trashed = trashed - (old.trashed IS NOT NULL)
	WHERE owner_id = old.owner_id;
	UPDATE notebooks SET notes = notes - 1
	WHERE id = old.notebook_id AND old.trashed IS NULL AND old.archived IS NULL;
	UPDATE note_counts SET
		listed = listed + (new.trashed IS NULL AND new.archived IS NULL),
		pinned = pinned + (new.pinned = 1 AND new.trashed IS NULL AND new.archived IS NULL),
		archived = archived + (new.archived IS NOT NULL AND new.trashed IS NULL),
		trashed = trashed + (new.trashed IS NOT NULL)
	WHERE owner_id = new.owner_id;
	UPDATE notebooks SET notes = notes + 1
	WHERE id = new.notebook_id AND new.trashed IS NULL AND new.archived IS NULL;
END;
--> statement-breakpoint
-- What a tag's list is sorted and narrowed by, copied from the note.
CREATE TRIGGER note_tags_insert AFTER INSERT ON note_tags BEGIN
	UPDATE note_tags SET (listed, pinned, updated) =
		(SELECT trashed IS NULL AND archived IS NULL, pinned, updated FROM notes WHERE id = new.note_id)
	WHERE note_id = new.note_id AND tag_id = new.tag_id;
END;
--> statement-breakpoint
CREATE TRIGGER notes_tags_update AFTER UPDATE OF updated, pinned, trashed, archived ON notes BEGIN
	UPDATE note_tags
	SET listed = new.trashed IS NULL AND new.archived IS NULL, pinned = new.pinned, updated = new.updated
	WHERE note_id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER note_tags_count AFTER UPDATE OF listed ON note_tags WHEN old.listed <> new.listed BEGIN
	UPDATE tags SET notes = notes + new.listed - old.listed WHERE id = new.tag_id;
END;
--> statement-breakpoint
-- A tag that no note has any more vanishes.
CREATE TRIGGER note_tags_delete AFTER DELETE ON note_tags BEGIN
	UPDATE tags SET notes = notes - old.listed WHERE id = old.tag_id;
	DELETE FROM tags WHERE id = old.tag_id AND NOT EXISTS (SELECT 1 FROM note_tags WHERE tag_id = old.tag_id);
END;
