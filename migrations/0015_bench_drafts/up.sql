-- Drafts that are written by measuring programs alone: one text, no description of what it holds, no ceilings.
CREATE TABLE bench_drafts (
    statement BYTEA PRIMARY KEY REFERENCES statements (id)
);
