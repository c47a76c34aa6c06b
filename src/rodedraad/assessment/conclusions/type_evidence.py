"""Which respondents, interviews and documents say what about measures and attitudes of a case?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from rodedraad.assessment.conclusions.answers import NO_ROLE, answer_matrix
from rodedraad.errors import Refusal
from rodedraad.methods.aggregation import case_means
from rodedraad.methods.notices import Notice
from rodedraad.methods.rulesets.change_types import ATTITUDES
from rodedraad.methods.rulesets.measures import MEASURES, MeasureStatus
from rodedraad.methods.rulesets.type_sources import SOURCE_KINDS, TypeUnits, type_units
from rodedraad.methods.scales import score_items

SURVEY = "survey"
UNIT = ("case", "kind_of_source", "unit")
UNKNOWN = int(MeasureStatus.UNKNOWN)


@dataclass(frozen=True, slots=True, eq=False)
class TypeEvidence:
    """Units of the cases, in the order of their codes.

    ``n_people`` counts the respondents with a score per case and attitude; ``n_sources`` the
    units per case and kind of source.
    """

    cases: tuple[str, ...]
    units: TypeUnits
    n_people: Mapping[tuple[str, str], int]
    n_sources: Mapping[tuple[str, str], int]
    notices: tuple[Notice, ...]


def type_evidence(
    rows: pl.DataFrame,
    *,
    attitudes: Mapping[str, str],
    items: Mapping[str, Sequence[str]],
    min_per_role: int,
) -> TypeEvidence | None:
    """Read evidence rows of one wave; None when they say nothing about measures or attitudes.

    A respondent is a unit, and so is every document and every interview (``source`` and
    ``source_id``); two rows of one unit on the same measure count as their lower median, on the
    same attitude as their mean. Answers go
    through the chain of ``scores.construct_scores``: two thirds of the items, mean per role, roles
    with fewer than ``min_per_role`` scores pooled, roles count equally.

    Parameters
    ----------
    attitudes : code of the construct of each attitude, such as ``{"necessity": "T1"}``
    items : codes of the items of each of these constructs

    Raises
    ------
    Refusal: a status that is no whole number from 0 to 4, an attitude outside 0 to 1.
    """
    one_role = pl.col("role").min().over("case", "respondent", "kind")
    rows = rows.with_columns(
        role=pl.when(pl.col("respondent").is_null()).then("role").otherwise(one_role)
    )
    measures = _measures(rows)
    rubrics = _rubrics(rows, attitudes)
    answers, pools, notices = _answers(rows, attitudes, items, min_per_role)
    said = [each for each in (measures, rubrics, answers) if not each.is_empty()]
    if not said:
        return None
    units = (
        pl.concat([each.select(*UNIT, "role") for each in said])
        .group_by(*UNIT)
        .agg(pl.col("role").filter(pl.col("role") != NO_ROLE).min().fill_null(NO_ROLE))
        .sort(*UNIT)
        .with_row_index("at")
    )
    cases = tuple(units["case"].unique().sort())
    statuses = np.full((units.height, len(MEASURES)), UNKNOWN, dtype=np.int64)
    _put(statuses, units, measures, "measure", MEASURES)
    values = np.full((units.height, len(ATTITUDES)), np.nan)
    _put(values, units, rubrics, "attitude", ATTITUDES)
    _put(values, units, answers, "attitude", ATTITUDES)
    in_survey = (units["kind_of_source"] == SURVEY).to_numpy()
    roles = tuple(units["role"].unique().sort())
    role_at = np.array([roles.index(role) for role in units["role"]])
    pool_at = [
        [pools.get((case, role, attitude), 0) if surveyed else 0 for attitude in ATTITUDES]
        for case, role, surveyed in zip(units["case"], units["role"], in_survey, strict=True)
    ]
    counted = units.group_by("case", "kind_of_source").len()
    return TypeEvidence(
        cases=cases,
        units=type_units(
            _places(units["case"], cases),
            _places(units["kind_of_source"], SOURCE_KINDS),
            _strata(
                units.select(
                    "case", "kind_of_source", role=pl.Series(np.where(in_survey, role_at, 0))
                ),
                np.hstack([statuses != UNKNOWN, np.isfinite(values)]),
            ),
            np.array(pool_at, dtype=np.int64),
            statuses,
            values,
            n_cases=len(cases),
        ),
        n_people={
            (case, attitude): n
            for case, attitude, n in answers.group_by("case", "attitude").len().iter_rows()
        },
        n_sources={(case, kind): n for case, kind, n in counted.iter_rows()},
        notices=notices,
    )


def _strata(groups: pl.DataFrame, says: np.ndarray) -> np.ndarray:
    """Which units may stand in for each other: of one group, and linked by what they say.

    Without the link a case whose documents are each about another measure would lose measures in
    a resample. ``says`` has shape (n_units, n_items).
    """
    group = groups.select(pl.struct(pl.all()).rank("dense") - 1).to_series().to_numpy()
    unit, item = np.nonzero(says)
    n_units, n_items = says.shape
    node = n_units + group[unit].astype(np.int64) * n_items + item
    size = n_units + int(group.max() + 1) * n_items
    links = coo_array((np.ones(len(unit), dtype=np.int8), (unit, node)), shape=(size, size))
    return connected_components(links, directed=False)[1][:n_units].astype(np.int64)


def _measures(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per unit and measure that it says something about: ``value`` from -2 to 4."""
    said = rows.filter(
        (pl.col("kind") == "measure") & pl.col("about").is_in(SOURCE_KINDS)
    ).with_columns(measure=pl.col("construct").str.strip_prefix("measure:"))
    said = said.filter(pl.col("measure").is_in(MEASURES))
    wrong = said.filter(
        pl.col("raw").is_not_null() & ~pl.col("raw").is_in([float(n) for n in range(5)])
    )
    if not wrong.is_empty():
        first = wrong.row(0, named=True)
        raise Refusal(
            f"Evidence row {first['id']} ({first['case']}, {first['measure']}) has the status "
            f"{first['raw']}. Bring it in again as a whole number from 0 to 4.",
            code="measure_status",
            row=first["id"],
        )
    not_applicable = (pl.col("missing") == "not_applicable").any()
    missing = pl.when(not_applicable).then(int(MeasureStatus.NOT_APPLICABLE)).otherwise(UNKNOWN)
    return (
        said.with_columns(_unit())
        .group_by(*UNIT, "measure")
        .agg(
            pl.col("role").min(),
            value=pl.col("raw").quantile(0.5, "lower").fill_null(missing),
        )
    )


