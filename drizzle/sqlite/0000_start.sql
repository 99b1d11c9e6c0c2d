CREATE TABLE `imported_files` (
	`owner_id` text NOT NULL,
	`path` text NOT NULL,
	`digest` text NOT NULL,
	`note_id` text NOT NULL,
	PRIMARY KEY(`owner_id`, `path`, `digest`),
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `imported_files_note` ON `imported_files` (`note_id`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`report` text NOT NULL,
	`created` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `imports_owner` ON `imports` (`owner_id`,`created`);--> statement-breakpoint
CREATE TABLE `note_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`note_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`version` integer NOT NULL,
	`fate` text NOT NULL,
	`title` text NOT NULL,
	`saved` integer NOT NULL,
	`content` text NOT NULL,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `note_versions_note` ON `note_versions` (`note_id`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `note_versions_replaced` ON `note_versions` (`note_id`,`version`) WHERE fate = 'replaced';--> statement-breakpoint
CREATE INDEX `note_versions_owner` ON `note_versions` (`owner_id`);--> statement-breakpoint
CREATE TABLE `notes` (
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
	`spaced` text NOT NULL,
	`content` text NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notes_id` ON `notes` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `notes_once` ON `notes` (`owner_id`,`once`) WHERE once is not null;--> statement-breakpoint
CREATE INDEX `notes_newest` ON `notes` (`owner_id`,`updated`,`id`) WHERE trashed is null;--> statement-breakpoint
CREATE INDEX `notes_trashed` ON `notes` (`owner_id`,`trashed`,`id`) WHERE trashed is not null;--> statement-breakpoint
CREATE INDEX `notes_due` ON `notes` (`trashed`) WHERE trashed is not null;--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created` integer NOT NULL,
	`seen` integer NOT NULL,
	`expires` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`clock` integer DEFAULT 0 NOT NULL,
	`created` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_one_owner` ON `users` (`role`) WHERE role = 'owner';