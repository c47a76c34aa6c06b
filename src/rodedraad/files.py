"""How a file is written: whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rodedraad.errors import Refusal


@contextmanager
def file_replace(path: Path) -> Iterator[Path]:
    """Give a temporary name beside ``path`` to write to, and rename it to ``path`` at the end.

    When writing fails the temporary file is removed and what ``path`` held before is still there.

    Raises
    ------
    Refusal
        When the disk is full or the folder cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as fault:
        raise _refusal(fault, path) from fault
    finally:
        temporary.unlink(missing_ok=True)


def _refusal(fault: OSError, path: Path) -> Exception:
    if fault.errno == errno.ENOSPC:
        return Refusal(
            f"The disk is full, so {path} was not written; what it held before is still there. "
            "Free some space, or write to a folder on another disk.",
            code="disk_full",
            file=str(path),
        )
    if fault.errno in {errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR}:
        return Refusal(
            f"{path} cannot be written ({fault.strerror}). Choose a folder you may write in.",
            code="file_not_writable",
            file=str(path),
        )
    return fault
