"""Which sources have nearly the same text."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0005_words_as_written"),
    ]

    operations = [
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "share",
                    models.FloatField(help_text="Of the paragraphs of the shorter text, 0-1."),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alike",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "ordering": ("-share", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("source", "other"), name="likeness_once")
                ],
            },
        ),
    ]