def _rubrics(rows: pl.DataFrame, attitudes: Mapping[str, str]) -> pl.DataFrame:
    """One row per document or interview and attitude: the mean of its rubric scores, 0-1."""
    of_construct = {code: name for name, code in attitudes.items()}
    said = rows.filter(
        (pl.col("kind") == "rubric")
        & pl.col("construct").is_in(list(of_construct))
        & pl.col("about").is_in(SOURCE_KINDS)
        & pl.col("value").is_not_null()
    )
    named = pl.col("construct").replace_strict(of_construct, default=None, return_dtype=pl.String)
    return (
        said.with_columns(_unit(), attitude=named)
        .group_by(*UNIT, "attitude")
        .agg(pl.col("role").min(), pl.col("value").sort().mean())
    )


def _answers(
    rows: pl.DataFrame,
    attitudes: Mapping[str, str],
    items: Mapping[str, Sequence[str]],
    min_per_role: int,
) -> tuple[pl.DataFrame, dict[tuple[str, str, str], int], tuple[Notice, ...]]:
    """A row per respondent and attitude with a score, and the group in which each role counts."""
    frames: list[pl.DataFrame] = []
    pools: dict[tuple[str, str, str], int] = {}
    notices: list[Notice] = []
    for attitude, code in attitudes.items():
        own = rows.filter(pl.col("construct") == code)
        matrix = answer_matrix(own, items[code]) if items.get(code) else None
        if matrix is None:
            continue
        scored = score_items(matrix.answers)
        means = case_means(scored.scores, matrix.cases, matrix.roles, min_per_role=min_per_role)
        for case in means.cases:
            for group, members in enumerate(case.by_role):
                pools |= {(case.case, role, attitude): group for role in members.roles}
        notices += [Notice(n.code, {"construct": code, **n.context}) for n in matrix.notices]
        frames.append(
            pl.DataFrame(
                {
                    "case": matrix.cases,
                    "kind_of_source": SURVEY,
                    "unit": matrix.respondents,
                    "attitude": attitude,
                    "role": matrix.roles,
                    "value": scored.scores,
                }
            ).filter(pl.col("value").is_not_nan())
        )
    empty = pl.DataFrame(
        schema={
            **dict.fromkeys((*UNIT, "attitude", "role"), pl.String),
            "value": pl.Float64,
        }
    )
    return pl.concat([empty, *frames]), pools, tuple(notices)


def _unit() -> list[pl.Expr]:
    """Which respondent, interview or document a row comes from."""
    record = pl.concat_str("source", "source_id", separator="/")
    role = pl.when(pl.col("role") == "").then(pl.lit(NO_ROLE)).otherwise("role")
    surveyed = pl.col("about") == SURVEY
    return [
        pl.col("about").alias("kind_of_source"),
        pl.when(surveyed).then(pl.coalesce("respondent", record)).otherwise(record).alias("unit"),
        role.alias("role"),
    ]


def _put(
    table: np.ndarray, units: pl.DataFrame, said: pl.DataFrame, column: str, names: Sequence[str]
) -> None:
    """Fill the table of units by names with the values that were said."""
    at = said.join(units.select(*UNIT, "at"), on=UNIT)
    table[at["at"].to_numpy(), _places(at[column], names)] = at["value"].to_numpy()


def _places(column: pl.Series, names: Sequence[str]) -> np.ndarray:
    return column.replace_strict(
        list(names), list(range(len(names))), return_dtype=pl.Int64
    ).to_numpy()
