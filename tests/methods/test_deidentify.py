"""Are pointers to persons found where they stand, and replaced without losing a place?"""

import doctest
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods import deidentify as package
from rodedraad.methods.deidentify import (
    KINDS,
    DeidentificationRefused,
    Span,
    recognise,
    replace_spans,
    spans_resolve,
)
from rodedraad.methods.deidentify.checks import (
    PLATE_SERIES,
    bsn_valid,
    iban_valid,
    plate_series,
)
from rodedraad.methods.deidentify.names import names_apart

TALK = (
    "Interviewer: hoe ging dat? \U0001f600\n"
    "Marjan: mevrouw De Vries (BSN 111222333) belde 06-12345678.\n"
    "Zij woont Lindelaan 12, 3311 AB Dordrecht en mailt naar j.vries@voorbeeld.nl.\n"
)


def found(text: str, **options: object) -> list[tuple[str, str]]:
    return [(span.kind, span.text) for span in recognise(text, **options)]


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(min_size=1, max_size=40))
    place = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(place, place, st.sampled_from(KINDS)), max_size=8))
    ranges = ((min(a, b), max(a, b), kind) for a, b, kind in pairs if a != b)
    return text, [Span(kind, a, b, text[a:b], "likely", "x") for a, b, kind in ranges]


