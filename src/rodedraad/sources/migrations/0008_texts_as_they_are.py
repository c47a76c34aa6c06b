from django.db import migrations

AS_THEY_ARE = "ALTER TABLE sources_sourceversion ALTER COLUMN text SET STORAGE EXTERNAL;"
COMPRESSED = "ALTER TABLE sources_sourceversion ALTER COLUMN text SET STORAGE EXTENDED;"


class Migration(migrations.Migration):
    """New texts are kept uncompressed: a passage of a long one is read without unpacking the whole.

    What is there already stays as it is, and is read as before.
    """

    dependencies = [
        ("sources", "0007_words_apart"),
    ]

    operations = [migrations.RunSQL(AS_THEY_ARE, COMPRESSED)]
