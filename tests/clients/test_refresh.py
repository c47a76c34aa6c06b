"""Does a refresh fetch what is newer, say what is new, missing or failed, and write whole files?"""

import csv
import errno
import gzip
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rodedraad.clients import storage
from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.refusals import DownloadNotStored
from rodedraad.country.refresh import PARTS, PartReport, RefreshReport, country_refresh
from rodedraad.country.tables import CARRIED
from rodedraad.errors import Refusal

from .replay import Fault, Replay
from .services import forget, known_tables, serve_everything, serve_population


class Run:
    """One installation that refreshes against the replay."""

    def __init__(self, replay: Replay, fetcher: Fetcher, folder: Path) -> None:
        base = replay.base
        self.replay = replay
        self.fetcher = fetcher
        self.cache = folder / "cache"
        self.source = self.cache / "source"
        self.tables = folder / "tables"
        self.said: list[str] = []
        known_tables(self.tables)
        self.addresses = ServiceAddresses(
            base, f"{base}/third", f"{base}/v4", f"{base}/tooi", f"{base}/pdok"
        )

    def __call__(self, *what: str, years: tuple[int, ...] = (2020,)) -> RefreshReport:
        return country_refresh(
            self.cache,
            what=set(what) or None,
            report=self.said.append,
            years=years,
            addresses=self.addresses,
            fetcher=self.fetcher,
            tables=self.tables,
            today=date(2020, 12, 31),
        )

    def part(self, name: str, **options: Any) -> PartReport:
        (found,) = self(name, **options).parts
        return found


@pytest.fixture
def run(replay: Replay, fetcher: Fetcher, tmp_path: Path) -> Run:
    serve_everything(replay)
    return Run(replay, fetcher, tmp_path)


def test_every_part_is_fetched_and_lies_in_the_layout_of_published_files(run: Run) -> None:
    result = run()
    assert [part.name for part in result.parts] == list(PARTS)
    assert result.failed == ()
    found = {str(path.relative_to(run.source)) for path in run.source.rglob("*") if path.is_file()}
    assert found == {
        "register/tooi_municipalities_v6.json",
        "register/population_2020.csv",
        "cbs/cbs.v3.84799NED_TypedDataSet.parquet",
        "cbs/cbs.v3.84799NED_columns.json",
        "cbs/iv3_social_domain_2020.csv.gz",
        "boundaries/municipalities_2020.geojson",
        "sources.json",
    }
    assert str(result).endswith(f"Files in {run.source}")


def test_a_second_refresh_asks_no_page_of_figures_again_and_changes_no_file(run: Run) -> None:
    run()
    before = {path: path.read_bytes() for path in run.source.rglob("*") if path.is_file()}
    asked = len(run.replay.asked("TypedDataSet"))
    result = run()
    assert len(run.replay.asked("TypedDataSet")) == asked
    assert {path: path.read_bytes() for path in before} == before
    indicators = next(part for part in result.parts if part.name == "indicators")
    assert (indicators.state, indicators.new, indicators.changed) == ("unchanged", 0, 0)


def test_population_counts_new_and_changed_rows_against_the_country_tables(run: Run) -> None:
    part = run.part("population")
    assert (part.rows, part.new, part.changed) == (355, 255, 1)
    rows = list(csv.DictReader((run.source / part.files[0]).open(encoding="utf-8")))
    assert list(rows[0]) == ["year", "gm_code", "inhabitants"]
    assert sum(int(row["inhabitants"]) for row in rows) == 17_407_585
    assert "GM0005" not in {row["gm_code"] for row in rows}


def test_without_years_population_is_asked_from_the_last_year_we_have(
    run: Run, replay: Replay
) -> None:
    serve_population(replay, [2020, 2021])
    found = country_refresh(
        run.cache,
        what={"population"},
        addresses=run.addresses,
        fetcher=run.fetcher,
        tables=run.tables,
        today=date(2022, 5, 1),
    ).parts[0]
    assert found.files == ("register/population_2020.csv", "register/population_2021.csv")
    assert "2022: no figures yet in 70072ned" in found.notes


def test_indicators_name_the_columns_that_lack_and_those_without_figures(run: Run) -> None:
    part = run.part("indicators")
    assert part.rows == 355
    assert [one.partition(". ")[0] for one in part.missing_columns] == [
        "2020: The table has no column 'Gemiddelde WOZ-waarde van woningen'"
    ]
    assert any("Wmo clienten (WmoClienten_89)" in one for one in part.empty_columns)
    frame = pl.read_parquet(run.source / "cbs/cbs.v3.84799NED_TypedDataSet.parquet")
    assert frame.shape == (355, 117)
    assert frame["WijkenEnBuurten"].str.len_chars().unique().to_list() == [6]
    columns = json.loads((run.source / "cbs/cbs.v3.84799NED_columns.json").read_bytes())
    assert {one["key"] for one in columns} == set(frame.columns)


def test_a_column_that_was_renamed_is_reported_not_silently_left_out(
    run: Run, replay: Replay
) -> None:
    path = "/ODataFeed/odata/84799NED/DataProperties"
    found = replay.routes[path]({})["value"]
    renamed = [
        one | {"Title": "Cliënten maatwerk"} if one["Key"] == "WmoClientenRelatief_90" else one
        for one in found
    ]
    replay.serve(path, {"value": renamed})
    part = run.part("indicators")
    assert any("no column 'Wmo-cliënten relatief'" in one for one in part.missing_columns)
    assert any("missing column" in line for line in part.lines())


