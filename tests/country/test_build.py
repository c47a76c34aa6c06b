"""Does the build give the carried tables, and refuse broken files without leaving anything?"""

import errno
import gzip
import json
import os
from pathlib import Path

import polars as pl
import pytest

from rodedraad.country.build import country_build
from rodedraad.country.build.figures import figures_build, population_build
from rodedraad.country.build.reading import SourceBroken, SourceFolder, SourceMissing
from rodedraad.country.build.regions import regions_build
from rodedraad.country.build.register import municipalities_build
from rodedraad.country.build.sources import NO_FILES, PublishedFile
from rodedraad.country.build.spending import spending_build
from rodedraad.country.build.writing import TablesNotWritten, tables_write
from rodedraad.country.tables import CARRIED, SCHEMAS, SOURCES_FILE, sources_read, table_read

SOURCES = os.environ.get("RODEDRAAD_SOURCES")
POPULATION = "year,gm_code,inhabitants\n2017,GM0363,850000\n2017,GM0034,200000\n"


def folder(tmp_path: Path, **texts: str | bytes) -> SourceFolder:
    """A source folder with one made-up file per key, expected to hold two records."""
    for key, text in texts.items():
        content = text.encode("utf-8") if isinstance(text, str) else text
        (tmp_path / key).write_bytes(content)
    files = {key: PublishedFile(key, key, 2, key, key) for key in texts}
    return SourceFolder(tmp_path, files)


@pytest.mark.skipif(not SOURCES, reason="RODEDRAAD_SOURCES does not name the source folder")
def test_a_rebuild_from_the_published_files_gives_the_carried_tables(tmp_path: Path) -> None:
    lines: list[str] = []
    report = country_build(Path(str(SOURCES)), tmp_path / "data", report=lines.append)
    for name in SCHEMAS:
        assert table_read(name, tmp_path / "data").equals(table_read(name)), name
    for made in (tmp_path / "data").iterdir():
        assert made.read_bytes() == (CARRIED / made.name).read_bytes(), made.name
    assert sources_read(tmp_path / "data") == sources_read()
    assert report.rows["joint_arrangements"] == sum(report.matches.values()) == 3_752
    assert len(lines) == len(SCHEMAS) + 1
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_missing_file_is_refused_by_name_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"register/tooi_.*is missing.*--from"):
        country_build(tmp_path, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_refused_build_leaves_the_tables_that_were_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.txt").write_text("old", encoding="utf-8")
    with pytest.raises(SourceMissing):
        country_build(tmp_path / "nothing", out)
    assert [path.name for path in out.iterdir()] == ["old.txt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (POPULATION.replace("inhabitants", "people"), "has no column 'inhabitants'"),
        (POPULATION[:-4], "ends in the middle of a line"),
        (POPULATION.replace("2017,GM0034,200000\n", ""), "holds 1 records, expected 2"),
        (POPULATION + "2018,GM0001,5\n", "holds 3 records, expected 2"),
        (POPULATION.replace("850000", "."), "has '.' for inhabitants in line 2, not a number"),
        (POPULATION.replace("GM0034", "34"), "has '34' in row 3, not a code"),
        (POPULATION.replace("GM0363", "GM0363,9"), "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_a_broken_csv_is_refused_with_file_fault_and_cure(
    tmp_path: Path, text: str, said: str
) -> None:
    sources = folder(tmp_path, population=text)
    with pytest.raises(SourceBroken, match=said) as refusal:
        population_build(sources)
    assert str(tmp_path / "population") in refusal.value.message
    assert "Fetch the file again" in refusal.value.message


def test_padded_codes_and_line_numbers_come_through(tmp_path: Path) -> None:
    sources = folder(tmp_path, population=POPULATION.replace("GM0034", "GM0034  "))
    frame = sources.csv("population", ["gm_code"])
    assert sources.codes("population", frame, "gm_code").to_list() == ["GM0363", "GM0034"]
    assert frame["row"].to_list() == ["2", "3"]


def test_a_half_written_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(b"year,report\n2017,2017X005\n2017,2017X005\n")
    (tmp_path / "iv3.csv.gz").write_bytes(packed[:-12])
    files = {"iv3": PublishedFile("iv3", "iv3.csv.gz", 2, "", "")}
    with pytest.raises(SourceBroken, match=r"iv3\.csv\.gz cannot be read"):
        spending_build(SourceFolder(tmp_path, files))


def test_a_half_written_parquet_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"a": [1, 2]}).write_parquet(tmp_path / "whole")
    content = (tmp_path / "whole").read_bytes()
    sources = folder(tmp_path, table=content[:-20])
    with pytest.raises(SourceBroken, match="cannot be read as Parquet"):
        sources.parquet("table", ["a"])


