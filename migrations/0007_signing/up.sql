-- Rounds, the letters that open them, and what organisations answered.
CREATE TABLE rounds (
    id BYTEA PRIMARY KEY,
    statement BYTEA NOT NULL REFERENCES statements (id),
    edition BYTEA NOT NULL REFERENCES editions (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    opened_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);
CREATE UNIQUE INDEX rounds_one_open ON rounds (statement) WHERE state = 'open';
CREATE TABLE invitations (
    round BYTEA NOT NULL REFERENCES rounds (id),
    organisation BYTEA NOT NULL REFERENCES organisations (id),
    reminded_at TIMESTAMP,
    PRIMARY KEY (round, organisation)
);
CREATE TABLE signing_letters (
    id BYTEA PRIMARY KEY,
    round BYTEA NOT NULL REFERENCES rounds (id),
    organisation BYTEA NOT NULL REFERENCES organisations (id),
    person BYTEA NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    may_sign BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX signing_letters_round ON signing_letters (round, organisation);
CREATE TABLE pending_answers (
    id BYTEA PRIMARY KEY,
    letter BYTEA NOT NULL REFERENCES signing_letters (id) ON DELETE CASCADE,
    act TEXT NOT NULL CHECK (act IN ('sign', 'decline', 'withdraw')),
    visibility TEXT CHECK (visibility IN ('public', 'withheld')),
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    title TEXT NOT NULL,
    reason TEXT NOT NULL,
    code_hash BYTEA NOT NULL,
    tries INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX pending_answers_letter ON pending_answers (letter, created_at);
CREATE TABLE answers (
    id BYTEA PRIMARY KEY,
    round BYTEA NOT NULL REFERENCES rounds (id),
    organisation BYTEA NOT NULL REFERENCES organisations (id),
    person BYTEA,
    kind TEXT NOT NULL CHECK (kind IN ('signed', 'declined', 'withdrawn')),
    visibility TEXT CHECK (visibility IN ('public', 'withheld')),
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    language TEXT NOT NULL,
    country TEXT NOT NULL,
    person_name TEXT NOT NULL,
    person_title TEXT NOT NULL,
    reason TEXT NOT NULL,
    assurance TEXT NOT NULL,
    leaf BIGINT,
    at TIMESTAMP NOT NULL
);
CREATE INDEX answers_round ON answers (round, organisation, at);
