"""What did a municipality spend on the social domain, on the level that stays comparable?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from rodedraad.country.history import Country
from rodedraad.country.wording import Shown, in_language, number_shown

REPORTS = ("accounts", "budget")


@dataclass(frozen=True)
class Amount:
    """An amount of one year; ``begins`` when a new classification begins with that year."""

    text: str
    begins: bool


@dataclass(frozen=True)
class SpendingYear:
    """One year of a report; ``begins`` when a new classification begins with it."""

    number: int
    begins: bool

    def amount(self, value: float | None) -> Amount:
        """A whole number for this year; a dash when there is none."""
        return Amount(number_shown(value), self.begins)


@dataclass(frozen=True)
class SpendingLine:
    """One comparable group, or a part of one (``is_part``; its title is then a key)."""

    key: str
    title: str
    is_part: bool
    amounts: tuple[Amount, ...]


@dataclass(frozen=True)
class SpendingTable:
    """One kind of report: its years, a line per group, the total, and that per inhabitant."""

    report: str
    years: tuple[SpendingYear, ...]
    lines: tuple[SpendingLine, ...]
    total: tuple[Amount, ...]
    per_inhabitant: tuple[Amount, ...]


@dataclass(frozen=True)
class TaakveldRow:
    """One published amount, x 1,000 euro."""

    taakveld: str
    title: str
    group: str
    group_title: str
    amount_keur: float
    shown: Shown


@cache
def classification_breaks(country: Country) -> frozenset[int]:
    """The years in which taakvelden were new: figures below a group do not go on over them."""
    begins = country.table("spending_classification")["valid_from"].to_list()
    return frozenset(begins) - {min(begins)}


def spending_tables(
    country: Country, code: str, inhabitants: Mapping[int, int]
) -> list[SpendingTable]:
    """The accounts and the budgets of a municipality; those that it has."""
    mine = country.table("spending").filter(pl.col("code") == code)
    rows = mine.join(
        country.table("spending_classification").drop("source", "source_row"), on="taakveld"
    )
    made = [_table(country, rows, report, inhabitants) for report in REPORTS]
    return [table for table in made if table.years]


def _table(
    country: Country, rows: pl.DataFrame, report: str, inhabitants: Mapping[int, int]
) -> SpendingTable:
    mine = rows.filter(pl.col("report") == report)
    breaks = classification_breaks(country)
    numbers = sorted(set(mine["year"].to_list()))
    years = tuple(SpendingYear(number, number in breaks) for number in numbers)
    total = {year: amount for (year,), amount in _sums(mine, ["year"]).items()}
    shares = {
        year: amount * 1000 / inhabitants[year]
        for year, amount in total.items()
        if year in inhabitants
    }
    return SpendingTable(
        report=report,
        years=years,
        lines=tuple(_lines(mine, years, country)),
        total=tuple(year.amount(total[year.number]) for year in years),
        per_inhabitant=tuple(year.amount(shares.get(year.number)) for year in years),
    )


def _lines(
    mine: pl.DataFrame, years: Sequence[SpendingYear], country: Country
) -> list[SpendingLine]:
    groups = _sums(mine, ["group", "year"])
    parts = _sums(mine.drop_nulls("subgroup"), ["group", "subgroup", "year"])
    # From the last break on, an amount is published that belongs to either part.
    last_break = max(classification_breaks(country))
    lines: list[SpendingLine] = []
    listed = country.table("spending_classification").unique("group", maintain_order=True)
    for about in listed.iter_rows(named=True):
        key = about["group"]
        shown = tuple(year.amount(groups.get((key, year.number))) for year in years)
        lines.append(SpendingLine(key, in_language(about, "group_title"), False, shown))
        for part in sorted({found[1] for found in parts if found[0] == key}, reverse=True):
            amounts = tuple(
                year.amount(
                    parts.get((key, part, year.number)) if year.number < last_break else None
                )
                for year in years
            )
            lines.append(SpendingLine(key, part, True, amounts))
    return lines


def _sums(rows: pl.DataFrame, by: list[str]) -> dict[tuple[Any, ...], float]:
    summed = rows.group_by(by).agg(pl.col("amount_keur").sum())
    return {row[:-1]: row[-1] for row in summed.select(*by, "amount_keur").iter_rows()}


def taakveld_rows(country: Country, code: str, year: int, report: str) -> list[TaakveldRow]:
    """The published amounts behind the groups of one year, by group and taakveld."""
    mine = country.table("spending").filter(
        pl.col("code") == code, pl.col("year") == year, pl.col("report") == report
    )
    about = country.table("spending_classification").drop("source", "source_row")
    joined = mine.join(about.with_row_index("order"), on="taakveld").sort("order")
    return [
        TaakveldRow(
            taakveld=row["taakveld"],
            title=in_language(row, "title"),
            group=row["group"],
            group_title=in_language(row, "group_title"),
            amount_keur=row["amount_keur"],
            shown=Shown(number_shown(row["amount_keur"]), row["source"], row["source_row"]),
        )
        for row in joined.iter_rows(named=True)
    ]
