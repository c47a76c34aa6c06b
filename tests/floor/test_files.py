"""Files are written whole or not at all."""

import errno
from pathlib import Path

import pytest

from rodedraad.errors import Refusal
from rodedraad.files import file_replace


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    with file_replace(path) as temporary:
        temporary.write_text("half")
        assert not path.exists()
    assert path.read_text() == "half"
    assert [each.name for each in path.parent.iterdir()] == ["report.html"]


def test_a_full_disk_keeps_what_was_there_and_leaves_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(Refusal, match="disk is full.*still there"), file_replace(path) as temporary:
        temporary.write_text("ne")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_a_bug_while_writing_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), file_replace(tmp_path / "x"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
