"""Tables of the room ``surveys``: what people decide about answers, and what is made of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ADDED_ONLY = ("leftout", "surveyweights")
KEPT = "".join(
    f"CREATE TRIGGER surveys_{table}_only_added BEFORE UPDATE ON surveys_{table}"
    " FOR EACH ROW EXECUTE FUNCTION surveys_refuse();"
    for table in ADDED_ONLY
)
NOT_KEPT = "".join(
    f"DROP TRIGGER surveys_{table}_only_added ON surveys_{table};" for table in ADDED_ONLY
)


class Migration(migrations.Migration):
    """Decisions about answers, weights, and sources of open answers."""

    dependencies = [
        ("sources", "0006_likeness"),
        ("surveys", "0004_undo_of_questionnaires"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="responsestate",
            name="asked",
            field=models.JSONField(
                help_text="Questions and rows that other answers let it ask; null: not looked.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "flags",
                    models.JSONField(
                        default=list, help_text="speeder, straight_liner; none: all count."
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left_out",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="SurveyWeights",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "parameters",
                    models.JSONField(help_text="Method, population, variables, trim, year."),
                ),
                (
                    "fingerprint",
                    models.CharField(help_text="Of who answered, and who counted.", max_length=64),
                ),
                (
                    "result",
                    models.JSONField(
                        help_text="By case the weight; design effect; before and after."
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weights",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="AnswersSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=120)),
                ("case_code", models.CharField(blank=True, max_length=40)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_of",
                        to="sources.source",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ("survey", "question", "case_code"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "question", "case_code"), name="source_of_question_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
