-- The register: organisations as they want to be named, and who acts for them.
CREATE TABLE organisations (
    id BYTEA PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    acronym TEXT NOT NULL,
    country TEXT NOT NULL,
    country3 TEXT NOT NULL,
    region TEXT NOT NULL,
    city TEXT NOT NULL,
    timezone TEXT NOT NULL,
    language TEXT NOT NULL,
    consultative_status TEXT NOT NULL CHECK (consultative_status IN ('general', 'special', 'roster', 'none')),
    registered_name TEXT,
    membership TEXT NOT NULL,
    default_visibility TEXT NOT NULL CHECK (default_visibility IN ('public', 'withheld')),
    signing_rule TEXT NOT NULL CHECK (signing_rule IN ('single', 'two-person')),
    parent_reference TEXT,
    colour INTEGER NOT NULL,
    search_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE memberships (
    organisation BYTEA NOT NULL REFERENCES organisations (id),
    person BYTEA NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('focal-point', 'drafter', 'signing-authority', 'delegate')),
    PRIMARY KEY (organisation, person, role)
);
CREATE INDEX memberships_person ON memberships (person);
