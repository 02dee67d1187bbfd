-- What an organisation may do with a draft: who was let in before may edit, as it could. Comments, and suggestions, are taken
-- until `remarks_until`; where that is nothing, until the text is frozen.
ALTER TABLE statement_drafters ADD COLUMN may TEXT NOT NULL DEFAULT 'edit' CHECK (may IN ('read', 'comment', 'suggest', 'edit'));
ALTER TABLE statements ADD COLUMN remarks_until TIMESTAMP;
