"""How does a file get onto the disk whole or not at all?"""

import errno
import os
import tempfile
from pathlib import Path

from rodedraad.clients.refusals import DownloadNotStored


def file_store(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` under a temporary name, then rename it into place.

    Whoever reads ``path`` sees the old file or the whole new one. Raises ``DownloadNotStored``
    when the disk is full or may not be written; the temporary file is gone then.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            _write(stream.fileno(), content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as fault:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise _refusal(path, len(content), fault) from fault


def _write(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


def _refusal(path: Path, size: int, fault: OSError) -> DownloadNotStored:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        message = (
            f"There is no room for {size:,} bytes in {path.parent}. Free space there, or choose "
            "another folder, and start again: the pages that are complete are not fetched twice."
        )
    else:
        message = (
            f"{path} cannot be written ({fault.strerror or fault}). Give this user the right to "
            "write there, or choose another folder."
        )
    return DownloadNotStored(message, file=str(path), bytes=size)
