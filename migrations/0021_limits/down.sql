ALTER TABLE statements DROP COLUMN words_with_notes;
ALTER TABLE statements DROP COLUMN words_max;
