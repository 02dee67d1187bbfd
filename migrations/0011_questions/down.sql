DROP TABLE signing_devices;
DROP TABLE questions;
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
