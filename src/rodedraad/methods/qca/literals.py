"""How are configurations and terms written, as bits for the machine and as text for people?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal

from rodedraad.methods.qca.refusals import QcaRefusal

Kind = Literal["crisp", "fuzzy", "multi-value"]
Brackets = Literal["[]", "{}"]

ALWAYS = "1"
_LITERAL = re.compile(r"^(?P<not>~?)\s*(?P<name>.+?)\s*(?:[\[{](?P<levels>[\d\s,;]+)[\]}])?$")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its kind, its number of levels and whether "-" (not applicable) occurs."""

    name: str
    kind: Kind
    n_levels: int
    has_dash: bool = False


def bits_of(mask: int) -> list[int]:
    """Positions of the bits that are set, lowest first."""
    found: list[int] = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


@dataclass(frozen=True)
class Alphabet:
    """The conditions of an analysis and the bit of each of their levels (a *literal*).

    Three things are sets of literals, held as an int: a *row* (one literal per condition; none
    where the value is "-"), a *term* (the literals it demands) and a *cube* (the literals it
    allows). A term covers a row when the row holds all its literals.
    """

    conditions: tuple[Condition, ...]
    brackets: Brackets = "[]"

    @cached_property
    def first_bits(self) -> tuple[int, ...]:
        firsts = [0]
        for condition in self.conditions:
            firsts.append(firsts[-1] + condition.n_levels)
        return tuple(firsts)

    @cached_property
    def all_levels(self) -> tuple[int, ...]:
        """Per condition the literals of all its levels."""
        return tuple(
            ((1 << condition.n_levels) - 1) << first
            for condition, first in zip(self.conditions, self.first_bits, strict=False)
        )

    @cached_property
    def is_multi_value(self) -> bool:
        return any(condition.n_levels > 2 for condition in self.conditions)

    @cached_property
    def n_rows(self) -> int:
        """Number of rows of the whole truth table ("-" counts as a level of its own)."""
        n = 1
        for condition in self.conditions:
            n *= condition.n_levels + condition.has_dash
        return n

    def literal(self, position: int, level: int) -> int:
        return 1 << (self.first_bits[position] + level)

    def row(self, levels: Sequence[int | None]) -> int:
        """The row with these levels; None = "-"."""
        mask = 0
        for position, level in enumerate(levels):
            if level is not None:
                mask |= self.literal(position, level)
        return mask

    def levels(self, row: int) -> tuple[int | None, ...]:
        """Per condition the level of a row; None = "-"."""
        return tuple(
            (row & full).bit_length() - 1 - first if row & full else None
            for full, first in zip(self.all_levels, self.first_bits, strict=False)
        )

    def line(self, row: int) -> int:
        """1-based line of a row in the whole truth table; first condition most significant."""
        line = 0
        for condition, level in zip(self.conditions, self.levels(row), strict=True):
            line *= condition.n_levels + condition.has_dash
            line += condition.n_levels if level is None else level
        return line + 1

    def rows(self) -> list[int]:
        """All rows of the whole truth table, in order of their line."""
        return [
            self.row(levels)
            for levels in product(
                *(
                    [*range(condition.n_levels), *([None] if condition.has_dash else [])]
                    for condition in self.conditions
                )
            )
        ]

    def cube(self, term: int) -> int:
        """All that a term allows: its own literals, and every level of the other conditions."""
        allowed = 0
        for full in self.all_levels:
            allowed |= (term & full) or full
        return allowed

    def text(self, term: int) -> str:
        """A term as people write it: ``DEV*~STB``, or ``DEV[2]*STB[0]`` with several levels."""
        opening, closing = self.brackets
        parts: list[str] = []
        for condition, level in zip(self.conditions, self.levels(term), strict=True):
            if level is None:
                continue
            if self.is_multi_value:
                parts.append(f"{condition.name}{opening}{level}{closing}")
            else:
                parts.append(condition.name if level else f"~{condition.name}")
        return "*".join(parts) or ALWAYS

    def literals_of(self, text: str) -> int:
        """Literals named by ``DEV``, ``~DEV``, ``DEV[2]`` or ``DEV[1,2]`` (of one condition)."""
        name, levels, negated = split_literal(text)
        names = [condition.name for condition in self.conditions]
        if name not in names:
            raise QcaRefusal(
                f"{text.strip()!r} names no condition of this analysis. Choose from: "
                f"{', '.join(names)}.",
                code="qca_unknown_condition",
                expression=text,
            )
        position = names.index(name)
        n_levels = self.conditions[position].n_levels
        if levels is None and n_levels > 2:
            raise QcaRefusal(
                f"{name} has {n_levels} levels, so {text.strip()!r} is not clear. Name the level: "
                f"{name}[1].",
                code="qca_level_missing",
                column=name,
            )
        wanted = (1,) if levels is None else levels
        if max(wanted) >= n_levels:
            raise QcaRefusal(
                f"{text.strip()!r} asks for level {max(wanted)}, but {name} has the levels 0 to "
                f"{n_levels - 1}.",
                code="qca_unknown_level",
                column=name,
            )
        mask = 0
        for level in wanted:
            mask |= self.literal(position, level)
        return self.all_levels[position] & ~mask if negated else mask

    def terms_of(self, expression: str) -> list[int]:
        """Terms of an expression like ``DEV*~STB + LIT``; DEV[1,2] gives a term per level."""
        terms: list[int] = []
        for part in expression.split("+"):
            choices = [self.literals_of(literal) for literal in part.split("*")]
            for literals in product(*([1 << bit for bit in bits_of(c)] for c in choices)):
                term = 0
                for literal in literals:
                    term |= literal
                if all((term & full).bit_count() <= 1 for full in self.all_levels):
                    terms.append(term)
        return terms


def split_literal(text: str) -> tuple[str, tuple[int, ...] | None, bool]:
    """Name, levels and negation of ``~NAME[1,2]``; None when no levels are given."""
    match = _LITERAL.match(text.strip())
    if match is None:
        raise QcaRefusal(
            f"{text!r} is no condition or outcome. Write NAME, ~NAME or NAME[level].",
            code="qca_expression",
            expression=text,
        )
    levels = match["levels"]
    wanted = tuple(int(part) for part in re.split(r"[\s,;]+", levels.strip())) if levels else None
    return match["name"], wanted, bool(match["not"])
