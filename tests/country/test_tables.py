"""Do the carried tables hold what was published: every count, total and source?"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rodedraad.country.tables import (
    CARRIED,
    SCHEMAS,
    SOURCES_FILE,
    TableUnreadable,
    sources_read,
    table_read,
)

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "country-tables.md"
MUNICIPALITIES = {2010: 431, 2013: 408, 2014: 403, 2015: 393, 2016: 390, 2017: 388, 2018: 380}
MUNICIPALITIES |= {2019: 355, 2020: 355, 2021: 352, 2022: 345}
MUNICIPALITIES |= dict.fromkeys((2023, 2024, 2025, 2026), 342)
POPULATION = {
    2017: 17_081_507,
    2019: 17_282_163,
    2020: 17_407_585,
    2021: 17_475_415,
    2022: 17_590_672,
    2023: 17_811_291,
    2024: 17_942_942,
    2025: 18_044_027,
    2026: 18_130_208,
}
SPENDING_BILLIONS = {
    2017: 24.2,
    2018: 24.9,
    2019: 25.8,
    2020: 29.0,
    2021: 27.9,
    2022: 29.5,
    2023: 33.1,
    2024: 35.2,
}
REGIONS_2016 = {
    "arbeidsmarktregio": 35,
    "jeugdregio": 42,
    "wmo-regio": 43,
    "veilig-thuis-regio": 26,
    "ggd-regio": 25,
    "zorgkantoorregio": 32,
}


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    return {name: table_read(name) for name in SCHEMAS}


def existing(lives: pl.DataFrame, when: date) -> pl.DataFrame:
    begun = pl.col("begin_date").is_null() | (pl.col("begin_date") <= when)
    goes_on = pl.col("end_date").is_null() | (pl.col("end_date") >= when)
    return lives.filter(begun & goes_on)


@pytest.mark.parametrize(("year", "count"), MUNICIPALITIES.items())
def test_each_year_has_the_published_number_of_municipalities(
    tables: dict[str, pl.DataFrame], year: int, count: int
) -> None:
    assert existing(tables["municipalities"], date(year, 1, 1)).height == count


def test_the_register_holds_605_municipalities_and_128_events(
    tables: dict[str, pl.DataFrame],
) -> None:
    assert tables["municipalities"].height == 605
    events = tables["events"].unique("event_id")
    assert Counter(events["kind"]) == {"merger": 54, "enlargement": 62, "recoding": 12}
    not_new_year = events.filter((pl.col("date").dt.month() != 1) | (pl.col("date").dt.day() != 1))
    assert not_new_year.height == 9


def test_exactly_the_divided_municipalities_are_partial_and_have_no_share(
    tables: dict[str, pl.DataFrame],
) -> None:
    events = tables["events"]
    divided = events.filter("partial").group_by("from_code").len()
    assert dict(divided.iter_rows()) == {
        "GM0055": 4,  # Boarnsterhim
        "GM1671": 2,  # Maasdonk
        "GM0140": 3,  # Littenseradiel
        "GM0053": 2,  # Winsum
        "GM0788": 4,  # Haaren
    }
    assert events.filter("partial")["share"].null_count() == divided["len"].sum()
    assert set(events.filter(~pl.col("partial"))["share"]) == {1.0}


@pytest.mark.parametrize(("year", "total"), POPULATION.items())
def test_each_year_has_the_published_population(
    tables: dict[str, pl.DataFrame], year: int, total: int
) -> None:
    assert tables["population"].filter(year=year)["inhabitants"].sum() == total


def test_population_is_there_for_exactly_the_municipalities_of_each_year(
    tables: dict[str, pl.DataFrame],
) -> None:
    for (year,), people in tables["population"].group_by("year"):
        valid = existing(tables["municipalities"], date(int(str(year)), 1, 1))
        assert set(people["code"]) == set(valid["code"]), year


def test_population_of_the_series_equals_that_of_the_key_figures_but_for_small_revisions(
    tables: dict[str, pl.DataFrame],
) -> None:
    figures = tables["figures"].filter(key="inhabitants")
    both = figures.join(tables["population"], on=["code", "year"])
    assert Counter(both["year"]) == {2015: 393, 2020: 355, 2021: 352}
    apart = (both["value"] - both["inhabitants"]).abs()
    assert apart.max() <= 10
    assert (apart > 0).sum() == 9
    totals = both.group_by("year").agg(pl.col("value", "inhabitants").sum())
    assert (totals["value"] == totals["inhabitants"]).all()


@pytest.mark.parametrize(("year", "billions"), SPENDING_BILLIONS.items())
def test_the_accounts_of_each_year_add_up_to_the_published_total(
    tables: dict[str, pl.DataFrame], year: int, billions: float
) -> None:
    amounts = tables["spending"].filter(year=year, report="accounts")["amount_keur"]
    assert amounts.sum() / 1e6 == pytest.approx(billions, abs=0.06)


def test_every_published_amount_is_kept_and_classified_in_its_years(
    tables: dict[str, pl.DataFrame],
) -> None:
    spending, classes = tables["spending"], tables["spending_classification"]
    assert spending.height == 69_829
    joined = spending.join(classes, on="taakveld", how="left")
    last = joined["valid_to"].fill_null(joined["year"].max())
    assert ((joined["valid_from"] <= joined["year"]) & (joined["year"] <= last)).all()


def test_each_comparable_group_of_spending_has_figures_in_every_year(
    tables: dict[str, pl.DataFrame],
) -> None:
    joined = tables["spending"].join(tables["spending_classification"], on="taakveld")
    years = joined.group_by("group").agg(pl.col("year").n_unique())
    assert dict(years.iter_rows()) == dict.fromkeys(
        ("access", "care", "community", "employment", "income", "sheltered_work"), 10
    )


def test_the_known_breaks_of_the_classification_are_in_it(
    tables: dict[str, pl.DataFrame],
) -> None:
    classes = tables["spending_classification"]
    ended = set(classes.drop_nulls("valid_to").filter(valid_to=2024)["taakveld"])
    assert ended == {"6.2", "6.6", "6.72", "6.73", "6.74"}
    assert set(classes.filter(valid_from=2023)["taakveld"]) == {"6.73", "6.74"}
    begun = set(classes.filter(valid_from=2025)["taakveld"])
    assert begun == {"6.21", "6.22", "6.23", "6.60", "6.75", "6.76", "6.79", "6.91", "6.92"}


def test_all_memberships_of_regions_are_kept(tables: dict[str, pl.DataFrame]) -> None:
    regions = tables["regions"]
    assert Counter(regions["year"]) == {2016: 12_995, 2022: 8_625}
    types = regions.group_by("year").agg(pl.col("region_type").n_unique())
    assert dict(types.iter_rows()) == {2016: 34, 2022: 25}


def test_regions_have_the_published_numbers(tables: dict[str, pl.DataFrame]) -> None:
    types = tables["region_types"]
    counted = dict(types.select("key", "n_regions_2016").iter_rows())
    assert {key: counted[key] for key in REGIONS_2016} == REGIONS_2016
    in_2016 = tables["regions"].filter(year=2016)
    services = in_2016.filter(region_type="intergemeentelijke-sociale-dienst")
    assert services["code"].n_unique() == 107
    assert in_2016.filter(region_type="sociale-werkvoorziening").height == 392
    assert types.filter("in_2016", "in_2022").height == 16


def test_types_in_both_years_have_about_as_many_regions(
    tables: dict[str, pl.DataFrame],
) -> None:
    both = tables["region_types"].filter("in_2016", "in_2022")
    assert ((both["n_regions_2016"] - both["n_regions_2022"]).abs() <= 1).all()


def test_regions_are_of_the_municipalities_of_their_date(
    tables: dict[str, pl.DataFrame],
) -> None:
    for year in (2016, 2022):
        valid = existing(tables["municipalities"], date(year, 1, 1))
        assert set(tables["regions"].filter(year=year)["code"]) == set(valid["code"])


def test_provinces_of_both_region_sources_are_those_of_the_register(
    tables: dict[str, pl.DataFrame],
) -> None:
    members = tables["regions"].filter(region_type="provincie")
    joined = members.join(tables["municipalities"], on="code")
    spelt = {"Friesland": "Fryslân", "Limburg (NL)": "Limburg"}
    assert (joined["region"].replace(spelt) == joined["province"]).mean() == 1.0


def test_all_memberships_of_joint_arrangements_are_kept_matched_or_not(
    tables: dict[str, pl.DataFrame],
) -> None:
    members = tables["joint_arrangements"]
    assert members.height == 3_752
    assert members["arrangement_key"].n_unique() == members["raw_arrangement"].n_unique() == 464
    counted = Counter(members["match"])
    assert counted == {"exact": 3258, "variant": 76, "predecessor": 86, "unmatched": 332}
    assert members["code"].null_count() == counted["unmatched"]
    assert members.filter(pl.col("match") != "exact")["why"].null_count() == 0


def test_no_water_board_province_or_german_member_is_a_municipality(
    tables: dict[str, pl.DataFrame],
) -> None:
    members = tables["joint_arrangements"]
    strangers = members.filter(pl.col("participant_kind") != "municipality")
    assert strangers["code"].null_count() == strangers.height
    outside = members.filter(
        pl.col("raw_participant").str.contains("(?i)waterschap|heemraad|Duitsland|Provincie|dienst")
    )
    assert outside["code"].null_count() == outside.height > 300


def test_matched_codes_existed_on_the_matching_date(tables: dict[str, pl.DataFrame]) -> None:
    valid = set(existing(tables["municipalities"], date(2016, 1, 1))["code"])
    assert set(tables["joint_arrangements"]["code"].drop_nulls()) <= valid


def test_the_two_bergens_are_told_apart(tables: dict[str, pl.DataFrame]) -> None:
    bergen = tables["joint_arrangements"].filter(participant="Bergen")
    found = dict(bergen.select("arrangement", "code").iter_rows())
    assert found == {
        "Euregio Rijn-Waal": "GM0893",
        "Recreatieschap Geestmerambacht": "GM0373",
        "Regionale Uitvoeringsdienst Noord-Holland Noord (RUD NHN)": "GM0373",
    }


def test_no_cleaned_name_has_broken_encoding_or_blanks(tables: dict[str, pl.DataFrame]) -> None:
    members = tables["joint_arrangements"]
    for column in ("arrangement", "participant", "place", "postcode", "province"):
        assert not members[column].drop_nulls().str.contains("Ã|Â|â€|^ | $|  ").any(), column


def test_every_indicator_has_a_row_per_municipality_of_its_year(
    tables: dict[str, pl.DataFrame],
) -> None:
    counted = tables["figures"].group_by("year", "key").agg(pl.col("code").n_unique())
    joined = tables["indicators"].join(counted, on=["year", "key"], how="left")
    expected = joined["year"].replace_strict({2015: 393, 2020: 355, 2021: 352})
    assert (joined["code"] == expected).all()


def test_missing_figures_say_why_and_others_do_not(tables: dict[str, pl.DataFrame]) -> None:
    figures = tables["figures"]
    missing = figures.filter(pl.col("value").is_null())
    assert (figures.filter(pl.col("status") == "ok")["value"].is_not_null()).all()
    assert Counter(missing["key"]) == {
        "wmo_clients_per_1000": 18,
        "social_assistance_recipients_per_1000": 1,
    }
    assert set(missing["status"]) == {"absent"}


def test_weights_of_rates_and_means_are_counts_of_the_same_year(
    tables: dict[str, pl.DataFrame],
) -> None:
    indicators = tables["indicators"]
    counts = set(indicators.filter(kind="count").select("key", "year").iter_rows())
    weighted = indicators.filter(pl.col("kind") != "count")
    assert set(weighted.select("weight_key", "year").iter_rows()) <= counts


def test_the_address_density_of_2021_is_not_the_population_density_it_is_published_as(
    tables: dict[str, pl.DataFrame],
) -> None:
    wide = tables["figures"].with_columns(name=pl.format("{}_{}", "key", "year"))
    wide = wide.pivot("name", index="code", values="value").drop_nulls(
        ["address_density_2020", "address_density_2021"]
    )
    ratio = wide["address_density_2021"] / wide["address_density_2020"]
    assert 0.95 < ratio.quantile(0.05) < ratio.quantile(0.95) < 1.06
    ratio = wide["population_density_2021"] / wide["population_density_2020"]
    assert 0.95 < ratio.quantile(0.05) < ratio.quantile(0.95) < 1.06


def test_age_shares_of_a_municipality_add_up_to_100(tables: dict[str, pl.DataFrame]) -> None:
    ages = ("under_15", "15_24", "25_44", "45_64", "65_plus")
    shares = tables["figures"].filter(pl.col("key").is_in([f"aged_{age}_share" for age in ages]))
    totals = shares.group_by("year", "code").agg(pl.col("value").sum())
    assert (totals["value"] - 100).abs().max() < 0.05


def test_every_row_points_to_a_listed_source_and_a_row_in_it(
    tables: dict[str, pl.DataFrame],
) -> None:
    listed = sources_read()
    for name, table in tables.items():
        assert set(table["source"]) <= set(listed), name
        assert table["source_row"].null_count() == 0, name
    for source in listed.values():
        assert source.licence, source.key
        assert source.attribution, source.key
        assert source.file is None or re.fullmatch(r"[0-9a-f]{64}", str(source.sha256))


def test_the_tables_are_small_enough_to_carry() -> None:
    assert sum(file.stat().st_size for file in CARRIED.iterdir()) < 1_000_000


def test_the_reference_describes_every_table_and_column() -> None:
    sections = dict(
        section.split("\n", 1) for section in REFERENCE.read_text("utf-8").split("\n## ")[1:]
    )
    for name, schema in SCHEMAS.items():
        first_cells = re.findall(r"^\| ([a-z_0-9, ]+) \|", sections[name], re.MULTILINE)
        described = {column for cell in first_cells for column in cell.split(", ")}
        assert set(schema) - {"source", "source_row"} == described - {"column"}, name


def test_a_missing_table_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match=r"events\.parquet does not exist.*country build"):
        table_read("events", tmp_path)


def test_a_half_written_table_is_refused(tmp_path: Path) -> None:
    whole = (CARRIED / "events.parquet").read_bytes()
    (tmp_path / "events.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TableUnreadable, match=r"events\.parquet cannot be read.*country build"):
        table_read("events", tmp_path)


def test_a_table_with_a_missing_column_is_refused_by_name(tmp_path: Path) -> None:
    table_read("events").drop("partial").write_parquet(tmp_path / "events.parquet")
    with pytest.raises(TableUnreadable, match="no column 'partial'") as refusal:
        table_read("events", tmp_path)
    assert refusal.value.context["column"] == "partial"


def test_a_table_with_a_column_of_another_type_is_refused(tmp_path: Path) -> None:
    frame = table_read("population").with_columns(pl.col("inhabitants").cast(pl.String))
    frame.write_parquet(tmp_path / "population.parquet")
    with pytest.raises(TableUnreadable, match=r"'inhabitants'.*is String, expected Int64"):
        table_read("population", tmp_path)


def test_a_broken_list_of_sources_is_refused(tmp_path: Path) -> None:
    (tmp_path / SOURCES_FILE).write_text('[{"key": "tooi"', encoding="utf-8")
    with pytest.raises(TableUnreadable, match=r"sources\.json cannot be read"):
        sources_read(tmp_path)
