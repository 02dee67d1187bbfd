-- The settled text of a draft as it stood at an entry of its journal. A version never changes; only its name may be given.
-- `writers` lists the organisations that wrote since the version before, `-` for the secretariat; of people it says nothing.
CREATE TABLE versions (
    id BYTEA PRIMARY KEY,
    statement BYTEA NOT NULL REFERENCES statements (id),
    upto BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'loss', 'named', 'replaced', 'restored')),
    name TEXT,
    at TIMESTAMP NOT NULL,
    kept_at TIMESTAMP NOT NULL,
    made_by BYTEA REFERENCES people (id) ON DELETE SET NULL,
    restores BYTEA REFERENCES versions (id),
    writers TEXT NOT NULL,
    canonical TEXT NOT NULL,
    digest BYTEA NOT NULL,
    words INTEGER NOT NULL,
    words_in INTEGER NOT NULL,
    words_out INTEGER NOT NULL,
    UNIQUE (statement, upto)
);
