"""The evidence table: every row once, found by its conditions, and the same as a file."""

import csv
import io
import re

import polars as pl
import pytest

from pages.conftest import Reader
from rodedraad.accounts.models import AuditEvent
from rodedraad.assessment import evidence_shown
from rodedraad.assessment.evidence_form import asked_by
from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.queries import EVIDENCE_SCHEMA, evidence_table, run_filters
from rodedraad.studies.models import Study


def body(answer: object) -> bytes:
    """Return the whole of a streamed answer."""
    return b"".join(answer.streaming_content)


def test_pages_follow_each_other_without_gap_or_repeat(
    study: Study, researcher: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_shown, "ROWS_PER_PAGE", 30)
    path = "bewijs/?over=jeugdregio/"
    wanted = list(
        Evidence.objects.filter(study=study, about__startswith="jeugdregio/")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    seen: list[int] = []
    starts: list[int] = []
    after = None
    for _page in range(20):
        page = researcher.get(path + (f"&na={after}" if after else "")).context["page"]
        assert (page.before is None) == (after is None)
        assert page.n == len(wanted)
        starts.append(page.rows[0].pk)
        seen += [row.pk for row in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == wanted
    assert len(starts) > 2

    back = []
    before = starts[-1]
    while before is not None:
        page = researcher.get(f"{path}&voor={before}").context["page"]
        back.append(page.rows[0].pk)
        assert page.after is not None
        before = page.before
    assert back == starts[-2::-1]


def test_more_rows_than_are_counted_are_called_more(
    researcher: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_shown, "COUNTED_TO", 10)
    page = researcher.get("bewijs/").context["page"]
    assert (page.n, page.more) == (10, True)
    assert "Meer dan" in researcher.text("bewijs/")


@pytest.mark.parametrize(
    ("query", "row_filter"),
    [
        ("", RowFilter()),
        ("meting=2016", RowFilter(wave="2016")),
        ("meting=buiten", RowFilter(wave="")),
        ("construct=K3", RowFilter(construct="K3")),
        ("soort=figure", RowFilter(kind="figure")),
        ("over=jeugdregio/", RowFilter(about_prefix="jeugdregio/")),
        ("over=spending/2017/6.1", RowFilter(about="spending/2017/6.1")),
        ("gemeente=GM0014", RowFilter(case="GM0014")),
        ("gemeente=groningen&meting=2016", RowFilter(case="GM0014", wave="2016")),
    ],
)
def test_conditions_of_the_form_are_those_of_a_row_filter(
    study: Study, researcher: Reader, query: str, row_filter: RowFilter
) -> None:
    page = researcher.get(f"bewijs/?{query}").context["page"]
    assert page.n == evidence_rows(study, (row_filter,)).count() > 0


@pytest.mark.parametrize(
    "row_filter",
    [
        RowFilter(),
        RowFilter(wave=""),
        RowFilter(wave="2016", kind="tie", about_prefix="jeugdregio/"),
        RowFilter(construct="K2", about="spending/2017/6.1", case="GM0014"),
    ],
)
def test_the_link_to_the_rows_of_a_filter_asks_for_those_rows(
    study: Study, researcher: Reader, row_filter: RowFilter
) -> None:
    asked = "&".join(f"{name}={value}" for name, value in asked_by(row_filter).items())
    page = researcher.get(f"bewijs/?{asked}").context["page"]
    assert page.n == evidence_rows(study, (row_filter,)).count()


def test_an_unknown_municipality_is_a_fault_of_the_form_and_no_rows(researcher: Reader) -> None:
    answer = researcher.get("bewijs/?gemeente=Atlantis")
    assert answer.context["form"].errors.keys() == {"gemeente"}
    assert answer.context["rows"] == []
    assert answer.content.decode().count("Er is geen gemeente ‘Atlantis’") > 0


def test_a_row_links_to_its_record_and_the_record_is_about_it(
    study: Study, researcher: Reader
) -> None:
    row = Evidence.objects.filter(study=study, about__startswith="jeugdregio/").earliest("pk")
    html = researcher.get(f"bewijs/{row.pk}/").content.decode()
    record = f"/land/bron/{row.source}/{row.source_id}/"
    assert f'href="{record}"' in html
    assert f'href="/land/{row.case.unit_code}/"' in html
    found = researcher.client.get(record).content.decode()
    assert row.about.partition("/")[2] in found


def test_a_row_names_the_runs_that_take_it_and_no_others(study: Study, researcher: Reader) -> None:
    row = Evidence.objects.filter(
        study=study, wave__label="2016", about__startswith="jeugdregio/"
    ).earliest("pk")
    by_database = {
        run.kind
        for run in Run.objects.filter(study=study)
        if evidence_rows(study, run_filters(run)).filter(pk=row.pk).exists()
    }
    shown = {run.kind for run, _words in researcher.get(f"bewijs/{row.pk}/").context["runs"]}
    assert shown == by_database
    assert {"congruence", "communities"} <= shown
    assert "spending" not in shown


def test_the_rows_of_a_run_are_those_of_its_filters(study: Study, researcher: Reader) -> None:
    run = Run.objects.filter(study=study, kind="participation_social").latest("pk")
    n = evidence_rows(study, run_filters(run)).count()
    assert researcher.get(f"bewijs/?berekening={run.pk}").context["page"].n == n
    half = researcher.get(f"bewijs/?berekening={run.pk}&gemeente=GM0014").context["page"].n
    assert 0 < half < n
    shown = researcher.get(f"berekeningen/{run.pk}/").context["shown"]
    assert (shown.n_rows, shown.stale) == (n, False)


def test_the_csv_file_holds_the_same_rows_as_the_table(study: Study, researcher: Reader) -> None:
    answer = researcher.get("bewijs.csv?meting=2016&over=jeugdregio/")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(body(answer).decode())))
    table = evidence_table(study, RowFilter(wave="2016", about_prefix="jeugdregio/"))
    assert list(rows[0]) == EVIDENCE_SCHEMA.names()
    for name in ("id", "case", "about", "source_id"):
        assert [row[name] for row in rows] == [str(value) for value in table[name]]
    assert [float(row["value"]) for row in rows] == table["value"].to_list()


