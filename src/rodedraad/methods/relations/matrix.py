"""What do the cases score on each factor and outcome, and what is not known of them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.relations.refusals import RelationRefusal

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CaseMatrix:
    """The table to look at before any test: a row per case, factors first, then outcomes.

    ``values`` has shape (n_cases, n_factors + n_outcomes), NaN where not known. Cases stand in
    the order in which they came: a matrix is no ranking.
    """

    cases: tuple[str, ...]
    factors: tuple[str, ...]
    outcomes: tuple[str, ...]
    values: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """The columns: factors, then outcomes."""
        return self.factors + self.outcomes

    @property
    def n_missing(self) -> dict[str, int]:
        """Number of cases in which each column is not known."""
        gaps = np.isnan(self.values).sum(axis=0)
        return {name: int(count) for name, count in zip(self.names, gaps, strict=True)}

    @property
    def n_complete(self) -> int:
        """Number of cases of which every factor and outcome is known."""
        return int((~np.isnan(self.values)).all(axis=1).sum())

    def column(self, name: str) -> Floats:
        """The values of one factor or outcome, one per case."""
        return self.values[:, self.names.index(name)]


def case_matrix(
    data: pl.DataFrame | Mapping[str, npt.ArrayLike],
    *,
    factors: Sequence[str],
    outcomes: Sequence[str],
    cases: str | None = None,
) -> CaseMatrix:
    """Lay cases, factors and outcomes side by side; the one door to the relations.

    Parameters
    ----------
    data: a row per case; columns of numbers in which only the order counts. Null, NaN and blank
        text mean not known.
    factors, outcomes: names of columns; no column may be both.
    cases: the column with the names of the cases; without it they are numbered from 1.

    Raises
    ------
    RelationRefusal: names the column, the row (counted from 1) and the cure.

    >>> seen = case_matrix({"F1": [0.2, 0.8], "G1": [1, None]}, factors=["F1"], outcomes=["G1"])
    >>> seen.cases, seen.n_missing
    (('1', '2'), {'F1': 0, 'G1': 1})
    """
    frame = data if isinstance(data, pl.DataFrame) else _frame(data)
    names = [*factors, *outcomes]
    _check_names(frame, factors, outcomes, cases)
    values = np.column_stack([_numbers(frame[name], name) for name in names])
    values.flags.writeable = False
    labels = (
        tuple(str(i + 1) for i in range(len(frame)))
        if cases is None
        else tuple(str(label) for label in frame[cases].to_list())
    )
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice is not None:
        raise RelationRefusal(
            f"Case {twice!r} stands in more than one row of column {cases!r}. Give each case one "
            "row: first bring respondents together per case.",
            code="relation_case_twice",
            case=twice,
        )
    return CaseMatrix(labels, tuple(factors), tuple(outcomes), values)


def _frame(data: Mapping[str, npt.ArrayLike]) -> pl.DataFrame:
    columns = {
        name: pl.Series(name, np.asarray(values).tolist(), strict=False)
        for name, values in data.items()
    }
    if len({column.len() for column in columns.values()}) > 1:
        lengths = ", ".join(f"{name} {column.len()}" for name, column in columns.items())
        raise RelationRefusal(
            f"The columns differ in length ({lengths}). Give each column one value per case, "
            "NaN where it is not known.",
            code="relation_lengths",
        )
    return pl.DataFrame(columns)


def _check_names(
    frame: pl.DataFrame, factors: Sequence[str], outcomes: Sequence[str], cases: str | None
) -> None:
    names = [*factors, *outcomes]
    if not factors or not outcomes:
        raise RelationRefusal(
            f"Relations need at least one factor and one outcome. Got {len(factors)} and "
            f"{len(outcomes)}.",
            code="relation_no_columns",
        )
    asked = names if cases is None else [*names, cases]
    absent = [name for name in asked if name not in frame.columns]
    if absent:
        raise RelationRefusal(
            f"There is no column {absent[0]!r}. The columns are: {', '.join(frame.columns)}.",
            code="relation_column_unknown",
            columns=absent,
        )
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise RelationRefusal(
            f"{twice[0]!r} is named twice. A column is a factor or an outcome, and only once: "
            "related to itself it would go together perfectly.",
            code="relation_column_twice",
            columns=twice,
        )
    if not len(frame):
        raise RelationRefusal("The table has no rows. Give one row per case.", code="relation_rows")


def _numbers(column: pl.Series, name: str) -> Floats:
    text = column.cast(pl.String).str.strip_chars()
    values = (
        column.cast(pl.Float64, strict=False)
        if column.dtype != pl.String
        else text.cast(pl.Float64, strict=False)
    )
    read = values.fill_null(np.nan).to_numpy().copy()
    blank = (column.is_null() | (text == "").fill_null(value=True)).to_numpy()
    said_nan = text.str.to_lowercase().eq("nan").fill_null(value=False).to_numpy()
    wrong = (np.isnan(read) & ~blank & ~said_nan) | np.isinf(read)
    if wrong.any():
        row = int(wrong.argmax())
        raise RelationRefusal(
            f"Column {name!r}, row {row + 1}: {column[row]!r} is not a number. Give a number, or "
            "leave it empty when it is not known.",
            code="relation_not_a_number",
            column=name,
            row=row + 1,
            value=column[row],
        )
    return read
