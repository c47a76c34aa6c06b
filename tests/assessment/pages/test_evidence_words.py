"""Are units, conditions and settings of runs said in the language of the page?"""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from rodedraad.assessment.evidence_words import (
    about_titles,
    about_words,
    filter_words,
    unit_words,
)
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.settings_shown import settings_shown
from rodedraad.country.history import country_tables

COUNTRY = country_tables()
SAME_IN_DUTCH = {"%", "km", "km²"}


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Let every test be on a Dutch page."""
    with override("nl"):
        yield


def test_the_unit_of_every_published_figure_is_the_dutch_one() -> None:
    units = COUNTRY.table("indicators").select("unit_en", "unit_nl").unique()
    for english, dutch_unit in units.iter_rows():
        assert unit_words(english) == dutch_unit
        assert english != dutch_unit or english in SAME_IN_DUTCH
    assert [unit_words(unit) for unit in ("inhabitants", "x 1000 euro", "degrees")] == [
        "inwoners",
        "x 1.000 euro",
        "graden",
    ]


@pytest.mark.parametrize(
    ("row_filter", "words"),
    [
        (RowFilter(), "alle rijen"),
        (RowFilter(wave="2016", kind="tie", about_prefix="corop/"), "COROP-gebieden, meting 2016"),
        (RowFilter(kind="figure", about="inhabitants/2015"), "Inwoners, 2015"),
        (RowFilter(about_prefix="spending/2017/"), "Uitgaven sociaal domein, 2017"),
        (RowFilter(kind="figure", case="GM0363"), "cijfer, Amsterdam"),
        (RowFilter(wave="", construct="K2"), "construct K2, buiten de metingen"),
        (
            RowFilter(wave="2015", construct="F2", kind="rubric"),
            "construct F2, oordeel over een bron, meting 2015",
        ),
    ],
)
def test_a_condition_on_rows_is_one_line_of_words(row_filter: RowFilter, words: str) -> None:
    assert filter_words(row_filter, about_titles(COUNTRY), {"GM0363": "Amsterdam"}) == words


def test_what_a_row_is_about_names_the_region_or_the_taakveld() -> None:
    titles = about_titles(COUNTRY)
    assert about_words("corop/Twente", titles) == "COROP-gebieden: Twente"
    assert about_words("spending/2017/6.1", titles).endswith(" domein, 2017, taakveld 6.1")
    assert about_words("F5.1", titles) == "F5.1"


def test_settings_are_words_and_long_ones_are_lines() -> None:
    given = {
        "draws": 1000,
        "chosen": ["GM0363", "GM0014"],
        "class_of": {f"corop/Regio {n}": "onbepaald" for n in range(20)},
        "something_new": {"a": 0.5},
    }
    shown = {each.name: each for each in settings_shown(given, COUNTRY)}
    assert shown["lotingen"].text == "1.000"
    assert shown["gekozen casussen"].text == "Amsterdam, Groningen"
    lines = shown["klasse van elk samenwerkingsverband"].lines
    assert len(lines) == 20
    assert lines[0] == "COROP-gebieden: Regio 0: onbepaald"
    assert shown["something_new"].text == "a: 0,5"
    assert not shown["something_new"].known


def test_settings_of_positions_classes_and_types_are_said_in_words() -> None:
    given = {
        "attitudes": {"waiting": "T3"}, "division": "jeugdregio", "least": 2, "n_classes": None,
        "resamples": 1000, "sizes": [1, 2], "starts": 50, "unit": "cases",
    }  # fmt: skip
    shown = settings_shown(given, COUNTRY)
    assert all(each.known for each in shown)
    texts = {each.name: each.text for each in shown}
    assert texts["construct bij elke houding"] == "afwachten: T3"
    assert texts["klassen van"] == "casussen"
