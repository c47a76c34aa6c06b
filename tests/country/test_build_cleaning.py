"""Are dirty names cleaned without harm to clean ones, and matched without false matches?"""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.country.build.cleaning import cleaned, encoding_repaired, slug
from rodedraad.country.build.participants import Matcher, compared
from rodedraad.country.history import Country, Link, Municipality, country_tables

DUTCH = st.text("abcdefgh ABCëïöüéèâûúß’'-()., ", max_size=30)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(country_tables())


@given(DUTCH)
def test_text_read_in_the_wrong_encoding_is_repaired(text: str) -> None:
    broken = text.encode("utf-8").decode("cp1252", errors="replace")
    if "\ufffd" not in broken:
        assert encoding_repaired(broken) == text


@given(DUTCH)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("SÃºdwest-FryslÃ¢n", "Súdwest-Fryslân"),
        ("Waterschap â€™t Suydevelt", "Waterschap ’t Suydevelt"),
        ("8100 ACÂ\xa0 ", "8100 AC"),
        ("Súdwest-Fryslân", "Súdwest-Fryslân"),
        ("  two   blanks ", "two blanks"),
    ],
)
def test_known_damage_is_repaired_and_good_text_kept(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


def test_a_slug_has_only_small_letters_digits_and_hyphens() -> None:
    assert slug("Coöperatie 't Gein / (RUD) Fryslân") == "cooperatie-t-gein-rud-fryslan"


@pytest.mark.parametrize(
    ("name", "code", "match"),
    [
        ("Amsterdam", "GM0363", "exact"),
        ("gemeente Amsterdam", "GM0363", "variant"),
        ("Súdwest-Fryslân", "GM1900", "exact"),
        ("Sudwest Fryslan", "GM1900", "variant"),
        ("Bergen (NH.)", "GM0373", "variant"),
        ("Utrecht", "GM0344", "exact"),
        ("Bussum", "GM1942", "predecessor"),
        ("Groesbeek", "GM1945", "predecessor"),
    ],
)
def test_names_of_municipalities_are_found(
    matcher: Matcher, name: str, code: str, match: str
) -> None:
    found = matcher.member(name)
    assert (found.kind, found.code, found.match) == ("municipality", code, match)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Provincie Utrecht", "province"),
        ("Provincie Groningen", "province"),
        ("Waterschap Hollandse Delta", "water_board"),
        ("Hoogheermraadschap van Rijnland", "water_board"),
        ("De Dommel", "water_board"),
        ("Haren (Ems) (Duitsland)", "foreign"),
        ("Rhede (Duitsland)", "foreign"),
        ("Zaanstreek", "other"),
        ("Rijk", "other"),
        ("", "other"),
    ],
)
def test_others_are_no_municipality(matcher: Matcher, name: str, kind: str) -> None:
    found = matcher.member(name)
    assert (found.kind, found.code, found.match) == (kind, None, "unmatched")
    assert found.why


def test_a_municipality_divided_before_2016_is_named_but_not_matched(matcher: Matcher) -> None:
    found = matcher.member("Maasdonk")
    assert (found.named_code, found.code) == ("GM1671", None)
    assert found.why == "ended on 2014-12-31, divided over 's-Hertogenbosch, Oss"


def test_one_name_of_two_municipalities_is_settled_by_the_other_members(
    matcher: Matcher,
) -> None:
    north = matcher.members(["Bergen", "Alkmaar", "Heiloo"])
    south = matcher.members(["Gennep", "Bergen", "Venray"])
    nobody = matcher.members(["Bergen"])
    assert (north[0].code, south[1].code) == ("GM0373", "GM0893")
    assert (nobody[0].code, nobody[0].why) == (None, "name of several municipalities")


def test_a_municipality_that_begins_after_2016_is_not_matched() -> None:
    later = Municipality("GM0002", "Nieuwstad", date(2020, 1, 1), None, "PV20", "Groningen")
    earlier = Municipality("GM0001", "Oudstad", None, date(2019, 12, 31), "PV20", "Groningen")
    step = Link("wzg_1", date(2020, 1, 1), "recoding", "GM0001", "GM0002", False, 1.0, None)
    country = Country(Path(), {"GM0001": earlier, "GM0002": later}, (step,))
    matcher = Matcher(country)
    assert matcher.member("Nieuwstad").code is None
    assert matcher.member("Oudstad").code == "GM0001"


def test_names_are_compared_without_capitals_accents_and_hyphens() -> None:
    assert compared("Reusel-de Mierden") == compared("Reusel-De Mierden")
    assert compared("Gemeente Noordoostpolder,") == "noordoostpolder"
    assert compared("Beek") != compared("Beekdaelen")
