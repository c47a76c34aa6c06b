"""What every command that uses the database does first: start Django and fit the schema."""

import errno
from functools import cache
from importlib import import_module
from types import ModuleType

import django
import psycopg
from django.db import OperationalError

from rodedraad.errors import Refusal
from rodedraad.schema import schema_update
from rodedraad.web.catalogs import catalogs_compile


def prepared(module: str) -> ModuleType:
    """Start Django, bring the database up to date, and only then import ``module``.

    Modules with models can be imported once Django runs; so a command names the module that does
    its work, and ``rodedraad --help`` starts no database.

    Raises
    ------
    Refusal
        When there is no database to be reached, no room on the disk, or the database is newer.
    """
    _start()
    return import_module(module)


def prepared_bare(module: str) -> ModuleType:
    """Start Django without a database and import ``module``, for what asks nothing of one."""
    django.setup()
    return import_module(module)


@cache
def _start() -> None:
    """Start Django and fit the schema, once for all that a command does."""
    try:
        catalogs_compile()
        django.setup()
        schema_update()
    except (OperationalError, psycopg.OperationalError) as fault:
        raise Refusal(
            f"The database cannot be reached: {str(fault).strip().splitlines()[0]} "
            "Mend DATABASE_URL, or remove it to use the embedded PostgreSQL.",
            code="database_unreachable",
        ) from fault
    except OSError as fault:
        raise disk_refusal(fault) from fault


def disk_refusal(fault: OSError) -> Exception:
    """Return what to raise for ``fault``: a refusal when the disk is full, else itself."""
    if fault.errno != errno.ENOSPC:
        return fault
    return Refusal(
        f"The disk is full ({fault.filename or 'data folder'}). Free some space, or set "
        "RODEDRAAD_HOME and --out to another disk. What was complete before is still there.",
        code="disk_full",
    )
