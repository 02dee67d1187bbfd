-- How many words a statement may have, as its coordinators were told by the forum, and whether footnotes count. It warns and stops nothing.
ALTER TABLE statements ADD COLUMN words_max INTEGER;
ALTER TABLE statements ADD COLUMN words_with_notes BOOLEAN NOT NULL DEFAULT TRUE;
