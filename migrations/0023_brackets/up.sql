-- Who put words of a draft into brackets, who stands behind which of their alternatives, and which one is agreed ad referendum. Where a
-- bracket stands, and what its alternatives say, is in the shared text alone; `words` are those that somebody stood behind or agreed to.
CREATE TABLE brackets (
    statement BYTEA NOT NULL REFERENCES statements (id),
    bracket TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by BYTEA REFERENCES people (id) ON DELETE SET NULL,
    made_for BYTEA REFERENCES organisations (id),
    agreed INTEGER,
    agreed_words TEXT,
    agreed_at TIMESTAMP,
    agreed_by BYTEA REFERENCES people (id) ON DELETE SET NULL,
    agreed_for BYTEA REFERENCES organisations (id),
    PRIMARY KEY (statement, bracket)
);
CREATE TABLE bracket_stands (
    statement BYTEA NOT NULL,
    bracket TEXT NOT NULL,
    organisation BYTEA NOT NULL REFERENCES organisations (id),
    alternative INTEGER NOT NULL,
    words TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    person BYTEA REFERENCES people (id) ON DELETE SET NULL,
    PRIMARY KEY (statement, bracket, organisation),
    FOREIGN KEY (statement, bracket) REFERENCES brackets (statement, bracket) ON DELETE CASCADE
);
