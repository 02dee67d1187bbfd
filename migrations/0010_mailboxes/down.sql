DROP INDEX people_email;
ALTER TABLE people DROP COLUMN email;
ALTER TABLE people RENAME COLUMN known_by TO email;
