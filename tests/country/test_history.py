"""Are the right municipalities found on each date, and what became of each?"""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.country.codes import MunicipalityMalformed, municipality_code
from rodedraad.country.history import (
    Country,
    DateBeforeRegister,
    MunicipalityAbsent,
    MunicipalityUnknown,
    Relative,
    country_tables,
)

SOURCES = os.environ.get("RODEDRAAD_SOURCES")
DATES = st.dates(date(2000, 1, 1), date(2026, 12, 31))


@pytest.fixture(scope="module")
def country() -> Country:
    return country_tables()


def codes(relatives: tuple[Relative, ...]) -> dict[str, bool]:
    return {each.municipality.code: each.partial for each in relatives}


@pytest.mark.parametrize(
    "text", ["GM0363", "gm0363", "GM0363    ", " 0363", "363", "Gm363", "GM363"]
)
def test_a_code_is_accepted_in_every_spelling_of_the_sources(text: str) -> None:
    assert municipality_code(text) == "GM0363"


@pytest.mark.parametrize(
    "text", ["", "Amsterdam", "GM", "GM03630", "WK036300", "GM-363", "３６３x"]
)
def test_a_text_that_is_no_code_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(MunicipalityMalformed, match="such as GM0363"):
        municipality_code(text)


@given(st.integers(0, 9999))
def test_writing_a_code_is_the_same_the_second_time(number: int) -> None:
    once = municipality_code(str(number))
    assert municipality_code(once) == once
    assert int(once.removeprefix("GM")) == number


def test_a_code_that_nobody_has_is_refused(country: Country) -> None:
    with pytest.raises(MunicipalityUnknown, match="GM9999"):
        country.municipality("9999")


def test_weesp_became_amsterdam_on_24_march_2022(country: Country) -> None:
    day = date(2022, 3, 24)
    assert country.municipality_on("GM0457", day - timedelta(days=1)).name == "Weesp"
    (amsterdam,) = country.successors("GM0457", day)
    assert amsterdam.municipality.code == "GM0363"
    assert [(link.date, link.kind, link.share) for link in amsterdam.links] == [
        (day, "enlargement", 1.0)
    ]
    assert len(country.municipalities_on(day)) == 344


def test_de_friese_meren_got_another_code_in_the_middle_of_2015(country: Country) -> None:
    assert country.municipality_on("GM1921", date(2015, 6, 30)).name == "De Friese Meren"
    (heir,) = country.successors("GM1921", date(2015, 7, 1))
    assert (heir.municipality.code, heir.links[0].kind) == ("GM1940", "recoding")
    assert not heir.partial


def test_littenseradiel_went_to_three_municipalities_in_unknown_shares(country: Country) -> None:
    heirs = country.successors("GM0140", date(2018, 1, 1))
    assert codes(heirs) == {"GM0080": True, "GM1900": True, "GM1949": True}
    assert {heir.share for heir in heirs} == {None}
    acts = {link.legal_basis_url for heir in heirs for link in heir.links if link.legal_basis_url}
    assert acts == {"https://zoek.officielebekendmakingen.nl/stb-2017-104.html"}


def test_a_chain_over_several_events_tells_every_step(country: Country) -> None:
    (heir,) = country.successors("GM0517", date(2026, 1, 1))
    steps = [(link.date.year, link.from_code, link.to_code) for link in heir.links]
    assert steps == [(2007, "GM0517", "GM0585"), (2019, "GM0585", "GM1963")]


def test_predecessors_are_the_municipality_itself_and_those_that_joined_it(
    country: Country,
) -> None:
    assert codes(country.predecessors("GM0363", date(2020, 1, 1))) == {
        "GM0363": False,
        "GM0457": False,
    }
    before = codes(country.predecessors("GM0080", date(2013, 1, 1)))
    assert before == {"GM0080": False, "GM0055": True, "GM0081": False, "GM0140": True}


