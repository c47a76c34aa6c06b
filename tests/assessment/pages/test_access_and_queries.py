"""Every page about runs and evidence: who may see it, and in how many queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pages.conftest import Reader
from rodedraad.assessment.evidence import FigureFact, figure_rows_write
from rodedraad.assessment.models import Evidence, Run
from rodedraad.studies.models import Case, Study, TeamMember

PATHS = (
    "netwerken/overeenkomst/",
    "netwerken/overeenkomst/jeugdregio/wmo-regio/",
    "netwerken/netwerkbeeld/",
    "netwerken/posities/",
    "netwerken/complexiteit/",
    "netwerken/complexiteit/?gemeente=GM0014",
    "netwerken/verandering/",
    "berekeningen/",
    "berekeningen/{run}/",
    "bewijs/",
    "bewijs/{row}/",
)
FILES = ("bewijs.csv", "bewijs.parquet")
MOST_QUERIES = 20


def filled(study: Study, path: str) -> str:
    """Return the path with the number of a run and of a row in it."""
    run = Run.objects.filter(study=study, kind="congruence").latest("pk")
    row = Evidence.objects.filter(study=study).earliest("pk")
    return path.format(run=run.pk, row=row.pk)


@pytest.mark.parametrize("path", [*PATHS, *FILES])
def test_only_the_team_sees_a_page(study: Study, researcher: Reader, path: str) -> None:
    path = filled(study, path)
    assert researcher.get(path).status_code == 200
    assert Reader(study, "ander").get(path).status_code == 404
    anonymous = Client(SERVER_NAME="localhost").get(researcher.root + path)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/account/inloggen")


@pytest.mark.parametrize("path", FILES)
def test_who_may_not_design_the_study_gets_no_file_and_no_link_to_one(
    study: Study, path: str
) -> None:
    client = Reader(study, "opdrachtgever", TeamMember.Role.CLIENT)
    assert client.get(path).status_code == 404
    assert path not in client.get("bewijs/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["netwerken/overeenkomst/jeugdregio/bestaat-niet/", "netwerken/complexiteit/?gemeente=GM9999",
     "berekeningen/0/", "bewijs/0/", "bewijs/?na=x", "bewijs/?berekening=0"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(researcher: Reader, path: str) -> None:
    assert researcher.get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_the_number_of_queries_does_not_grow_with_rows_and_runs(
    study: Study, researcher: Reader, path: str
) -> None:
    path = filled(study, path)

    def n_queries() -> int:
        researcher.get(path)
        with CaptureQueriesContext(connection) as queries:
            researcher.get(path)
        return len(queries)

    before = n_queries()
    case = Case.objects.filter(study=study)[0]
    facts = [FigureFact(case.pk, "K3", f"proef/{n}", "bron", str(n), 0.5, n, "") for n in range(50)]
    figure_rows_write(study, None, facts)
    for run in Run.objects.filter(study=study):
        run.pk = None
        run.save()
    assert n_queries() == before <= MOST_QUERIES


@pytest.mark.parametrize("path", PATHS)
def test_no_page_holds_style_or_script(study: Study, researcher: Reader, path: str) -> None:
    html = researcher.get(filled(study, path)).content.decode()
    assert " style=" not in html
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]* src=[^>]*></script>)", html)


@pytest.mark.parametrize(
    "path",
    ["netwerken/overeenkomst/", "netwerken/netwerkbeeld/", "netwerken/complexiteit/",
     "netwerken/verandering/", "berekeningen/"],
)  # fmt: skip
def test_without_a_run_a_page_says_that_it_was_not_worked_out(
    study: Study, researcher: Reader, path: str
) -> None:
    Run.objects.filter(study=study).delete()
    assert "Dit is nog niet berekend" in researcher.text(path)


@pytest.mark.parametrize(
    "path",
    ["netwerken/overeenkomst/", "netwerken/overeenkomst/jeugdregio/wmo-regio/",
     "netwerken/netwerkbeeld/", "netwerken/complexiteit/", "netwerken/verandering/",
     "berekeningen/"],
)  # fmt: skip
def test_a_page_says_so_when_its_run_is_stale(study: Study, researcher: Reader, path: str) -> None:
    assert "verouderd: er is bewijs bijgekomen" not in researcher.text(path)
    row = Evidence.objects.filter(study=study, about__startswith="jeugdregio/").earliest("pk")
    row.pk = None
    row.source_id = "een nieuwe rij"
    row.save(force_insert=True)
    assert "verouderd: er is bewijs bijgekomen" in researcher.text(path)
