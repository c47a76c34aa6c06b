"""How far does each case belong to each condition and to the outcome?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.qca.literals import (
    Alphabet,
    Condition,
    bits_of,
    split_literal,
)
from rodedraad.methods.qca.refusals import QcaRefusal

FloatArray = npt.NDArray[np.float64]

DASH = "-"
CASE_COLUMN = "case"
MOST_LEVELS = 10
MOST_CONDITIONS = 25


@dataclass(frozen=True)
class SetTable:
    """Cases by sets, ready for a truth table.

    ``memberships`` has shape (n_cases, n_literals): column j is the membership in literal j of
    ``alphabet`` (a case with "-" belongs to no level). ``rows`` holds per case the row of which
    it is more than half a member; None for a case at exactly 0.5 on a condition.
    """

    alphabet: Alphabet
    outcome_name: str
    cases: tuple[str, ...]
    memberships: FloatArray
    outcome: FloatArray
    rows: tuple[int | None, ...]

    def membership(self, term: int) -> FloatArray:
        """Membership of each case in a term: the smallest over its literals; 1 without literals."""
        literals = bits_of(term)
        if not literals:
            return np.ones(len(self.cases))
        return self.memberships[:, literals].min(axis=1)

    def solution(self, terms: Sequence[int]) -> FloatArray:
        """Membership of each case in at least one of the terms: the largest over the terms."""
        if not terms:
            return np.zeros(len(self.cases))
        return np.max([self.membership(term) for term in terms], axis=0)

    def negated(self) -> "SetTable":
        """The same cases with the absence of the outcome as outcome."""
        return SetTable(
            alphabet=self.alphabet,
            outcome_name=self.outcome_name.removeprefix("~")
            if self.outcome_name.startswith("~")
            else f"~{self.outcome_name}",
            cases=self.cases,
            memberships=self.memberships,
            outcome=1 - self.outcome,
            rows=self.rows,
        )


def set_table(
    frame: pl.DataFrame, *, outcome: str, conditions: Sequence[str], cases: str | None = None
) -> SetTable:
    """Read sets from a table of calibrated values.

    Parameters
    ----------
    frame : one row per case
    outcome : ``SURV``, ``~SURV``, or a level of a multi-value outcome: ``PB[1]``, ``PB{1}``
    conditions : columns with 0/1 (crisp), values from 0 to 1 (fuzzy), or whole numbers 0, 1, 2 ...
        (multi-value; highest level at most 9); "-" = not applicable to this case
    cases : column with the names of the cases; default ``case`` when there is one, else the
        number of the row

    Raises
    ------
    QcaRefusal
        For a column that is not there, a missing or impossible value, a value that is not
        calibrated, names of cases that occur twice, or an outcome that is the same everywhere.
    """
    if frame.height == 0:
        raise QcaRefusal("The table has no cases. Give at least one row.", code="qca_no_cases")
    names = _case_names(frame, cases)
    _check_conditions(frame, outcome, conditions)
    columns = [_values(frame, name, names) for name in conditions]
    described = tuple(
        _condition(name, values) for name, values in zip(conditions, columns, strict=True)
    )
    alphabet = Alphabet(described, "{}" if "{" in outcome else "[]")
    return SetTable(
        alphabet=alphabet,
        outcome_name=outcome.strip(),
        cases=names,
        memberships=_memberships(alphabet, columns, len(names)),
        outcome=_outcome(frame, outcome, names),
        rows=_rows(alphabet, columns, len(names)),
    )


def _case_names(frame: pl.DataFrame, column: str | None) -> tuple[str, ...]:
    if column is None and CASE_COLUMN not in frame.columns:
        return tuple(str(number) for number in range(1, frame.height + 1))
    name = column or CASE_COLUMN
    _check_column(frame, name)
    names = tuple("" if value is None else str(value).strip() for value in frame[name])
    for number, value in enumerate(names, 1):
        if not value:
            raise QcaRefusal(
                f"Row {number} of column {name} has no name. Give every case a name of its own.",
                code="qca_case_unnamed",
                column=name,
                row=number,
            )
    twice = sorted({value for value in names if names.count(value) > 1})
    if twice:
        raise QcaRefusal(
            f"Column {name} names the case {twice[0]} more than once. Give every case a name of "
            "its own, for instance with its year behind it.",
            code="qca_case_twice",
            column=name,
            cases=twice,
        )
    return names


def _check_conditions(frame: pl.DataFrame, outcome: str, conditions: Sequence[str]) -> None:
    if not conditions:
        raise QcaRefusal("Name at least one condition. Got none.", code="qca_no_conditions")
    if len(conditions) > MOST_CONDITIONS:
        raise QcaRefusal(
            f"QCA takes at most {MOST_CONDITIONS} conditions here. Got {len(conditions)}: join "
            "conditions that mean the same, or leave some out.",
            code="qca_many_conditions",
        )
    if len(set(conditions)) < len(conditions):
        raise QcaRefusal(
            "A condition is named twice. Name every condition once.", code="qca_condition_twice"
        )
    for name in conditions:
        _check_column(frame, name)
    target = split_literal(outcome)[0]
    if target in conditions:
        raise QcaRefusal(
            f"{target} is both outcome and condition. Leave it out of the conditions.",
            code="qca_outcome_is_condition",
            column=target,
        )
    _check_column(frame, target)


def _check_column(frame: pl.DataFrame, name: str) -> None:
    if name not in frame.columns:
        raise QcaRefusal(
            f"The table has no column {name}. It has: {', '.join(frame.columns)}.",
            code="qca_unknown_column",
            column=name,
        )


def _values(frame: pl.DataFrame, name: str, cases: Sequence[str]) -> list[float | None]:
    """The numbers of a column; None where it says "-"."""
    values: list[float | None] = []
    for case, cell in zip(cases, frame[name].to_list(), strict=True):
        text = "" if cell is None else str(cell).strip()
        if text == DASH:
            values.append(None)
            continue
        try:
            number = float(cell) if isinstance(cell, bool) else float(text)
        except ValueError:
            number = float("nan")
        if not np.isfinite(number):
            raise QcaRefusal(
                f"Column {name} has {text!r} for case {case}, where a number is needed. Fill it "
                "in, or leave the case out and say so in the report.",
                code="qca_not_a_number",
                column=name,
                case=case,
            )
        values.append(number)
    return values


def _condition(name: str, values: Sequence[float | None]) -> Condition:
    known = [value for value in values if value is not None]
    has_dash = len(known) < len(values)
    if not known:
        raise QcaRefusal(
            f'Column {name} has only "-". Leave it out of the conditions.',
            code="qca_only_dash",
            column=name,
        )
    low, high = min(known), max(known)
    whole = all(value == int(value) for value in known)
    if low < 0 or (not whole and high > 1) or high >= MOST_LEVELS:
        raise QcaRefusal(
            f"Column {name} has values from {low:g} to {high:g}. A condition is 0 or 1, between 0 "
            f"and 1, or a level 0, 1, 2 ... up to {MOST_LEVELS - 1}: calibrate it first.",
            code="qca_not_calibrated",
            column=name,
        )
    if not whole and has_dash:
        raise QcaRefusal(
            f'Column {name} has both "-" and degrees of membership; "-" goes only with 0 and 1.',
            code="qca_fuzzy_dash",
            column=name,
        )
    if not whole:
        return Condition(name, "fuzzy", 2)
    n_levels = max(2, int(high) + 1)
    return Condition(name, "crisp" if n_levels == 2 else "multi-value", n_levels, has_dash)


def _memberships(
    alphabet: Alphabet, columns: Sequence[Sequence[float | None]], n_cases: int
) -> FloatArray:
    memberships = np.zeros((n_cases, alphabet.first_bits[-1]))
    for position, (condition, values) in enumerate(zip(alphabet.conditions, columns, strict=True)):
        first = alphabet.first_bits[position]
        for index, value in enumerate(values):
            if value is None:
                continue
            if condition.kind == "fuzzy":
                memberships[index, first] = 1 - value
                memberships[index, first + 1] = value
            else:
                memberships[index, first + int(value)] = 1
    return memberships


def _rows(
    alphabet: Alphabet, columns: Sequence[Sequence[float | None]], n_cases: int
) -> tuple[int | None, ...]:
    rows: list[int | None] = []
    for index in range(n_cases):
        levels: list[int | None] = []
        halfway = False
        for condition, values in zip(alphabet.conditions, columns, strict=True):
            value = values[index]
            if condition.kind == "fuzzy" and value is not None:
                halfway = halfway or value == 0.5
                value = 1 if value > 0.5 else 0
            levels.append(None if value is None else int(value))
        rows.append(None if halfway else alphabet.row(levels))
    return tuple(rows)


def _outcome(frame: pl.DataFrame, outcome: str, cases: Sequence[str]) -> FloatArray:
    name, levels, negated = split_literal(outcome)
    values = _values(frame, name, cases)
    for case, value in zip(cases, values, strict=True):
        if value is None:
            raise QcaRefusal(
                f'Outcome {name} has "-" for case {case}. Fill it in or leave the case out.',
                code="qca_outcome_dash",
                column=name,
                case=case,
            )
    numbers = np.array(values, dtype=np.float64)
    if levels is not None:
        numbers = np.isin(numbers, levels).astype(np.float64)
    elif numbers.min() < 0 or numbers.max() > 1:
        raise QcaRefusal(
            f"Outcome {name} has values from {numbers.min():g} to {numbers.max():g}. Calibrate it "
            f"to 0-1, or name the level to explain: {name}[1].",
            code="qca_outcome_not_calibrated",
            column=name,
        )
    if np.all(numbers == numbers[0]):
        raise QcaRefusal(
            f"The outcome {outcome.strip()} is {numbers[0]:g} for every case, so there is nothing "
            "to compare. Choose another outcome or level, or add cases that differ.",
            code="qca_outcome_constant",
            column=name,
        )
    return 1 - numbers if negated else numbers
