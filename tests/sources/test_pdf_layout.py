"""Whether headings, running lines and tables of a PDF are found, and nothing is lost."""

from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from files_making import pdf

from rodedraad.sources.extraction import Extracted, Options, extract
from rodedraad.sources.extraction.pdf_tables import grids_of

HELVETICA = pikepdf.Dictionary(
    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
)
ACROSS, DOWN = (700, 680, 660), (60, 200, 360)
WORDS = (
    (60, 780, 18, "Groot opschrift"),
    (60, 750, 11, "Een zin boven de tabel."),
    (64, 685, 11, "Wijk"),
    (204, 685, 11, "Wachttijd in weken"),
    (64, 665, 11, "Noord"),
    (204, 665, 11, "6"),
    (60, 620, 11, "Noord staat ook onder de tabel."),
)


def drawn(words: tuple[tuple[int, int, int, str], ...], across=ACROSS, down=DOWN) -> bytes:
    """Give a page with words at places, and lines across and down."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/F1": HELVETICA}))
    lines = [f"{down[0]} {y} m {down[-1]} {y} l S" for y in across]
    lines += [f"{x} {across[-1]} m {x} {across[0]} l S" for x in down]
    shown = [f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in words]
    page.Contents = document.make_stream("\n".join(["0.5 w", *lines, *shown]).encode())
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def kinds(found: Extracted) -> list[tuple[str, str]]:
    return [(passage.kind, found.text[passage.start : passage.end]) for passage in found.passages]


def test_larger_letters_make_a_heading_and_the_rest_stays_text() -> None:
    assert kinds(extract(drawn(WORDS), "a.pdf"))[0] == ("heading", "Groot opschrift")


def test_a_table_with_lines_comes_out_row_by_row_when_asked_and_loses_no_letter() -> None:
    plain, found = (extract(drawn(WORDS), "a.pdf", Options(tables=asked)) for asked in (0, 1))
    assert [words for kind, words in kinds(found) if kind == "table"] == [
        "Wijk\tWachttijd in weken",
        "Noord\t6",
    ]
    assert ("text", "Een zin boven de tabel.\nNoord staat ook onder de tabel.") in kinds(found)
    assert found.notices == ({"code": "tables_found", "n": 1},)
    letters = [Counter("".join(text.split())) for text in (plain.text, found.text)]
    assert letters[0] == letters[1]
    assert not any(kind == "table" for kind, _ in kinds(plain))


def test_lines_that_run_through_words_make_no_table() -> None:
    found = extract(drawn(WORDS, down=(60, 215, 360)), "a.pdf", Options(tables=True))
    assert not any(kind == "table" for kind, _ in kinds(found))
    assert "Wachttijd in weken" in found.text


def test_headers_and_page_numbers_go_out_and_are_told() -> None:
    pages = [
        ["Beleidsplan zorg", f"Op bladzijde {n} staat de zin {n * 7}.", f"{n + 4}"]
        for n in range(1, 7)
    ]
    found = extract(pdf(pages), "a.pdf")
    assert "Beleidsplan zorg" not in found.text
    assert [found.text[passage.start : passage.end] for passage in found.passages] == [
        f"Op bladzijde {n} staat de zin {n * 7}." for n in range(1, 7)
    ]
    notice = next(notice for notice in found.notices if notice["code"] == "running_left_out")
    assert "Beleidsplan zorg" in notice["words"]


def test_numbers_that_do_not_count_with_the_pages_stay() -> None:
    pages = [[f"Zin {'abcdef'[n]} van de tekst.", str(number)] for n, number in enumerate(
        (12, 40, 7, 99, 3, 51))]  # fmt: skip
    found = extract(pdf(pages), "a.pdf")
    assert all(number in found.text for number in ("12", "40", "7", "99", "3", "51"))


def test_headings_with_numbers_of_their_own_stay() -> None:
    pages = [[f"Artikel {n * n}", "Een regel.", "Nog een regel."] for n in range(1, 8)]
    pages = [[top, f"{one} {n}x", two] for n, (top, one, two) in enumerate(pages)]
    assert "Artikel 49" in extract(pdf(pages), "a.pdf").text


def test_a_page_of_one_line_is_never_emptied() -> None:
    found = extract(pdf([["Tussenblad"]] * 6), "a.pdf")
    assert found.text.count("Tussenblad") == 6


def test_a_short_document_keeps_its_first_lines() -> None:
    assert "Kop" in extract(pdf([["Kop", "Een."], ["Kop", "Twee."]]), "a.pdf").text


@pytest.mark.parametrize(
    "boxes",
    [[], [(0, 0, 100, 1)], [(0, 0, 100, 1), (0, 20, 100, 21), (0, 0, 1, 20), (99, 0, 100, 20)]],
    ids=["nothing", "a line", "a frame"],
)
def test_a_line_or_a_frame_is_no_table(boxes: list[tuple[float, float, float, float]]) -> None:
    assert grids_of(boxes) == []
