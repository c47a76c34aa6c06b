"""Do the register (TOOI), the boundaries (PDOK) and the checks say what they found?"""

from pathlib import Path
from typing import Any

import pytest

from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.checks import SERVICES, check
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.pdok import boundaries_fetch
from rodedraad.clients.refusals import ServiceAnswerInvalid, ServiceNotFound
from rodedraad.clients.tooi import register_fetch

from .replay import Fault, Replay, serve_v3
from .services import feature, register_nodes, serve_catalogue, serve_pdok, serve_tooi


def test_the_newest_edition_of_the_register_is_found(replay: Replay, fetcher: Fetcher) -> None:
    editions = {n: register_nodes(["GM0363"] * n, ["wzg_1"]) for n in (5, 6, 7, 9)}
    serve_tooi(replay, editions)
    found = register_fetch(fetcher, f"{replay.base}/tooi")
    assert (found.edition, found.n_municipalities, found.n_events) == (7, 7, 1)
    assert len(replay.requests) == 4


@pytest.mark.parametrize(
    "nodes", [{}, [], register_nodes(["GM0363"], []), register_nodes([], ["w"])]
)
def test_a_register_without_municipalities_or_events_is_refused(
    replay: Replay, fetcher: Fetcher, nodes: Any
) -> None:
    serve_tooi(replay, {5: nodes})
    with pytest.raises(ServiceAnswerInvalid, match="shape of the register changed"):
        register_fetch(fetcher, f"{replay.base}/tooi")


def test_a_register_that_moved_is_refused(replay: Replay, fetcher: Fetcher) -> None:
    with pytest.raises(ServiceNotFound):
        register_fetch(fetcher, f"{replay.base}/tooi")


def test_boundaries_of_all_pages_come_in_order_of_code(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    codes = ["GM0363", "GM0034", "GM0014", "GM1680", "GM0599"]
    serve_pdok(replay, [feature(code) for code in codes] + [feature("GM0003", 2020)])
    found = boundaries_fetch(fetcher, f"{replay.base}/pdok", 2026, folder=tmp_path)
    assert [one["properties"]["statcode"] for one in found["features"]] == sorted(codes)
    assert found["features"][0]["geometry"]["coordinates"][0][0] == [5.12346, 52.1]
    assert len(replay.requests) == 3


def test_a_year_without_boundaries_is_refused(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    serve_pdok(replay, [feature("GM0363")])
    with pytest.raises(ServiceNotFound, match="no municipal boundaries for 2031"):
        boundaries_fetch(fetcher, f"{replay.base}/pdok", 2031, folder=tmp_path)


@pytest.mark.parametrize(
    ("features", "why"),
    [
        ([feature("GM0363"), feature("GM0363")], "holds GM0363 twice"),
        ([feature("PV27")], "without a code of a municipality"),
        ([feature("GM0363", geometry=None)], "GM0363 without a surface"),
        ([feature("GM0363", geometry={"type": "Point", "coordinates": [5, 52]})], "a surface"),
        ([feature("GM0363", geometry={"type": "Polygon"})], "without whole coordinates"),
    ],
)
def test_boundaries_that_cannot_be_right_are_refused(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, features: list[Any], why: str
) -> None:
    serve_pdok(replay, features)
    with pytest.raises(ServiceAnswerInvalid, match=why):
        boundaries_fetch(fetcher, f"{replay.base}/pdok", 2026, folder=tmp_path)


def test_boundaries_of_another_year_are_refused(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    path = "/pdok/collections/gemeente_gegeneraliseerd/items"
    replay.serve(path, {"features": [feature("GM0363", 2019)]})
    with pytest.raises(ServiceAnswerInvalid, match="GM0363 of 2019 instead of 2026"):
        boundaries_fetch(fetcher, f"{replay.base}/pdok", 2026, folder=tmp_path)


def test_check_proves_every_service_and_names_the_one_that_fails(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    table = serve_v3(replay)
    replay.serve("/ODataFeed/odata/70072ned/TableInfos", {"value": table["TableInfos"]})
    serve_catalogue(replay, "/third", {"Gemeenten 2025": "45071NED"})
    serve_tooi(replay, {5: register_nodes(["GM0363"], ["wzg_1"])})
    serve_pdok(replay, [])
    base = replay.base
    place = ServiceAddresses(base, f"{base}/third", f"{base}/v4", f"{base}/tooi", f"{base}/pdok")
    found = {one: check(one, fetcher=fetcher, folder=tmp_path, addresses=place) for one in SERVICES}
    assert {name for name, one in found.items() if not one.answers} == {"cbs-v4"}
    assert "Check the name of the table" in found["cbs-v4"].detail
    assert "changed 2021-03-26" in found["cbs-v3"].detail
    replay.faults.append(Fault("/pdok", body=b"<html>"))
    assert not check("pdok", fetcher=fetcher, folder=tmp_path, addresses=place).answers
