"""Whether the database fits this version of the product, and bringing it up to date."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from rodedraad.errors import Refusal

OURS = "rodedraad."
UPDATING = 0x0D4AAD
"""The key of the lock that who brings the database up to date holds."""


def schema_update() -> None:
    """Apply the migrations that the database lacks; none is applied when it is newer.

    Of two processes that come at once, the second waits, and looks again at what there is.

    Raises
    ------
    Refusal
        When the database was brought up to date by a newer version of Rode Draad.
    """
    refuse_newer_schema()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [UPDATING])
            try:
                refuse_newer_schema()
                call_command("migrate", verbosity=0, interactive=False)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [UPDATING])


def refuse_newer_schema() -> None:
    """Refuse a database that holds migrations this version does not know."""
    loader = MigrationLoader(connection)
    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith(OURS)}
    unknown = sorted(
        f"{room} {name}"
        for room, name in loader.applied_migrations
        if room in rooms and (room, name) not in loader.disk_migrations
    )
    if unknown:
        raise Refusal(
            f"The database was made by a newer version of Rode Draad: it has {unknown[-1]}, which "
            "this version does not know. Install the newer version, or set RODEDRAAD_HOME (or "
            "DATABASE_URL) to another database. Nothing was changed.",
            code="database_newer",
            unknown=unknown,
        )
