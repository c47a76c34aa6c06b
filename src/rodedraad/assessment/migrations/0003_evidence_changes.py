"""Which change of the evidence of a study was the last: known without counting its rows."""

from django.db import migrations

# The number comes from a sequence, so that it is never used again: not after a rollback either.
CHANGES_ARE_NUMBERED = """
CREATE SEQUENCE assessment_evidencechange_number;
CREATE TABLE assessment_evidencechange (study_id bigint PRIMARY KEY, number bigint NOT NULL);
CREATE FUNCTION assessment_evidence_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO assessment_evidencechange (study_id, number)
    SELECT study_id, nextval('assessment_evidencechange_number')
    FROM (SELECT DISTINCT study_id FROM changed) AS studies ORDER BY study_id
    ON CONFLICT (study_id) DO UPDATE SET number = excluded.number;
    RETURN NULL;
END $$;
CREATE TRIGGER assessment_evidence_added AFTER INSERT ON assessment_evidence
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION assessment_evidence_changed();
CREATE TRIGGER assessment_evidence_edited AFTER UPDATE ON assessment_evidence
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION assessment_evidence_changed();
CREATE TRIGGER assessment_evidence_erased AFTER DELETE ON assessment_evidence
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION assessment_evidence_changed();
"""
CHANGES_ARE_NOT_NUMBERED = """
DROP TRIGGER assessment_evidence_added ON assessment_evidence;
DROP TRIGGER assessment_evidence_edited ON assessment_evidence;
DROP TRIGGER assessment_evidence_erased ON assessment_evidence;
DROP FUNCTION assessment_evidence_changed();
DROP TABLE assessment_evidencechange;
DROP SEQUENCE assessment_evidencechange_number;
"""


class Migration(migrations.Migration):
    """Number every change of the evidence of a study."""

    dependencies = [("assessment", "0002_answers_and_types")]

    operations = [migrations.RunSQL(CHANGES_ARE_NUMBERED, CHANGES_ARE_NOT_NUMBERED)]
