-- The journal of a draft: every update that was acknowledged, in the order it was, with who sent it for whom.
CREATE TABLE draft_updates (
    statement BYTEA NOT NULL REFERENCES statements (id),
    seq BIGINT NOT NULL,
    person BYTEA NOT NULL,
    organisation BYTEA,
    body BYTEA NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (statement, seq)
);
