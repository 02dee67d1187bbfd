-- Binding acts as a session confirmed them: whoever repeats one is shown that it succeeded.
CREATE TABLE confirmations (
    session BYTEA NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    seen TEXT NOT NULL,
    result TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (session, act, subject, seen)
);
