"""What do the rows of a table say on outcome, predictors and group of a model?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.models.refusals import ModelRefusal
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEW_IN_CATEGORY = 5


@dataclass(frozen=True, slots=True, eq=False)
class ModelData:
    """Rows on which everything in the model is known.

    ``y`` has shape (n,): numbers, or positions in ``levels`` from 0 for an ordered outcome.
    ``x`` has shape (n, n_terms), without intercept; a predictor of words gives one term
    ``predictor=word`` of zeros and ones for each word but its first. ``groups`` are positions in
    ``group_names``. ``missing`` counts per column the rows where it is not known.
    """

    outcome: str
    y: Floats
    levels: tuple[str, ...]
    terms: tuple[str, ...]
    x: Floats
    group: str
    groups: Ints
    group_names: tuple[str, ...]
    n_rows: int
    missing: Mapping[str, int]
    notices: tuple[Notice, ...]

    @property
    def n(self) -> int:
        """Number of rows used."""
        return self.y.size


def model_data(
    data: pl.DataFrame | Mapping[str, npt.ArrayLike],
    *,
    outcome: str,
    predictors: Sequence[str],
    group: str = "",
    ordered: bool = False,
    levels: Sequence[str] = (),
) -> ModelData:
    """Read a table for a model; the one door to the models.

    Parameters
    ----------
    data: a row per answer or case. Null, NaN and blank text mean not known; a row in which
        anything of the model is not known is left out and counted.
    outcome: a column of numbers, or with ``ordered`` of ordered categories.
    predictors: columns of numbers (in the unit in which the coefficient is read) or of words
        (the first word in the alphabet is what the others are compared with).
    group: the column of the case in which a row lies, for models with a random intercept.
    levels: the ordered categories from low to high; without it numbers go by size. A level that
        nobody chose is left out with a notice, since it has no threshold.

    Raises
    ------
    ModelRefusal: names the column, the row (counted from 1) and the cure. Also for a predictor
        that does not vary or that follows from the others.

    >>> table = {"G1": [1, 2, 3, 2], "role": ["lead", "worker", "worker", None]}
    >>> read = model_data(table, outcome="G1", predictors=["role"])
    >>> read.terms, read.x.ravel().tolist(), read.missing
    (('role=worker',), [0.0, 1.0, 1.0], {'G1': 0, 'role': 1})
    """
    frame = data if isinstance(data, pl.DataFrame) else _frame(data)
    columns = [outcome, *predictors, *([group] if group else [])]
    _check_columns(frame, columns)
    text = frame.select(
        pl.col(name).cast(pl.String).str.strip_chars().replace(["", "nan", "NaN"], None)
        for name in columns
    )
    missing = {name: int(text[name].null_count()) for name in columns}
    used = text.with_row_index("(row)").drop_nulls()
    if not used.height:
        raise ModelRefusal(
            f"No row is complete: {_counts(missing)} of {frame.height} rows miss a value. Fill "
            "them in, or leave the emptiest column out of the model.",
            code="model_no_complete_row",
            missing=missing,
        )
    y, names = _outcome(used, outcome, ordered, levels)
    terms, x = _terms(used, predictors)
    _check_terms(terms, x)
    groups = _positions(used[group]) if group else np.zeros(y.size, dtype=np.int64)
    notices = [
        *_missing_notice(missing, frame.height, used.height),
        *_level_notices(y, names, levels),
    ]
    return ModelData(
        outcome=outcome,
        y=y,
        levels=names,
        terms=tuple(terms),
        x=x,
        group=group,
        groups=groups,
        group_names=tuple(sorted(set(used[group].to_list()))) if group else (),
        n_rows=frame.height,
        missing=missing,
        notices=tuple(notices),
    )


def _frame(data: Mapping[str, npt.ArrayLike]) -> pl.DataFrame:
    columns = {
        name: pl.Series(name, np.asarray(values).tolist(), strict=False)
        for name, values in data.items()
    }
    if len({column.len() for column in columns.values()}) > 1:
        raise ModelRefusal(
            "The columns differ in length. Give each one value per row, None where not known.",
            code="model_lengths",
        )
    return pl.DataFrame(columns)


def _check_columns(frame: pl.DataFrame, columns: list[str]) -> None:
    absent = [name for name in columns if name not in frame.columns]
    if absent:
        raise ModelRefusal(
            f"There is no column {absent[0]!r}. The columns are: {', '.join(frame.columns)}.",
            code="model_column_unknown",
            columns=absent,
        )
    twice = [name for name in columns if columns.count(name) > 1]
    if twice:
        raise ModelRefusal(
            f"{twice[0]!r} is named twice. A column has one part in a model.",
            code="model_column_twice",
            columns=twice,
        )


def _outcome(
    used: pl.DataFrame, outcome: str, ordered: bool, levels: Sequence[str]
) -> tuple[Floats, tuple[str, ...]]:
    column = used[outcome]
    if not ordered:
        values = _numbers(used, outcome)
        if np.ptp(values) == 0:
            raise _constant(outcome, column[0])
        return values, ()
    if levels:
        order = list(levels)
        found = [str(word) for word in column.to_list()]
        outside = next((i for i, word in enumerate(found) if word not in order), None)
        if outside is not None:
            raise ModelRefusal(
                f"Column {outcome!r}, row {used['(row)'][outside] + 1}: {found[outside]!r} is "
                f"none of the levels {', '.join(order)}. Correct it or add the level.",
                code="model_level_unknown",
                column=outcome,
                row=int(used["(row)"][outside]) + 1,
            )
    else:
        numbers = dict(zip(column.to_list(), _numbers(used, outcome).tolist(), strict=True))
        order = sorted(numbers, key=lambda word: numbers[word])
    chosen = [word for word in order if word in set(column.to_list())]
    if len(chosen) < 2:
        raise _constant(outcome, column[0])
    return np.array([chosen.index(word) for word in column.to_list()], dtype=float), tuple(chosen)


def _terms(used: pl.DataFrame, predictors: Sequence[str]) -> tuple[list[str], Floats]:
    names: list[str] = []
    columns: list[Floats] = []
    for predictor in predictors:
        words = used[predictor]
        if words.cast(pl.Float64, strict=False).null_count() == words.len():
            for word in sorted(set(words.to_list()))[1:]:
                names.append(f"{predictor}={word}")
                columns.append((words == word).to_numpy().astype(np.float64))
            if words.n_unique() == 1:
                raise _constant(predictor, words[0])
        else:
            names.append(predictor)
            columns.append(_numbers(used, predictor))
    return names, np.column_stack(columns) if columns else np.zeros((used.height, 0))


def _numbers(used: pl.DataFrame, name: str) -> Floats:
    read = used[name].cast(pl.Float64, strict=False)
    values = read.fill_null(np.nan).to_numpy()
    wrong = ~np.isfinite(values)
    if wrong.any():
        at = int(wrong.argmax())
        raise ModelRefusal(
            f"Column {name!r}, row {used['(row)'][at] + 1}: {used[name][at]!r} is not a number, "
            "as other rows are. Correct it, or leave it empty when it is not known.",
            code="model_not_a_number",
            column=name,
            row=int(used["(row)"][at]) + 1,
        )
    return values


def _check_terms(terms: list[str], x: Floats) -> None:
    for position, name in enumerate(terms):
        if np.ptp(x[:, position]) <= 1e-12 * max(1.0, float(np.abs(x[:, position]).max())):
            raise _constant(name, x[0, position])
    centred = x - x.mean(axis=0)
    lengths = np.sqrt(np.sum(centred**2, axis=0))
    # A term that follows from those before it leaves nothing on the diagonal of R.
    own = np.abs(np.diagonal(np.linalg.qr(centred / lengths)[1])) if terms else np.ones(0)
    dependent = np.flatnonzero(own < 1e-8).tolist() or list(range(own.size, len(terms)))
    if dependent:
        first = dependent[0]
        raise ModelRefusal(
            f"{terms[first]!r} follows from {', '.join(terms[:first])}, so their coefficients "
            "cannot be told apart. Leave one of them out.",
            code="model_singular",
            term=terms[first],
        )


def _constant(name: str, value: object) -> ModelRefusal:
    return ModelRefusal(
        f"{name!r} is {value} in every row that is used, so nothing can go together with it. "
        "Leave it out of the model.",
        code="model_constant",
        column=name,
    )


def _positions(column: pl.Series) -> Ints:
    labels = np.array(column.to_list())
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _missing_notice(missing: Mapping[str, int], n_rows: int, n_used: int) -> list[Notice]:
    if n_used == n_rows:
        return []
    per_column = {name: count for name, count in missing.items() if count}
    return [Notice("incomplete_rows", {"n": n_rows - n_used, "of": n_rows, "columns": per_column})]


def _level_notices(y: Floats, names: tuple[str, ...], levels: Sequence[str]) -> list[Notice]:
    said: list[Notice] = []
    unchosen = [level for level in levels if level not in names]
    if unchosen:
        said.append(Notice("levels_nobody_chose", {"levels": unchosen}))
    if names:
        counts = np.bincount(y.astype(np.int64), minlength=len(names))
        few = {n: int(c) for n, c in zip(names, counts, strict=True) if c < FEW_IN_CATEGORY}
        if few:
            said.append(Notice("few_in_level", {"levels": few}))
    return said


def _counts(missing: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in missing.items() if count)
