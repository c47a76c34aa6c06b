"""Where this installation keeps its data: one folder, named by ``RODEDRAAD_HOME``."""

import contextlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from rodedraad.errors import Refusal

SPACE_NEEDED_BYTES = 500 * 1024 * 1024


def home_folder() -> Path:
    """Return the data folder, made when absent and readable by its owner alone.

    Raises
    ------
    Refusal
        When the folder cannot be made or written.
    """
    folder = Path(os.environ.get("RODEDRAAD_HOME") or Path.home() / ".rodedraad").resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"The data folder {folder} cannot be made: {error.strerror}. "
            "Set RODEDRAAD_HOME to a folder you may write in.",
            code="home_not_writable",
            folder=str(folder),
        ) from error
    if not os.access(folder, os.W_OK):
        raise Refusal(
            f"The data folder {folder} cannot be written. "
            "Set RODEDRAAD_HOME to a folder you may write in.",
            code="home_not_writable",
            folder=str(folder),
        )
    return folder


def require_disk_space(folder: Path, needed: int = SPACE_NEEDED_BYTES) -> None:
    """Refuse before work starts when fewer than ``needed`` bytes are free in ``folder``."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refusal(
            f"There are {free // 2**20} MB free for {folder}; {needed // 2**20} MB are needed. "
            "Free some space, or set RODEDRAAD_HOME to a folder on another disk.",
            code="disk_full",
            folder=str(folder),
            free_bytes=free,
        )


def secret_text(name: str) -> str:
    """Return the secret kept in the file ``name`` of the home folder, made at first use.

    It appears there whole or not at all: of processes that make it at once, one wins, and all of
    them return what that one made.
    """
    path = home_folder() / name
    if not path.exists():
        handle, made = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(made, path)
        finally:
            os.unlink(made)
    return path.read_text(encoding="ascii")
