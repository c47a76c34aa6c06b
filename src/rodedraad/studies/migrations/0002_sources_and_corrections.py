"""Gives labels a source and the log corrections; what is frozen or logged stays as it is."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

FROZEN_STAYS = """
CREATE FUNCTION studies_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0];
END $$;

CREATE TRIGGER studies_wave_frozen BEFORE UPDATE ON studies_wave
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL)
    EXECUTE FUNCTION studies_refuse('the wave is frozen.');
CREATE TRIGGER studies_framework_frozen BEFORE UPDATE ON studies_framework
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL)
    EXECUTE FUNCTION studies_refuse('the framework is frozen.');
CREATE TRIGGER studies_selectionevent_append BEFORE UPDATE OR DELETE ON studies_selectionevent
    FOR EACH ROW EXECUTE FUNCTION studies_refuse('the log is append-only.');

CREATE FUNCTION studies_framework_is_frozen(framework bigint) RETURNS boolean
    LANGUAGE sql STABLE AS
    'SELECT EXISTS (SELECT 1 FROM studies_framework
                    WHERE id = framework AND frozen_at IS NOT NULL)';

CREATE FUNCTION studies_construct_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND studies_framework_is_frozen(OLD.framework_id))
       OR (TG_OP <> 'DELETE' AND studies_framework_is_frozen(NEW.framework_id)) THEN
        RAISE EXCEPTION '% of % is refused: the framework is frozen.', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER studies_construct_frozen BEFORE INSERT OR UPDATE OR DELETE ON studies_construct
    FOR EACH ROW EXECUTE FUNCTION studies_construct_guard();

CREATE FUNCTION studies_item_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM studies_construct
               WHERE studies_framework_is_frozen(framework_id)
               AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.construct_id END,
                          CASE WHEN TG_OP <> 'DELETE' THEN NEW.construct_id END)) THEN
        RAISE EXCEPTION '% of % is refused: the framework is frozen.', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER studies_item_frozen BEFORE INSERT OR UPDATE OR DELETE ON studies_item
    FOR EACH ROW EXECUTE FUNCTION studies_item_guard();
"""
FROZEN_MAY_CHANGE = """
DROP TRIGGER studies_item_frozen ON studies_item;
DROP FUNCTION studies_item_guard();
DROP TRIGGER studies_construct_frozen ON studies_construct;
DROP FUNCTION studies_construct_guard();
DROP FUNCTION studies_framework_is_frozen(bigint);
DROP TRIGGER studies_selectionevent_append ON studies_selectionevent;
DROP TRIGGER studies_framework_frozen ON studies_framework;
DROP TRIGGER studies_wave_frozen ON studies_wave;
DROP FUNCTION studies_refuse();
"""
KINDS = [
    (kind, kind.capitalize())
    for kind in ("chosen", "invited", "accepted", "refused", "replaced", "undone")
]


class Migration(migrations.Migration):
    """Source of the forerunner label, corrections in the log, and guards in the database."""

    dependencies = [("studies", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="forerunner_source",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Who says so; every label has a source.",
                max_length=300,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(forerunner__isnull=True) | ~Q(forerunner_source=""),
                name="case_forerunner_has_source",
            ),
        ),
        migrations.AlterField(
            model_name="selectionevent",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20),
        ),
        migrations.AlterField(
            model_name="selectionevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="selection_events",
                to="studies.case",
            ),
        ),
        migrations.AlterField(
            model_name="selectionevent",
            name="replaced_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="studies.case",
            ),
        ),
        migrations.AddField(
            model_name="selectionevent",
            name="corrects",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="studies.selectionevent",
            ),
        ),
        migrations.RunSQL(FROZEN_STAYS, FROZEN_MAY_CHANGE),
    ]
