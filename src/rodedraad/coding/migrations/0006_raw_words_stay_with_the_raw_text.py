"""Takes the words of a raw talk off codings that were lost on the way to the anonymised text."""

from django.db import migrations

BLANK = """
    UPDATE coding_coding AS lost SET quote = '', before = '', after = '',
        row_version = lost.row_version + 1
    FROM sources_sourceversion AS version, sources_sourceversion AS raw
    WHERE lost.anchor = 'lost' AND lost.quote <> '' AND lost.version_id = version.id
      AND version.deidentified AND raw.source_id = version.source_id AND NOT raw.deidentified
      AND raw.number < version.number AND lost.carried_from_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0005_codings_standing"),
        ("sources", "0008_texts_as_they_are"),
    ]

    operations = [migrations.RunSQL(BLANK, migrations.RunSQL.noop)]
