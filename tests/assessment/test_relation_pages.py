"""The pages of relations and QCA: what stands on them, who sees what, files and notebook."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from evidence_making import sixteen_cases, stored
from pages.conftest import Reader

from rodedraad.assessment.conclusions.qca import Anchors
from rodedraad.assessment.construct_names import sources_words
from rodedraad.assessment.models import Run
from rodedraad.assessment.qca_runs import QcaPlan, qca_make
from rodedraad.assessment.qca_shown import qca_snippet
from rodedraad.assessment.queries import evidence_table
from rodedraad.assessment.relation_runs import relations_make
from rodedraad.assessment.relations_shown import relations_snippet
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study, TeamMember
from rodedraad.studies.template import template_load

CODES = [f"GM{n:04}" for n in range(1, 17)]
PATHS = ("samenhang/", "samenhang/F5/G1/", "samenhang/F5/AB/", "qca/", "qca/{qca}/")
FILES = ("samenhang/matrix.csv", "samenhang/samenhang.csv", "qca/{qca}/waarheidstabel.csv")
NEW = "qca/nieuw/?meting=2015&uitkomst=G2&voorwaarde=F1&voorwaarde=F5"
ANCHORS = Anchors(out=0.2, crossover=0.52, full=0.8)
MOST_QUERIES = 16


def study_made(slug: str) -> Study:
    made = study_create(
        template=template_load("change-factors"), slug=slug, person=None, origin="test"
    )
    frame_fill(made, [(code, f"Stad {code}") for code in CODES])
    return made


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: object) -> Iterator[int]:
    """Give the number of a study with conclusions; all is undone after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        study = study_made("r")
        wave = study.waves.get()
        stored(study, wave, sixteen_cases(CODES))
        relations_make(study, wave)
        sets = ("F1", "F4", "F5", "G2")
        plan = QcaPlan(name="Leren", outcome="G2", conditions=sets[:3],
                       anchors=dict.fromkeys(sets, ANCHORS), expectations=("F1",))  # fmt: skip
        qca_make(study, wave, plan)
        yield study.pk
        transaction.set_rollback(True)


@pytest.fixture
def filled(made: int, db: None) -> Study:
    return Study.objects.get(pk=made)


@pytest.fixture
def researcher(filled: Study) -> Reader:
    return Reader(filled, "onderzoeker", TeamMember.Role.RESEARCHER)


@pytest.fixture
def client(filled: Study) -> Reader:
    return Reader(filled, "opdrachtgever", TeamMember.Role.CLIENT)


def at(study: Study, path: str) -> str:
    return path.format(qca=Run.objects.get(study=study, kind="qca").pk)


def rows_of(answer: object) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.content.decode())))


@pytest.mark.parametrize("path", ["samenhang/", "qca/", "qca/nieuw/"])
def test_an_empty_study_says_what_is_needed(db: None, path: str) -> None:
    text = Reader(study_made("leeg"), "leider", TeamMember.Role.LEAD).text(path)
    assert re.search("nog niet berekend|nog geen analyses|nog niets te combineren", text)


@pytest.mark.parametrize("path", [*PATHS, *FILES, NEW])
def test_only_the_team_sees_a_page(filled: Study, researcher: Reader, path: str) -> None:
    path = at(filled, path)
    assert researcher.get(path).status_code == 200
    assert Reader(filled, "ander").get(path).status_code == 404


def test_a_client_makes_no_analysis_and_gets_no_memberships(filled: Study, client: Reader) -> None:
    assert client.get(NEW).status_code == 404
    assert client.get(at(filled, "qca/{qca}/lidmaatschappen.csv")).status_code == 404
    assert "Nieuwe analyse" not in client.text("qca/")
    page = client.get(at(filled, "qca/{qca}/")).content.decode()
    assert "Stad GM" not in page
    assert "F1" in page


