-- A mailbox is not a person: one address may serve several people. `email` was unique, and no SQL that both databases
-- speak takes that away from a column; so the old column becomes a key nobody reads, and addresses move to a new one.
ALTER TABLE people RENAME COLUMN email TO known_by;
ALTER TABLE people ADD COLUMN email TEXT NOT NULL DEFAULT '';
UPDATE people SET email = known_by;
CREATE INDEX people_email ON people (email);
