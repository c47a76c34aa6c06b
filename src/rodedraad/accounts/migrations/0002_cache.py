"""Makes the table of the cache, in which limits on sign-in are counted."""

from django.db import migrations

MAKE = """
CREATE TABLE accounts_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    """The table that Django's database cache asks for."""

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE accounts_cache")]
