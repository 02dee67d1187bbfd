-- Whom a remark asks to look: one row each. Of a person who is forgotten, none is left.
CREATE TABLE mentions (
    remark BYTEA NOT NULL REFERENCES remarks (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    whom TEXT NOT NULL CHECK (whom IN ('organisation', 'person', 'secretariat')),
    organisation BYTEA REFERENCES organisations (id),
    person BYTEA REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (remark, place)
);
-- When the last letter about remarks on a draft leaves, or left, for somebody: what comes before that is told by it.
CREATE TABLE mention_letters (
    statement BYTEA NOT NULL REFERENCES statements (id),
    person BYTEA NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    due_at TIMESTAMP NOT NULL,
    PRIMARY KEY (statement, person)
);
