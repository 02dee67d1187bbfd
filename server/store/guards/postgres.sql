CREATE OR REPLACE FUNCTION undersigned_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS leaves_guard ON leaves;
CREATE TRIGGER leaves_guard BEFORE UPDATE OR DELETE ON leaves FOR EACH ROW EXECUTE FUNCTION undersigned_append_only();
DROP TRIGGER IF EXISTS answers_guard ON answers;
CREATE TRIGGER answers_guard BEFORE UPDATE OR DELETE ON answers FOR EACH ROW EXECUTE FUNCTION undersigned_append_only();
DROP TRIGGER IF EXISTS editions_guard_update ON editions;
CREATE TRIGGER editions_guard_update BEFORE UPDATE OF statement, label, revision, title, language, canonical, digest, frozen_at ON editions FOR EACH ROW EXECUTE FUNCTION undersigned_append_only();
DROP TRIGGER IF EXISTS editions_guard_delete ON editions;
CREATE TRIGGER editions_guard_delete BEFORE DELETE ON editions FOR EACH ROW EXECUTE FUNCTION undersigned_append_only();
DROP TRIGGER IF EXISTS versions_guard_update ON versions;
CREATE TRIGGER versions_guard_update BEFORE UPDATE OF id, statement, upto, kind, at, kept_at, restores, writers, canonical, digest, words, words_in, words_out ON versions FOR EACH ROW EXECUTE FUNCTION undersigned_append_only();
DROP TRIGGER IF EXISTS versions_guard_delete ON versions;
CREATE TRIGGER versions_guard_delete BEFORE DELETE ON versions FOR EACH ROW EXECUTE FUNCTION undersigned_append_only();
