"""What is known of every unit of a frame when cases are chosen: strata and background figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.studies.models import Case, Study

MUNICIPALITY = "municipality"
BETWEEN = " · "
SIZE_LIMITS = (20_000, 50_000, 100_000)
SIZE_CLASSES = ("<20k", "20-50k", "50-100k", ">100k")
INHABITANTS = "inhabitants"
LOGARITHM_ABOVE_SKEWNESS = 2.0

# Parts of the country (landsdelen) by code of the province.
PART_OF_COUNTRY = {
    "PV20": "Noord", "PV21": "Noord", "PV22": "Noord",
    "PV23": "Oost", "PV24": "Oost", "PV25": "Oost",
    "PV26": "West", "PV27": "West", "PV28": "West", "PV29": "West",
    "PV30": "Zuid", "PV31": "Zuid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that could be chosen; ``province_code`` is empty unless it is a municipality."""

    code: str
    name: str
    province_code: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CaseFrame:
    """The units that could be chosen, in order of code.

    ``figures`` has shape (n_units, n_indicators) in the units of the source, NaN where missing;
    ``strata`` is one label per unit, or null when nothing divides the frame.
    """

    units: tuple[Unit, ...]
    indicators: tuple[str, ...]
    figures: npt.NDArray[np.float64]
    strata: tuple[str, ...] | None

    @property
    def skewed(self) -> tuple[str, ...]:
        """Indicators so skewed that their logarithm is compared: all positive, skewness over 2."""
        chosen = []
        for name, column in zip(self.indicators, self.figures.T, strict=True):
            known = column[~np.isnan(column)]
            if known.size > 2 and (known > 0).all():
                deviation = (known - known.mean()) / known.std()
                if (deviation**3).mean() > LOGARITHM_ABOVE_SKEWNESS:
                    chosen.append(name)
        return tuple(chosen)


def case_frame(
    study: Study,
    country: Country,
    reference_date: date,
    *,
    strata: Sequence[str],
    indicators: Sequence[str],
) -> CaseFrame:
    """Return all units of the study on ``reference_date`` with strata and figures of that year.

    For municipalities these are all that existed that day, in or out of the study; units of
    another kind are those that the study has, and nothing but the label divides them.

    Raises
    ------
    Refusal
        When an indicator is not known for that year, or a stratum is asked that nothing fills.
    """
    if study.unit_kind != MUNICIPALITY:
        return _frame_of_cases(study, strata, indicators)
    units = tuple(
        Unit(each.code, each.name, each.province_code)
        for each in country.municipalities_on(reference_date)
    )
    year = reference_date.year
    figures = country.table("figures").filter(pl.col("year") == year)
    known = set(figures["key"].unique())
    for indicator in (*indicators, *([INHABITANTS] if "size" in strata else [])):
        if indicator not in known:
            raise Refusal(
                f"There is no figure '{indicator}' for {year}. Known are: "
                f"{', '.join(sorted(known)) or 'none; choose another reference date'}.",
                code="unknown_indicator",
                indicator=indicator,
                year=year,
            )
    columns = [_figure(figures, indicator, units) for indicator in indicators]
    labels = [_stratum_labels(name, study, figures, units) for name in strata]
    return CaseFrame(
        units=units,
        indicators=tuple(indicators),
        figures=np.column_stack(columns) if columns else np.zeros((len(units), 0)),
        strata=_joined(labels),
    )


def _frame_of_cases(study: Study, strata: Sequence[str], indicators: Sequence[str]) -> CaseFrame:
    if indicators or set(strata) - {"forerunner"}:
        raise Refusal(
            "Background figures, size and part of the country are known of municipalities only. "
            "Choose these units at random or take them all.",
            code="only_for_municipalities",
        )
    units = tuple(
        Unit(code, name)
        for code, name in Case.objects.filter(study=study)
        .order_by("unit_code")
        .values_list("unit_code", "name")
    )
    if not units:
        raise Refusal("The study has no units yet. Add them before you choose.", code="frame_empty")
    return CaseFrame(
        units=units,
        indicators=(),
        figures=np.zeros((len(units), 0)),
        strata=_joined([_forerunner_labels(study, units) for _ in strata]),
    )


def stratum_order(name: str) -> list[str]:
    """Return a key that sorts strata by size class, small first, and then by their other parts."""
    return [
        str(SIZE_CLASSES.index(part)) if part in SIZE_CLASSES else part
        for part in name.split(BETWEEN)
    ]


def _joined(labels: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    return tuple(BETWEEN.join(parts) for parts in zip(*labels, strict=True)) if labels else None


def _figure(figures: pl.DataFrame, key: str, units: Sequence[Unit]) -> npt.NDArray[np.float64]:
    known = dict(figures.filter(pl.col("key") == key).select("code", "value").iter_rows())
    return np.array(
        [np.nan if known.get(unit.code) is None else known[unit.code] for unit in units]
    )


def _stratum_labels(
    name: str, study: Study, figures: pl.DataFrame, units: Sequence[Unit]
) -> list[str]:
    if name == "part_of_country":
        return [PART_OF_COUNTRY[unit.province_code] for unit in units]
    if name == "size":
        inhabitants = _figure(figures, INHABITANTS, units)
        missing = [u.name for u, n in zip(units, inhabitants, strict=True) if np.isnan(n)]
        if missing:
            raise Refusal(
                f"The number of inhabitants of {', '.join(missing[:5])} is not known, so the frame "
                "cannot be divided by size. Choose another reference date or other strata.",
                code="stratum_unknown",
                stratum=name,
            )
        return [SIZE_CLASSES[int(np.searchsorted(SIZE_LIMITS, n, "right"))] for n in inhabitants]
    return _forerunner_labels(study, units)


def _forerunner_labels(study: Study, units: Sequence[Unit]) -> list[str]:
    label_of = dict(Case.objects.filter(study=study).values_list("unit_code", "forerunner"))
    if not any(label_of.values()):
        raise Refusal(
            "No municipality of this study is labelled a forerunner (koploper), so it cannot "
            "divide the frame. Enter the labels with their source, or leave this stratum out.",
            code="stratum_unknown",
            stratum="forerunner",
        )
    return ["koploper" if label_of.get(unit.code) else "geen koploper" for unit in units]
