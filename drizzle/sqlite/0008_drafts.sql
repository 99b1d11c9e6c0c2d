CREATE TABLE `drafts` (
	`owner_id` text NOT NULL,
	`id` text NOT NULL,
	`note_id` text,
	`version` integer NOT NULL,
	`sequence` integer NOT NULL,
	`kept` integer NOT NULL,
	`ended` text,
	`title` text NOT NULL,
	`tags` text NOT NULL,
	`notebook` text NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`owner_id`, `id`),
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `drafts_open` ON `drafts` (`owner_id`,`kept`,`id`) WHERE ended is null;--> statement-breakpoint
CREATE INDEX `drafts_note` ON `drafts` (`note_id`,`ended`,`kept`);--> statement-breakpoint
CREATE INDEX `drafts_ended` ON `drafts` (`kept`) WHERE ended is not null;--> statement-breakpoint
-- Made anew, so that the line stands before the text: the list of versions reads no texts.
CREATE TABLE `note_versions_new` (
	`id` text PRIMARY KEY NOT NULL,
	`note_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`version` integer NOT NULL,
	`fate` text NOT NULL,
	`title` text NOT NULL,
	`saved` integer NOT NULL,
	`change` text DEFAULT '' NOT NULL,
	`content` text NOT NULL,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
INSERT INTO `note_versions_new` (`id`, `note_id`, `owner_id`, `version`, `fate`, `title`, `saved`, `content`)
SELECT `id`, `note_id`, `owner_id`, `version`, `fate`, `title`, `saved`, `content` FROM `note_versions`;--> statement-breakpoint
DROP TABLE `note_versions`;--> statement-breakpoint
ALTER TABLE `note_versions_new` RENAME TO `note_versions`;--> statement-breakpoint
CREATE INDEX `note_versions_note` ON `note_versions` (`note_id`,`version`);--> statement-breakpoint
CREATE INDEX `note_versions_latest` ON `note_versions` (`note_id`,`saved`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `note_versions_replaced` ON `note_versions` (`note_id`,`version`) WHERE fate = 'replaced';--> statement-breakpoint
CREATE INDEX `note_versions_owner` ON `note_versions` (`owner_id`);
