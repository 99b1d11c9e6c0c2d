-- Full-text search over the notes. The text itself stays in `notes` (external content); the three
-- triggers keep the index in step, whoever writes. `spaced` holds what is written without spaces
-- between words, each character apart, so that a phrase finds it.
CREATE VIRTUAL TABLE note_search USING fts5(
	title, content, spaced,
	content = 'notes', content_rowid = 'key',
	tokenize = 'unicode61 remove_diacritics 2',
	prefix = '2 3'
);
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
