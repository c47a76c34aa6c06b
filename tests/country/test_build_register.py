"""Are lives and events read from the register, and contradictions in it refused?"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rodedraad.country.build import register
from rodedraad.country.build.reading import SourceBroken, SourceFolder
from rodedraad.country.build.sources import PublishedFile

ID = "https://identifier.overheid.nl/tooi/id/gemeente/"
ONT = "https://identifier.overheid.nl/tooi/def/ont/"
PROV = "http://www.w3.org/ns/prov#"
Nodes = list[dict[str, Any]]


def municipality(code: str, begin: str | None = None, end: str | None = None) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": f"{ID}gm{code}",
        "@type": [f"{ONT}Gemeente"],
        f"{ONT}gemeentecode": [{"@value": code}],
        f"{ONT}officieleNaamExclSoort": [{"@value": f"Stad {code}"}],
        f"{ONT}ligtInProvincie": [{"@id": f"{ID}pv20"}],
    }
    if begin:
        node[f"{ONT}begindatum"] = [{"@value": begin}]
    if end:
        node[f"{ONT}einddatum"] = [{"@value": end}]
    return node


def event(key: str, kind: str, when: str, old: list[str], **into: list[str]) -> dict[str, Any]:
    return {
        "@id": f"{ID}{key}",
        "@type": [f"{ONT}{kind}"],
        f"{ONT}tijdstipWijziging": [{"@value": f"{when}T00:00:00+01:00"}],
        f"{PROV}invalidated": [{"@id": f"{ID}gm{code}"} for code in old],
        **{PROV + name: [{"@id": f"{ID}gm{code}"} for code in to] for name, to in into.items()},
    }


def nodes() -> Nodes:
    """A was divided over B, which goes on, and C, which is new; D only got another code, E."""
    return [
        municipality("0001", end="2009-12-31"),
        municipality("0002"),
        municipality("0003", begin="2010-01-01"),
        municipality("0004", end="2011-06-30"),
        municipality("0005", begin="2011-07-01"),
        event("wzg_1", "Uitbreiding", "2010-01-01", ["0001"], used=["0002"]),
        event("wzg_2", "Samenvoeging", "2010-01-01", ["0001"], generated=["0003"]),
        event("wzg_3", "Herschikking", "2011-07-01", ["0004"], generated=["0005"]),
    ]


def read(tmp_path: Path, published: Nodes) -> SourceFolder:
    (tmp_path / "tooi.json").write_text(json.dumps(published), encoding="utf-8")
    file = PublishedFile("tooi", "tooi.json", len(published), "", "")
    return SourceFolder(tmp_path, {"tooi": file})


def test_lives_and_events_are_read_with_their_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "EVENTS", 3)
    sources = read(tmp_path, nodes())
    lives = register.municipalities_build(sources)
    assert lives.select("code", "begin_date", "end_date", "province").row(0) == (
        "GM0001",
        None,
        date(2009, 12, 31),
        "Groningen",
    )
    events = register.events_build(sources, lives)
    columns = ("event_id", "kind", "from_code", "to_code", "partial", "share")
    assert events.select(columns).rows() == [
        ("wzg_1", "enlargement", "GM0001", "GM0002", True, None),
        ("wzg_2", "merger", "GM0001", "GM0003", True, None),
        ("wzg_3", "recoding", "GM0004", "GM0005", False, 1.0),
    ]
    assert events["source_row"].to_list() == [f"{ID}wzg_{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda published: published.pop(7), "GM0004 on 2011-07-01"),
        (lambda published: published.pop(6), "GM0003 on 2010-01-01"),
        (lambda published: published.append(municipality("0009", end="2012-04-30")), "GM0009"),
        (
            lambda published: published.append(
                event("wzg_4", "Uitbreiding", "2013-01-01", ["0002"], used=["0003"])
            ),
            "GM0002 on 2013-01-01",
        ),
    ],
)
def test_a_register_that_contradicts_itself_is_refused(
    tmp_path: Path, change: Callable[[Nodes], object], said: str
) -> None:
    published = nodes()
    change(published)
    sources = read(tmp_path, published)
    with pytest.raises(SourceBroken, match=f"tells of {said}"):
        register.events_build(sources, register.municipalities_build(sources))


def test_another_number_of_events_is_refused(tmp_path: Path) -> None:
    sources = read(tmp_path, nodes())
    with pytest.raises(SourceBroken, match="3 change events, expected 128"):
        register.events_build(sources, register.municipalities_build(sources))
