"""Do source pages and source records show what we hold, as published and as cleaned?"""

import re
from itertools import pairwise

import pytest
from django.utils.translation import override
from page_reading import page_at

from rodedraad.country.current import current_country
from rodedraad.country.queries.record_values import (
    CHANGES,
    NOTES,
    VALUES,
    licence_words,
    reason_words,
)
from rodedraad.country.tables import SCHEMAS, sources_read

SOURCES = sources_read()
SOME_PAGES = (
    "/land/",
    "/land/?jaar=2016&kleur=regio-sociale-werkvoorziening",
    "/land/?jaar=2021&kleur=low_income_share",
    "/land/?jaar=2009",
    "/land/gemeenten/?zoek=gm9999",
    "/land/GM1900/?datum=2005-01-01",
    "/land/GM0363/lasten/2024/",
    "/land/bron/iv3/",
    "/land/bron/boundaries_2023/GM0363/",
    "/land/GM9999/",
)


@pytest.mark.parametrize("key", SOURCES)
def test_every_source_has_a_page_with_its_terms(key: str) -> None:
    page = page_at(f"/land/bron/{key}/")
    assert page.status == 200
    with override("nl"):
        assert licence_words(SOURCES[key].licence) in page.text
    assert (SOURCES[key].sha256 or "") in page.text


def test_an_unknown_source_or_row_is_not_found() -> None:
    assert page_at("/land/bron/geen/").status == 404
    assert page_at("/land/bron/iv3/0/").status == 404
    asked = page_at("/land/bron/iv3/?regel=0")
    assert asked.status == 404
    assert "Wij hebben geen rij ‘0’ van deze bron" in asked.text


def test_a_row_that_is_asked_for_leads_to_its_record() -> None:
    assert page_at("/land/bron/iv3/?regel=5").status == 302


def test_the_published_text_stands_beside_the_cleaned_one() -> None:
    page = page_at("/land/bron/opengr_2016/377/")
    assert page.row("Gemeenschappelijke regeling") == [
        "Gemeenschappelijke regeling",
        "Coöperatie ParkeerService",
        "CoÃ¶peratie ParkeerService",
    ]


def test_every_code_that_a_record_can_show_has_words() -> None:
    country = current_country()
    for table, schema in SCHEMAS.items():
        for column in VALUES.keys() & set(schema):
            codes = set(country.table(table)[column].drop_nulls())
            assert codes <= {*VALUES[column], *CHANGES}, (table, column)
    notes = set(country.table("region_types")["note"].drop_nulls())
    assert notes <= NOTES
    reasons = set(country.table("joint_arrangements")["why"].drop_nulls())
    with override("nl"):
        assert {reason for reason in reasons if reason_words(reason) == reason} == set()


def test_a_record_says_codes_and_dates_in_words() -> None:
    page = page_at("/land/bron/regions_2022/2/")
    assert page.row("Domein")[1] in {"sociaal domein", "veiligheid", "fysiek domein", "bestuurlijk"}
    change = current_country().table("events").row(0, named=True)
    page = page_at(f"/land/bron/{change['source']}/{change['source_row']}/")
    assert page.row("Datum")[1] == "1 januari 2000"
    assert page.row("Soort")[1] in {"samenvoeging", "uitbreiding", "nieuwe code"}


def test_a_record_with_many_figures_shows_them_all_with_their_column() -> None:
    page = page_at("/land/bron/85039NED/3/")
    columns = [row[-1] for row in page.rows if len(row) == 6][1:]
    assert len(columns) == 31
    assert "HumanCapital/High education (%)" in columns


@pytest.mark.parametrize("table", SCHEMAS)
def test_a_row_of_every_table_is_found_by_its_source(table: str) -> None:
    row = current_country().table(table).row(-1, named=True)
    page = page_at(f"/land/bron/{row['source']}/{row['source_row']}/")
    assert page.status == 200


def test_an_address_in_which_a_server_merged_slashes_still_finds_the_row() -> None:
    page = page_at("/land/bron/tooi/https:/identifier.overheid.nl/tooi/id/gemeente/gm0888/")
    assert page.status == 200
    assert "Beek" in page.text


@pytest.mark.parametrize("address", SOME_PAGES)
def test_nothing_on_the_pages_breaks_the_security_policy(address: str) -> None:
    html = page_at(address).html
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|data:image", html)


@pytest.mark.parametrize("address", SOME_PAGES)
def test_a_page_has_one_main_heading_and_skips_no_level(address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page_at(address).html)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
