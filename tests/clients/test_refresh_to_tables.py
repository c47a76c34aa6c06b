"""Do fetched figures get into the tables in use, with their source, or does all stay as it was?"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rodedraad.clients.fetch import Fetcher
from rodedraad.country.build import Laid, country_add
from rodedraad.country.build.reading import SourceBroken, SourceMissing
from rodedraad.country.current import BUILT, current_country, tables_in_use
from rodedraad.country.history import country_tables
from rodedraad.country.tables import CARRIED, SCHEMAS, SOURCES_FILE, sources_read, table_read

from .published import register_published, tables_before
from .replay import Fault, Replay
from .services import serve_everything, serve_population, serve_tooi
from .test_refresh import Run

YEAR = 2020


class Site(Run):
    """An installation whose tables lack 2020, and services that have it."""

    def __init__(self, replay: Replay, fetcher: Fetcher, folder: Path) -> None:
        serve_everything(replay)
        nodes = register_published()
        serve_tooi(replay, {5: nodes, 6: nodes})
        super().__init__(replay, fetcher, folder)
        self.tables = folder / "before"
        self.out = folder / BUILT
        self.lines: list[str] = []
        tables_before(self.tables, YEAR)

    def add(self, base: Path | None = None) -> dict[str, Laid]:
        found = country_add(self.source, base or self.tables, self.out, report=self.lines.append)
        return {each.source: each for each in found}

    def refused(self, said: str, kind: type[Exception] = SourceBroken) -> None:
        """The addition is refused once, and the tables that were there are as they were."""
        self.out.mkdir()
        (self.out / "old").write_text("old", encoding="utf-8")
        with pytest.raises(kind, match=said):
            self.add()
        assert [path.name for path in self.out.iterdir()] == ["old"]
        assert self.lines == []
        assert not [path for path in self.out.parent.iterdir() if path.name.startswith(".")]


@pytest.fixture
def site(replay: Replay, fetcher: Fetcher, home: Path) -> Site:
    return Site(replay, fetcher, home)


def values(folder: Path, name: str, *columns: str) -> pl.DataFrame:
    frame = table_read(name, folder).filter(pl.col("year") == YEAR)
    return frame.select(columns).sort(columns)


def test_refreshed_figures_are_those_that_are_carried_for_that_year(site: Site) -> None:
    """Second source: the carried figures of 2020 come from another download of the same table."""
    assert site().failed == ()
    laid = site.add()
    columns = ("code", "key", "value", "status")
    assert values(site.out, "figures", *columns).equals(values(CARRIED, "figures", *columns))
    named = [name for name in SCHEMAS["indicators"] if name != "source"]
    assert values(site.out, "indicators", *named).equals(values(CARRIED, "indicators", *named))
    assert (laid["indicators_2020"].new, laid["indicators_2020"].changed) == (24 * 355, 0)
    assert (laid["population_2020"].new, laid["iv3_2020"].new) == (355, 2)
    for part in ("municipalities", "events"):
        found = laid[f"tooi ({part})"]
        assert (found.new, found.changed, found.gone) == (0, 0, 0)


def test_what_has_no_figures_is_left_out_by_name(site: Site) -> None:
    site()
    notes = site.add()["indicators_2020"].notes
    assert "left out: wmo_clients_per_1000: published without figures so far" in notes
    assert any("no column 'Gemiddelde WOZ-waarde van woningen'" in note for note in notes)
    assert set(notes) <= {line.strip() for line in site.lines}


def test_the_site_answers_with_the_new_figures(site: Site) -> None:
    assert tables_in_use() == CARRIED
    site()
    site.add()
    assert tables_in_use() == site.out
    country = current_country()
    assert country.folder == site.out
    population = country.table("population").filter(pl.col("year") == YEAR)
    assert population["inhabitants"].sum() == 17_407_585
    amsterdam = country.table("spending").filter(
        pl.col("year") == YEAR, pl.col("code") == "GM0363", pl.col("taakveld") == "6.71"
    )
    assert amsterdam["amount_keur"].to_list() == [50.0]
    assert amsterdam["source"].to_list() == ["iv3_2020"]


def test_every_new_row_is_found_back_in_a_listed_source(site: Site) -> None:
    site()
    site.add()
    sources = sources_read(site.out)
    used = {name for table in SCHEMAS for name in table_read(table, site.out)["source"].unique()}
    assert set(sources) == used
    figures = sources["indicators_2020"]
    assert figures.publisher == "Centraal Bureau voor de Statistiek"
    assert figures.licence == "CC BY 4.0"
    assert (figures.published, figures.rows) == ("2021-03-26", 355)
    assert figures.attribution == "Bron: CBS (CC BY 4.0)"
    assert sources["tooi"].title_en == "TOOI value list of municipalities, version 6"
    row = (
        table_read("population", site.out)
        .filter(pl.col("source") == "population_2020")
        .row(200, named=True)
    )
    published = (site.source / str(sources["population_2020"].file)).read_text().splitlines()
    line = published[int(row["source_row"]) - 1]
    assert line == f"2020,{row['code']},{row['inhabitants']}"


def test_adding_the_same_files_again_changes_nothing(site: Site) -> None:
    site()
    site.add()
    before = {path.name: path.read_bytes() for path in site.out.iterdir()}
    again = site.add(site.out)
    assert {path.name: path.read_bytes() for path in site.out.iterdir()} == before
    assert {(each.new, each.changed, each.gone) for each in again.values()} == {(0, 0, 0)}


def test_a_figure_that_changed_is_replaced_and_counted(site: Site) -> None:
    """84799NED counts two people in Laren (GM0417) whom the carried series has in Blaricum."""
    site("population")
    laid = site.add(CARRIED)["population_2020"]
    assert (laid.new, laid.changed, laid.gone) == (0, 2, 0)
    assert "population_2020: 0 new rows, 2 changed (the newer value is kept)" in site.lines
    was, now = (
        dict(values(folder, "population", "code", "inhabitants").iter_rows())
        for folder in (CARRIED, site.out)
    )
    assert {code: now[code] - was[code] for code in now if now[code] != was[code]} == {
        "GM0376": -2, "GM0417": 2
    }  # fmt: skip
    for name in set(SCHEMAS) - {"population"}:
        assert table_read(name, site.out).equals(table_read(name)), name


def test_what_an_earlier_edition_of_the_same_source_gave_goes_when_the_newer_does_not(
    site: Site,
) -> None:
    site("indicators")
    site.add()
    path = "/ODataFeed/odata/84799NED/DataProperties"
    listed = site.replay.routes[path]({})["value"]
    kept = [one for one in listed if one["Key"] != "GemiddeldeHuishoudensgrootte_32"]
    site.replay.serve(path, {"value": kept})
    path = "/ODataFeed/odata/84799NED/TableInfos"
    (info,) = site.replay.routes[path]({})["value"]
    site.replay.serve(path, {"value": [info | {"Modified": "2021-06-30T02:00:00"}]})
    site("indicators")
    laid = site.add(site.out)["indicators_2020"]
    assert (laid.new, laid.changed, laid.gone) == (0, 0, 355)
    assert any("355 no longer published (taken out)" in line for line in site.lines)
    for name in ("figures", "indicators"):
        assert "household_size" not in set(values(site.out, name, "key")["key"])
    assert sources_read(site.out)["indicators_2020"].published == "2021-06-30"


def test_boundaries_of_another_year_end_where_the_next_set_begins(site: Site) -> None:
    site("boundaries")
    assert site.add(CARRIED)["boundaries_2020"].new == 355
    drawn = table_read("boundaries", site.out)
    mine = drawn.filter(pl.col("base_set") == YEAR)
    assert mine["valid_from"].unique().to_list() == [date(2020, 1, 1)]
    assert mine["valid_to"].unique().to_list() == [date(2020, 12, 31)]
    for year in (2019, 2020, 2021, 2026):
        when = date(year, 7, 1)
        on = drawn.filter(
            pl.col("valid_from") <= when, pl.col("valid_to").fill_null(date.max) >= when
        )
        expected = [each.code for each in country_tables().municipalities_on(when)]
        assert sorted(on["code"]) == expected


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content[: len(content) // 2], "half-written or not the one"),
        (lambda content: content.replace(b"17", b"18"), "half-written or not the one"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(
    site: Site, damage: Callable[[bytes], bytes], said: str
) -> None:
    site()
    path = site.source / "register/population_2020.csv"
    path.write_bytes(damage(path.read_bytes()))
    site.refused(said)


def test_a_file_that_is_gone_and_a_list_that_is_not_whole_are_refused(site: Site) -> None:
    site("population")
    (site.source / "register/population_2020.csv").unlink()
    site.refused(r"population_2020\.csv is missing.*country refresh", SourceMissing)


def test_a_half_written_list_of_files_is_refused(site: Site) -> None:
    site("population")
    path = site.source / SOURCES_FILE
    path.write_bytes(path.read_bytes()[:-30])
    site.refused("not a whole list of what was fetched.*country refresh")


def test_a_folder_to_which_nothing_was_fetched_is_refused(site: Site) -> None:
    site.refused(r"no sources\.json in .*names at its end", SourceMissing)


def test_a_connection_that_drops_leaves_nothing_to_add(site: Site) -> None:
    site.replay.faults += [Fault("70072ned/TypedDataSet", drop_after=99) for _ in range(9)]
    assert [part.name for part in site("population").failed] == ["population"]
    site.refused(r"no sources\.json", SourceMissing)


def test_a_table_without_the_column_that_we_need_leaves_nothing_to_add(site: Site) -> None:
    path = "/ODataFeed/odata/70072ned/DataProperties"
    listed = site.replay.routes[path]({})["value"]
    site.replay.serve(path, {"value": listed[:-1]})
    (failed,) = site("population").failed
    assert "no column 'Totale bevolking'" in (failed.failure or "")
    site.refused(r"no sources\.json", SourceMissing)


def test_key_figures_without_inhabitants_are_refused(site: Site) -> None:
    path = "/ODataFeed/odata/84799NED/DataProperties"
    listed = site.replay.routes[path]({})["value"]
    kept = [one for one in listed if one["Key"] != "AantalInwoners_5"]
    site.replay.serve(path, {"value": kept})
    site("indicators")
    site.refused("does not give the number of inhabitants.*country refresh")


def test_a_share_that_becomes_a_number_is_left_out(site: Site) -> None:
    path = "/ODataFeed/odata/84799NED/DataProperties"
    listed = site.replay.routes[path]({})["value"]
    units = {"GemiddeldeHuishoudensgrootte_32": "%"}
    changed = [one | {"Unit": units.get(one["Key"], "")} for one in listed]
    site.replay.serve(path, {"value": changed})
    site("indicators")
    notes = site.add()["indicators_2020"].notes
    assert "left out: household_size: column GemiddeldeHuishoudensgrootte_32 counts in '%' now" in (
        notes
    )


def test_figures_of_municipalities_that_the_register_lacks_are_refused(site: Site) -> None:
    serve_population(site.replay, [2021])
    site("population", years=(2021,))
    site.refused("does not hold the 352 municipalities of 2021: GM0003")


def test_a_register_that_lost_a_municipality_is_refused(site: Site) -> None:
    nodes = register_published()
    gone = next(i for i, node in enumerate(nodes) if node["@id"].endswith("gm0363"))
    serve_tooi(site.replay, {5: nodes, 6: nodes[:gone] + nodes[gone + 1 :]})
    site("register")
    site.refused("lacks municipalities that were in it: GM0363")


def test_a_file_of_an_unknown_kind_is_refused(site: Site) -> None:
    site("population")
    path = site.source / SOURCES_FILE
    listed = json.loads(path.read_text())
    path.write_text(json.dumps([listed[0] | {"key": "weather_2020"}]))
    site.refused("of a kind .weather_2020. that cannot be added")
