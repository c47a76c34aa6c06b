"""Do the pages of a year show the right municipalities, figures, regions and changes?"""

import csv
import re
from io import StringIO

import polars as pl
import pytest
from django.test import Client
from page_reading import page_at

from rodedraad.country.current import current_country
from rodedraad.country.pictures.region_map import region_map
from rodedraad.country.pictures.shapes import shapes_of_year
from rodedraad.country.queries.choices import choices, regions_of_year

PUBLISHED_COUNTS = {2010: 431, 2015: 393, 2016: 390, 2018: 380, 2019: 355, 2022: 345, 2026: 342}
PUBLISHED_TOTALS = {2017: 17_081_507, 2021: 17_475_415, 2026: 18_130_208}


def areas(html: str) -> list[str]:
    return re.findall(r'<a href="/land/(GM\d{4})/" tabindex="-1">', html)


@pytest.mark.parametrize(("year", "count"), PUBLISHED_COUNTS.items())
def test_a_year_has_as_many_municipalities_as_published(year: int, count: int) -> None:
    page = page_at(f"/land/?jaar={year}")
    assert f"{count} gemeenten op 1 januari {year}." in page.text
    assert len(areas(page.html)) == (count if year >= 2015 else 0)


def test_a_year_before_the_first_boundaries_says_why_there_is_no_map() -> None:
    page = page_at("/land/?jaar=2009")
    assert "Geen kaart van 2009" in page.text
    assert "beginnen in 2015" in page.text
    assert page.row("Aa en Hunze")


@pytest.mark.parametrize("year", ["1999", "2027", "abc", "20x9"])
def test_a_year_that_is_not_held_is_refused_with_the_years_that_are(year: str) -> None:
    page = page_at(f"/land/?jaar={year}")
    assert page.status == 400
    assert "Kies een jaar van 2000 tot en met 2026." in page.text


@pytest.mark.parametrize(
    ("query", "year"),
    [("jaar=2018&jaartal=2020&vorig=2020", 2018), ("jaar=2020&jaartal=2018&vorig=2020", 2018)],
)
def test_without_scripts_the_slider_or_the_field_that_was_changed_counts(
    query: str, year: int
) -> None:
    answer = Client(SERVER_NAME="localhost").get(f"/land/?{query}&kleur=inwoners")
    assert (answer.status_code, answer["Location"]) == (302, f"/land/?jaar={year}&kleur=inwoners")


def test_the_classes_of_a_figure_hold_every_municipality_once() -> None:
    page = page_at("/land/?jaar=2021&kleur=wmo_clients_per_1000")
    counts = [int(n) for n in re.findall(r"land-count\">\s*(\d+) gemeente", page.html)]
    assert sum(counts) == 352
    figures = current_country().table("figures")
    wanted = figures.filter(pl.col("key") == "wmo_clients_per_1000", pl.col("year") == 2021)
    missing = 352 - wanted["value"].count()
    assert counts[-1] == missing
    assert max(counts[:-1]) - min(counts[:-1]) < 20


def test_a_figure_in_a_year_without_it_names_the_years_that_have_it() -> None:
    page = page_at("/land/?jaar=2018&kleur=address_density")
    years = re.findall(r'href="\?jaar=(\d{4})&amp;kleur=address_density"', page.html)
    assert years == ["2015", "2020", "2021"]


def test_neighbouring_regions_never_have_the_same_shade() -> None:
    country = current_country()
    kinds = [one for group in choices(country).values() for one in group if one.is_region]
    assert len(kinds) == 43
    for kind in kinds:
        for year in kind.years:
            found = regions_of_year(country, kind, year)
            names = {code: [each.region for each in all_] for code, all_ in found.items()}
            shapes = shapes_of_year(country, year)
            shades = region_map(shapes, names).shades
            for pair in shapes.borders:
                one, other = (names[code][0] if code in names else None for code in pair)
                if one and other and one != other:
                    assert shades[one] != shades[other], (kind.key, year, one, other)


