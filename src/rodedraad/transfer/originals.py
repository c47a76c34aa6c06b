"""How do the original files of a whole import come into the store, or leave no trace?

Which files are on their way stands in a note beside the store, held by a lock for as long as the
process lives. When that dies, the next who comes finds the note without its lock, and removes the
files that no source names.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from rodedraad.home import home_folder
from rodedraad.sources.models import Source
from rodedraad.sources.store import original_keep, original_path

FOLDER = "transfer"


class Originals:
    """Keeps files that go with one transaction; what was new is removed when that fails."""

    def __init__(self, note: IO[str]) -> None:
        self._note = note
        self._new: list[str] = []

    def keep(self, content: bytes) -> str:
        """Keep bytes under their SHA-256 and return that."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not original_path(sha256).exists():
            self._note.write(f"{sha256}\n")
            self._note.flush()
            self._new.append(sha256)
            original_keep(content)
        return sha256

    @property
    def new(self) -> tuple[str, ...]:
        """What was not in the store before."""
        return tuple(self._new)


@contextmanager
def originals_with() -> Iterator[Originals]:
    """Give the store for one transaction, which must lie within; also clean up after the dead."""
    folder = home_folder() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _dead_clean(folder)
    path = folder / f"{uuid4()}.files"
    with path.open("w", encoding="ascii") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        originals = Originals(note)
        try:
            yield originals
        except BaseException:
            _remove(originals.new)
            raise
        finally:
            path.unlink(missing_ok=True)


def _dead_clean(folder: Path) -> None:
    """Remove what a process left behind that was ended in the middle."""
    for path in folder.glob("*.files"):
        with _opened(path) as note:
            if note is None:
                continue
            try:
                fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            _remove(tuple(line.strip() for line in note if len(line.strip()) == 64))
            path.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        file = path.open(encoding="ascii")
    except FileNotFoundError:
        yield None
        return
    with file:
        yield file


def _remove(sha256s: tuple[str, ...]) -> None:
    used = set(Source.objects.filter(sha256__in=sha256s).values_list("sha256", flat=True))
    for sha256 in sha256s:
        if sha256 not in used:
            path = original_path(sha256)
            path.unlink(missing_ok=True)
            for part in path.parent.glob(f".{path.name}.*.part"):
                os.unlink(part)
