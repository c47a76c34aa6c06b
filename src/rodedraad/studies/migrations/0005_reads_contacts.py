"""Who may see who participants are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("studies", "0004_reads_raw"),
    ]

    operations = [
        migrations.AddField(
            model_name="teammember",
            name="reads_contacts",
            field=models.BooleanField(
                default=False,
                help_text="A researcher who may see who participants are; the lead always may.",
            ),
        ),
    ]
