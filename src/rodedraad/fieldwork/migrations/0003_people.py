"""A participation's contact data are its own; what a mail says at the end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0002_mail_and_interviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactlink",
            name="key",
            field=models.CharField(default="", help_text="Which key sealed it.", max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contactlink",
            name="sealed",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mailing",
            name="ends_on",
            field=models.DateField(
                help_text="Last day to answer, as the mail tells it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="signed_by",
            field=models.CharField(blank=True, help_text="Who signs the mail.", max_length=200),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("sending", "Sending"),
                    ("unsure", "Unsure"),
                    ("sent", "Sent"),
                    ("skipped", "Skipped"),
                    ("bounced", "Bounced"),
                    ("failed", "Failed"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
