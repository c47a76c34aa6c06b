"""The pages of types: who sees what, a decision and its history, files and notebook."""

import csv
import io
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from evidence_making import answers, measure, rubric, stored
from page_reader import Reader

from rodedraad.assessment.models import Evidence, Run, TypeDecision
from rodedraad.assessment.queries import evidence_table
from rodedraad.assessment.type_job import types_work
from rodedraad.assessment.type_runs import steering_make, types_make
from rodedraad.jobs.models import Job
from rodedraad.methods.rulesets.measures import MEASURES
from rodedraad.studies.actions import frame_fill
from rodedraad.studies.models import Study, Wave

CASE = "types/eenheid/GM0010/"
PATHS = ("types/", CASE, "types.csv")
REASON = "The measures of this case stopped in March."
MOST_QUERIES = 20


@pytest.mark.parametrize("path", PATHS)
def test_only_the_team_sees_a_page(study: Study, run: Run, researcher: Reader, path: str) -> None:
    assert researcher.get(path).status_code == 200
    assert Reader(study, "ander").get(path).status_code == 404
    assert Client(SERVER_NAME="localhost").get(researcher.root + path).status_code == 302


def test_without_a_run_the_page_says_what_to_do_and_a_researcher_can_do_it(
    study: Study, researcher: Reader, client_of: Reader
) -> None:
    assert "Er zijn nog geen typen" in researcher.text("types/")
    assert researcher.get(CASE).status_code == 404
    assert client_of.post("types/berekenen/").status_code == 404
    assert researcher.post("types/berekenen/").status_code == 302
    assert Run.objects.get(study=study, kind="change_type").person == researcher.person
    assert "Appingedam" in researcher.text("types/")


@pytest.mark.parametrize("page", ["types/", "sturing/"])
def test_a_page_says_so_when_there_is_nothing_to_work_out(
    study: Study, researcher: Reader, page: str
) -> None:
    Evidence.objects.filter(study=study).delete()
    answer = researcher.client.post(f"{researcher.root}{page}berekenen/", follow=True)
    assert "Er is niets berekend" in answer.content.decode()


def test_the_explorer_counts_types_and_says_of_whom_they_are(run: Run, researcher: Reader) -> None:
    page = researcher.get("types/")
    assert [(label, n) for label, _words, n in page.context["counts"]] == [
        ("onbepaald", 1), ("veranderaar", 1), ("voorzichtige veranderaar", 0), ("voorzichtige", 1),
        ("grensgeval", 0),
    ]  # fmt: skip
    text = researcher.text("types/")
    assert "3 casussen, 2015." in text
    assert "zeggen niets over alle gemeenten" in text
    chosen = researcher.get("types/?type=veranderaar").context["page"]
    assert [each.name for each in chosen] == ["Appingedam"]


def test_a_case_says_why_and_what_is_missing_and_leads_to_its_rows(
    study: Study, run: Run, researcher: Reader
) -> None:
    text = researcher.text(CASE)
    assert "De breedte is 0,00 (grens 0,50), ontbreekt: A, B, C, D" in text
    assert "27 van 27" in text
    assert "‘Veranderaar’ als er 10 maatregelen meer in gebruik waren" in text
    page = researcher.get(CASE)
    (url,) = [each["url"] for each in page.context["measures"] if each["code"] == "A1"]
    rows = researcher.client.get(url)
    assert rows.status_code == 200
    assert rows.context["page"].n == 2
    undetermined = researcher.text("types/eenheid/GM0014/")
    assert "Er moet ten minste één maatregel bekend zijn van deel: B, C, D." in undetermined


def test_a_case_that_is_not_in_the_run_is_not_found(
    study: Study, run: Run, researcher: Reader
) -> None:
    frame_fill(study, [("GM0034", "Almere")])
    assert researcher.get("types/eenheid/GM0034/").status_code == 404
    assert researcher.get("types/eenheid/GM9999/").status_code == 404
    assert researcher.get(f"{CASE}?meting=1999").status_code == 404


def test_a_decision_holds_on_the_pages_beside_the_rule_and_can_be_withdrawn(
    run: Run, researcher: Reader
) -> None:
    sent = researcher.post(f"{CASE}besluit/", meting="2015", type="grensgeval", reden=REASON)
    assert sent.status_code == 302
    text = researcher.text(CASE)
    assert "Delfzijl: Grensgeval" in text
    assert "volgens de regel is het Voorzichtige" in text
    assert text.count(REASON) == 2
    explorer = researcher.text("types/")
    assert "door een mens; volgens de regel: Voorzichtige" in explorer
    assert "Over 1 casus heeft een mens besloten, en bij 0 het type van de regel" in explorer
    withdrawn = researcher.post(f"{CASE}besluit/", meting="2015", type="", reden=REASON)
    assert withdrawn.status_code == 302
    assert "Delfzijl: Voorzichtige" in researcher.text(CASE)
    assert TypeDecision.objects.count() == 2


@pytest.mark.parametrize(
    "given", [{"type": "grensgeval", "reden": "kort"}, {"type": "koploper", "reden": REASON}]
)
def test_a_decision_without_a_reason_or_with_another_type_comes_back_with_the_fault(
    run: Run, researcher: Reader, given: dict[str, str]
) -> None:
    answer = researcher.post(f"{CASE}besluit/", meting="2015", **given)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "Fout" in answer.content.decode()
    assert not TypeDecision.objects.exists()


