"""What are the conservative, parsimonious and intermediate models of a truth table?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rodedraad.methods.qca.covers import Models, all_models
from rodedraad.methods.qca.literals import Alphabet, bits_of
from rodedraad.methods.qca.primes import (
    LARGEST_LATTICE,
    complement,
    lattice_size,
    prime_implicants,
    primes_inside,
    union_of,
)
from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.truth_table import TruthTable

_Kept = tuple[int, frozenset[int]]

MOST_PAIRS = 1_000
MOST_ASSUMPTION_SETS = 20_000


@dataclass(frozen=True)
class Minimised:
    """Prime implicants and all minimal models of one solution."""

    primes: tuple[int, ...]
    models: Models


@dataclass(frozen=True)
class Intermediate:
    """Intermediate models that rest on one set of easy counterfactuals.

    ``kept`` are the terms that are left of the conservative ones. ``pairs`` are the positions of
    the conservative and parsimonious models they come from, when those are few enough to list.
    """

    kept: frozenset[int]
    minimised: Minimised
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Minimisation:
    """The three solutions; ``intermediate`` is None when there are too many combinations."""

    conservative: Minimised
    parsimonious: Minimised
    intermediate: tuple[Intermediate, ...] | None
    excluded: tuple[int, ...]


def minimise(
    truth: TruthTable, *, expected: int = 0, excluded: Sequence[int] = (), parts: str = "cpi"
) -> Minimisation:
    """All models with the fewest terms, for each of the three solutions.

    Every solution covers the positive rows and no negative row. They differ in remainders:

    - conservative: covers no remainder;
    - parsimonious: may cover any remainder that is not excluded;
    - intermediate: for each conservative and parsimonious model, takes each conservative term
      that lies inside a parsimonious term, and drops the literals that the parsimonious term does
      without *and* that go against the expectation. What the result covers besides is made of
      easy counterfactuals; positive rows are minimised again with only those remainders.

    Parameters
    ----------
    expected : literals that are expected to help the outcome; a condition without any is left
        as it is
    excluded : cubes of remainders that may not be used (impossible, untenable); what is observed
        in them does not count
    parts : "p" leaves the other two out (they are then empty)

    Notes
    -----
    Checked against R package QCA 3.23 and 3.25.1 (tests/reference/qca). Without expectations the
    intermediate solution is the conservative one.

    Ragin, C. & Sonnett, J. (2005). Between complexity and parsimony. Ragin, C. (2008), chapter 9.
    Baumgartner, M. & Thiem, A. (2017). Model ambiguities in configurational comparative research.
    Sociological Methods & Research 46, 954-987.
    """
    alphabet = truth.alphabet
    positive = [row.row for row in truth.positive]
    negative = [row.row for row in truth.negative]
    off = [*negative, *outside_rows(excluded, [row.row for row in truth.rows], alphabet)]
    parsimonious = _minimised(positive, off)
    if parts == "p" or not positive:
        empty = Minimised((), Models(()))
        return Minimisation(empty, parsimonious, (), tuple(excluded))
    spelled = _without_dash(positive, alphabet)
    conservative = _minimised(spelled, complement(spelled, alphabet))
    kept_sets = _kept_sets(conservative.models, parsimonious.models, spelled, alphabet, expected)
    if kept_sets is None:
        return Minimisation(conservative, parsimonious, None, tuple(excluded))
    intermediate = tuple(
        Intermediate(kept, _around(spelled, kept, alphabet) if kept else conservative, pairs)
        for kept, pairs in kept_sets.items()
    )
    return Minimisation(conservative, parsimonious, intermediate, tuple(excluded))


def expected_literals(alphabet: Alphabet, expectations: Sequence[str]) -> int:
    """Literals of directional expectations like ``DEV``, ``~STB`` or ``DEV[1,2]``."""
    expected = 0
    for expectation in expectations:
        expected |= alphabet.literals_of(expectation)
    return expected


def opposite(alphabet: Alphabet, expected: int) -> int:
    """For the absence of the outcome: per condition with an expectation, the other levels."""
    other = 0
    for full in alphabet.all_levels:
        if expected & full:
            other |= full & ~expected
    return other


def outside_rows(cubes: Sequence[int], rows: Sequence[int], alphabet: Alphabet) -> list[int]:
    """The cubes without the rows, as disjoint cubes."""
    if not cubes:
        return []
    return complement([*complement(list(cubes), alphabet), *rows], alphabet)


def term_key(term: int) -> tuple[int, list[int]]:
    """Order of terms: short first, then by condition and level."""
    return term.bit_count(), bits_of(term)


def _around(positive: Sequence[int], kept: Iterable[int], alphabet: Alphabet) -> Minimised:
    """Models that cover the positive rows with nothing but those and the kept terms."""
    if lattice_size(alphabet) > LARGEST_LATTICE:
        cubes = _largest([*positive, *(alphabet.cube(term) for term in kept)])
        return _minimised(positive, complement(cubes, alphabet))
    inside = primes_inside(union_of((*positive, *kept), alphabet), alphabet)
    return _covered(positive, [term for term in inside if any(not term & ~row for row in positive)])


def _minimised(rows: Sequence[int], forbidden: Sequence[int]) -> Minimised:
    return _covered(rows, prime_implicants(rows, forbidden))


def _covered(rows: Sequence[int], terms: Sequence[int]) -> Minimised:
    primes = tuple(sorted(terms, key=term_key))
    if not all(any(not term & ~row for term in primes) for row in rows):
        raise QcaRefusal(
            'A positive row with "-" contains a negative row, so no term tells them apart. Give '
            'the "-" a level of its own, or add a condition in which the cases differ.',
            code="qca_dash_conflict",
        )
    return Minimised(primes=primes, models=all_models(primes, rows))


def _without_dash(rows: Sequence[int], alphabet: Alphabet) -> list[int]:
    """Rows with every "-" replaced by each level in turn."""
    spelled: set[int] = set()
    for row in rows:
        versions = [row]
        for full in alphabet.all_levels:
            if not row & full:
                versions = [v | 1 << bit for v in versions for bit in bits_of(full)]
        spelled.update(versions)
    return sorted(spelled)


class _KeptTerms:
    """What is left of conservative terms, and a number for what that allows.

    The numbers of two sets of terms joined by "or" are the number of both sets together. In a
    small lattice the number tells which configurations are allowed, so that sets of terms that
    allow the same are one; in a large one it tells which terms they are.
    """

    def __init__(self, alphabet: Alphabet, expected: int, positive: Sequence[int]) -> None:
        self.alphabet = alphabet
        undecided = sum(full for full in alphabet.all_levels if not full & expected)
        self.stays = expected | undecided
        self.is_small = lattice_size(alphabet) <= LARGEST_LATTICE
        self.numbers: dict[int, int] = {}
        self.always = 0
        if self.is_small:
            for row in positive:
                self.always |= self._number(row)

    def of(self, conservative: Sequence[int], term: int) -> "_Kept":
        """What a parsimonious term keeps of the conservative terms inside it."""
        terms = frozenset(
            term | (inner & self.stays) for inner in conservative if not term & ~inner
        )
        number = self.always
        for kept in terms:
            number |= self._number(kept)
        return number, terms

    def _number(self, term: int) -> int:
        if term not in self.numbers:
            self.numbers[term] = (
                int.from_bytes(np.packbits(union_of((term,), self.alphabet)).tobytes(), "big")
                if self.is_small
                else 1 << len(self.numbers)
            )
        return self.numbers[term]


def _kept_sets(
    conservative: Models,
    parsimonious: Models,
    positive: Sequence[int],
    alphabet: Alphabet,
    expected: int,
) -> dict[frozenset[int], tuple[tuple[int, int], ...]] | None:
    """The different sets of kept terms over all pairs of models; None when there are too many."""
    if not expected:
        return {frozenset(): ()}
    writer = _KeptTerms(alphabet, expected, positive)
    terms_of: dict[int, frozenset[int]] = {}
    pairs_of: dict[int, list[tuple[int, int]]] = {}
    listed = conservative.count * parsimonious.count <= MOST_PAIRS
    for c_index, c_model in enumerate(conservative):
        gained = {term: writer.of(c_model, term) for term in parsimonious.terms}
        if listed:
            for p_index, p_model in enumerate(parsimonious):
                number, terms = _joined([gained[term] for term in p_model])
                terms_of.setdefault(number, terms)
                pairs_of.setdefault(number, []).append((c_index, p_index))
            continue
        unions = _all_unions(parsimonious, gained)
        if unions is None:
            return None
        for number, terms in unions.items():
            terms_of.setdefault(number, terms)
        if len(terms_of) > MOST_ASSUMPTION_SETS or c_index >= MOST_ASSUMPTION_SETS:
            return None
    return {terms: tuple(pairs_of.get(number, ())) for number, terms in terms_of.items()}


def _joined(parts: Sequence[_Kept]) -> _Kept:
    number, terms = 0, frozenset[int]()
    for one, some in parts:
        number |= one
        terms |= some
    return number, terms


def _all_unions(models: Models, gained: Mapping[int, _Kept]) -> dict[int, frozenset[int]] | None:
    """What each model keeps, once per number; None when there are too many."""
    unions = {0: frozenset[int]()}
    for part in models.parts:
        options: dict[int, frozenset[int]] = {}
        for family in part:
            chosen = {0: frozenset[int]()}
            for slot in family.slots:
                chosen = _products(chosen, dict(gained[term] for term in slot))
            options.update(chosen)
        unions = _products(unions, options)
        if len(unions) > MOST_ASSUMPTION_SETS:
            return None
    return unions


def _products(
    some: Mapping[int, frozenset[int]], others: Mapping[int, frozenset[int]]
) -> dict[int, frozenset[int]]:
    return {
        number | other: terms | more
        for number, terms in some.items()
        for other, more in others.items()
    }


def _largest(cubes: Sequence[int]) -> list[int]:
    """Cubes that are not inside another one."""
    kept: list[int] = []
    for cube in sorted(set(cubes), key=lambda cube: -cube.bit_count()):
        if not any(not cube & ~larger for larger in kept):
            kept.append(cube)
    return kept
