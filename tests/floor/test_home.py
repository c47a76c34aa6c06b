"""The data folder: made when absent, private, and refused when it cannot be used."""

import shutil
import stat
import threading
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rodedraad.errors import Refusal
from rodedraad.home import home_folder, require_disk_space, secret_text

Usage = namedtuple("Usage", "total used free")


def test_the_folder_is_made_and_only_its_owner_can_look_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RODEDRAAD_HOME", str(tmp_path / "a" / "b"))
    assert stat.S_IMODE(home_folder().stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_refused_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RODEDRAAD_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(Refusal, match="cannot be made: .*Set RODEDRAAD_HOME"):
        home_folder()


def test_too_little_room_is_refused_before_work_starts(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 5 * 2**20))
    with pytest.raises(Refusal, match="5 MB free.*500 MB are needed"):
        require_disk_space(home)


def test_a_secret_is_made_once_and_private(home: Path) -> None:
    assert len(secret_text("key")) >= 48
    assert secret_text("key") == secret_text("key")
    assert stat.S_IMODE((home / "key").stat().st_mode) == 0o600


def test_whoever_asks_at_once_gets_the_same_whole_secret(home: Path) -> None:
    """A secret that is read while it is written is empty, and what it signs opens to anyone."""
    start = threading.Barrier(16)

    def asked(_: int) -> str:
        start.wait()
        return secret_text("key")

    for _ in range(20):
        (home / "key").unlink(missing_ok=True)
        with ThreadPoolExecutor(16) as threads:
            told = set(threads.map(asked, range(16)))
        assert len(told) == 1
        assert len(told.pop()) >= 48
    assert sorted(path.name for path in home.iterdir()) == ["key"]