def test_the_map_of_a_kind_of_region_lists_its_regions_with_their_size() -> None:
    page = page_at("/land/?jaar=2016&kleur=regio-jeugdregio")
    listed = re.findall(r"<li>([^<]+) <span class=\"land-count\">\s*(\d+)", page.html)
    assert len(listed) == 42
    assert sum(int(count) for _name, count in listed) == 390
    marks = re.findall(r'land-mark"[^>]*>(\d+)<', page.html)
    assert set(marks) == {str(number) for number in range(1, 43)}


def test_a_kind_with_few_regions_gives_each_a_shade_of_its_own() -> None:
    page = page_at("/land/?jaar=2022&kleur=regio-gemeentegrootte")
    shades = re.findall(r'<svg viewBox="0 0 36 22" width="24".*?land-region-(\d)', page.html)
    assert shades == [str(number) for number in range(1, 9)]


def test_a_divided_predecessor_is_marked_with_the_act_and_the_source() -> None:
    page = page_at("/land/?jaar=2014")
    assert "een deel van Boarnsterhim" in page.text
    assert "https://zoek.officielebekendmakingen.nl/stb-2013-286.html" in page.hrefs()
    assert "/land/bron/staatsblad/Stb.%202013,%20286/" in page.hrefs()


def test_a_change_in_the_middle_of_a_year_has_its_own_date() -> None:
    assert "24 maart 2022" in page_at("/land/?jaar=2022").text


def test_boundaries_that_are_not_as_published_are_named() -> None:
    text = page_at("/land/?jaar=2019").text
    assert "5 zijn een benadering" in text
    assert "Het Hogeland" in text
    assert "benadering" not in page_at("/land/?jaar=2026").text


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("fryslan", "GM1900"), ("SÚDWEST", "GM1900"), ("den haag", "GM0518"),
        ("s-gravenhage", "GM0518"), (" gm0518  ", "GM0518"), ("518", "GM0518"),
        ("GM34", "GM0034"),
    ],
)  # fmt: skip
def test_a_municipality_is_found_by_name_without_accents_or_by_any_spelling_of_its_code(
    wanted: str, code: str
) -> None:
    page = page_at(f"/land/gemeenten/?zoek={wanted}")
    assert f"/land/{code}/" in page.hrefs()


def test_an_unknown_code_gets_a_sentence_with_the_cure() -> None:
    text = page_at("/land/gemeenten/?zoek=gm9999").text
    assert "Geen gemeente heeft sinds 2000 de code GM9999 gehad" in text
    assert "zoek op naam" in text


def test_a_municipality_of_other_years_is_named_with_its_last_day() -> None:
    page = page_at("/land/gemeenten/?zoek=weesp&jaar=2024")
    assert "/land/GM0457/" in page.hrefs()
    assert "tot en met 23 maart 2022" in page.text


def test_a_name_that_never_was_is_told_so() -> None:
    assert "Geen gemeente heeft ‘xyzzy’ in de naam" in page_at("/land/gemeenten/?zoek=xyzzy").text


@pytest.mark.parametrize(("year", "total"), PUBLISHED_TOTALS.items())
def test_the_file_holds_every_municipality_and_adds_up_to_the_published_total(
    year: int, total: int
) -> None:
    rows = list(csv.DictReader(StringIO(page_at(f"/land/gemeenten.csv?jaar={year}").html)))
    assert sum(int(row["inhabitants"]) for row in rows) == total


def test_the_file_has_a_row_for_every_region_a_municipality_sits_in() -> None:
    address = "/land/gemeenten.csv?jaar=2016&kleur=regio-sociale-werkvoorziening"
    rows = list(csv.DictReader(StringIO(page_at(address).html)))
    assert len([row for row in rows if row["value"]]) == 392
    assert {row["value_source"] for row in rows if row["value"]} == {"regioatlas_2016"}


def test_pages_keep_year_and_choice() -> None:
    links = page_at("/land/gemeenten/?jaar=2016&kleur=regio-jeugdregio").hrefs()
    assert "?jaar=2016&kleur=regio-jeugdregio&page=2" in links


def test_the_page_speaks_english_when_asked() -> None:
    page = page_at("/land/?jaar=2021&kleur=wmo_clients_per_1000", language="en")
    assert (
        "352 municipalities on 1 January 2021. The map shows: Clients of social support."
        in page.text
    )
