"""How was chosen, how far apart do the chosen lie, and do they look like the frame?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.studies.frame import case_frame
from rodedraad.studies.models import SelectionPlan, Study
from rodedraad.studies.wording import notice_worded, worded

SAME = 1e-9


@dataclass(frozen=True, slots=True)
class IndicatorChoice:
    """A background figure of one year that units can be compared on."""

    key: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class BalanceRow:
    """One figure among all units and among the chosen, in its own unit.

    ``frame`` and ``chosen`` are the values for the picture, sorted; both are empty when the
    tables of the country have other figures now than when the choice was made.
    """

    title: str
    unit: str
    logged: bool
    mean_frame: float | None
    mean_chosen: float | None
    difference: float | None
    range_covered: float | None
    frame: tuple[float, ...] = ()
    chosen: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One measure of spread: of the chosen, and of draws by lot under the same quota."""

    name: str
    chosen: float
    mean: float
    low: float
    high: float
    n_at_least: int
    p: float

    @property
    def times(self) -> float | None:
        """How many times the mean of the draws; null when that is 0."""
        return self.chosen / self.mean if self.mean else None


def indicator_choices(country: Country, year: int) -> tuple[IndicatorChoice, ...]:
    """Return the background figures of a year by title, in the language of the page."""
    rows = country.table("indicators").filter(pl.col("year") == year).iter_rows(named=True)
    found = [IndicatorChoice(row["key"], worded(row, "title"), worded(row, "unit")) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.title.casefold(), each.unit)))


def indicator_years(country: Country) -> tuple[int, ...]:
    """Return the years of which there are background figures."""
    return tuple(sorted(country.table("indicators")["year"].unique().to_list()))


def plans_listed(study: Study) -> list[SelectionPlan]:
    """Return all choices of a study, newest first."""
    return list(study.selection_plans.select_related("created_by").order_by("-number"))


def balance_rows(plan: SelectionPlan, country: Country) -> tuple[BalanceRow, ...]:
    """Return the balance of a plan, with the values behind it where these are still the same."""
    named = {each.key: each for each in indicator_choices(country, plan.reference_date.year)}
    values = _values(plan, country)
    rows = []
    for row in plan.result["balance"]:
        key = row["name"]
        frame, chosen = values.get(key, (np.empty(0), np.empty(0)))
        same = frame.size and abs(frame.mean() - row["mean_frame"]) <= SAME * max(
            1.0, abs(row["mean_frame"])
        )
        rows.append(
            BalanceRow(
                title=named[key].title if key in named else key,
                unit=named[key].unit if key in named else "",
                logged=key in plan.result["indicators_logged"],
                mean_frame=row["mean_frame"],
                mean_chosen=row["mean_chosen"],
                difference=row["difference"],
                range_covered=row["range_covered"],
                frame=tuple(frame.tolist()) if same else (),
                chosen=tuple(chosen.tolist()) if same else (),
            )
        )
    return tuple(rows)


def spread_rows(plan: SelectionPlan) -> tuple[SpreadRow, ...]:
    """Return the spread of a plan beside that of random draws; empty without figures."""
    spread: Mapping[str, float] | None = plan.result["spread"]
    if spread is None:
        return ()
    return tuple(
        SpreadRow(name=name, chosen=spread[name], **measure)
        for name, measure in plan.result["random_spread"].items()
    )


def plan_notices(plan: SelectionPlan, country: Country) -> list[str]:
    """Return what a reader of the choice must know, in the language of the page."""
    titles = {each.key: each.title for each in indicator_choices(country, plan.reference_date.year)}
    return [notice_worded(notice, titles) for notice in plan.result["notices"]]


def _values(plan: SelectionPlan, country: Country) -> dict[str, tuple[Any, Any]]:
    """Return per figure the sorted known values of the frame and of the chosen."""
    if not plan.indicators:
        return {}
    try:
        frame = case_frame(
            plan.study, country, plan.reference_date, strata=(), indicators=plan.indicators
        )
    except Refusal:  # the figures are no longer there; the page says so
        return {}
    cases = set(plan.result["cases"])
    chosen = np.array([unit.code in cases for unit in frame.units])
    columns = zip(frame.indicators, frame.figures.T, strict=True)
    return {
        key: tuple(np.sort(part[~np.isnan(part)]) for part in (column, column[chosen]))  # type: ignore[misc]
        for key, column in columns
    }
