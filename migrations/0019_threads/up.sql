-- What was said about a passage of a draft. A thread stands here and nowhere in the draft: its passage is told by two letters of the
-- shared text (`client.clock`), and by its words at the time.
CREATE TABLE threads (
    id BYTEA PRIMARY KEY,
    statement BYTEA NOT NULL REFERENCES statements (id),
    root TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    quote TEXT NOT NULL,
    among TEXT NOT NULL CHECK (among IN ('all', 'coordinators')),
    resolved_at TIMESTAMP,
    resolved_by BYTEA REFERENCES people (id) ON DELETE SET NULL,
    resolved_for BYTEA REFERENCES organisations (id)
);
CREATE INDEX threads_statement ON threads (statement);
CREATE TABLE remarks (
    id BYTEA PRIMARY KEY,
    thread BYTEA NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    person BYTEA REFERENCES people (id) ON DELETE SET NULL,
    organisation BYTEA REFERENCES organisations (id),
    at TIMESTAMP NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX remarks_thread ON remarks (thread, id);
