-- The outbox: letters written in the transaction of the act they tell of. Bodies are sealed with a key outside the database.
CREATE TABLE letters (
    id BYTEA PRIMARY KEY,
    person BYTEA REFERENCES people (id) ON DELETE SET NULL,
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    attempts INTEGER NOT NULL
);
CREATE INDEX letters_due ON letters (due_at) WHERE sent_at IS NULL;
