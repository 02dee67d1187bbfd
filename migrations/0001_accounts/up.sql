-- People and how they prove who they are. Secrets are kept as SHA-256 only.
CREATE TABLE people (
    id BYTEA PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    coordinator BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE sign_in_links (
    id BYTEA PRIMARY KEY,
    person BYTEA NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX sign_in_links_person ON sign_in_links (person, created_at);
CREATE TABLE sessions (
    id BYTEA PRIMARY KEY,
    person BYTEA NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    secret_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE TABLE tickets (
    id BYTEA PRIMARY KEY,
    session BYTEA NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
