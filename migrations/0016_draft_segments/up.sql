-- Old stretches of a draft's journal: the entries from `since` to `upto`, compressed, as they stood in `draft_updates`. Nothing
-- in `body` says who wrote an entry, only the number of a row in `draft_segment_writers`, so that a person can be erased there.
-- A statement that is purged takes its segments along: until they are deleted it cannot be, and its writers go with them.
CREATE TABLE draft_segments (
    statement BYTEA NOT NULL REFERENCES statements (id),
    since BIGINT NOT NULL,
    upto BIGINT NOT NULL,
    body BYTEA NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (statement, since)
);

CREATE TABLE draft_segment_writers (
    statement BYTEA NOT NULL,
    since BIGINT NOT NULL,
    number BIGINT NOT NULL,
    person BYTEA NOT NULL,
    organisation BYTEA,
    PRIMARY KEY (statement, since, number),
    FOREIGN KEY (statement, since) REFERENCES draft_segments (statement, since) ON DELETE CASCADE
);
