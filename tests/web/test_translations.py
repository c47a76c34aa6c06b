"""Whether every text has a Dutch translation."""

import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override
from extraction import texts_of_room

from rodedraad.web.catalogs import ROOMS, catalog_files, catalogs_compile

ROOM_FOLDERS = sorted(
    path for path in ROOMS.iterdir() if (path / "__init__.py").exists() and path.name != "locale"
)


def dutch(room: Path) -> Catalog:
    path = room / "locale/nl/LC_MESSAGES/django.po"
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


@pytest.mark.parametrize("room", ROOM_FOLDERS, ids=lambda room: room.name)
def test_every_text_of_the_room_has_a_dutch_translation(room: Path) -> None:
    catalog = dutch(room)
    missing = []
    for (context, text), place in texts_of_room(room).items():
        entry = catalog.get(text, context)
        done = entry and not entry.fuzzy and entry.string and all(_forms(entry.string))
        if not done:
            missing.append(f"{place}: {text}")
    assert not missing, f"add to {room.name}/locale/nl/LC_MESSAGES/django.po"


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


@pytest.mark.parametrize("path", catalog_files(), ids=lambda path: path.parts[-5])
def test_translations_keep_the_placeholders_of_their_text(path: Path) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, locale="nl")
    wrong = [(entry.id, str(fault)) for entry in catalog for fault in entry.check(catalog)]
    assert not wrong


def test_dutch_is_in_force_after_the_start() -> None:
    with override("nl"):
        assert gettext("Sign in") == "Inloggen"


def test_a_catalog_is_compiled_when_it_is_newer_and_left_alone_otherwise(tmp_path: Path) -> None:
    source = tmp_path / "room/locale/nl/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Studies"\nmsgstr "Onderzoeken"\n')
    target = source.with_suffix(".mo")

    assert catalogs_compile(tmp_path) == [target]
    assert b"Onderzoeken" in target.read_bytes()
    assert catalogs_compile(tmp_path) == []

    os.utime(source, ns=(target.stat().st_mtime_ns + 1, target.stat().st_mtime_ns + 1))
    assert catalogs_compile(tmp_path) == [target]


def test_a_text_means_the_same_in_every_room() -> None:
    """Django merges the catalogs of all rooms: the first room would win without a word."""
    seen: dict[object, object] = {}
    for path in catalog_files():
        with path.open("rb") as file:
            for entry in read_po(file, locale="nl"):
                if entry.id:
                    key = (entry.context, entry.id)
                    assert seen.setdefault(key, entry.string) == entry.string, (path, entry.id)
