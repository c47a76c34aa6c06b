"""Does a client learn nothing of one person, and does no quote name somebody by role and place?"""

import numpy as np
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from overview_material import Small, case_make, coding_make, source_make

from rodedraad.assessment.conclusions.scores import MIN_PUBLISHED
from rodedraad.overviews.attribution import (
    CASE,
    CASE_TYPE,
    FULL,
    NONE,
    ROLE,
    levels_for,
    names_of,
)
from rodedraad.overviews.disclosure import LEAST, cells_hidden
from rodedraad.sources.models import Source


def talks(small: Small, case: object, n: int, *, role: str = "U", level: str = "team") -> list:
    return [
        source_make(
            small.study, f"gesprek {case} {role} {i}", case, role=role,
            respondent=f"{case}{role}{i}", kind=Source.Kind.TRANSCRIPT, level=level,
        )
        for i in range(n)
    ]  # fmt: skip


def test_the_threshold_is_that_of_scores() -> None:
    assert LEAST == MIN_PUBLISHED


@given(
    hnp.arrays(
        np.int64, st.tuples(st.integers(1, 4), st.integers(1, 6)), elements=st.integers(0, 12)
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_hidden_cannot_be_worked_out_from_a_total(voices: np.ndarray) -> None:
    base = np.full(voices.shape[1], 12)
    hidden = cells_hidden(voices, base)
    assert hidden[(voices < LEAST) | (voices == 12)].all()
    for row, of in zip(hidden, voices, strict=True):
        if row.any() and not row.all():
            assert row.sum() > 1
            assert of[row].sum() >= LEAST


def test_a_client_sees_numbers_of_five_voices_and_no_conditions(small, client: Client) -> None:
    big, other = case_make(small.study, "Groot"), case_make(small.study, "Ook groot")
    for case in (big, other):
        for source in talks(small, case, 9)[:6]:
            coding_make(small.coder, source, small.learn_team)
    client.force_login(small.team["client"])
    page = client.get("/studies/proeftuinen/themas/matrix/").content.decode()
    shown = client.get("/studies/proeftuinen/themas/matrix.csv")
    rows = [line.split(",") for line in b"".join(shown).decode().splitlines()]
    table = {row[0]: dict(zip(rows[0][1:], row[1:], strict=True)) for row in rows[1:]}
    # Of the two large cases one is hidden too: a total minus both would tell of the three in north.
    assert sorted([table["Leren"]["Groot"], table["Leren"]["Ook groot"]]) == ["6", "te weinig"]
    assert table["Leren"]["Buurt Noord"] == "te weinig"
    assert table["Bronnen"]["Buurt Noord"] == "te weinig"
    assert table["Geld"]["Groot"] == "te weinig"
    assert "In het team" not in page
    assert 'name="casus"' not in page
    asked = b"".join(client.get("/studies/proeftuinen/themas/matrix.csv?rol=U&casus=1&tel=los"))
    assert asked.decode().splitlines() == [",".join(row) for row in rows]


@pytest.mark.parametrize("page", ["", "matrix/", "samen/", "tijd/", "verzadiging/"])
def test_no_page_of_a_client_holds_a_quote_a_title_or_a_name(small, client: Client, page) -> None:
    for source in talks(small, small.north, 9)[:6]:
        coding_make(small.coder, source, small.learn, (0, 8))
    client.force_login(small.team["client"])
    text = client.get(f"/studies/proeftuinen/themas/{page}").content.decode()
    assert "Een zin" not in text
    assert "gesprek" not in text.replace("gespreksverslag", "")
    assert "citaten/" not in text


@pytest.mark.parametrize("form", ["", "citaten/", "citaten.csv", "citaten.xlsx"])
def test_a_client_and_a_stranger_get_no_quotes(small, client: Client, form) -> None:
    for role in ("client", "other"):
        client.force_login(small.team[role])
        expected = 200 if role == "client" and not form else 404
        assert client.get(f"/studies/proeftuinen/themas/{form}").status_code == expected


def level_of(small: Small, source: Source, asked: str) -> str:
    return names_of(small.study, asked)[source.pk].level


def test_a_role_with_few_people_in_a_case_gets_the_broader_level(small) -> None:
    alone, many = talks(small, small.north, 1, role="B")[0], talks(small, small.south, 5)[0]
    assert level_of(small, many, CASE) == CASE
    assert level_of(small, alone, CASE) == NONE
    talks(small, small.south, 4, role="B")
    assert level_of(small, alone, CASE) == ROLE
    for case in (small.north, small.south):
        case.stratum = "klein"
        case.save()
    assert level_of(small, alone, CASE) == CASE_TYPE
    assert level_of(small, alone, FULL) == FULL


def test_talks_of_one_person_count_once_and_a_personal_source_never_gets_its_case(small) -> None:
    same = [
        source_make(small.study, f"x{i}", small.north, role="P", respondent="R9") for i in range(6)
    ]
    assert level_of(small, same[0], CASE) == NONE
    personal = talks(small, small.south, 6, role="C", level="personal")[0]
    assert level_of(small, personal, CASE) == ROLE


def test_a_document_tells_its_case_but_a_kind_with_one_case_is_that_case(small) -> None:
    note = small.sources[0]
    assert level_of(small, note, CASE) == CASE
    small.north.stratum = "enige"
    small.north.save()
    assert level_of(small, note, CASE_TYPE) == ROLE


def test_only_lead_and_researchers_may_have_everything(small) -> None:
    assert FULL in levels_for(small.access("researcher"))
    assert FULL not in levels_for(small.access("privacy_officer"))
