"""Whether the name of a file suggests the case it names, and no other."""

from types import SimpleNamespace

import pytest

from rodedraad.sources.cases import cases_suggested

CASES = [
    SimpleNamespace(name=name, unit_code=code)
    for name, code in (
        ("Utrecht", "0344"),
        ("Holland", "x1"),
        ("Noord-Holland", "x2"),
        ("'s-Hertogenbosch", "0796"),
        ("Súdwest-Fryslân", "1900"),
        ("Ee", "x3"),
    )
]


class Hashed(SimpleNamespace):
    __hash__ = object.__hash__


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("nota_Utrecht_2015.pdf", "Utrecht"),
        ("Utrechtse nota.pdf", None),
        ("Noord-Holland.pdf", "Noord-Holland"),
        ("s hertogenbosch beleid.pdf", "'s-Hertogenbosch"),
        ("sudwest-fryslan.docx", "Súdwest-Fryslân"),
        ("Utrecht en Holland.pdf", None),
        ("Utrecht/Holland/nota.pdf", "Holland"),
        ("gemeente 0344.pdf", "Utrecht"),
        ("ee.pdf", None),
        ("nota.pdf", None),
    ],
)
def test_a_case_is_suggested_by_whole_words_and_never_when_two_fit(
    name: str, case: str | None
) -> None:
    cases = [Hashed(**vars(one)) for one in CASES]
    found = cases_suggested({"k": name}, cases)
    assert (found["k"].name if found else None) == case
