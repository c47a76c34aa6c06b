"""Lets a source keep its identity when it comes into a second study."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_deidentified"),
    ]

    operations = [
        migrations.AlterField(
            model_name="source",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(fields=("study", "uuid"), name="source_uuid_once"),
        ),
    ]
