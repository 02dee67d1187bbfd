-- What a draft's journal holds together up to one entry, merged, so that a draft with a long history opens at once. Made anew
-- from the journal whenever it is missing or its digest does not fit. `owners` says whose the client ids in it are.
CREATE TABLE draft_bases (
    statement BYTEA PRIMARY KEY REFERENCES statements (id),
    upto BIGINT NOT NULL,
    body BYTEA NOT NULL,
    owners BYTEA NOT NULL,
    digest BYTEA NOT NULL
);