def test_a_parquet_with_a_missing_column_is_refused_by_name(tmp_path: Path) -> None:
    pl.DataFrame({"a": [1, 2]}).write_parquet(tmp_path / "made")
    sources = folder(tmp_path, table=(tmp_path / "made").read_bytes())
    with pytest.raises(SourceBroken, match="has no column 'b'"):
        sources.parquet("table", ["a", "b"])


@pytest.mark.parametrize(
    ("text", "said"),
    [('[{"@id": "x"}', "is not whole JSON"), ("{}", "is not a JSON-LD list"), ("[]", "0 nodes")],
)
def test_a_broken_register_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceBroken, match=said):
        municipalities_build(folder(tmp_path, tooi=text))


def test_an_unknown_kind_of_region_is_refused_with_its_line(tmp_path: Path) -> None:
    text = (
        "gm_code,arrangement_type,arrangement\nGM0363,Ressorten,Amsterdam\nGM0363,Nieuw soort,X\n"
    )
    with pytest.raises(SourceBroken, match="unknown kind of region 'Nieuw soort' in line 3"):
        regions_build(folder(tmp_path, regioatlas_2016=text, regions_2022=""))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2017,2017X009,GM0363,6.1,Samenkracht,5.0", "unknown report '2017X009' in line 3"),
        ("2017,2017X005,GM0363,6.99,Nieuw,5.0", "unknown taakveld '6.99' in line 3"),
        ("2017,2017X005,GM0363,6.1,Samenkracht,veel", "'veel' for lasten_x1000eur in line 3"),
    ],
)
def test_unknown_reports_taakvelden_and_amounts_are_refused(
    tmp_path: Path, line: str, said: str
) -> None:
    head = "year,report,gm_code,taakveld,taakveld_title,lasten_x1000eur"
    text = f"{head}\n2017,2017X000,GM0363,6.60,Hulpmiddelen,5.0\n{line}\n"
    with pytest.raises(SourceBroken, match=said):
        spending_build(folder(tmp_path, iv3=text))


def test_taakveld_6_60_is_not_read_as_6_6(tmp_path: Path) -> None:
    head = "year,report,gm_code,taakveld,taakveld_title,lasten_x1000eur"
    text = f"{head}\n2025,2025X000,GM0363,6.60,A,5.0\n2024,2024X005,GM0363,6.6,B,-7.5\n"
    table = spending_build(folder(tmp_path, iv3=text))
    assert table.select("taakveld", "report", "amount_keur").rows() == [
        ("6.60", "budget", 5.0),
        ("6.6", "accounts", -7.5),
    ]


def test_a_key_figures_file_without_municipalities_is_refused(tmp_path: Path) -> None:
    sources = folder(tmp_path, **{"70072ned": "", "84799NED": b"", "85039NED": json.dumps({})})
    with pytest.raises(SourceBroken, match="70072ned cannot be read"):
        figures_build(sources)


def test_tables_are_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "stale.parquet").write_bytes(b"")
    tables_write({"events": table_read("events")}, NO_FILES, out)
    assert sorted(path.name for path in out.iterdir()) == ["events.parquet", SOURCES_FILE]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_leaves_the_old_tables_and_no_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "out"
    tables_write({"events": table_read("events")}, NO_FILES, out)
    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(TablesNotWritten, match=r"No space left.*Free some space"):
        tables_write({"population": table_read("population")}, NO_FILES, out)
    assert sorted(path.name for path in out.iterdir()) == ["events.parquet", SOURCES_FILE]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_swap_that_fails_puts_the_old_tables_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    tables_write({"events": table_read("events")}, NO_FILES, out)
    rename = Path.rename

    def refuses_new(self: Path, target: Path) -> Path:
        if Path(target) == out and not self.name.endswith("-old"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuses_new)
    with pytest.raises(TablesNotWritten, match="may be written"):
        tables_write({"population": table_read("population")}, NO_FILES, out)
    assert (out / "events.parquet").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
