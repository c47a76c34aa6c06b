"""Tables of the room ``fieldwork``: mail and interviews."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Mail and interviews."""

    dependencies = [
        ("fieldwork", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("reminder", "Reminder"),
                            ("thanks", "Thanks"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("subject_nl", models.CharField(max_length=200)),
                ("body_nl", models.TextField()),
                ("subject_en", models.CharField(blank=True, max_length=200)),
                ("body_en", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_texts",
                        to="studies.study",
                    ),
                ),
            ],
            options={
                "ordering": ("study", "step", "version"),
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "about",
                    models.CharField(
                        help_text="``survey:<uuid>`` or ``interview``.", max_length=80
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("reminder", "Reminder"),
                            ("thanks", "Thanks"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="Of reminders: first, second."
                    ),
                ),
                ("not_before", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailings",
                        to="studies.study",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="fieldwork.mailtext",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("skipped", "Skipped"),
                            ("bounced", "Bounced"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was not sent, as code.", max_length=40
                    ),
                ),
                ("sent_on", models.DateField(null=True)),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="fieldwork.mailing",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="fieldwork.participation",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("in_person", "In Person"),
                            ("online", "Online"),
                            ("telephone", "Telephone"),
                            ("group", "Group"),
                        ],
                        default="in_person",
                        max_length=20,
                    ),
                ),
                ("planned_for", models.DateTimeField(null=True)),
                ("held_on", models.DateField(null=True)),
                (
                    "guide",
                    models.CharField(
                        blank=True, help_text="Which guide, which version.", max_length=120
                    ),
                ),
                (
                    "sat_in",
                    models.CharField(
                        blank=True,
                        help_text="Who else was there, by function: it colours a talk.",
                        max_length=300,
                    ),
                ),
                ("recorded", models.BooleanField(help_text="Null: not known yet.", null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("transcribed", "Transcribed"),
                            ("deidentified", "Deidentified"),
                            ("approved", "Approved"),
                            ("coded", "Coded"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "row_version",
                    models.PositiveIntegerField(default=1, help_text="Goes up with every change."),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="studies.case",
                    ),
                ),
                ("led_by", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "source",
                    models.ForeignKey(
                        help_text="The transcript.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="sources.source",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interviews",
                        to="studies.study",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="studies.wave",
                    ),
                ),
                (
                    "participants",
                    models.ManyToManyField(related_name="interviews", to="fieldwork.participation"),
                ),
            ],
            options={
                "ordering": ("planned_for", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="mailtext",
            constraint=models.UniqueConstraint(
                fields=("study", "step", "version"), name="mail_text_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "other"), _negated=True),
                fields=("study", "about", "step", "number"),
                name="mailing_once",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["mailing", "state"], name="fieldwork_m_mailing_0e1464_idx"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("mailing", "participation"), name="message_once"
            ),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=models.Index(fields=["study", "case"], name="fieldwork_i_study_i_46562e_idx"),
        ),
    ]
