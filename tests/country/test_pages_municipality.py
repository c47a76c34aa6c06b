"""Does the page of a municipality tell its life, regions, partners and figures, with sources?"""

import re
from urllib.parse import unquote

import polars as pl
import pytest
from page_reading import Page, page_at

from rodedraad.country.current import current_country
from rodedraad.country.queries.figures import position_words, spreads


def section(page: Page, heading_id: str) -> str:
    begin = page.html.index(f'aria-labelledby="{heading_id}"')
    return page.html[begin : page.html.index("</section>", begin)]


def amount(text: str) -> int:
    return int(text.replace(".", ""))


@pytest.mark.parametrize("spelled", ["gm0363", "363", "GM363", " GM0363"])
def test_another_spelling_of_the_code_leads_to_the_page(spelled: str) -> None:
    assert page_at(f"/land/{spelled}/").status == 301


@pytest.mark.parametrize("wrong", ["GM9999", "Amsterdam", "NL0363"])
def test_what_is_no_code_of_a_municipality_is_not_found_with_a_cure(wrong: str) -> None:
    page = page_at(f"/land/{wrong}/")
    assert page.status == 404
    assert "zoek op naam" in page.text


def test_every_municipality_that_ended_names_what_its_area_belongs_to_now() -> None:
    page = page_at("/land/GM0140/")
    assert "Deze gemeente bestaat niet meer" in page.text
    now = {"GM0080", "GM1900", "GM1949"}
    assert now <= {href.split("/")[2] for href in page.hrefs() if href.startswith("/land/GM")}
    assert page.text.count("(voor een deel)") == 3
    assert "Er zijn geen aandelen gepubliceerd" in page.text


def test_predecessors_of_a_date_are_listed_and_partial_ones_marked() -> None:
    text = page_at("/land/GM1900/?datum=2005-01-01").text
    listed = text[text.index("Op 1 januari 2005 hoorde het gebied") :]
    assert re.search(r"Sneek \(GM0091\) ", listed)
    assert "Boarnsterhim (GM0055): voor een deel; er zijn geen aandelen gepubliceerd" in listed


@pytest.mark.parametrize("wrong", ["1999-12-31", "gisteren", "2018-02-30"])
def test_a_date_that_cannot_be_answered_is_told_so(wrong: str) -> None:
    text = page_at(f"/land/GM1900/?datum={wrong}").text
    assert "Geef een datum vanaf 1 januari 2000" in text


def test_a_municipality_of_before_the_figures_says_where_to_look() -> None:
    text = page_at("/land/GM0977/").text
    assert "Geen cijfers van deze gemeente" in text


def test_a_municipality_in_two_regions_of_a_kind_shows_both() -> None:
    page = page_at("/land/GM0361/")
    assert page.row("COROP")[1] == "Alkmaar en omgeving Groot-Amsterdam"


def test_partners_are_counted_over_shared_arrangements() -> None:
    table = current_country().table("joint_arrangements").drop_nulls("code")
    pairs = table.join(table, on="arrangement_key").filter(
        pl.col("code") == "GM0361", pl.col("code_right") != "GM0361"
    )
    counted = pairs.unique(["arrangement_key", "code_right"])["code_right"].value_counts()
    most = counted.sort("count", descending=True).row(0, named=True)
    name = current_country().municipalities[most["code_right"]].name
    page = page_at("/land/GM0361/")
    after = page.rows[page.rows.index(["Gemeente", "Gedeelde regelingen"]) + 1 :]
    assert after[0][1] == str(most["count"])
    assert [name, str(most["count"])] in after[:10]


def test_every_figure_on_the_page_leads_to_a_record_about_this_municipality() -> None:
    facts = set(page_at("/land/GM0361/").hrefs("land-fact"))
    assert len(facts) > 80
    for address in facts:
        record = page_at(unquote(address))
        assert record.status == 200, address
        assert "/land/GM0361/" in record.hrefs(), address


def test_a_missing_figure_says_why() -> None:
    figures = current_country().table("figures")
    gone = figures.filter(pl.col("status") == "absent").row(0, named=True)
    assert "niet in de bron" in section(page_at(f"/land/{gone['code']}/"), "cijfers")


def test_the_place_among_all_is_told_in_words_from_the_quantiles() -> None:
    spread = spreads(current_country())["aged_65_plus_share", 2021]
    low, lower, median, upper, high = spread.quantiles
    assert spread.n_municipalities == 352
    values = (low - 1, lower - 0.01, median, upper + 0.01, high + 1)
    words = [position_words(value, spread) for value in values]
    assert len(set(words)) == 5


def test_group_amounts_are_the_sums_of_the_published_amounts_they_lead_to() -> None:
    page = page_at("/land/GM0363/")
    assert "/land/GM0363/lasten/2023/#accounts" in page.hrefs()
    years = next(row for row in page.rows if row[0] == "Groep")
    at = next(index for index, year in enumerate(years) if year.startswith("2023"))
    published = page_at("/land/GM0363/lasten/2023/")
    by_group: dict[str, int] = {}
    accounts = published.html.index('id="budget"')
    n_accounts = published.html[:accounts].count("<tr>") - 1
    for _taakveld, _title, group, text in published.rows[1 : n_accounts + 1]:
        by_group[group] = by_group.get(group, 0) + amount(text)
    assert len(by_group) == 6
    for group, total in by_group.items():
        shown = [row for row in page.rows if row[0] == group and len(row) == len(years)]
        assert amount(shown[0][at]) == total
    assert amount(page.row("Totaal")[at]) == sum(by_group.values())


def test_breaks_in_the_classification_are_marked_and_nothing_finer_goes_over_them() -> None:
    page = page_at("/land/GM0363/")
    budgets = [row for row in page.rows if row[0] == "Groep"][1]
    marked = [cell for cell in budgets if "nieuwe indeling" in cell]
    assert marked == ["2023 nieuwe indeling", "2025 nieuwe indeling"]
    youth = [row for row in page.rows if row[0] == "waarvan jeugd"][1]
    assert youth[budgets.index(marked[1]) :] == ["–", "–"]


def test_the_page_speaks_english_when_asked() -> None:
    page = page_at("/land/GM0363/", language="en")
    assert re.fullmatch(r"\d,\d{3}", page.row("Total in euro per inhabitant")[1])
    assert page.row("Aged 65 and over")
    assert "Expenditure on the social domain" in page.text