def test_a_client_does_not_see_scores_of_fewer_than_five_people(
    filled: Study, researcher: Reader, client: Reader
) -> None:
    """F5 is the word of one manager, G1 of six workers, breadth of documents."""
    seen = {row["case"]: row for row in rows_of(client.get("samenhang/matrix.csv"))}
    whole = {row["case"]: row for row in rows_of(researcher.get("samenhang/matrix.csv"))}
    assert {row["F5"] for row in seen.values()} == {""}
    assert all(seen[case]["G1"] == whole[case]["G1"] != "" for case in CODES)
    assert "< 5" in client.text("samenhang/")
    assert "< 5" not in researcher.text("samenhang/")
    assert "Stad GM" not in client.text("samenhang/F5/G1/")
    assert "Stad GM0001" in researcher.text("samenhang/F5/G1/")


def test_effect_and_interval_stand_before_p_and_nothing_leads_to_anything(
    filled: Study, researcher: Reader
) -> None:
    text = researcher.text("samenhang/")
    assert "tau-b 95%-interval p p na Holm p na BH n" in text
    pair = researcher.text("samenhang/F5/G1/")
    assert "hangt samen met “Integraal werken”" in pair
    assert "leidt tot" not in text + pair
    assert "Beide kanten komen, minstens voor een deel, uit dezelfde bron (documenten)" in (
        researcher.text("samenhang/F5/AB/")
    )


def test_the_file_of_relations_has_the_numbers_of_the_run(
    filled: Study, researcher: Reader
) -> None:
    run = Run.objects.get(study=filled, kind="relations")
    rows = rows_of(researcher.get("samenhang/samenhang.csv"))
    assert len(rows) == len(run.result["relations"]) == 9
    for row, stored_pair in zip(rows, run.result["relations"], strict=True):
        assert float(row["tau_b"]) == stored_pair["tested"]["estimate"]
        assert float(row["p_holm"]) == stored_pair["tested"]["p_holm"]


def test_the_files_of_an_analysis_have_the_rows_and_memberships_of_the_run(
    filled: Study, researcher: Reader
) -> None:
    result = Run.objects.get(study=filled, kind="qca").result
    truth = rows_of(researcher.get(at(filled, "qca/{qca}/waarheidstabel.csv")))
    assert [row["out"] for row in truth] == [row["OUT"] for row in result["truth_table"]]
    members = rows_of(researcher.get(at(filled, "qca/{qca}/lidmaatschappen.csv")))
    assert {row["case"]: float(row["F5"]) for row in members} == {
        case: each["F5"] for case, each in result["memberships"].items()
    }


@pytest.mark.parametrize("path", ["samenhang/", "samenhang/F5/G1/", "qca/{qca}/"])
def test_a_page_says_whose_scores_these_are_and_leads_to_those_of_everybody(
    filled: Study, researcher: Reader, path: str
) -> None:
    path = at(filled, path)
    assert "in de vragenlijst" in researcher.text(path)
    assert f'{researcher.root}scores/?meting=2015"' in researcher.get(path).content.decode()


def test_how_people_were_heard_is_part_of_whose_scores_these_are() -> None:
    def of(*kinds: str) -> dict[str, dict[str, tuple[str, ...]]]:
        return {"GM0001": {"kinds": kinds}}

    with override("nl"):
        both = sources_words(("D", "document"), of("survey", "interview", "document"))
        spoken = sources_words(("D", "interview"), of("interview"))
        written = sources_words(("document",), of("document"))
    assert both.endswith(" in de vragenlijst en in interviews, documenten")
    assert spoken.endswith(", interviews")
    assert " in interviews" not in spoken
    assert written == "documenten"