def test_spending_adds_up_expenditure_only_and_leaves_out_who_delivered_nothing(run: Run) -> None:
    part = run.part("spending")
    content = gzip.decompress((run.source / part.files[0]).read_bytes()).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["gm_code"], row["taakveld"], row["lasten_x1000eur"]) for row in rows] == [
        ("GM0363", "6.1", "123.0"),
        ("GM0363", "6.71", "50.0"),
    ]
    assert rows[0]["taakveld_title"] == "Samenkracht"
    assert (rows[0]["report"], rows[0]["gm_name"]) == ("2020X005", "Amsterdam")
    assert (part.new, part.changed) == (1, 1)
    assert any("1 without amounts" in note for note in part.notes)
    assert any("no budget yet" in note for note in part.notes)


def test_the_register_tells_how_much_is_new(run: Run) -> None:
    part = run.part("register")
    assert (part.rows, part.new) == (358, 358)
    assert part.notes == ("edition 6: 356 municipalities, 2 events",)


def test_a_part_that_fails_is_named_with_its_reason_and_the_others_go_on(
    run: Run, replay: Replay
) -> None:
    forget(replay, "/ODataCatalog/Tables")
    replay.faults += [Fault("/pdok", status=500, body=b"") for _ in range(9)]
    result = run()
    assert [part.name for part in result.failed] == ["indicators", "boundaries"]
    assert "status 500" in (result.failed[1].failure or "")
    assert (run.source / "register/population_2020.csv").is_file()
    assert not (run.source / "boundaries").exists()
    assert any(line.startswith("boundaries: failed.") for line in run.said)


def test_an_interrupted_part_goes_on_where_it_stopped(run: Run, replay: Replay) -> None:
    replay.faults += [Fault("84799NED/TypedDataSet", drop_after=99) for _ in range(2)]
    replay.faults += [Fault("$skip=200", drop_after=99) for _ in range(3)]
    assert run.part("indicators").state == "failed"
    asked = len(replay.asked("84799NED/TypedDataSet"))
    assert run.part("indicators").rows == 355
    later = replay.asked("84799NED/TypedDataSet")[asked:]
    assert ["skip=200" in later[0], "skip=300" in later[1], len(later)] == [True, True, 2]


def test_a_year_that_is_not_published_is_noted(run: Run) -> None:
    part = run.part("indicators", years=(2020, 2031))
    assert part.rows == 355
    assert any("0 tables called 'Kerncijfers wijken en buurten 2031'" in n for n in part.notes)
    assert run.part("boundaries", years=(2031,)).state == "failed"


def test_a_full_disk_stops_everything_with_one_refusal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "_write", full)
    with pytest.raises(DownloadNotStored, match="Free space there"):
        run()
    assert [path for path in run.cache.rglob("*") if path.is_file()] == []


def test_an_unknown_part_is_refused_before_anything_is_asked(run: Run, replay: Replay) -> None:
    with pytest.raises(Refusal, match="no part weather to refresh; the parts are register"):
        run("weather")
    assert replay.requests == []


def test_against_the_carried_tables_nothing_is_new_and_two_counts_differ_as_cbs_published_them(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    """84799NED counts two people of 2020 in Laren (GM0417) whom the other table has in Blaricum."""
    serve_everything(replay)
    run = Run(replay, fetcher, tmp_path)
    run.tables = CARRIED
    part = run.part("population")
    assert (part.rows, part.new, part.changed) == (355, 0, 2)
    rows = csv.DictReader((run.source / part.files[0]).open(encoding="utf-8"))
    carried = dict(
        pl.read_parquet(CARRIED / "population.parquet")
        .filter(pl.col("year") == 2020)
        .select("code", "inhabitants")
        .iter_rows()
    )
    differing = {
        row["gm_code"]: int(row["inhabitants"]) - carried[row["gm_code"]]
        for row in rows
        if int(row["inhabitants"]) != carried[row["gm_code"]]
    }
    assert differing == {"GM0376": -2, "GM0417": 2}
    assert run.part("boundaries").notes == ("2020: 355 municipalities",)


def test_a_taakveld_beside_its_parts_is_refused_because_it_would_count_twice(
    run: Run, replay: Replay
) -> None:
    path = "/third/ODataFeed/odata/45071NED/TypedDataSet"
    (part,) = (row for row in _all(replay, path) if row["TaakveldBalanspost"] == "6.71a ")
    rows = [part, part | {"TaakveldBalanspost": "6.71  "}]
    replay.serve(path, {"value": rows})
    assert "both 6.71 and its part 6.71a" in (run.part("spending").failure or "")


def _all(replay: Replay, path: str) -> list[dict[str, Any]]:
    """The rows of every page."""
    first = replay.routes[path]({})
    return [*first["value"], *replay.routes[path]({"$skip": "2"})["value"],
            *replay.routes[path]({"$skip": "4"})["value"]]  # fmt: skip


def test_the_sum_of_parts_gets_the_title_that_the_tables_have(run: Run) -> None:
    run.tables = CARRIED
    part = run.part("spending")
    rows = gzip.decompress((run.source / part.files[0]).read_bytes()).decode().splitlines()
    assert [row for row in rows if ",6.71,Maatwerkdienstverlening 18+," in row] == rows[2:]
