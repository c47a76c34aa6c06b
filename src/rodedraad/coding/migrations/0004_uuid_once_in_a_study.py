"""Lets codings and memos keep their identity when they come into a second study."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0003_codebook_clock"),
    ]

    operations = [
        migrations.AlterField(
            model_name="coding",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4),
        ),
        migrations.AlterField(
            model_name="memo",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(fields=("study", "uuid"), name="coding_uuid_once"),
        ),
        migrations.AddConstraint(
            model_name="memo",
            constraint=models.UniqueConstraint(fields=("study", "uuid"), name="memo_uuid_once"),
        ),
    ]
