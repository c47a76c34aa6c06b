"""Tables of the room ``surveys``: ways in and answers."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE FUNCTION surveys_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only gets rows; none is changed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER surveys_answerevent_only_added BEFORE UPDATE
    ON surveys_answerevent FOR EACH ROW EXECUTE FUNCTION surveys_refuse();
CREATE FUNCTION surveys_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a questionnaire that went out is never changed: make a new version';
END $$;
CREATE TRIGGER surveys_version_frozen BEFORE UPDATE OF definition, sha256, number, frozen_at
    ON surveys_surveyversion FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL)
    EXECUTE FUNCTION surveys_version_guard();
CREATE FUNCTION surveys_mode_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM surveys_surveyversion
               WHERE survey_id = OLD.id AND frozen_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what people were promised is never changed once a version went out';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER surveys_mode_kept BEFORE UPDATE OF mode ON surveys_survey
    FOR EACH ROW WHEN (OLD.mode IS DISTINCT FROM NEW.mode) EXECUTE FUNCTION surveys_mode_guard();
"""
NOT_KEPT = """
DROP TRIGGER surveys_mode_kept ON surveys_survey;
DROP FUNCTION surveys_mode_guard();
DROP TRIGGER surveys_version_frozen ON surveys_surveyversion;
DROP FUNCTION surveys_version_guard();
DROP TRIGGER surveys_answerevent_only_added ON surveys_answerevent;
DROP FUNCTION surveys_refuse();
"""


class Migration(migrations.Migration):
    """Ways in and answers."""

    dependencies = [
        ("surveys", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ResponseState",
            fields=[
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="answers",
                        serialize=False,
                        to="surveys.response",
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(help_text="Of the newest save that is in it."),
                ),
                ("data", models.JSONField(default=dict)),
                (
                    "checked",
                    models.BooleanField(
                        default=False, help_text="By survey-core, after the last save."
                    ),
                ),
                ("flags", models.JSONField(default=list, help_text="speeder, straight_liner, ...")),
            ],
        ),
        migrations.CreateModel(
            name="ResponseLink",
            fields=[
                ("participation", models.UUIDField()),
                ("survey", models.UUIDField()),
                ("response", models.UUIDField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": 'vault"."response_link',
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "participation"), name="one_confidential_response"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StratumLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=4)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                (
                    "n_asked",
                    models.PositiveIntegerField(
                        help_text="How many people got it, if known.", null=True
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("closed_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_links",
                        to="studies.case",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ("survey", "case", "role"),
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=4)),
                ("target", models.PositiveIntegerField()),
                ("n", models.PositiveIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="studies.case",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="OwnQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("element", models.JSONField(help_text="One question of SurveyJS.")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_questions",
                        to="studies.case",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_questions",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ("survey", "case", "order"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("started_on", models.DateField(null=True)),
                ("finished_on", models.DateField(null=True)),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="fieldwork.participation",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="AnswerEvent",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("patch", models.JSONField()),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="surveys.response",
                    ),
                ),
            ],
            options={
                "ordering": ("response", "sequence"),
                "constraints": [
                    models.UniqueConstraint(fields=("response", "sequence"), name="save_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stratumlink",
            constraint=models.UniqueConstraint(fields=("survey", "case", "role"), name="link_once"),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.UniqueConstraint(
                fields=("survey", "case", "role"), name="quota_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__lte", models.F("target"))), name="quota_not_passed"
            ),
        ),
        migrations.AddConstraint(
            model_name="ownquestion",
            constraint=models.UniqueConstraint(
                fields=("survey", "case", "order"), name="own_question_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("survey", "participation"), name="invitation_once"
            ),
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