def test_origins_leave_out_what_came_later(country: Country) -> None:
    origins = country.origins("GM0363", date(2022, 1, 1), date(2020, 1, 1))
    assert codes(origins) == {"GM0363": False}


def test_an_ended_municipality_is_refused_with_its_successors(country: Country) -> None:
    with pytest.raises(
        MunicipalityAbsent, match=r"Haaren.*2020-12-31.*Vught \(GM0865\)"
    ) as refusal:
        country.municipality_on("GM0788", date(2022, 1, 1))
    assert set(refusal.value.context["instead"]) == {"GM0757", "GM0824", "GM0855", "GM0865"}


def test_a_municipality_that_had_not_begun_is_refused_with_its_predecessors(
    country: Country,
) -> None:
    with pytest.raises(MunicipalityAbsent, match=r"Dijk en Waard.*began on 2022-01-01") as refusal:
        country.municipality_on("GM1980", date(2015, 1, 1))
    assert set(refusal.value.context["instead"]) == {"GM0398", "GM0416"}


def test_asking_the_past_of_an_ended_or_the_future_of_an_unborn_municipality_is_refused(
    country: Country,
) -> None:
    with pytest.raises(MunicipalityAbsent, match="Ask for its successors"):
        country.predecessors("GM0788", date(2022, 1, 1))
    with pytest.raises(MunicipalityAbsent, match="Ask for its predecessors"):
        country.successors("GM1980", date(2015, 1, 1))


def test_a_date_before_the_register_is_refused(country: Country) -> None:
    with pytest.raises(DateBeforeRegister, match="begins on 2000-01-01"):
        country.municipalities_on(date(1999, 12, 31))


@given(DATES, DATES)
def test_successors_existed_on_the_date_and_lead_back(first: date, second: date) -> None:
    country = country_tables()
    earlier, later = sorted((first, second))
    reached = set()
    for each in country.municipalities_on(earlier)[::7]:
        for heir in country.successors(each.code, later):
            assert heir.municipality.existed_on(later)
            reached.add((each.code, heir.municipality.code))
    for old, new in reached:
        assert old in codes(country.origins(new, later, earlier))


@given(DATES, DATES)
def test_origins_of_all_are_all_municipalities_of_the_earlier_date(
    first: date, second: date
) -> None:
    country = country_tables()
    earlier, later = sorted((first, second))
    found = {
        origin.municipality.code
        for each in country.municipalities_on(later)
        for origin in country.origins(each.code, later, earlier)
    }
    assert found == {each.code for each in country.municipalities_on(earlier)}


@pytest.mark.skipif(not SOURCES, reason="RODEDRAAD_SOURCES does not name the source folder")
def test_history_equals_the_same_facts_published_as_tables(country: Country) -> None:
    folder = Path(str(SOURCES)) / "register"
    with (folder / "municipalities.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            each = country.municipality(row["code"])
            assert (each.name, each.province, each.province_code) == (
                row["name"],
                row["province"],
                row["province_code"],
            )
            assert str(each.begin_date or "") == row["begin_date"]
            assert str(each.end_date or "") == row["end_date"]
    with (folder / "municipalities_by_year.csv").open(encoding="utf-8") as file:
        listed = {(int(row["year"]), row["code"]) for row in csv.DictReader(file)}
    assert listed == {
        (year, each.code)
        for year in range(2000, 2027)
        for each in country.municipalities_on(date(year, 1, 1))
    }
    with (folder / "municipality_changes.csv").open(encoding="utf-8") as file:
        changes = {
            (row["tooi_event_id"], row["date"], old, new)
            for row in csv.DictReader(file)
            for old in row["abolished_codes"].split()
            for new in f"{row['enlarged_codes']} {row['new_codes']}".split()
        }
    events = country.table("events").filter(source="tooi")
    columns = ("event_id", "date", "from_code", "to_code")
    assert changes == {
        (event, str(day), old, new) for event, day, old, new in events.select(columns).iter_rows()
    }
