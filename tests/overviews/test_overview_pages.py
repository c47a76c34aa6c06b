"""Do the pages and files open for whom they are for, within fixed queries, and safely?"""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from overview_material import Small, coding_make, source_make, version_make

from rodedraad.accounts.models import AuditEvent
from rodedraad.overviews import quotes as quotes_module
from rodedraad.overviews.urls import urlpatterns
from rodedraad.overviews.views import quotes as quotes_view
from rodedraad.sources.models import Source

THEMES = "/studies/proeftuinen/themas/"
PAGES = ("", "matrix/", "samen/", "tijd/", "verzadiging/", "citaten/")
QUERIES = 15


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def sheet(response, name: str = "Tabel") -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(body(response)))[name].values)


@pytest.mark.parametrize("page", PAGES)
def test_who_may_open_each_page(small: Small, client: Client, page: str) -> None:
    assert client.get(f"{THEMES}{page}").status_code == 302
    for role in ("lead", "researcher", "privacy_officer", "client", "other"):
        client.force_login(small.team[role])
        hidden = role == "other" or (role == "client" and page.startswith("citaten"))
        assert client.get(f"{THEMES}{page}").status_code == (404 if hidden else 200), role


def test_every_address_is_a_page_or_a_file_of_one(small: Small) -> None:
    names = {pattern.name for pattern in urlpatterns}
    assert len(names) == 2 * len(PAGES) - 1


@pytest.mark.parametrize("page", [*PAGES, "samen/?waar=alinea", "samen/?waar=tekens"])
def test_pages_ask_the_database_as_often_however_much_there_is(
    small: Small, browse: Client, page: str
) -> None:
    counts = []
    for more in (0, 12):
        for i in range(more):
            source = source_make(small.study, f"m{i}", small.north, day=date(2021, 1, 1))
            coding_make(small.coder, source, small.money, (0, 5))
        with CaptureQueriesContext(connection) as asked:
            assert (
                browse.get(
                    f"{THEMES}{page}", {"vermelding": "casus"} if "?" not in page else None
                ).status_code
                == 200
            )
        # A transaction begins and ends; a reading is written down.
        counts.append(len([each for each in asked if each["sql"].startswith(("SELECT", "COPY"))]))
    assert counts[0] == counts[1] <= QUERIES


@pytest.mark.parametrize("name", ["matrix", "samen", "tijd", "verzadiging"])
def test_each_overview_comes_as_csv_xlsx_svg_and_png(
    small: Small, browse: Client, name: str
) -> None:
    lines = body(browse.get(f"{THEMES}{name}.csv")).decode().splitlines()
    rows = sheet(browse.get(f"{THEMES}{name}.xlsx"))
    assert len(lines) == len(rows) > 1
    assert body(browse.get(f"{THEMES}{name}.svg")).startswith(b"<svg xmlns=")
    assert body(browse.get(f"{THEMES}{name}.png")).startswith(b"\x89PNG")
    assert browse.get(f"{THEMES}{name}.exe").status_code == 404


@pytest.mark.parametrize(("name", "label"), [("matrix", "Tekens"), ("tijd", "Bronnen")])
def test_what_stands_below_a_table_is_a_number_in_its_files(
    small: Small, browse: Client, name: str, label: str
) -> None:
    version_make(small.sources[3], "Woorden. " * 500, 2)
    page = browse.get(f"{THEMES}{name}/").content.decode()
    lines = list(csv.reader(body(browse.get(f"{THEMES}{name}.csv")).decode().splitlines()))
    rows = sheet(browse.get(f"{THEMES}{name}.xlsx"))
    (in_csv,) = (line for line in lines if line[0] == label)
    (in_xlsx,) = (row for row in rows if row[0] == label)
    assert all(isinstance(value, int) for value in in_xlsx[1:])
    assert in_csv[1:] == [str(value) for value in in_xlsx[1:]]
    if label == "Tekens":
        assert max(in_xlsx[1:]) > 4_500
        assert f"{max(in_xlsx[1:]):,}".replace(",", ".") in page


