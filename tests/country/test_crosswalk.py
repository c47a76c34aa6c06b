"""Are sums kept between the municipalities of two dates, and is guessing refused?"""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.country.crosswalk import (
    Crosswalk,
    FrameUnsound,
    RatesNeedWeights,
    ScoresNotConvertible,
    crosswalk,
)
from rodedraad.country.division import SharesUnsound, SplitWithoutShares
from rodedraad.country.history import Country, MunicipalityAbsent, country_tables

YEARS = range(2000, 2027)
SHARES = {"GM0140": {"GM0080": 0.25, "GM1900": 0.5, "GM1949": 0.25}}


@pytest.fixture(scope="module")
def country() -> Country:
    return country_tables()


def between(country: Country, first: int, second: int) -> Crosswalk:
    return crosswalk(country, date(first, 1, 1), date(second, 1, 1))


def counted(country: Country, year: int) -> pl.DataFrame:
    """A different whole number for every municipality."""
    valid = [each.code for each in country.municipalities_on(date(year, 1, 1))]
    return pl.DataFrame({"code": valid, "n": [int(code[2:]) * 1009 + 1 for code in valid]})


@pytest.mark.parametrize("first", YEARS)
def test_sums_are_kept_for_every_pair_of_years(country: Country, first: int) -> None:
    figures = counted(country, first)
    for second in YEARS:
        converted = between(country, first, second).convert_counts(
            figures, ["n"], join_divided=True
        )
        assert converted.frame["n"].sum() == figures["n"].sum(), (first, second)
        assert converted.frame.schema["n"] == pl.Int64
        units = [code for unit in converted.frame["code"] for code in unit.split("+")]
        valid = {each.code for each in country.municipalities_on(date(second, 1, 1))}
        assert len(units) == len(valid)
        assert set(units) == valid
        assert converted.incomplete == ()


def test_the_same_date_changes_nothing(country: Country) -> None:
    figures = counted(country, 2016)
    assert between(country, 2016, 2016).convert_counts(figures, ["n"]).frame.equals(figures)


def test_merged_municipalities_get_the_sum_of_their_predecessors(country: Country) -> None:
    figures = counted(country, 2022)
    converted = between(country, 2022, 2023).convert_counts(figures, ["n"])
    numbers = dict(figures.iter_rows())
    voorne = converted.frame.filter(code="GM1992")["n"].item()
    assert voorne == numbers["GM0501"] + numbers["GM0530"] + numbers["GM0614"]
    assert converted.assumptions == ()


def test_a_partial_split_without_shares_is_refused_by_name(country: Country) -> None:
    walk = between(country, 2017, 2018)
    with pytest.raises(SplitWithoutShares, match=r"Littenseradiel \(GM0140\) over") as refusal:
        walk.convert_counts(counted(country, 2017), ["n"])
    assert refusal.value.context["municipalities"] == ("GM0140",)
    assert walk.divided == ("GM0140",)


def test_shares_given_by_the_user_are_used_and_told(country: Country) -> None:
    figures = counted(country, 2017)
    converted = between(country, 2017, 2018).convert_counts(figures, ["n"], shares=SHARES)
    numbers, result = dict(figures.iter_rows()), dict(converted.frame.iter_rows())
    assert result["GM1900"] == numbers["GM1900"] + 0.5 * numbers["GM0140"]
    assert sum(result.values()) == pytest.approx(figures["n"].sum(), rel=1e-12)
    assert "Littenseradiel (GM0140) was divided by shares given" in converted.assumptions[0]


def test_joined_successors_are_one_unit_and_told(country: Country) -> None:
    converted = between(country, 2017, 2018).convert_counts(
        counted(country, 2017), ["n"], join_divided=True
    )
    assert "GM0080+GM1900+GM1949" in converted.frame["code"].to_list()
    assert converted.assumptions == (
        "Reported together: Leeuwarden (GM0080), Súdwest-Fryslân (GM1900), Waadhoeke (GM1949).",
    )


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"GM0140": {"GM0080": 0.5, "GM1900": 0.4}}, "add up to 0.9"),
        ({"GM0140": {"GM0080": 1.5, "GM1900": -0.5}}, "one is negative"),
        ({"GM0140": {"GM0363": 1.0}}, "Correct the codes"),
        ({"GM0363": {"GM0363": 1.0}}, "Correct the codes"),
        ({"GM0140": {}}, "add up to 0"),
    ],
)
def test_unsound_shares_are_refused(
    country: Country, shares: dict[str, dict[str, float]], said: str
) -> None:
    with pytest.raises(SharesUnsound, match=said):
        between(country, 2017, 2018).convert_counts(counted(country, 2017), ["n"], shares=shares)


def test_back_in_time_every_merger_is_an_unknown_split(country: Country) -> None:
    walk = between(country, 2023, 2022)
    assert walk.divided == ("GM0363", "GM1992")
    with pytest.raises(SplitWithoutShares, match="Voorne aan Zee"):
        walk.convert_counts(counted(country, 2023), ["n"])


def test_padded_codes_are_understood(country: Country) -> None:
    figures = counted(country, 2022)
    padded = figures.with_columns(pl.col("code").str.to_lowercase() + "    ")
    walk = between(country, 2022, 2023)
    expected = walk.convert_counts(figures, ["n"]).frame
    assert walk.convert_counts(padded, ["n"]).frame.equals(expected)


