"""The page of positions: asked, worked out, read, downloaded and worked out again in a notebook."""

import csv
import io
from pathlib import Path

import pytest

from pages.conftest import Reader
from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import evidence_table
from rodedraad.studies.models import Study, TeamMember


def test_the_page_shows_the_network_of_the_first_wave(researcher: Reader) -> None:
    text = researcher.text("netwerken/posities/")
    assert "Het netwerk als geheel" in text
    assert "Groningen" in text


def test_another_network_is_worked_out_when_asked(study: Study, researcher: Reader) -> None:
    asked = "?meting=2016&kring=all&minimaal=2"
    assert "Dit netwerk is nog niet berekend" in researcher.text(f"netwerken/posities/{asked}")
    answer = researcher.client.post(
        f"{researcher.root}netwerken/posities/berekenen/",
        {"meting": "2016", "kring": "all", "minimaal": "2"},
    )
    assert answer.status_code == 302
    assert Run.objects.filter(study=study, kind="positions", subject="2016/all/2").count() == 1
    assert "Het netwerk als geheel" in researcher.text(f"netwerken/posities/{asked}")


def test_a_client_reads_but_does_not_work_out(study: Study) -> None:
    client = Reader(study, "opdrachtgever", TeamMember.Role.CLIENT)
    text = client.text("netwerken/posities/?kring=all&minimaal=3")
    assert "Een onderzoeker uit het team kan het berekenen" in text
    posted = client.client.post(f"{client.root}netwerken/posities/berekenen/", {"meting": "2016"})
    assert posted.status_code == 404


def test_a_number_that_is_none_is_said_at_the_field(researcher: Reader) -> None:
    assert "Fout" in researcher.get("netwerken/posities/?minimaal=nul").content.decode()


def test_file_and_notebook_give_what_the_page_gives(
    study: Study, researcher: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = researcher.get("netwerken/posities.csv").content.decode()
    ties = {row["code"]: int(row["ties"]) for row in csv.DictReader(io.StringIO(file))}
    run = Run.objects.get(study=study, kind="positions")
    assert ties == {code: each["degree"] for code, each in run.result["cases"].items()}
    page = researcher.get("netwerken/posities/")
    evidence_table(study).write_parquet(tmp_path / f"bewijs-{study.slug}.parquet")
    monkeypatch.chdir(tmp_path)
    scope: dict = {}
    exec(page.context["snippet"], scope)
    assert scope["found"]["cases"] == run.result["cases"]
