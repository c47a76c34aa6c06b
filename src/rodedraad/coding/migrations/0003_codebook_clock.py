"""Lets a coding know quickly whether the codebook changed since its newest version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coding", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="codebookversion",
            name="clock",
            field=models.PositiveBigIntegerField(
                help_text="Sum of the row versions of all codes then: tells whether it is new.",
                null=True,
            ),
        ),
    ]