def test_a_missing_figure_makes_its_successor_missing_not_smaller(country: Country) -> None:
    figures = counted(country, 2022)
    gone = figures.with_columns(n=pl.when(pl.col("code") != "GM0501").then("n"))
    walk = between(country, 2022, 2023)
    for frame in (gone, figures.filter(pl.col("code") != "GM0501")):
        converted = walk.convert_counts(frame, ["n"])
        assert converted.frame.filter(code="GM1992")["n"].item() is None
        assert converted.incomplete == ("GM1992",)


def test_municipalities_outside_the_figures_stay_outside(country: Country) -> None:
    figures = counted(country, 2022).filter(pl.col("code").is_in(["GM0363", "GM0457"]))
    converted = between(country, 2022, 2023).convert_counts(figures, ["n"])
    assert converted.frame["code"].to_list() == ["GM0363"]


def test_groups_are_converted_each_on_its_own(country: Country) -> None:
    spending = country.table("spending").filter(year=2022)
    converted = between(country, 2022, 2023).convert_counts(
        spending, ["amount_keur"], by=["report", "taakveld"]
    )
    keys = ["report", "taakveld"]
    before = spending.group_by(keys).agg(pl.col("amount_keur").sum()).sort(keys)
    after = converted.frame.group_by(keys).agg(pl.col("amount_keur").sum()).sort(keys)
    assert before.equals(after)


def test_the_population_of_2022_divided_as_that_of_2023_differs_by_growth_only(
    country: Country,
) -> None:
    people = country.table("population")
    converted = between(country, 2022, 2023).convert_counts(
        people.filter(year=2022), ["inhabitants"]
    )
    grown = people.filter(year=2023).join(converted.frame, on="code")
    ratio = grown["inhabitants"] / grown["inhabitants_right"]
    assert grown.height == 342
    changed = grown.with_columns(ratio=ratio).filter(pl.col("code").is_in(["GM0363", "GM1992"]))
    assert changed["ratio"].is_between(1.0, 1.03).all()


def test_rates_are_averaged_with_their_weights(country: Country) -> None:
    valid = [each.code for each in country.municipalities_on(date(2022, 1, 1))]
    hits = pl.DataFrame(
        {
            "code": valid,
            "hits": [int(code[2:]) for code in valid],
            "people": [int(code[2:]) * (3 + position % 5) for position, code in enumerate(valid)],
        }
    ).with_columns(rate=pl.col("hits") / pl.col("people"))
    walk = between(country, 2022, 2023)
    rates = walk.convert_rates(hits, ["rate"], weights="people")
    counts = walk.convert_counts(hits, ["hits", "people"]).frame
    assert rates.frame["rate"].to_list() == pytest.approx(
        (counts["hits"] / counts["people"]).to_list(), rel=1e-12
    )
    assert rates.assumptions == ("Averages weighted by people.",)


def test_rates_without_weights_are_refused(country: Country) -> None:
    with pytest.raises(RatesNeedWeights, match="Give weights="):
        between(country, 2022, 2023).convert_rates(counted(country, 2022), ["n"])


def test_negative_weights_are_refused(country: Country) -> None:
    frame = counted(country, 2022).with_columns(w=pl.lit(-1))
    with pytest.raises(FrameUnsound, match="negative weight"):
        between(country, 2022, 2023).convert_rates(frame, ["n"], weights="w")


def test_scores_and_types_are_never_converted(country: Country) -> None:
    with pytest.raises(ScoresNotConvertible, match="predecessors"):
        between(country, 2022, 2023).convert_scores(counted(country, 2022), ["n"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda frame: frame.rename({"n": "m"}), "no column 'n'"),
        (lambda frame: frame.with_columns(pl.col("n").cast(pl.String)), "not numbers"),
        (lambda frame: pl.concat([frame, frame.head(1)]), "GM0003 has several rows"),
    ],
)
def test_figures_that_cannot_be_converted_are_refused(
    country: Country, change: Callable[[pl.DataFrame], pl.DataFrame], said: str
) -> None:
    frame = change(counted(country, 2016))
    with pytest.raises(FrameUnsound, match=said):
        between(country, 2016, 2017).convert_counts(frame, ["n"])


def test_a_municipality_of_another_year_is_refused(country: Country) -> None:
    with pytest.raises(MunicipalityAbsent, match="Voorne aan Zee"):
        between(country, 2022, 2023).convert_counts(counted(country, 2023), ["n"])


@settings(max_examples=25, deadline=None)
@given(
    st.dates(date(2000, 1, 1), date(2026, 6, 1)),
    st.dates(date(2000, 1, 1), date(2026, 6, 1)),
    st.integers(0, 2**31),
)
def test_order_of_rows_and_any_pair_of_days_keep_the_sum(
    first: date, second: date, seed: int
) -> None:
    country = country_tables()
    valid = [each.code for each in country.municipalities_on(first)]
    frame = pl.DataFrame({"code": valid, "n": range(len(valid))})
    walk = crosswalk(country, first, second)
    straight = walk.convert_counts(frame, ["n"], join_divided=True).frame
    shuffled = frame.sample(fraction=1, shuffle=True, seed=seed)
    assert walk.convert_counts(shuffled, ["n"], join_divided=True).frame.equals(straight)
    assert straight["n"].sum() == frame["n"].sum()


def test_only_the_divided_municipality_has_flows_of_unknown_share(country: Country) -> None:
    for flow in between(country, 2013, 2014).flows:
        assert (flow.share is None) == (flow.from_code == "GM0055")
