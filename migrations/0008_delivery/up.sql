-- What was published: the file as it was handed out, byte for byte.
CREATE TABLE publications (
    id BYTEA PRIMARY KEY,
    statement BYTEA NOT NULL REFERENCES statements (id),
    edition BYTEA NOT NULL UNIQUE REFERENCES editions (id),
    round BYTEA NOT NULL REFERENCES rounds (id),
    pdf BYTEA NOT NULL,
    bundle TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    published_by BYTEA REFERENCES people (id) ON DELETE SET NULL
);
