-- What somebody asked to do through a letter, and the code mailed for it. A code confirms its own question and no other.
DROP TABLE pending_answers;
CREATE TABLE questions (
    id BYTEA PRIMARY KEY,
    letter BYTEA NOT NULL REFERENCES signing_letters (id) ON DELETE CASCADE,
    act TEXT NOT NULL CHECK (act IN ('sign', 'decline', 'withdraw', 'look')),
    visibility TEXT CHECK (visibility IN ('public', 'withheld')),
    title TEXT NOT NULL,
    reason TEXT NOT NULL,
    seen TEXT NOT NULL,
    code_hash BYTEA NOT NULL,
    tries INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX questions_letter ON questions (letter, created_at);
-- Devices on which somebody proved with a code to act for an organisation: these are shown what it answered.
CREATE TABLE signing_devices (
    secret_hash BYTEA NOT NULL,
    round BYTEA NOT NULL REFERENCES rounds (id),
    organisation BYTEA NOT NULL REFERENCES organisations (id),
    person BYTEA NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (secret_hash, round, organisation)
);
