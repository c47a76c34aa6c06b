import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Func, TextField

APART = "-./:@+~<>&"
LETTERS = {"_": "ǀ", "²": "ǁ", "³": "ǂ"}
"""Signs within words, and letters that the parser of the database takes in their place."""
BODY = "$1"
for sign, instead in (dict.fromkeys(APART, " ") | LETTERS).items():
    BODY = f"replace({BODY}, '{sign}', '{instead}')"
WORDS_APART = f"""
CREATE FUNCTION sources_words(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN {BODY};
"""
AS_THEY_WERE = "DROP FUNCTION sources_words(text);"
WORDS = Func(F("text"), function="sources_words", output_field=TextField())


class Migration(migrations.Migration):
    """What stands in the index are the words that the search page takes for words.

    The parser of the database sees numbers below zero, addresses and versions where a person sees
    words with a sign between: ``art-2015`` was ``art`` and ``-2015``. Paragraphs are also found by
    where they begin.
    """

    dependencies = [
        ("sources", "0006_likeness"),
    ]

    operations = [
        migrations.RunSQL(WORDS_APART, AS_THEY_WERE),
        migrations.RemoveIndex(model_name="paragraph", name="paragraph_words_as_written"),
        migrations.RemoveIndex(model_name="paragraph", name="sources_par_search_bc21d2_gin"),
        migrations.RemoveField(model_name="paragraph", name="search"),
        migrations.AddField(
            model_name="paragraph",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector(WORDS, config="dutch"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="paragraph",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="sources_par_search_bc21d2_gin"
            ),
        ),
        migrations.AddIndex(
            model_name="paragraph",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(WORDS, config="simple"),
                name="paragraph_words_as_written",
            ),
        ),
        migrations.AddIndex(
            model_name="paragraph",
            index=models.Index(fields=["version", "start", "end"], name="paragraph_by_start"),
        ),
        migrations.AlterField(
            model_name="paragraph",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="paragraphs",
                to="sources.sourceversion",
            ),
        ),
    ]
