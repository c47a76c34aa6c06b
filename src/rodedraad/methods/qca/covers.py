"""Which smallest sets of terms together cover every positive row, without missing one?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from rodedraad.methods.qca.literals import bits_of

REMEMBERED_SETS = 200_000


@dataclass(frozen=True)
class Family:
    """Models that differ only in terms that cover the same rows: one term of every slot."""

    slots: tuple[tuple[int, ...], ...]

    @cached_property
    def count(self) -> int:
        return prod(len(slot) for slot in self.slots)


@dataclass(frozen=True)
class Models:
    """All minimal models, exactly, also when there are millions of them.

    A model takes one family from each part and one term from each slot of that family. Parts
    concern rows that have no prime implicant in common, so they can be chosen independently.
    """

    parts: tuple[tuple[Family, ...], ...]

    @cached_property
    def count(self) -> int:
        """The exact number of models; 0 when there is nothing to cover."""
        return prod(sum(f.count for f in part) for part in self.parts) if self.parts else 0

    @cached_property
    def terms(self) -> frozenset[int]:
        """Terms that occur in at least one model."""
        return frozenset(
            term for part in self.parts for family in part for slot in family.slots for term in slot
        )

    @cached_property
    def essential(self) -> frozenset[int]:
        """Terms that are in every model."""
        found: set[int] = set()
        for part in self.parts:
            found |= set[int].intersection(
                *({slot[0] for slot in family.slots if len(slot) == 1} for family in part)
            )
        return frozenset(found)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """Every model once, as terms, in an order that depends on nothing but the input."""
        if not self.parts:
            return
        for families in product(*self.parts):
            slots = [slot for family in families for slot in family.slots]
            yield from product(*slots)


def all_models(terms: Sequence[int], rows: Sequence[int]) -> Models:
    """All models with the fewest terms that cover all rows.

    Parameters
    ----------
    terms : prime implicants
    rows : rows to be covered, each by at least one of the terms

    Notes
    -----
    Rows that are covered whenever another row is, are left out; the chart then often falls apart
    into parts without a term in common; terms that cover the same rows of a part are
    interchangeable. Each part is searched by branching on the row with the fewest terms, with
    a lower bound from rows that share no term. Exact; exponential in the worst case.

    >>> models = all_models([0b01, 0b10], [0b11, 0b01])
    >>> models.count, list(models)
    (1, [(1,)])
    """
    columns_of_row = [
        sum(1 << index for index, term in enumerate(terms) if not term & ~row) for row in rows
    ]
    needed: list[int] = []
    for columns in sorted(set(columns_of_row), key=int.bit_count):
        if not any(smaller & ~columns == 0 for smaller in needed):
            needed.append(columns)
    return Models(tuple(_part_families(part, terms) for part in _parts(needed)))


def _parts(rows: Sequence[int]) -> list[list[int]]:
    """Rows grouped so that rows of different groups have no column in common."""
    parts: list[tuple[int, list[int]]] = []
    for row in rows:
        columns, members = row, [row]
        apart: list[tuple[int, list[int]]] = []
        for other_columns, others in parts:
            if other_columns & columns:
                columns, members = columns | other_columns, others + members
            else:
                apart.append((other_columns, others))
        parts = [*apart, (columns, members)]
    return [members for _, members in parts]


def _part_families(rows: Sequence[int], terms: Sequence[int]) -> tuple[Family, ...]:
    slots: dict[int, list[int]] = {}
    used = 0
    for row in rows:
        used |= row
    for column in bits_of(used):
        covered = sum(1 << index for index, row in enumerate(rows) if row >> column & 1)
        slots.setdefault(covered, []).append(terms[column])
    coverages = list(slots)
    return tuple(
        Family(tuple(tuple(slots[coverages[index]]) for index in cover))
        for cover in minimal_covers(coverages, len(rows))
    )


def minimal_covers(coverages: Sequence[int], n_rows: int) -> list[tuple[int, ...]]:
    """All smallest sets of columns that cover rows 0 .. n_rows - 1.

    ``coverages`` holds per column the rows it covers, as bits; no two are equal. Returns tuples of
    ascending column numbers, sorted.
    """
    largest = [
        coverage
        for coverage in coverages
        if not any(coverage & ~other == 0 and coverage != other for other in coverages)
    ]
    everything = (1 << n_rows) - 1
    bound = _Search(largest, n_rows)
    size = 1
    while next(bound.covers(everything, size, 0), None) is None:
        size += 1
    search = _Search(coverages, n_rows)
    return sorted(tuple(sorted(cover)) for cover in search.covers(everything, size, 0))


class _Search:
    """The branching over one part of a chart."""

    def __init__(self, coverages: Sequence[int], n_rows: int) -> None:
        self.coverages = coverages
        self.columns_of_row = [
            sum(1 << index for index, coverage in enumerate(coverages) if coverage >> row & 1)
            for row in range(n_rows)
        ]
        self.remembered: dict[int, int] = {}

    def covers(self, rows: int, left: int, banned: int) -> Iterator[tuple[int, ...]]:
        """Covers of the rows with at most ``left`` columns, none of them banned."""
        if not rows:
            yield ()
            return
        if left == 1:
            for column in bits_of(self._covering(rows) & ~banned):
                yield (column,)
            return
        candidates = self._branch(rows, left, banned)
        for column in bits_of(candidates):
            for rest in self.covers(rows & ~self.coverages[column], left - 1, banned):
                yield (column, *rest)
            banned |= 1 << column

    def _covering(self, rows: int) -> int:
        """Columns that cover all of the rows."""
        known = self.remembered.get(rows)
        if known is not None:
            return known
        columns = -1
        for row in bits_of(rows):
            columns &= self.columns_of_row[row]
            if not columns:
                break
        if len(self.remembered) > REMEMBERED_SETS:
            self.remembered.clear()
        self.remembered[rows] = columns
        return columns

    def _branch(self, rows: int, left: int, banned: int) -> int:
        """Columns of the scarcest row; none when ``left`` columns cannot be enough."""
        open_rows = sorted(
            (self.columns_of_row[row] & ~banned for row in bits_of(rows)), key=int.bit_count
        )
        apart = 0
        taken = 0
        for columns in open_rows:
            if not columns & taken:
                apart += 1
                taken |= columns
                if apart > left or not columns:
                    return 0
        return open_rows[0]