def test_the_parquet_file_holds_the_same_rows_as_the_table(
    study: Study, researcher: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_shown, "CHUNK", 1000)
    frame = pl.read_parquet(io.BytesIO(body(researcher.get("bewijs.parquet"))))
    assert frame.schema == EVIDENCE_SCHEMA
    assert frame.equals(evidence_table(study))


def test_a_file_of_no_rows_has_its_columns(researcher: Reader) -> None:
    frame = pl.read_parquet(io.BytesIO(body(researcher.get("bewijs.parquet?over=bestaat-niet"))))
    assert (frame.schema, frame.height) == (EVIDENCE_SCHEMA, 0)


def test_a_download_leaves_a_line_in_the_audit_log(study: Study, researcher: Reader) -> None:
    body(researcher.get("bewijs.csv?gemeente=GM0014"))
    line = AuditEvent.objects.latest("pk")
    assert (line.person, line.action) == (researcher.person, "evidence_download")
    assert line.object == f"study:{study.slug} csv"
    researcher.get("bewijs/")
    assert AuditEvent.objects.latest("pk") == line


def test_a_file_of_unknown_conditions_is_not_given(researcher: Reader) -> None:
    assert researcher.get("bewijs.csv?gemeente=Atlantis").status_code == 404


def test_a_run_page_tells_all_that_it_rests_on(study: Study, researcher: Reader) -> None:
    run = Run.objects.filter(study=study, kind="communities").latest("pk")
    text = researcher.text(f"berekeningen/{run.pk}/")
    for part in (run.fingerprint, str(run.seed), run.code_version, "actueel", "opdracht"):
        assert part in text
    assert "Vergeleken met COROP-gebieden, Provincies" in " ".join(text.split())
    assert not re.search(r"compare_with|corop|\[|\{", text.partition("Instellingen")[2])


def test_the_list_of_runs_is_newest_first_and_says_which_are_stale(
    study: Study, researcher: Reader
) -> None:
    Evidence.objects.filter(study=study, about__startswith="spending/2017/").first().delete()
    shown = researcher.get("berekeningen/").context["runs"]
    assert [each.run.pk for each in shown] == sorted((each.run.pk for each in shown), reverse=True)
    assert {each.run.kind for each in shown if each.stale} == {"spending", "alike_spending"}
