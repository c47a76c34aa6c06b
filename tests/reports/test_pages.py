"""Who may see the report on the site, what does it show, and how fast is it?"""

import re
import time
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from reports.conftest import person_made
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.assessment.filters import evidence_rows
from rodedraad.assessment.models import Evidence
from rodedraad.reports.export.folder import report_export
from rodedraad.reports.models import Report
from rodedraad.reports.queries import number_filters
from rodedraad.studies.models import Case, Study

PAGES = ("report", "number", "picture", "download")


@pytest.fixture
def team(client: Client, researcher: Person) -> Client:
    client.force_login(researcher)
    return client


def address(report: Report, page: str) -> str:
    slug = report.study.slug
    arguments = {
        "report": [slug],
        "number": [slug, "inhabitants.2017"],
        "picture": [slug, report.pk, "partners", "nl"],
        "download": [slug, "html"],
    }
    return reverse(f"reports:{page}", args=arguments[page])


@pytest.mark.parametrize("page", PAGES)
def test_only_the_team_sees_anything_of_the_report(
    client: Client, report: Report, page: str
) -> None:
    assert client.get(address(report, page)).status_code == 302
    client.force_login(person_made("elders@voorbeeld.test"))
    assert client.get(address(report, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_someone_in_the_team_sees_it(team: Client, report: Report, page: str) -> None:
    assert team.get(address(report, page)).status_code == 200


def test_every_number_and_picture_on_the_page_leads_somewhere(team: Client, report: Report) -> None:
    page = team.get(address(report, "report")).content.decode()
    assert "number:" not in page
    assert "picture:" not in page
    numbers = set(re.findall(r'class="rd-number" href="([^"]+)"', page))
    assert len(numbers) == report.numbers.count()
    for link in sorted(numbers)[::150]:
        assert team.get(link).status_code == 200, link
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert len(pictures) == report.pictures.filter(language="nl").count()
    for link in pictures:
        answer = team.get(link)
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer.content.startswith(b"<svg")


def test_a_number_shows_its_run_and_all_its_rows_a_page_at_a_time(
    team: Client, report: Report
) -> None:
    number = report.numbers.select_related("run").get(key="congruence.n_kinds")
    rows = evidence_rows(report.study, number_filters(number))
    place = reverse("reports:number", args=[report.study.slug, number.key])
    first = page = team.get(place)
    shown = [row.pk for row in first.context["page"].rows]
    while page.context["page"].after is not None:
        page = team.get(place, {"na": str(page.context["page"].after)})
        shown += [row.pk for row in page.context["page"].rows]
    assert first.context["page"].n == len(shown)
    assert shown == list(rows.values_list("pk", flat=True))
    text = first.content.decode()
    assert number.run.fingerprint in text
    assert number.run.code_version in text
    record = reverse("country:record", args=[rows[0].source, rows[0].source_id])
    assert f'href="{record}"' in text


def test_a_number_that_is_not_in_the_report_is_not_found(team: Client, study: Study) -> None:
    assert team.get(reverse("reports:number", args=[study.slug, "made.up"])).status_code == 404


def test_a_row_number_that_is_none_is_not_found(team: Client, report: Report) -> None:
    assert team.get(address(report, "number"), {"na": "x"}).status_code == 404


def test_the_pages_say_what_is_stale(team: Client, report: Report) -> None:
    assert "Dit rapport is verouderd" not in _main(team, report, "report")
    Evidence.objects.create(
        study=report.study,
        case=Case.objects.filter(study=report.study)[0],
        construct="K3",
        kind="figure",
        about="inhabitants/2017",
        source="population",
        source_id="revised",
    )
    page = _main(team, report, "report")
    assert "Dit rapport is verouderd" in page
    assert "Gemeenten en inwoners per jaar" in page.split("<h1>")[0]
    assert "Gelijkenis tussen indelingen" not in page.split("<h1>")[0]
    assert "Dit getal is verouderd" in _main(team, report, "number")


def _main(team: Client, report: Report, page: str) -> str:
    return team.get(address(report, page)).content.decode().split("<main", 1)[1]


def test_a_study_without_a_report_says_what_to_do(team: Client, study: Study) -> None:
    Report.objects.filter(study=study).delete()
    page = team.get(reverse("reports:report", args=[study.slug]))
    assert "Er is nog geen rapport" in page.content.decode()
    assert team.get(reverse("reports:download", args=[study.slug, "pdf"])).status_code == 404


@pytest.mark.parametrize(
    ("form", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("docx", b"PK")]
)
def test_a_download_leads_back_to_the_site_and_is_recorded(
    team: Client, report: Report, form: str, begins: bytes
) -> None:
    answer = team.get(reverse("reports:download", args=[report.study.slug, form]))
    assert answer.content.lstrip().startswith(begins)
    assert f"rapport-{report.study.slug}.{form}" in answer["Content-Disposition"]
    event = AuditEvent.objects.get(action="report_download")
    assert event.object == f"study:{report.study.slug} {form} nl"
    if form == "html":
        text = answer.content.decode()
        assert f'href="http://testserver{address(report, "number")}"' in text


def test_the_zip_is_the_whole_folder_and_works_without_the_site(
    team: Client, report: Report, tmp_path: Path
) -> None:
    answer = team.get(reverse("reports:download", args=[report.study.slug, "zip"]))
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        names = set(archive.namelist())
        top = f"rapport-{report.study.slug}/"
        page = archive.read(f"{top}report.html").decode()
    written = {path.relative_to(tmp_path).as_posix() for path in report_export(report, tmp_path)}
    assert names == {top + name for name in written}
    linked = set(re.findall(r'href="([^"#:]+)"', page))
    assert linked
    assert {top + link for link in linked} <= names
    assert "testserver" not in page
    assert AuditEvent.objects.get(action="report_download").object.endswith(" zip nl")


@pytest.mark.parametrize("form", ["html", "zip"])
def test_a_report_about_people_cannot_be_downloaded(
    team: Client, report: Report, form: str
) -> None:
    Evidence.objects.create(
        study=report.study,
        case=Case.objects.filter(study=report.study)[0],
        construct="K3",
        kind="figure",
        about="inhabitants/2017",
        source="survey",
        source_id="1",
        respondent="r-01",
    )
    answer = team.get(reverse("reports:download", args=[report.study.slug, form]))
    assert answer.status_code == 400
    assert not AuditEvent.objects.filter(action="report_download").exists()
    assert team.get(address(report, "report")).status_code == 200


@pytest.mark.parametrize(("page", "most"), [("report", 12), ("number", 14)])
def test_pages_ask_a_fixed_number_of_questions_and_are_fast(
    team: Client,
    report: Report,
    page: str,
    most: int,
    django_assert_max_num_queries: object,
) -> None:
    team.get(address(report, page))  # the fingerprints of the runs are known after the first
    with django_assert_max_num_queries(most):
        assert team.get(address(report, page)).status_code == 200
    seconds = []
    for _ in range(10):
        started = time.perf_counter()
        team.get(address(report, page))
        seconds.append(time.perf_counter() - started)
    assert quantiles(seconds, n=20)[-1] < 0.4  # the real study is measured in benchmarks
