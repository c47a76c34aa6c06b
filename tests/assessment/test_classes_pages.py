"""The pages of latent classes: asked as long work, read, downloaded, worked out in a notebook."""

import csv
import io
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from evidence_making import answers, measure, stored
from pages.conftest import Reader
from test_classes_found import two_groups

from rodedraad.assessment.class_job import classes_work
from rodedraad.assessment.class_runs import classes_make
from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import evidence_table
from rodedraad.jobs.models import Job
from rodedraad.methods.rulesets.measures import MEASURES
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study, TeamMember
from rodedraad.studies.template import template_load

MOST_QUERIES = 15


@pytest.fixture
def study(db: None) -> Study:
    """Return a study of change factors with the answers of two groups and some measures."""
    made = study_create(
        template=template_load("change-factors"), slug="klassen", person=None, origin="test"
    )
    codes = ["GM0003", *(f"GM01{i:02}" for i in range(10))]
    frame_fill(made, [(code, f"Gemeente {code}") for code in codes])
    rows = two_groups() + [
        measure(code, each, (3 if i < 5 else 1) if (i + j) % 4 else 2)
        for i, code in enumerate(codes[1:])
        for j, each in enumerate(MEASURES)
    ]
    stored(made, made.waves.get(), rows)
    return made


@pytest.fixture
def researcher(study: Study) -> Reader:
    return Reader(study, "onderzoeker", TeamMember.Role.RESEARCHER)


@pytest.fixture
def people(study: Study) -> Run:
    """Return a run of classes of respondents."""
    run, _new = classes_make(
        study, study.waves.get(), unit="respondents", constructs=["F1", "F5"], n_classes=2,
        bootstraps=0,
    )  # fmt: skip
    return run


def test_classes_are_asked_as_long_work(study: Study, researcher: Reader) -> None:
    assert "Er is nog niet naar klassen gezocht" in researcher.text("klassen/")
    asked = {"wie": "respondents", "construct": ["F1", "F5"], "aantal": "2"}
    answer = researcher.client.post(researcher.root + "klassen/zoeken/", asked)
    job = Job.objects.get(study=study)
    assert answer["Location"].endswith(f"/rekenwerk/{job.pk}/")
    done = classes_work(job, lambda *_said: None)
    assert done["address"].endswith(f"/klassen/{done['run']}/")
    assert "Latente klassen van mensen" in researcher.text(f"klassen/{done['run']}/")


def test_one_score_makes_no_classes(researcher: Reader) -> None:
    answer = researcher.client.post(
        researcher.root + "klassen/zoeken/", {"wie": "respondents", "construct": ["F1"]}
    )
    assert "Kies 2 tot 20 scores" in answer.content.decode()


def test_the_page_of_cases_lays_the_rule_beside_the_model(study: Study, researcher: Reader) -> None:
    run, new = classes_make(study, study.waves.get(), unit="cases", n_classes=2, bootstraps=0)
    again, made = classes_make(study, study.waves.get(), unit="cases", n_classes=2, bootstraps=0)
    assert (again.pk, made, new) == (run.pk, False, True)
    text = researcher.text(f"klassen/{run.pk}/")
    assert "Gemeente GM0105" in text
    assert "Type volgens de regel" in text


def test_a_client_reads_shares_and_asks_nothing(study: Study, people: Run) -> None:
    client = Reader(study, "opdrachtgever", TeamMember.Role.CLIENT)
    text = client.text(f"klassen/{people.pk}/")
    assert "R001" not in text
    assert "Klassen zoeken" not in client.text("klassen/")
    posted = client.client.post(client.root + "klassen/zoeken/", {"wie": "cases"})
    assert posted.status_code == 404


def test_only_the_team_sees_them(study: Study, people: Run) -> None:
    stranger = Reader(study, "ander")
    for path in ("klassen/", f"klassen/{people.pk}/", f"klassen/{people.pk}/profielen.csv"):
        assert stranger.get(path).status_code == 404


def test_queries_do_not_grow_with_searches(study: Study, researcher: Reader, people: Run) -> None:
    def n_queries() -> int:
        researcher.get("klassen/")
        with CaptureQueriesContext(connection) as queries:
            researcher.get("klassen/")
        return len(queries)

    before = n_queries()
    for _again in range(5):
        people.pk = None
        people.save()
    assert n_queries() == before <= MOST_QUERIES


def test_file_and_notebook_give_what_the_page_gives(
    study: Study,
    researcher: Reader,
    people: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = researcher.get(f"klassen/{people.pk}/profielen.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(file)))
    assert {row["item"] for row in rows} == {"F1", "F5"}
    evidence_table(study).write_parquet(tmp_path / f"bewijs-{study.slug}.parquet")
    monkeypatch.chdir(tmp_path)
    scope: dict = {}
    exec(researcher.get(f"klassen/{people.pk}/").context["snippet"], scope)
    assert scope["found"]["profiles"] == people.result["profiles"]


def test_a_client_does_not_see_the_attitudes_of_a_few_cases(study: Study) -> None:
    rows = [
        each
        for i in range(10)
        for person in range(2)
        for each in answers(f"GM01{i:02}", "T1", "D", f"R9{i}{person}", [1 + i % 5] * 3)
    ]
    stored(study, study.waves.get(), rows)
    run, _new = classes_make(study, study.waves.get(), unit="cases", n_classes=2, bootstraps=0)
    assert "necessity" in run.result["items"]
    client = Reader(study, "opdrachtgever", TeamMember.Role.CLIENT)
    assert "T1" not in client.text(f"klassen/{run.pk}/")
    assert "necessity" not in client.get(f"klassen/{run.pk}/profielen.csv").content.decode()
    lead = Reader(study, "leider", TeamMember.Role.LEAD)
    assert "T1" in lead.text(f"klassen/{run.pk}/")
