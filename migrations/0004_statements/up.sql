-- A statement and its frozen editions. An edition never changes: what was signed is a row here.
CREATE TABLE statements (
    id BYTEA PRIMARY KEY,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    forum TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('drafting', 'frozen', 'open', 'closed', 'published')),
    revisions INTEGER NOT NULL,
    created_by BYTEA REFERENCES people (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE statement_drafters (
    statement BYTEA NOT NULL REFERENCES statements (id),
    organisation BYTEA NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (statement, organisation)
);
CREATE TABLE editions (
    id BYTEA PRIMARY KEY,
    statement BYTEA NOT NULL REFERENCES statements (id),
    label TEXT NOT NULL,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    canonical TEXT NOT NULL,
    digest BYTEA NOT NULL,
    words INTEGER NOT NULL,
    frozen_at TIMESTAMP NOT NULL,
    frozen_by BYTEA REFERENCES people (id) ON DELETE SET NULL,
    UNIQUE (statement, revision)
);
CREATE TABLE acts (
    id BYTEA PRIMARY KEY,
    statement BYTEA NOT NULL REFERENCES statements (id),
    at TIMESTAMP NOT NULL,
    person BYTEA REFERENCES people (id) ON DELETE SET NULL,
    organisation BYTEA REFERENCES organisations (id),
    what TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX acts_statement ON acts (statement, at);