def test_of_one_source_with_a_code_the_page_speaks_in_the_singular(
    small: Small, browse: Client
) -> None:
    assert "4 bronnen hebben een code" in browse.get(f"{THEMES}samen/").content.decode()
    Source.objects.exclude(pk=small.sources[0].pk).update(removed_at=timezone.now())
    assert "1 bron heeft een code" in browse.get(f"{THEMES}samen/").content.decode()


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_quote_that_looks_like_a_formula_stays_text(
    small: Small, browse: Client, start: str
) -> None:
    source = source_make(small.study, "=gevaar()", small.south, text=f"{start} zei iemand.\n")
    coding_make(small.coder, source, small.money, (0, len(start)))
    lines = body(browse.get(f"{THEMES}citaten.csv?vermelding=volledig")).decode()
    assert f",'{start}," in lines
    assert ",'=gevaar()," in lines
    book = openpyxl.load_workbook(
        io.BytesIO(body(browse.get(f"{THEMES}citaten.xlsx?vermelding=volledig")))
    )
    cells = [cell for row in book["Tabel"].iter_rows() for cell in row if cell.value == start]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_sheet_tells_nothing_of_who_said_it_unless_asked_and_never_who_coded(
    small: Small, browse: Client
) -> None:
    rows = sheet(browse.get(f"{THEMES}citaten.xlsx"))
    assert len(rows) == 1 + 6
    assert all(not any(row[2:8]) for row in rows[1:])
    full = sheet(browse.get(f"{THEMES}citaten.xlsx?vermelding=volledig"))
    assert {row[7] for row in full[1:]} == {"a", "b", "c", "d"}
    assert {row[4] for row in full[1:]} == {"Buurt Noord", "Buurt Zuid"}
    assert "Leider" not in str(full)


def test_a_cell_leads_to_its_quotes_and_to_no_others(small: Small, browse: Client) -> None:
    page = browse.get(f"{THEMES}matrix/")
    cells = {
        (row.label, column.label): cell.url
        for row, line in page.context["part"].lines
        for column, cell in zip(page.context["part"].columns, line, strict=True)
        if cell.url
    }
    assert cells.keys() == {
        ("Leren", "Buurt Noord"), ("In het team", "Buurt Noord"), ("Geld", "Buurt Noord"),
        ("Geld", "Buurt Zuid"),
    }  # fmt: skip
    assert browse.get(cells["Leren", "Buurt Noord"]).context["n"] == 3
    assert browse.get(cells["Geld", "Buurt Zuid"]).context["n"] == 1
    year = browse.get(f"{THEMES}tijd/").context["part"].lines[0][1][0].url
    assert browse.get(year).context["n"] == 2


def test_reading_quotes_of_people_is_written_down_once_with_their_number(
    small: Small, browse: Client
) -> None:
    body(browse.get(f"{THEMES}citaten.csv"))
    event = AuditEvent.objects.get(action="quotes_download")
    assert event.object == "study:proeftuinen quotes:1 sources:1"
    browse.get(f"{THEMES}citaten/")
    assert AuditEvent.objects.filter(action="quotes_read").count() == 1
    Source.objects.filter(title="c").update(confidentiality=Source.Confidentiality.TEAM)
    browse.get(f"{THEMES}citaten/")
    assert AuditEvent.objects.filter(action="quotes_read").count() == 1


def test_files_of_a_simulated_study_say_so_first(small: Small, browse: Client) -> None:
    small.study.simulated = True
    small.study.save()
    for name in ("matrix", "samen", "tijd", "verzadiging", "citaten"):
        assert "Gesimuleerde" in body(browse.get(f"{THEMES}{name}.csv")).decode().splitlines()[0]
        assert "Gesimuleerde" in sheet(browse.get(f"{THEMES}{name}.xlsx"), "Let op")[0][0]
    assert "Gesimuleerde" in body(browse.get(f"{THEMES}matrix.svg")).decode()


def test_quotes_come_fifty_a_page_and_some_at_a_time(
    small: Small, browse: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotes_module, "AT_ONCE", 7)
    for at in range(60):
        coding_make(small.coder, small.sources[4], small.money, (at % 9, at % 9 + 3))
    assert len(browse.get(f"{THEMES}citaten/").context["quotes"]) == 50
    assert len(browse.get(f"{THEMES}citaten/?page=2").context["quotes"]) == 16
    assert len(sheet(browse.get(f"{THEMES}citaten.xlsx"))) == 67


def test_a_spreadsheet_of_too_many_quotes_is_refused_with_the_cure(
    small: Small, browse: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotes_view, "XLSX_MOST", 3)
    answer = browse.get(f"{THEMES}citaten.xlsx")
    assert answer.status_code == 400
    assert "Neem het CSV-bestand" in answer.content.decode()
    assert len(body(browse.get(f"{THEMES}citaten.csv")).decode().splitlines()) > 3


def test_a_faulty_condition_shows_nothing_rather_than_everything(
    small: Small, browse: Client
) -> None:
    page = browse.get(f"{THEMES}matrix/?casus=geen-getal")
    assert page.context["n_sources"] == 0
    assert len(body(browse.get(f"{THEMES}citaten.csv?tak=fout")).decode().splitlines()) == 1
