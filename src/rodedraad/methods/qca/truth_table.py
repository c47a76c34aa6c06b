"""Which configurations of conditions occur, and which of them go with the outcome?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rodedraad.methods.qca.fit import sufficiency
from rodedraad.methods.qca.literals import Alphabet
from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.table import SetTable

Out = Literal["1", "0", "C", "?"]

TOLERANCE = 1e-9
LISTED_ROWS = 256


@dataclass(frozen=True, slots=True)
class Cuts:
    """From which values on a row counts.

    A row with fewer than ``n`` cases is a remainder. It is positive ("1") when its consistency is
    at least ``consistency`` and its PRI at least ``pri``. With ``contradiction`` a row whose
    consistency lies from there up to ``consistency`` is a contradiction ("C"); for the
    minimisation it counts as negative.
    """

    consistency: float = 1.0
    n: int = 1
    pri: float = 0.0
    contradiction: float | None = None


@dataclass(frozen=True, slots=True)
class TruthRow:
    """One configuration. ``against`` are its cases without the outcome (membership below 0.5)."""

    row: int
    line: int
    levels: tuple[int | None, ...]
    out: Out
    n: int
    consistency: float | None
    pri: float | None
    cases: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def is_contradictory(self) -> bool:
        """Some of its cases have the outcome and some do not."""
        return 0 < len(self.against) < self.n


@dataclass(frozen=True)
class TruthTable:
    """Observed configurations in order of their line; all others are remainders."""

    alphabet: Alphabet
    outcome: str
    cuts: Cuts
    rows: tuple[TruthRow, ...]

    @property
    def positive(self) -> tuple[TruthRow, ...]:
        return tuple(row for row in self.rows if row.out == "1")

    @property
    def negative(self) -> tuple[TruthRow, ...]:
        """Rows that no model may cover: "0" and "C"."""
        return tuple(row for row in self.rows if row.out in {"0", "C"})

    @property
    def n_remainders(self) -> int:
        """Rows of the whole table that are not observed often enough."""
        return self.alphabet.n_rows - sum(row.out != "?" for row in self.rows)

    def with_negative(self, rows: Sequence[int]) -> "TruthTable":
        """The same table with these positive rows made negative."""
        return replace(
            self,
            rows=tuple(
                replace(row, out="0") if row.row in rows and row.out == "1" else row
                for row in self.rows
            ),
        )

    def complete(self) -> tuple[TruthRow, ...]:
        """All rows, remainders too; refused for a table of more than LISTED_ROWS rows."""
        if self.alphabet.n_rows > LISTED_ROWS:
            raise QcaRefusal(
                f"The whole truth table has {self.alphabet.n_rows} rows; at most {LISTED_ROWS} are "
                "listed. Use the observed rows.",
                code="qca_long_table",
            )
        seen = {row.row: row for row in self.rows}
        return tuple(
            seen.get(row)
            or TruthRow(
                row=row,
                line=self.alphabet.line(row),
                levels=self.alphabet.levels(row),
                out="?",
                n=0,
                consistency=None,
                pri=None,
                cases=(),
                against=(),
            )
            for row in self.alphabet.rows()
        )


def truth_table(table: SetTable, cuts: Cuts) -> TruthTable:
    """Sort cases into configurations and judge each configuration.

    A case belongs to the configuration in which its membership is above 0.5 (one at most).
    Consistency and PRI of a row are over all cases, by their membership in it.

    Parameters
    ----------
    table : see :func:`rodedraad.methods.qca.table.set_table`
    cuts : a value that equals a cut but for rounding (1e-9) reaches it

    Raises
    ------
    QcaRefusal
        For a cut outside its range.

    Notes
    -----
    A case at exactly 0.5 on a condition belongs to no row, and counts for no row's n; it does
    count in the consistency of rows. Checked against R package QCA (tests/reference/qca).

    Ragin, C. (2008). Redesigning Social Inquiry, chapter 7.
    """
    _check(cuts)
    members: dict[int, list[int]] = {}
    for index, row in enumerate(table.rows):
        if row is not None:
            members.setdefault(row, []).append(index)
    found = [_truth_row(table, row, cases, cuts) for row, cases in members.items()]
    return TruthTable(
        alphabet=table.alphabet,
        outcome=table.outcome_name,
        cuts=cuts,
        rows=tuple(sorted(found, key=lambda row: row.line)),
    )


def _truth_row(table: SetTable, row: int, cases: Sequence[int], cuts: Cuts) -> TruthRow:
    alphabet = table.alphabet
    levels = alphabet.levels(row)
    membership = table.membership(row)
    for position, level in enumerate(levels):
        if level is None:
            first, last = alphabet.first_bits[position : position + 2]
            membership = np.minimum(membership, 1 - table.memberships[:, first:last].max(axis=1))
    fit = sufficiency(membership, table.outcome)
    return TruthRow(
        row=row,
        line=alphabet.line(row),
        levels=levels,
        out=_out(len(cases), fit.consistency, fit.pri, cuts),
        n=len(cases),
        consistency=fit.consistency,
        pri=fit.pri,
        cases=tuple(table.cases[index] for index in cases),
        against=tuple(table.cases[index] for index in cases if table.outcome[index] < 0.5),
    )


def _out(n: int, consistency: float, pri: float, cuts: Cuts) -> Out:
    if n < cuts.n:
        return "?"
    if consistency >= cuts.consistency - TOLERANCE:
        return "1" if pri >= cuts.pri - TOLERANCE else "0"
    if cuts.contradiction is not None and consistency >= cuts.contradiction - TOLERANCE:
        return "C"
    return "0"


def _check(cuts: Cuts) -> None:
    limits = {
        "consistency": cuts.consistency,
        "PRI": cuts.pri,
        "contradiction": cuts.contradiction or 0.0,
    }
    for name, value in limits.items():
        if not 0 <= value <= 1:
            raise QcaRefusal(
                f"The {name} cut-off must lie between 0 and 1. Got {value:g}.", code="qca_cut"
            )
    if cuts.n < 1:
        raise QcaRefusal(f"The frequency cut-off must be at least 1. Got {cuts.n}.", code="qca_cut")
    if cuts.contradiction is not None and cuts.contradiction > cuts.consistency:
        raise QcaRefusal(
            f"The contradiction cut-off ({cuts.contradiction:g}) must not be above the "
            f"consistency cut-off ({cuts.consistency:g}).",
            code="qca_cut",
        )
