"""Is it said of a case what became of a municipality that is no longer there?"""

from datetime import date

import pytest
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.country.current import current_country
from rodedraad.studies.models import Case, SelectionPlan
from rodedraad.studies.queries.unit_end import UnitEnd, unit_end


def end_of(code: str, kind: str = "municipality") -> UnitEnd | None:
    return unit_end(current_country(), Case(unit_kind=kind, unit_code=code))


def test_a_merged_municipality_names_the_day_and_the_new_one() -> None:
    end = end_of("GM0425")
    assert end is not None
    assert (end.date, [heir.name for heir in end.heirs]) == (date(2016, 1, 1), ["Gooise Meren"])
    assert not end.recoded
    assert not end.divided


def test_a_divided_municipality_names_all_that_received_a_part() -> None:
    end = end_of("GM1671")  # Maasdonk
    assert end is not None
    assert end.divided
    assert [heir.name for heir in end.heirs] == ["'s-Hertogenbosch", "Oss"]


def test_every_ended_municipality_of_the_frame_has_heirs_that_begin_or_stand_that_day() -> None:
    country = current_country()
    ended = [each for each in country.municipalities.values() if each.end_date is not None]
    for each in ended:
        if each.end_date.year >= 2001:
            end = end_of(each.code)
            assert end is not None, each
            assert all(heir.existed_on(end.date) for heir in end.heirs)


@pytest.mark.parametrize("case", [("GM0363", "municipality"), ("GM0425", "living_lab")])
def test_what_still_exists_or_is_no_municipality_has_no_end(case: tuple[str, str]) -> None:
    assert end_of(*case) is None


@pytest.mark.parametrize("page", ["casussen", "logboek"])
def test_the_page_says_so_with_a_link(plan: SelectionPlan, lead: Person, page: str) -> None:
    Case.objects.filter(study=plan.study, unit_code="GM0425").update(role=Case.Role.MAIN, rank=99)
    client = Client()
    client.force_login(lead)
    text = " ".join(client.get(f"/studies/proef/{page}/").content.decode().split())
    assert 'op 1 januari 2016 opgegaan in <a href="/land/GM1942/">Gooise Meren</a>' in text
