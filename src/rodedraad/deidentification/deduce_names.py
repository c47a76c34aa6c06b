"""Which names of persons does deduce find in Dutch text?"""

import logging
import os
import shutil
import tempfile
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rodedraad.home import home_folder
from rodedraad.methods.deidentify import Span
from rodedraad.methods.deidentify.names import names_apart

log = logging.getLogger(__name__)

# What deduce calls a person. Its places are left out: municipalities are what a study is about.
PERSON_TAGS = frozenset({"persoon", "patient"})
FOLDER = "deduce"


def deduce_label() -> str:
    """Name deduce with its version."""
    return f"deduce {_version()}"


def deduce_is_built() -> bool:
    """Tell whether the word lists of deduce were made ready here; else that takes minutes."""
    return _folder().is_dir()


def names_by_deduce(text: str) -> tuple[Span, ...]:
    """The names of persons that deduce finds, for ``recognise(found_elsewhere=...)``.

    The first time on an installation its word lists are made ready, which takes minutes; after
    that some ten seconds once per process. So it is for workers, not for pages.
    """
    spans: list[Span] = []
    for found in deduce_warm().deidentify(text).annotations:
        if found.tag in PERSON_TAGS:
            for start, end in names_apart(text, found.start_char, found.end_char):
                spans.append(Span("person", start, end, text[start:end], "likely", "deduce"))
    return tuple(sorted(spans, key=lambda span: span.start))


def deduce_works() -> bool:
    """Load deduce, once per process, and tell whether that worked; a fault is logged once."""
    return _loaded() is not None


def deduce_warm() -> Any:
    """Return deduce, loaded. Raises ``LookupError`` when it cannot be loaded."""
    loaded = _loaded()
    if loaded is None:
        raise LookupError("deduce could not be loaded; see the log.")
    return loaded


@lru_cache(maxsize=1)
def _loaded() -> Any:
    try:
        return _load(_folder())
    except Exception:
        log.exception("deduce could not be loaded: only our own rules look for people.")
        return None


def _load(folder: Path) -> Any:
    made_by = import_module("deduce").Deduce  # it may be missing or broken, and takes a second
    if folder.is_dir():
        return made_by(cache_path=folder)
    # deduce reads what it made as Python objects: nobody else may write there, and it is whole.
    made = Path(tempfile.mkdtemp(prefix=f"{FOLDER}-", dir=home_folder()))
    try:
        loaded = made_by(cache_path=made)
        os.replace(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        if not folder.is_dir():
            raise
        return made_by(cache_path=folder)
    return loaded


def _folder() -> Path:
    return home_folder() / f"{FOLDER}-{_version()}"


def _version() -> str:
    try:
        return version("deduce")
    except PackageNotFoundError:
        return "missing"
