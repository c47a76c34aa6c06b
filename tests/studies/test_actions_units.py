"""Whether units and labels come in whole or not at all, with every fault told at once."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.studies.labels import LINES_LIMIT, forerunners_label
from rodedraad.studies.models import Case, Study
from rodedraad.studies.row_faults import FAULTS, RowFault, RowsRefusal
from rodedraad.studies.units import ROWS_LIMIT, Added, unit_add, units_import


def load(study: Study, person: Person, content: str | bytes) -> Added:
    given = content if isinstance(content, bytes) else content.encode()
    return units_import(study, given, person=person, origin="test")


def faults(study: Study, person: Person, content: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(RowsRefusal) as caught:
        load(study, person, content)
    assert not study.cases.exists()
    return [(fault.row, fault.code) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "content",
    [
        "code,name\na,Tuin A\nb,Tuin B\n",
        "code;naam\na;Tuin A\nb;Tuin B\n",
        "Name\tCode\tElse\nTuin A\ta\tx\nTuin B\tb\ty",
        "\ufeffcode,name\r\na,Tuin A\r\n\r\nb, Tuin B \r\n",
        'code,name\na,"Tuin A"\nb,"Tuin B"\n',
    ],
)
def test_a_file_is_read_with_any_usual_separator(labs: Study, lead: Person, content: str) -> None:
    assert load(labs, lead, content) == Added(new=2, known=0)
    assert list(labs.cases.values_list("unit_code", "name", "unit_kind")) == [
        ("a", "Tuin A", "living_lab"),
        ("b", "Tuin B", "living_lab"),
    ]


def test_the_same_file_again_adds_nothing(labs: Study, lead: Person) -> None:
    load(labs, lead, "code,name\na,A\n")
    assert load(labs, lead, "code,name\na,A\nb,B\n") == Added(new=1, known=1)
    assert load(labs, lead, "code,name\na,A\nb,B\n") == Added(new=0, known=2)


def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_added(
    labs: Study, lead: Person
) -> None:
    content = "code,name\na,A\n,Zonder code\nb b,B\na,Nog eens\nc,\nd,Goed\n"
    assert faults(labs, lead, content) == [
        (3, "code_missing"),
        (4, "code_wrong"),
        (5, "code_twice"),
        (6, "name_missing"),
    ]


def test_a_code_of_another_unit_is_refused(labs: Study, lead: Person) -> None:
    unit_add(labs, code="a", name="A", person=lead, origin="test")
    with pytest.raises(RowsRefusal) as caught:
        load(labs, lead, "code,name\na,Iets anders\nb,B\n")
    assert [(f.row, f.code, f.value) for f in caught.value.faults] == [(2, "code_taken", "a")]
    assert labs.cases.count() == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [(1, "column_missing"), (1, "column_missing")]),
        ("code,titel\na,A\n", [(1, "column_missing")]),
        ("code,name\n", [(0, "no_rows")]),
        (b"code,name\na,Caf\xe9\n", [(2, "not_utf8")]),
        (b"\x00\xff" * 10, [(1, "not_utf8")]),
        ('code,name\na,"open', [(2, "not_csv")]),
        ("code,name\na\x00,A\n", [(2, "code_wrong")]),
        ("code,name\na,A\x00B\n", [(2, "name_wrong")]),
        (f"code,name\na,{'x' * 201}\n", [(2, "name_wrong")]),
        (f"code,name\n{'x' * 81},A\n", [(2, "code_wrong")]),
        (b"x" * 1_000_001, [(0, "too_large")]),
        ("code,name\n=cmd,A\n", [(2, "code_wrong")]),
    ],
)
def test_a_file_that_is_no_good_is_refused_with_its_place(
    labs: Study, lead: Person, content: str | bytes, expected: list[tuple[int, str]]
) -> None:
    assert faults(labs, lead, content) == expected


def test_a_file_with_too_many_rows_is_refused(labs: Study, lead: Person) -> None:
    rows = "".join(f"c{number},N\n" for number in range(ROWS_LIMIT + 1))
    assert faults(labs, lead, "code,name\n" + rows) == [(ROWS_LIMIT + 2, "too_many_rows")]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tail=st.binary(max_size=60))
def test_whatever_is_uploaded_is_taken_or_refused(labs: Study, lead: Person, tail: bytes) -> None:
    with transaction.atomic():
        try:
            new, told = load(labs, lead, b"code,name\n" + tail).new, ()
        except RowsRefusal as refusal:
            new, told = 0, refusal.faults
        assert labs.cases.count() == new
        assert bool(new) != bool(told)
        transaction.set_rollback(True)


def test_municipalities_are_not_typed_in(study: Study, lead: Person) -> None:
    with pytest.raises(Refusal) as caught:
        unit_add(study, code="GM9999", name="Verzonnen", person=lead, origin="test")
    assert caught.value.code == "municipalities_are_given"


def test_every_fault_has_words_in_both_languages() -> None:
    for code in FAULTS:
        fault = RowFault(1, code, "waarde", near="buur", limit="9")
        told = {}
        for language in ("nl", "en"):
            with override(language):
                told[language] = str(fault)
        assert told["nl"] != told["en"], code


def test_labels_come_with_their_source_by_name_or_code(study: Study, lead: Person) -> None:
    lines = "Zaanstad\n  gm0503 \n\nZAANSTAD\n"
    n = forerunners_label(
        study, lines, label=True, source=" Lijst van 2014 ", person=lead, origin="test"
    )
    assert n == 2
    labelled = study.cases.filter(forerunner=True).order_by("name")
    assert [(case.name, case.forerunner_source) for case in labelled] == [
        ("Delft", "Lijst van 2014"),
        ("Zaanstad", "Lijst van 2014"),
    ]
    forerunners_label(study, "Delft", label=None, source="", person=lead, origin="test")
    assert [case.name for case in study.cases.filter(forerunner=True)] == ["Zaanstad"]


def test_one_unknown_name_and_no_unit_is_labelled(study: Study, lead: Person) -> None:
    with pytest.raises(RowsRefusal) as caught:
        forerunners_label(
            study, "Delft\nZaandstad\nqqqq", label=True, source="x", person=lead, origin="test"
        )
    assert [(f.row, f.code, f.near) for f in caught.value.faults] == [
        (2, "unknown_near", "Zaanstad"),
        (3, "unknown", ""),
    ]
    assert not study.cases.filter(forerunner__isnull=False).exists()


@pytest.mark.parametrize(("lines", "code"), [("\n \n", "no_rows"), ("x\n" * 501, "too_many_rows")])
def test_no_names_and_too_many_are_refused(
    study: Study, lead: Person, lines: str, code: str
) -> None:
    assert LINES_LIMIT == 500
    with pytest.raises(RowsRefusal) as caught:
        forerunners_label(study, lines, label=True, source="x", person=lead, origin="test")
    assert [fault.code for fault in caught.value.faults] == [code]


def test_two_units_of_one_name_are_told_apart_by_code(labs: Study, lead: Person) -> None:
    load(labs, lead, "code,name\na,Tuin\nb,Tuin\n")
    with pytest.raises(RowsRefusal) as caught:
        forerunners_label(labs, "Tuin", label=True, source="x", person=lead, origin="test")
    assert caught.value.faults[0].code == "ambiguous"
    assert forerunners_label(labs, "b", label=True, source="x", person=lead, origin="test") == 1


def test_a_label_without_a_source_is_refused_by_action_and_database(
    study: Study, lead: Person
) -> None:
    with pytest.raises(Refusal) as caught:
        forerunners_label(study, "Delft", label=False, source=" ", person=lead, origin="test")
    assert caught.value.code == "label_without_source"
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(study=study, name="Delft").update(forerunner=True)
