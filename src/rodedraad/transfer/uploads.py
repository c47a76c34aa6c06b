"""Where is a file that came in until its job is done, and a bundle until it is fetched?"""

import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from rodedraad.errors import Refusal
from rodedraad.home import home_folder

UPLOADS, BUNDLES = "transfer/uploads", "transfer/bundles"
DAYS_KEPT = 7


def upload_keep(chunks: Iterable[bytes]) -> str:
    """Keep an uploaded file until its job is done, and return its key; old ones go."""
    key = str(uuid4())
    with (_swept(UPLOADS) / key).open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return key


def upload_path(key: str) -> Path:
    """Return where an uploaded file lies.

    Raises
    ------
    Refusal
        ``upload_gone`` when it lies there no more.
    """
    path = home_folder() / UPLOADS / str(UUID(key))
    if not path.exists():
        raise Refusal(
            "The file is not on the server any more. Choose it again.", code="upload_gone"
        )
    return path


def bundle_path(key: str) -> Path:
    """Return where a bundle with this key lies, or will lie; old ones go."""
    return _swept(BUNDLES) / str(UUID(key))


def _swept(name: str) -> Path:
    """Return a folder, without the files that are older than a week."""
    folder = home_folder() / name
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - DAYS_KEPT * 86_400:
            path.unlink(missing_ok=True)
    return folder
