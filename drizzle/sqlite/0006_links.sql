-- Filled at the start, when the texts are read again: the names are folded in a way that SQLite doesn't know.
CREATE TABLE `note_links` (
	`owner_id` text NOT NULL,
	`note_id` text NOT NULL,
	`target` text NOT NULL,
	`around` text NOT NULL,
	PRIMARY KEY(`note_id`, `target`),
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `note_links_target` ON `note_links` (`owner_id`,`target`,`note_id`);--> statement-breakpoint
ALTER TABLE `notes` ADD `link_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `notes_link_name` ON `notes` (`link_name`,`owner_id`,`id`);
