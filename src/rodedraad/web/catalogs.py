"""How translations become usable: each room's ``django.po`` is compiled for Django."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from rodedraad.errors import Refusal

ROOMS = Path(__file__).resolve().parent.parent


def catalog_files(folder: Path = ROOMS) -> list[Path]:
    """Return the ``django.po`` files of all rooms."""
    return sorted(folder.glob("*/locale/*/LC_MESSAGES/django.po"))


def catalogs_compile(folder: Path = ROOMS) -> list[Path]:
    """Write ``django.mo`` beside each ``django.po`` that is newer; return those written.

    Safe to call from several processes at once: a file appears whole or not at all.

    Raises
    ------
    Refusal
        When a file that is needed cannot be written.
    """
    written = []
    for source in catalog_files(folder):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        _compile(source, target)
        written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    language = source.parent.parent.name
    with source.open("rb") as file:
        catalog = read_po(file, locale=language, abort_invalid=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            write_mo(file, catalog)
        part.replace(target)
    except OSError as error:
        raise Refusal(
            f"The translations cannot be written to {target}: {error.strerror}. "
            "Start Rode Draad once as the user who installed it.",
            code="catalog_not_writable",
            path=str(target),
        ) from error
