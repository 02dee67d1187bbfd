-- With which entry of its journal a draft begins in its present shape. What stands before is kept, and no longer read.
CREATE TABLE draft_beginnings (
    statement BYTEA PRIMARY KEY REFERENCES statements (id),
    seq BIGINT NOT NULL
);
