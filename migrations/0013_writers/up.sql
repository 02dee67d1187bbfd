-- Under which handle an organisation writes a draft, and whether unnamed. The secretariat, which writes in no
-- organisation's name, has a handle, too. A row is for good: whoever is let in again writes under the same handle.
CREATE TABLE writers (
    statement BYTEA NOT NULL REFERENCES statements (id),
    organisation BYTEA REFERENCES organisations (id),
    handle TEXT NOT NULL,
    unnamed BOOLEAN NOT NULL,
    chosen_at TIMESTAMP,
    PRIMARY KEY (statement, handle)
);
CREATE UNIQUE INDEX writers_organisation ON writers (statement, organisation) WHERE organisation IS NOT NULL;
CREATE UNIQUE INDEX writers_secretariat ON writers (statement) WHERE organisation IS NULL;
