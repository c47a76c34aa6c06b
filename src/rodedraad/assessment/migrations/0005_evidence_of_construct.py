from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a wave has answers on a construct is asked of the index alone."""

    dependencies = [("assessment", "0004_coding_and_withdrawals")]

    operations = [
        migrations.RemoveIndex(model_name="evidence", name="evidence_of_construct"),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("withdrawal", None)),
                fields=["study", "construct", "wave", "kind"],
                name="evidence_of_construct",
            ),
        ),
    ]
