"""How often was each answer given, by everyone and by group, as far as it may be shown?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.surveys.results.columns import Choice, Column
from rodedraad.surveys.results.frame import UNANSWERED
from rodedraad.surveys.results.hiding import cells_hidden, groups_hidden, total_hidden

Floats = npt.NDArray[np.float64]
FLAG = (Choice(1, {"nl": "aangekruist", "en": "ticked"}), Choice(0, {"nl": "niet", "en": "not"}))
FEW = "few"


@dataclass(frozen=True, slots=True)
class Part:
    """One answer in a row: how many people, which share (weighted when weights are chosen).

    Both are None where they are not shown.
    """

    n: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """The answers of one group to one question; ``hidden`` says that these are not shown.

    ``parts`` has an entry for each of ``Distribution.choices``; ``n`` how many chose one of these,
    ``n_unanswered`` how many were asked and chose none; ``mean`` is of answers with a number.
    """

    group: str
    n: int | None
    n_unanswered: int | None
    parts: tuple[Part, ...]
    mean: float | None
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One question: what could be chosen, everyone's answers, and those of each group."""

    column: Column
    choices: tuple[Choice, ...]
    total: Row
    rows: tuple[Row, ...]


def closed_columns(columns: Sequence[Column]) -> list[Column]:
    """Return the columns whose answers can be counted; those of one case are not among them."""
    return [
        one for one in columns
        if not one.case and (one.shape == "flag" or (one.choices and one.choice is None))
    ]  # fmt: skip


def distribution(
    frame: pl.DataFrame,
    column: Column,
    weights: Floats,
    group_of: Sequence[str | None],
    groups: Sequence[str],
    *,
    outside: bool,
) -> Distribution:
    """Count the answers to one question.

    Parameters
    ----------
    frame: of ``answers_frame``, of the responses that count.
    weights: of each row; a row with NaN is left out.
    group_of: of each row, or None when it is in none; ``groups`` in the order to show.
    outside: whether someone outside the team looks: then small counts are hidden one by one.
    """
    choices = _choices(column)
    chosen, unanswered = _chosen(frame, column, choices)
    chosen = np.where(np.isnan(weights), -1, chosen)
    place = {group: at for at, group in enumerate(groups)}
    at = np.array([place.get(group or "", len(groups)) for group in group_of], dtype=np.int64)
    shape = (len(groups) + 1, len(choices))
    counts, sums = np.zeros(shape, np.int64), np.zeros(shape)
    there = chosen >= 0
    np.add.at(counts, (at[there], chosen[there]), 1)
    np.add.at(sums, (at[there], chosen[there]), weights[there])
    missed = np.bincount(at[unanswered & ~np.isnan(weights)], minlength=len(groups) + 1)
    nobody = total_hidden(counts)
    hidden = groups_hidden(counts) if len(groups) else np.zeros(1, bool)
    together = counts.sum(axis=0, keepdims=True)
    cells = np.zeros((len(groups) + 2, len(choices)), bool)
    if outside:
        cells[:-1] = cells_hidden(counts)
        # What is hidden of everyone must be covered by itself, for a page without groups.
        cells[-1] = cells_hidden(together)[0]
    numbers = [None if one.missing or isinstance(one.value, str) else float(one.value)
               for one in choices]  # fmt: skip
    total = _row("", together[0], sums.sum(axis=0), int(missed.sum()), numbers, cells[-1], nobody)
    rows = [
        _row(group, counts[i], sums[i], int(missed[i]), numbers, cells[i], nobody or hidden[i])
        for i, group in enumerate(groups)
        if counts[i].sum() + missed[i] > 0
    ]
    return Distribution(column, choices, total, tuple(rows))


def _row(
    group: str,
    counts: npt.NDArray[np.int64],
    sums: Floats,
    missed: int,
    numbers: Sequence[float | None],
    cells: npt.NDArray[np.bool_],
    hidden: object,
) -> Row:
    if hidden:
        return Row(group, None, None, tuple(Part(None, None) for _ in counts), None, FEW)
    whole = float(sums.sum())
    parts = tuple(
        Part(None, None) if cell else Part(int(n), float(part) / whole if whole else None)
        for n, part, cell in zip(counts, sums, cells, strict=True)
    )
    known = [i for i, number in enumerate(numbers) if number is not None]
    weight = float(sums[known].sum()) if known else 0.0
    mean = None
    if weight and not cells.any():
        mean = sum(float(sums[i]) * (numbers[i] or 0.0) for i in known) / weight
    n_missed = None if cells.any() else missed
    return Row(group, int(counts.sum()), n_missed, parts, mean)


def _choices(column: Column) -> tuple[Choice, ...]:
    return FLAG if column.shape == "flag" else column.choices


def _chosen(
    frame: pl.DataFrame, column: Column, choices: Sequence[Choice]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Which choice each row made, by its place, -1 for none; and who was asked and made none."""
    why = frame[f"{column.name}__missing"].cast(pl.String)
    special: Mapping[str, int] = {one.missing: i for i, one in enumerate(choices) if one.missing}
    plain = {
        (str(one.value) if column.shape == "text" else float(one.value)): i
        for i, one in enumerate(choices)
        if not one.missing
    }
    kind = pl.String if column.shape == "text" else pl.Float64
    places = (
        frame[column.name]
        .cast(kind)
        .replace_strict(plain or {None: None}, default=None, return_dtype=pl.Int64)
    )
    missing = why.replace_strict(special or {"": None}, default=None, return_dtype=pl.Int64)
    return (
        places.fill_null(missing).fill_null(-1).to_numpy(),
        (why == UNANSWERED).to_numpy(),
    )