@given(st.integers(0, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_the_test_of_eleven_catches_every_single_wrong_digit(stem, place, step):
    valid = next((n for n in (f"{stem:08}{d}" for d in range(10)) if bsn_valid(n)), None)
    if valid:
        digit = str((int(valid[place]) + step) % 10)
        assert not bsn_valid(valid[:place] + digit + valid[place + 1 :])


@pytest.mark.parametrize(
    "number", ["BE68 5390 0754 7034", "DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32"]
)
def test_the_examples_of_account_numbers_in_the_register_pass(number):
    assert iban_valid(number)
    assert not iban_valid(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize("series", PLATE_SERIES)
def test_a_number_plate_of_every_series_is_found(series):
    plate = series.replace("A", "X")
    assert plate_series(plate.replace("-", "").lower()) == series
    assert found(f"Daar stond de {plate}.") == [("plate", plate)]


def test_positions_count_code_points():
    for span in recognise(TALK, allowed=["Dordrecht"]):
        assert TALK[span.start : span.end] == span.text


def test_a_municipality_stays_unless_it_is_somebodys_name():
    text = "Bergen is groot. Mevrouw Bergen woont er, en Karin van Bergen werkt er."
    spans = recognise(text, allowed=["Bergen"])
    assert [(span.text, span.doubt) for span in spans] == [
        ("Bergen", "allowed_name"),
        ("Karin", ""),
    ]
    assert spans[0].start == text.index("Mevrouw ") + len("Mevrouw ")


def test_an_organisation_named_after_somebody_stays_when_it_is_allowed():
    text = "Wij werken met Team Karin Bakker in de wijk."
    assert found(text) == [("person", "Karin Bakker")]
    assert found(text, allowed=["Team Karin Bakker"]) == []


def test_a_number_with_a_wrong_check_is_told_as_doubtful_after_its_word():
    spans = recognise("Haar BSN is 111222334.")
    assert [(span.kind, span.certainty, span.doubt) for span in spans] == [
        ("bsn", "possible", "check_failed")
    ]
    assert found("Het zaaknummer is 111222334.") == []


def test_a_name_is_found_again_without_the_words_that_gave_it_away():
    text = "Mevrouw Zonderland belde. Daarna zei Zonderland niets meer."
    assert found(text) == [("person", "Zonderland")] * 2


def test_a_name_known_in_the_study_is_found_without_other_words():
    text = "Toen kwam Zonderland binnen."
    assert found(text) == []
    assert found(text, known=["Ngozi Zonderland"]) == [("person", "Zonderland")]


def test_spans_of_another_recogniser_join_ours():
    text = "Ik sprak Karin Okonkwo."
    other = Span("person", 15, 22, "Okonkwo", "likely", "deduce")
    assert found(
        "Ik sprak Okonkwo.", found_elsewhere=[Span("person", 9, 16, "Okonkwo", "likely", "x")]
    )
    assert found(text, found_elsewhere=[other]) == [("person", "Karin Okonkwo")]


def test_a_span_that_does_not_quote_the_text_is_refused():
    with pytest.raises(DeidentificationRefused) as caught:
        recognise("Kort.", found_elsewhere=[Span("person", 0, 9, "Langer", "sure", "x")])
    assert caught.value.code == "deidentification_span"


def test_what_was_replaced_is_not_found_again():
    spans = recognise(TALK, allowed=["Dordrecht"])
    replaced = replace_spans(TALK, spans, [None] * len(spans))
    assert len(spans) == 7
    assert recognise(replaced.text, allowed=["Dordrecht"]) == ()


@given(texts_and_spans())
def test_resolved_spans_are_apart_and_cover_every_letter_that_was_covered(given_spans):
    text, spans = given_spans
    resolved = spans_resolve(text, spans)
    assert all(a.end <= b.start for a, b in pairwise(resolved))
    before = {p for s in spans for p in range(s.start, s.end) if text[p].isalnum()}
    after = {p for s in resolved for p in range(s.start, s.end) if text[p].isalnum()}
    assert before == after


@given(texts_and_spans(), st.data())
def test_a_range_outside_the_replacements_comes_back_as_it_was(given_spans, data):
    text, spans = given_spans
    resolved = spans_resolve(text, spans)
    replaced = replace_spans(text, resolved, [None] * len(resolved))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = replaced.positions.range_to_new(start, end)
    back = replaced.positions.range_to_original(*new)
    assert back[0] <= start < end <= back[1]
    if all(span.end <= start or end <= span.start for span in resolved):
        assert replaced.text[slice(*new)] == text[start:end]
        assert back == (start, end)


@pytest.mark.parametrize("name", sorted(module.name for module in iter_modules(package.__path__)))
def test_the_examples_in_the_code_hold(name):
    assert not doctest.testmod(import_module(f"{package.__name__}.{name}")).failed


@pytest.mark.parametrize(
    "words", ["a-", "A-", "A.", "1 ", "a punt ", "Jan de ", "NL12 ", "x@", "['"]
)
def test_a_text_of_one_thing_repeated_is_read_in_time_that_grows_with_its_length(words):
    def seconds(n: int) -> float:
        start = process_time()
        recognise(words * n)
        return process_time() - start

    assert seconds(16_000) < 10 * max(seconds(4_000), 0.02)


@pytest.mark.parametrize(
    "number",
    [
        "06 - 12345678",
        "06 – 1234 5678",
        "020 - 123 45 67",
        "(020) - 123 45 67",
        "0345 - 12 34 56",
        "+31 (0)6 - 1234 5678",
        "+31 20 - 123 45 67",
    ],
)
def test_a_telephone_number_with_a_dash_between_spaces_is_found(number):
    assert found(f"Bel mij op {number}, na zes uur.") == [("telephone", number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("K.v.K.-nummer 12345678", "12345678"),
        ("KvK-nummer: 1234 5678", "1234 5678"),
        ("KvK-nummer 2012 3456.", "2012 3456"),
        ("Vestiging bij de K.v.K.: 0000 1234 5678", "0000 1234 5678"),
    ],
)
def test_a_number_of_the_chamber_of_commerce_is_found_as_people_write_it(text, number):
    assert found(text) == [("kvk", number)]


@pytest.mark.parametrize(
    "text",
    [
        "In de periode 2019 - 2023 daalde het.",
        "Van 01 - 02 - 2023 tot 05 - 06 - 2024.",
        "Het kostte 1.200 - 1.400 euro, of 120000 - 1400000.",
        "Zie artikel 06 - 12 en artikel 010 - 2019 - 2023.",
        "Schaal 010 - 020 - 030 - 040 - 050.",
        "De K.v.K. telde in 2019 2023 bedrijven.",
        "De cijfers van de KvK over 2019 2020 2021 2022.",
        "De KvK telde 12.345 zaken, en 1234 5678 9012 3456 is een kaart.",
    ],
)
def test_years_amounts_and_articles_are_no_telephone_or_trade_number(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("stretch", "names"),
    [
        ("de Wit. Jan", ["de Wit", "Jan"]),
        ("Jan Visser! “Anna", ["Jan Visser", "Anna"]),
        ("Dhr. De Wit. Maar", ["De Wit"]),
        ("A. van der Berg-Jansen. Th. de Boer", ["A. van der Berg-Jansen", "Th. de Boer"]),
        ("mr. dr. J. de Wit", ["J. de Wit"]),
        ("Dhr. De Wit", ["De Wit"]),
        ("J.P. de Wit", ["J.P. de Wit"]),
        ("Joh. Bakker", ["Joh. Bakker"]),
        ("Jan uit de ", ["Jan"]),
    ],
)
def test_a_name_of_another_recogniser_ends_where_its_sentence_does(stretch, names):
    text = f"Toen kwam {stretch} erbij."
    start = len("Toen kwam ")
    assert [text[a:b] for a, b in names_apart(text, start, start + len(stretch))] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ik ken Jan van de buurt. Jan Visser is dat.", ["Jan", "Jan Visser"]),
        ("Anna van de gemeente. Anna Bos kwam.", ["Anna", "Anna Bos"]),
        ("Zij werkt op school St. Jan. Karin Bos niet.", ["Karin Bos"]),
        ("De basisschool Karin is klein.", []),
    ],
)
def test_a_word_for_a_place_says_nothing_of_a_name_in_the_next_sentence(text, names):
    assert found(text) == [("person", name) for name in names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("KEES DE BOER: Ja.\nAnja: Kees de Boer kwam.", ["KEES DE BOER", "Anja", "Kees de Boer"]),
        ("DHR. DE BOER: Ja.\nAnja: Dhr. De Boer kwam.", ["DE BOER", "Anja", "De Boer"]),
        ("Toen kwam KEES DE BOER. Kees de Boer zweeg.", ["KEES DE BOER", "Kees de Boer"]),
        ("KEES: Ja.\nAnja: Ik ken Kees.", ["KEES", "Anja", "Kees"]),
        ("INTERVIEWER: Wat is de WIT? Anja Wit weet het.", ["Anja Wit"]),
    ],
)
def test_a_known_name_in_capitals_is_found(text, names):
    assert found(text) == [("person", name) for name in names]


def test_a_name_known_in_the_study_is_found_in_capitals():
    assert found("KEES DE BOER: Ja.") == []
    assert found("KEES DE BOER: Ja.", known=["Kees de Boer"]) == [("person", "KEES DE BOER")]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    spans = recognise(text)
    assert all(text[span.start : span.end] == span.text for span in spans)
