-- One append-only log per statement. The line is public; salt and opening are what a withheld name can be erased by.
CREATE TABLE logs (
    statement BYTEA PRIMARY KEY REFERENCES statements (id),
    origin TEXT NOT NULL,
    size BIGINT NOT NULL,
    frontier BYTEA NOT NULL,
    checkpoint TEXT NOT NULL,
    last_at TIMESTAMP NOT NULL
);
CREATE TABLE leaves (
    statement BYTEA NOT NULL REFERENCES statements (id),
    position BIGINT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (statement, position)
);
CREATE TABLE openings (
    statement BYTEA NOT NULL,
    position BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    opening TEXT NOT NULL,
    PRIMARY KEY (statement, position),
    FOREIGN KEY (statement, position) REFERENCES leaves (statement, position)
);
