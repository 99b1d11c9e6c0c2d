CREATE TABLE `experiments` (
	`owner_id` text NOT NULL,
	`concept` text NOT NULL,
	`name` text NOT NULL,
	`ran` integer NOT NULL,
	PRIMARY KEY(`owner_id`, `concept`, `name`),
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
