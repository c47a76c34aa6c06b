"""Do the commands about the country do what they say, with one message and the right exit code?"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clients.replay import Replay
from clients.services import forget, serve_everything
from rodedraad import cli
from rodedraad.clients.fetch import Fetcher
from rodedraad.country.current import BUILT, current_country
from rodedraad.country.tables import CARRIED, table_read
from rodedraad.errors import Refusal


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """Every service on this machine, through the same variables that a person would set."""
    replay = Replay()
    serve_everything(replay)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name, path in (
        ("CBS_V3", ""), ("CBS_V3_THIRD_PARTY", "/third"), ("CBS_V4", "/v4"),
        ("TOOI", "/tooi"), ("PDOK", "/pdok"),
    ):  # fmt: skip
        monkeypatch.setenv(f"RODEDRAAD_{name}", replay.base + path)
    monkeypatch.setitem(Fetcher.__init__.__kwdefaults__, "sleep", lambda _: None)
    yield replay
    replay.close()


@pytest.fixture
def site(home: Path, services: Replay) -> Path:
    """A data folder whose tables have no inhabitants after 2019."""
    shutil.copytree(CARRIED, home / BUILT)
    path = home / BUILT / "population.parquet"
    population = table_read("population", home / BUILT)
    population.filter(population["year"] < 2020).write_parquet(path)
    return home


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.commands, ["country", *arguments])


def run_main(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["rodedraad", "country", *arguments])
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_refresh_then_build_add_brings_a_new_year_into_the_site(site: Path) -> None:
    fetched = run("refresh", "--only", "population")
    assert fetched.exit_code == 0
    last = fetched.output.splitlines()[-1]
    assert last == (
        f"Put it into the site with: rodedraad country build --add {site / 'fetched' / 'source'}"
    )
    added = run(*last.partition("rodedraad country ")[2].split())
    assert added.exit_code == 0, added.output
    assert added.output.splitlines() == [
        "population_2020: 355 new rows",
        f"Built in {site / BUILT}. The site uses the tables of the data folder when it restarts.",
    ]
    population = current_country().table("population")
    assert population.filter(population["year"] == 2020)["inhabitants"].sum() == 17_407_585


def test_a_refresh_tells_its_notes_and_what_lacks(site: Path) -> None:
    said = run("refresh", "--only", "population").output
    assert said.count("2020: 355 municipalities, 17,407,585") == 1
    assert said.count("2021: no figures yet in 70072ned") == 1


def test_a_part_that_fails_ends_with_code_2_and_its_reason_once(
    site: Path,
    services: Replay,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    forget(services, "/ODataFeed/odata/70072ned/DataProperties")
    code = run_main("refresh", "--only", "population", monkeypatch=monkeypatch)
    out, err = capsys.readouterr()
    assert code == 2
    assert out.count("population: failed.") == 1
    assert err.startswith("rodedraad: Not fetched: population. The reasons stand above.")
    assert "Traceback" not in out + err
    assert "build --add" not in out


def test_a_refused_addition_ends_with_code_2_and_leaves_the_tables(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (site / BUILT).iterdir()}
    run("refresh", "--only", "population")
    source = site / "fetched" / "source"
    path = source / "register" / "population_2020.csv"
    path.write_bytes(path.read_bytes()[:1000])
    code = run_main("build", "--add", str(source), monkeypatch=monkeypatch)
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.count("half-written") == 1
    assert {path: path.read_bytes() for path in (site / BUILT).iterdir()} == before


@pytest.mark.parametrize("arguments", [(), ("--from", "a", "--add", "b")])
def test_build_wants_one_folder(home: Path, arguments: tuple[str, ...]) -> None:
    found = run("build", *arguments)
    assert found.exit_code == 2
    assert "Give either --from DIR or --add DIR." in found.output
    assert not (home / BUILT).exists()


def test_a_build_from_an_empty_folder_is_refused(home: Path) -> None:
    found = run("build", "--from", str(home / "nothing"))
    assert isinstance(found.exception, Refusal)
    assert "tooi_municipalities_v5.json is missing" in found.exception.message
    assert not (home / BUILT).exists()


def test_an_unknown_part_is_refused_with_the_known_ones(home: Path, services: Replay) -> None:
    found = run("refresh", "--only", "weather")
    assert isinstance(found.exception, Refusal)
    assert "no part weather to refresh; the parts are register" in found.exception.message
    assert services.requests == []


def test_check_asks_every_service_and_keeps_nothing(home: Path, services: Replay) -> None:
    services.serve("/v4/70072ned/Properties", {"Identifier": "70072ned", "Title": "Kerncijfers"})
    found = run("refresh", "--check")
    assert found.exit_code == 0, found.output
    told = [line.partition(" (")[0] for line in found.output.splitlines()]
    assert told == ["cbs-v3", "cbs-v3-third-party", "cbs-v4", "tooi", "pdok"]
    assert found.output.count("): answers. ") == 5
    assert list(home.iterdir()) == []


def test_check_names_the_service_that_does_not_answer(
    services: Replay,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    services.serve("/v4/70072ned/Properties", {"Identifier": "70072ned", "Title": "Kerncijfers"})
    forget(services, "/pdok/collections/gemeente_gegeneraliseerd")
    code = run_main("refresh", "--check", monkeypatch=monkeypatch)
    out, err = capsys.readouterr()
    assert code == 2
    assert out.count("does not answer") == 1
    assert "No usable answer from pdok." in err
