"""Lets the pages about themes read the codings that count without going through all their words."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0004_uuid_once_in_a_study"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="coding",
            index=models.Index(
                fields=["study"],
                name="coding_standing",
                condition=Q(
                    ("removed_at", None),
                    ~Q(("anchor", "lost")),
                    ~Q(("accepted_at", None), ("origin", "suggestion")),
                ),
                include=("id", "code", "version", "start", "end", "strength", "round"),
            ),
        ),
    ]
