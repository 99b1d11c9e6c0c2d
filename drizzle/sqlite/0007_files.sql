CREATE TABLE `file_chunks` (
	`content_key` integer NOT NULL,
	`place` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`content_key`, `place`),
	FOREIGN KEY (`content_key`) REFERENCES `file_contents`(`key`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `file_contents` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`owner_id` text NOT NULL,
	`digest` text,
	`bytes` integer DEFAULT 0 NOT NULL,
	`touched` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `file_contents_digest` ON `file_contents` (`owner_id`,`digest`);--> statement-breakpoint
CREATE INDEX `file_contents_loose` ON `file_contents` (`touched`) WHERE digest is null;--> statement-breakpoint
CREATE TABLE `file_mentions` (
	`note_id` text NOT NULL,
	`file_id` text NOT NULL,
	`owner_id` text NOT NULL,
	PRIMARY KEY(`note_id`, `file_id`),
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `file_mentions_file` ON `file_mentions` (`file_id`,`note_id`);--> statement-breakpoint
CREATE TABLE `file_thumbs` (
	`content_key` integer PRIMARY KEY NOT NULL,
	`bytes` blob NOT NULL,
	FOREIGN KEY (`content_key`) REFERENCES `file_contents`(`key`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`note_id` text,
	`content_key` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`folder` text DEFAULT '' NOT NULL,
	`origin` text,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`created` integer NOT NULL,
	`waiting` integer,
	`removed` integer,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`content_key`) REFERENCES `file_contents`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `files_newest` ON `files` (`owner_id`,`created`,`id`) WHERE removed is null;--> statement-breakpoint
CREATE INDEX `files_note` ON `files` (`note_id`,`created`,`id`);--> statement-breakpoint
CREATE INDEX `files_name` ON `files` (`owner_id`,`folded`,`created`);--> statement-breakpoint
CREATE INDEX `files_content` ON `files` (`content_key`);--> statement-breakpoint
CREATE INDEX `files_waiting` ON `files` (`waiting`) WHERE waiting is not null;--> statement-breakpoint
CREATE INDEX `files_removed` ON `files` (`removed`) WHERE removed is not null;--> statement-breakpoint
ALTER TABLE `note_counts` ADD `file_bytes` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- What a person's files take, kept in step by whoever writes.
CREATE TRIGGER file_contents_insert AFTER INSERT ON file_contents BEGIN
	INSERT INTO note_counts (owner_id) VALUES (new.owner_id) ON CONFLICT DO NOTHING;
	UPDATE note_counts SET file_bytes = file_bytes + new.bytes WHERE owner_id = new.owner_id;
END;
--> statement-breakpoint
CREATE TRIGGER file_contents_update AFTER UPDATE OF bytes ON file_contents BEGIN
	UPDATE note_counts SET file_bytes = file_bytes + new.bytes - old.bytes WHERE owner_id = new.owner_id;
END;
--> statement-breakpoint
CREATE TRIGGER file_contents_delete AFTER DELETE ON file_contents BEGIN
	UPDATE note_counts SET file_bytes = file_bytes - old.bytes WHERE owner_id = old.owner_id;
END;
--> statement-breakpoint
-- A content that no file has any more is let go: without a digest it is found by nobody, and taken away bit by bit.
CREATE TRIGGER files_delete AFTER DELETE ON files BEGIN
	UPDATE file_contents SET digest = NULL, touched = 0
	WHERE key = old.content_key AND NOT EXISTS (SELECT 1 FROM files WHERE content_key = old.content_key);
END;
--> statement-breakpoint
-- A note that goes takes its files along, but for those that another note shows: they go over to that one.
CREATE TRIGGER notes_files_delete BEFORE DELETE ON notes BEGIN
	UPDATE files SET note_id =
		(SELECT note_id FROM file_mentions WHERE file_id = files.id AND note_id <> old.id LIMIT 1)
	WHERE note_id = old.id AND EXISTS
		(SELECT 1 FROM file_mentions WHERE file_id = files.id AND note_id <> old.id);
END;