@pytest.mark.parametrize("kind", ["relations", "qca"])
def test_the_notebook_works_out_the_same(
    filled: Study, researcher: Reader, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run.objects.get(study=filled, kind=kind)
    evidence_table(filled).write_parquet(tmp_path / f"bewijs-{filled.slug}.parquet")
    monkeypatch.chdir(tmp_path)
    snippet = (relations_snippet if kind == "relations" else qca_snippet)(run, "2015", filled.slug)
    page = researcher.get("samenhang/" if kind == "relations" else at(filled, "qca/{qca}/"))
    assert snippet.splitlines()[2] in page.content.decode()
    names: dict[str, object] = {}
    exec(snippet, names)
    assert names["found"] == run.result


@pytest.mark.parametrize("path", [*PATHS, NEW])
def test_a_page_asks_few_things_of_the_database(
    filled: Study, researcher: Reader, path: str
) -> None:
    path = at(filled, path)
    researcher.get(path)
    with CaptureQueriesContext(connection) as queries:
        researcher.get(path)
    assert len(queries) <= MOST_QUERIES, [q["sql"][:90] for q in queries]


def fields(*codes: str, **given: str) -> dict[str, str]:
    filled_in = {"naam": "Proef", "consistentie": "0.8", "pri": "0.5", "minimaal": "1"}
    for code in codes:
        filled_in |= {f"{code}-soort": "fuzzy", f"{code}-uit": "0.2", f"{code}-om": "0.52",
                      f"{code}-in": "0.8", f"{code}-verwacht": ""}  # fmt: skip
    return filled_in | given


def test_a_person_calibrates_looks_and_then_works_it_out(filled: Study, researcher: Reader) -> None:
    address = researcher.root + NEW
    looked = researcher.client.post(address, fields("F1", "F5", "G2", doe="bekijk", naam=""))
    assert looked.status_code == 200
    assert 'value="0.52"' in looked.content.decode()
    assert Run.objects.filter(kind="qca").count() == 1
    suggested = researcher.client.post(address, fields("F1", "F5", "G2", doe="gaten"))
    assert 'value="0.52"' not in suggested.content.decode()
    crossing = fields("F1", "F5", "G2", doe="bekijk") | {"F1-om": "0.9"}
    assert "niet op volgorde" in researcher.client.post(address, crossing).content.decode()
    done = researcher.client.post(address, fields("F1", "F5", "G2", doe="bereken"))
    run = Run.objects.get(kind="qca", subject="Proef")
    assert done["Location"].endswith(f"/qca/{run.pk}/")
    assert run.person == researcher.person
    again = researcher.get(f"{NEW}&naar={run.pk}").content.decode()
    assert 'value="0.52"' in again
    assert 'value="Proef"' in again


def test_an_analysis_without_a_model_says_so_on_both_pages(
    filled: Study, researcher: Reader
) -> None:
    """No configuration has as many cases as are asked for, so no row counts."""
    given = fields("F1", "F5", "G2", doe="bereken", naam="Leeg", minimaal="16")
    done = researcher.client.post(researcher.root + NEW, given)
    run = Run.objects.get(kind="qca", subject="Leeg")
    assert done["Location"].endswith(f"/qca/{run.pk}/")
    assert not run.result["intermediate"]["models"]
    listed = researcher.text("qca/")
    assert "geen – – 0,80; 16; 0,50" in listed
    page = researcher.text(f"qca/{run.pk}/")
    assert "andere grenzen blijven de modellen precies gelijk" not in page
    assert "geeft wel een model" in page or "geven wel een model" in page


def test_a_refusal_stands_above_the_form_with_what_was_filled_in(
    filled: Study, researcher: Reader
) -> None:
    path = f"{NEW}&voorwaarde=F4"
    given = fields("F1", "F4", "F5", "G2", doe="bereken") | {
        "G2-uit": "0.91", "G2-om": "0.95", "G2-in": "0.99", "G2-soort": "crisp",
    }  # fmt: skip
    answer = researcher.client.post(researcher.root + path, given)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "in alle casussen gelijk" in text
    assert 'value="0.95"' in text


def test_the_run_page_leads_to_the_page_of_its_outcome(filled: Study, researcher: Reader) -> None:
    for run in Run.objects.filter(study=filled):
        page = researcher.get(f"berekeningen/{run.pk}/").content.decode()
        assert f"{researcher.root}{'samenhang' if run.kind == 'relations' else 'qca'}/" in page
