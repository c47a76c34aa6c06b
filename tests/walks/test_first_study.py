"""The promise of the first study: one command, real figures, a report whose numbers show rows."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import psutil
import pytest

from rodedraad.assessment.queries import EVIDENCE_SCHEMA
from walks.conftest import Demo

MUNICIPALITIES = {
    "2010": 431, "2013": 408, "2014": 403, "2015": 393, "2016": 390, "2017": 388, "2018": 380,
    "2019": 355, "2020": 355, "2021": 352, "2022": 345, "2023": 342, "2024": 342, "2025": 342,
    "2026": 342,
}  # fmt: skip
POPULATION = {
    "2017": 17_081_507, "2019": 17_282_163, "2020": 17_407_585, "2021": 17_475_415,
    "2022": 17_590_672, "2023": 17_811_291, "2024": 17_942_942, "2025": 18_044_027,
    "2026": 18_130_208,
}  # fmt: skip
REGIONS = {
    "Arbeidsmarktregio's": 35, "Jeugdzorgregio's": 42, "WMO-regio's": 43,
    "Veilig Thuis regio's": 26, "GGD's": 25, "Zorgkantoorregio's": 32,
}  # fmt: skip
SPENDING = {
    "2017": 24.2, "2018": 24.9, "2019": 25.8, "2020": 29.0,
    "2021": 27.9, "2022": 29.5, "2023": 33.1, "2024": 35.2,
}  # fmt: skip


@pytest.fixture(scope="session")
def figures(demo: Demo) -> dict[str, Any]:
    """Return the summary that the command wrote."""
    return json.loads((demo.out / "summary.json").read_text(encoding="utf-8"))


def test_every_step_is_told_with_its_time(demo: Demo) -> None:
    assert len(re.findall(r"^\[\d/7\] ", demo.said, re.MULTILINE)) == 7
    assert f"The report lies in {demo.out / 'report.html'}" in demo.said


def test_the_counts_of_the_sources_come_out(figures: dict[str, Any]) -> None:
    assert {year: figures["municipalities"][year] for year in MUNICIPALITIES} == MUNICIPALITIES
    assert {year: figures["population"][year] for year in POPULATION} == POPULATION
    assert figures["regioatlas_rows"] == 12_995
    assert {kind: figures["region_types_2016"][kind] for kind in REGIONS} == REGIONS
    assert len(figures["region_types_2016"]) == 34
    assert figures["opengr"]["memberships"] == 3_752
    assert figures["opengr"]["matched"] + figures["opengr"]["unmatched"] == 3_752
    for year, billion in SPENDING.items():
        assert figures["spending_bn"][year] == pytest.approx(billion, abs=0.06)


def test_sixteen_cases_lie_further_apart_than_any_of_a_thousand_random_draws(
    figures: dict[str, Any],
) -> None:
    assert len(set(figures["cases"])) == 16
    assert figures["selection"]["spread"] > 2 * figures["selection"]["random_spread"]
    assert figures["selection"]["draws"] == 1000
    assert figures["selection"]["draws_at_least_as_wide"] == 0


def test_all_pairs_of_kinds_are_compared_and_the_network_test_says_what_it_did(
    figures: dict[str, Any],
) -> None:
    assert len(figures["congruence"]) == 34 * 33 // 2
    assert figures["qap"]["permutations"] == 2000
    assert 1 / 2001 <= figures["qap"]["p"] <= 1
    assert figures["qap"]["n_cases"] == 387
    assert set(figures["seconds"]) >= {"evidence", "conclusions", "report"}


def test_the_evidence_file_is_the_evidence_table(demo: Demo, figures: dict[str, Any]) -> None:
    table = pl.read_parquet(demo.out / "evidence.parquet")
    assert table.height == figures["evidence_rows"]
    assert table.columns == [name for name in EVIDENCE_SCHEMA if name != "id"]
    ties_2016 = table.filter((pl.col("kind") == "tie") & (pl.col("wave") == "2016"))
    assert ties_2016.height == 12_995 + figures["opengr"]["matched"]
    assert table["respondent"].null_count() == table.height


def test_every_number_of_the_report_opens_a_page_with_its_rows(demo: Demo) -> None:
    page = (demo.out / "report.html").read_text(encoding="utf-8")
    targets = set(re.findall(r'href="(rows/[^"#]+)', page))
    assert len(targets) > 20
    for target in targets:
        assert "<table" in (demo.out / target).read_text(encoding="utf-8"), target


def test_the_report_is_there_as_pdf_and_word(demo: Demo) -> None:
    assert (demo.out / "report.pdf").read_bytes().startswith(b"%PDF-")
    with zipfile.ZipFile(demo.out / "report.docx") as word:
        assert "word/document.xml" in word.namelist()


def test_a_second_run_changes_nothing(demo: Demo) -> None:
    before = _digests(demo.out)
    said = demo.again()
    assert _digests(demo.out) == before
    assert " 0 rows added" in said
    assert " 0 of 15 drawn anew" in said


def test_the_embedded_database_stopped_with_the_command(demo: Demo) -> None:
    running = [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if str(demo.home) in " ".join(process.info["cmdline"] or [])
    ]
    assert running == []


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
