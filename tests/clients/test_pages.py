"""Are pages fetched once each, stored whole, and never mixed or half-written?"""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from rodedraad.clients import storage
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.pages import MANIFEST, PageStore, odata_next
from rodedraad.clients.refusals import (
    AddressRefused,
    DownloadNotStored,
    ServiceAnswerInvalid,
    ServiceUnreachable,
)

from .replay import Fault, Replay, odata_rows

ROWS = [{"ID": number} for number in range(25)]


@pytest.fixture
def url(replay: Replay) -> str:
    address = f"{replay.base}/rows"
    replay.routes["/rows"] = odata_rows(ROWS, address, size=10)
    return f"{address}?$format=json"


def items(fetcher: Fetcher, folder: Path, url: str, version: str | None = "v1") -> list[Any]:
    store = PageStore(folder, url, member="value", next_link=odata_next, version=version)
    return list(store.items(fetcher))


def parts(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.endswith(".part")]


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("page-*.json"))


def test_all_pages_come_in_order_and_the_next_link_is_followed_as_given(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    assert items(fetcher, tmp_path, url) == ROWS
    assert replay.requests == [
        "/rows?$format=json",
        "/rows?$format=json&$skip=10",
        "/rows?$format=json&$skip=20",
    ]


def test_a_complete_download_is_not_asked_again(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    items(fetcher, tmp_path, url)
    assert items(fetcher, tmp_path, url) == ROWS
    assert len(replay.requests) == 3


def test_after_a_dropped_connection_no_page_is_asked_twice(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    replay.faults += [Fault("skip=20", drop_after=9) for _ in range(3)]
    with pytest.raises(ServiceUnreachable, match="what was fetched is kept"):
        items(fetcher, tmp_path, url)
    first = list(replay.requests)
    assert items(fetcher, tmp_path, url) == ROWS
    assert replay.requests[len(first) :] == ["/rows?$format=json&$skip=20"]


def test_another_version_of_the_table_starts_from_nothing(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    replay.faults += [Fault("skip=20", status=500, body=b"") for _ in range(3)]
    with pytest.raises(ServiceUnreachable):
        items(fetcher, tmp_path, url, "v1")
    replay.routes["/rows"] = odata_rows([{"ID": "new"}], f"{replay.base}/rows", size=10)
    assert items(fetcher, tmp_path, url, "v2") == [{"ID": "new"}]
    assert len(pages(tmp_path)) == 1


@pytest.mark.parametrize("damage", [b"", b'{"value": [{"ID": 10}', None])
def test_a_page_that_is_half_on_disk_is_fetched_again(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str, damage: bytes | None
) -> None:
    items(fetcher, tmp_path, url)
    second = pages(tmp_path)[1]
    second.unlink() if damage is None else second.write_bytes(damage)
    replay.requests.clear()
    assert items(fetcher, tmp_path, url) == ROWS
    assert replay.requests == ["/rows?$format=json&$skip=10", "/rows?$format=json&$skip=20"]


def test_a_damaged_manifest_means_starting_again(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    items(fetcher, tmp_path, url)
    next(tmp_path.rglob(MANIFEST)).write_text("{")
    assert items(fetcher, tmp_path, url) == ROWS
    assert len(replay.requests) == 6


def test_without_version_a_complete_download_is_asked_conditionally(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    replay.headers["/rows"] = {"ETag": '"a1"', "Last-Modified": "Fri, 02 Jan 2026 00:00:00 GMT"}
    items(fetcher, tmp_path, url, None)
    assert items(fetcher, tmp_path, url, None) == ROWS
    assert len(replay.requests) == 4
    assert replay.sent_headers[-1]["if-none-match"] == '"a1"'
    assert replay.sent_headers[-1]["if-modified-since"] == "Fri, 02 Jan 2026 00:00:00 GMT"


def test_without_version_a_changed_answer_replaces_the_stored_one(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str
) -> None:
    replay.headers["/rows"] = {"ETag": '"a1"'}
    items(fetcher, tmp_path, url, None)
    replay.headers["/rows"] = {"ETag": '"a2"'}
    replay.routes["/rows"] = odata_rows([{"ID": "new"}], f"{replay.base}/rows", size=10)
    assert items(fetcher, tmp_path, url, None) == [{"ID": "new"}]


def test_a_full_disk_is_one_refusal_and_leaves_no_half_file(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def full(descriptor: int, content: bytes) -> None:
        if written:
            os.write(descriptor, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(os.write(descriptor, content))

    monkeypatch.setattr(storage, "_write", full)
    with pytest.raises(DownloadNotStored, match="no room for") as refusal:
        items(fetcher, tmp_path, url)
    assert str(tmp_path) in refusal.value.message
    assert parts(tmp_path) == []
    for path in tmp_path.rglob("*.json"):
        json.loads(path.read_bytes())
    monkeypatch.undo()
    assert items(fetcher, tmp_path, url) == ROWS


def test_a_file_that_is_replaced_in_vain_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "figures.csv"
    storage.file_store(target, b"old")

    def full(descriptor: int, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "_write", full)
    with pytest.raises(DownloadNotStored):
        storage.file_store(target, b"new and longer")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["figures.csv"]


def test_a_folder_that_cannot_be_made_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(DownloadNotStored, match="Give this user the right to write"):
        storage.file_store(tmp_path / "taken" / "page.json", b"{}")


def test_a_next_page_on_another_machine_is_not_followed(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    replay.serve("/rows", {"value": [], "odata.nextLink": "http://elsewhere.example/rows"})
    with pytest.raises(AddressRefused, match="on another machine"):
        items(fetcher, tmp_path, f"{replay.base}/rows")


def test_pages_in_a_circle_are_refused(replay: Replay, fetcher: Fetcher, tmp_path: Path) -> None:
    url = f"{replay.base}/rows"
    replay.serve("/rows", {"value": [{"ID": 1}], "odata.nextLink": url})
    with pytest.raises(ServiceAnswerInvalid, match="circle"):
        items(fetcher, tmp_path, url)
    assert len(replay.requests) == 1


@pytest.mark.parametrize("payload", [{"items": []}, [], {"value": 3}, {"value": ["text"]}, None])
def test_json_of_another_shape_is_refused_and_not_stored(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, payload: Any
) -> None:
    replay.serve("/rows", payload)
    with pytest.raises(ServiceAnswerInvalid, match="without a list of objects 'value'"):
        items(fetcher, tmp_path, f"{replay.base}/rows")
    assert pages(tmp_path) == []
