-- What was proposed in a draft, by whom, and how it was answered. The words themselves stand in the draft; these rows follow the
-- draft's journal, each in the transaction of the entry that says so.
CREATE TABLE suggestions (
    statement BYTEA NOT NULL REFERENCES statements (id),
    handle TEXT NOT NULL,
    sid TEXT NOT NULL,
    person BYTEA REFERENCES people (id) ON DELETE SET NULL,
    organisation BYTEA REFERENCES organisations (id),
    begun_at TIMESTAMP NOT NULL,
    fate TEXT CHECK (fate IN ('accepted', 'rejected')),
    decided_by BYTEA REFERENCES people (id) ON DELETE SET NULL,
    decided_for BYTEA REFERENCES organisations (id),
    decided_at TIMESTAMP,
    reason TEXT,
    PRIMARY KEY (statement, handle, sid)
);
-- When the last letter about answers in a draft leaves, or left, for somebody: what comes before that is told by it.
CREATE TABLE fate_letters (
    statement BYTEA NOT NULL REFERENCES statements (id),
    person BYTEA NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    due_at TIMESTAMP NOT NULL,
    PRIMARY KEY (statement, person)
);