def test_the_client_decides_nothing_and_sees_no_attitudes_of_few_people(
    study: Study, wave: Wave, researcher: Reader, client_of: Reader
) -> None:
    rows = [
        measure("GM0010", code, 2 if code in ("A1", "B1") else 0, about)
        for code in MEASURES
        for about in ("document", "interview")
    ]
    few = [a for code in ("T1", "T2", "T3") for a in answers("GM0010", code, "D", "d", [4, 4, 4])]
    stored(study, wave, [row | {"source_id": "later"} for row in rows] + few)
    types_make(study, wave, resamples=5)
    assert "voor verandering 0," in researcher.text(CASE)
    shown = client_of.text(CASE)
    assert "voor verandering" not in shown
    assert "te weinig mensen om te tonen" in shown
    assert "Besluiten" not in [line.strip() for line in shown.split(".")]
    assert client_of.get(CASE).context["form"] is None
    refused = client_of.post(f"{CASE}besluit/", meting="2015", type="grensgeval", reden=REASON)
    assert refused.status_code == 404
    file = list(csv.DictReader(io.StringIO(client_of.get("types.csv").content.decode())))
    (own,) = [row for row in file if row["code"] == "GM0010"]
    assert (own["pro"], own["con"]) == ("", "")


def test_file_and_notebook_give_what_the_run_has(
    study: Study, run: Run, researcher: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = csv.DictReader(io.StringIO(researcher.get("types.csv").content.decode()))
    labels = {row["code"]: (row["rule"], row["holds"], row["missing"]) for row in file}
    assert labels["GM0003"] == ("veranderaar", "veranderaar", "")
    assert labels["GM0010"] == ("voorzichtige", "voorzichtige", "A B C D")
    evidence_table(study).write_parquet(tmp_path / f"bewijs-{study.slug}.parquet")
    monkeypatch.chdir(tmp_path)
    scope: dict = {}
    exec(researcher.get("types/").context["snippet"], scope)
    assert scope["found"]["cases"] == run.result["cases"]


@pytest.mark.parametrize("path", ["types/", CASE])
def test_the_number_of_queries_does_not_grow_with_the_cases(
    study: Study, wave: Wave, run: Run, researcher: Reader, path: str
) -> None:
    def n_queries() -> int:
        researcher.get(path)
        with CaptureQueriesContext(connection) as queries:
            researcher.get(path)
        return len(queries)

    before = n_queries()
    codes = [f"GM8{n:03}" for n in range(40)]
    frame_fill(study, [(code, f"Gemeente {code}") for code in codes])
    stored(study, wave, [measure(code, "A1", 3) for code in codes])
    types_make(study, wave, resamples=5)
    assert n_queries() == before <= MOST_QUERIES


def test_the_menu_leads_to_types_only_where_the_rule_is_asked(
    study: Study, researcher: Reader
) -> None:
    assert f"{researcher.root}types/" in researcher.get("").content.decode()
    assert f"{researcher.root}sturing/" not in researcher.get("").content.decode()


def test_steering_shows_both_sides_and_hides_few_people_from_the_client(
    study: Study, wave: Wave, researcher: Reader, client_of: Reader, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    wave.framework.rulesets = {"steering-mode": "1"}
    wave.framework.save()
    assert "Er is nog geen manier van sturen bepaald" in researcher.text("sturing/")
    stored(study, wave, [
        rubric("GM0003", code, "interview", raw, role)
        for code, role, raw in (("N3a", "D", 3), ("N3b", "D", 3), ("N3a", "U", 3), ("N3b", "U", 0))
    ])  # fmt: skip
    ((run, _new),) = steering_make(study, wave)
    text = researcher.text("sturing/")
    assert "Kaderstellend loslaten" in text
    assert "Spanningsveld" in text
    hidden = client_of.text("sturing/").split("op naam", 1)[1]
    assert "Spanningsveld" not in hidden
    assert "1,00" not in hidden
    (row,) = csv.DictReader(io.StringIO(client_of.get("sturing.csv").content.decode()))
    assert (row["code"], row["label"], row["team_room"]) == ("GM0003", "", "")
    evidence_table(study).write_parquet(tmp_path / f"bewijs-{study.slug}.parquet")
    monkeypatch.chdir(tmp_path)
    scope: dict = {}
    exec(researcher.get("sturing/").context["snippet"], scope)
    assert scope["found"]["cases"] == run.result["cases"]


def test_many_rows_become_long_work_that_tells_how_far_it_is(
    study: Study, researcher: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rodedraad.assessment.views.types.ROWS_AT_ONCE", 10)
    asked = researcher.post("types/berekenen/")
    job = Job.objects.get(study=study, kind="change_type")
    assert asked["Location"].endswith(f"/{job.pk}/")
    assert not Run.objects.filter(study=study, kind="change_type").exists()
    heard = []
    done = types_work(job, lambda n, total, _message="": heard.append((n, total)))
    assert heard[-1][0] == heard[-1][1] > 1
    assert researcher.client.get(done["address"]).context["n_cases"] == 3
