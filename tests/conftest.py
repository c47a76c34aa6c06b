"""How tests run: on a data folder of their own, and a database that may be emptied."""

import atexit
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

if "RODEDRAAD_HOME" not in os.environ:
    # The path is short: a Unix socket of PostgreSQL lies in it.
    _home = tempfile.mkdtemp(prefix="rd-test-")
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
    os.environ["RODEDRAAD_HOME"] = _home
# One key for all tests: many link an app before they take a data folder of their own.
os.environ.setdefault("RODEDRAAD_SECOND_FACTOR_KEY", secrets.token_urlsafe(48))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")

import django
from django.core.cache import cache
from django.db import connection

# How long an example takes says something of the machine, and nothing of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Now, because the conftest of a folder may be loaded next, and imports models.
django.setup()

LET_TABLES_BE_EMPTIED = """
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
                 WHERE NOT tgisinternal AND tgtype & 32 <> 0 LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', found.relation, found.tgname);
    END LOOP;
END $$
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Let tests with real transactions empty the tables, those of the audit log included."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(LET_TABLES_BE_EMPTIED)


@pytest.fixture
def no_limits(db: None) -> Iterator[None]:
    """Start and end with no sign-in attempts counted."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def no_checks_left() -> Iterator[None]:
    """Let no thread check what the next test puts in the database."""
    yield
    checks = sys.modules.get("rodedraad.surveys.answering.checks")
    if checks is not None:
        checks.CHECKS.stop()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a data folder of its own; the database stays where it was."""
    monkeypatch.setenv("RODEDRAAD_HOME", str(tmp_path))
    return tmp_path
