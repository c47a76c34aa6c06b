"""What does each model say, how well does it fit, and on which assumptions does it rest?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Literal

import numpy as np

from rodedraad.methods.qca.covers import Models
from rodedraad.methods.qca.fit import sufficiencies, sufficiency
from rodedraad.methods.qca.minimisation import Minimisation, Minimised, term_key
from rodedraad.methods.qca.table import FloatArray, SetTable
from rodedraad.methods.qca.truth_table import LISTED_ROWS, TruthTable

Kind = Literal["conservative", "parsimonious", "intermediate"]

COUNTED_MODELS = 100_000
MODELS_OF_A_PAIR = 100
MODELS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class TermFit:
    """One term of a model. ``cases`` are those of the positive rows that it covers."""

    term: str
    consistency: float
    pri: float
    raw_coverage: float
    unique_coverage: float
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """One model: its terms joined by "or".

    ``assumptions`` are the lines of the remainders that it covers (simplifying assumptions); None
    when the truth table is too long to list them. ``masks`` are the terms as literals.
    """

    terms: tuple[str, ...]
    consistency: float
    pri: float
    coverage: float
    fits: tuple[TermFit, ...]
    assumptions: tuple[int, ...] | None
    masks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counterfactuals:
    """Assumptions of a conservative (C) and a parsimonious (P) model, positions from 0."""

    conservative: int
    parsimonious: int
    easy: tuple[int, ...]
    difficult: tuple[int, ...]
    models: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """One of the three solutions.

    ``n_models`` is the exact number of models; ``models`` lists them all unless there are more
    than asked for; it is None for an intermediate solution with too many to count. ``essential``
    terms are in every model. ``all`` generates every model, as literals (one :class:`Models` per
    set of assumptions).
    """

    kind: Kind
    n_models: int | None
    models: tuple[Model, ...]
    n_primes: int
    primes: tuple[str, ...]
    essential: tuple[str, ...]
    all: tuple[Models, ...]

    @property
    def is_ambiguous(self) -> bool:
        """More than one model fits the same rows equally well."""
        return self.n_models is None or self.n_models > 1


class ModelWriter:
    """Writes models as text with their fit, computing each term once."""

    def __init__(self, table: SetTable, truth: TruthTable) -> None:
        self.table = table
        self.truth = truth
        self.memberships: dict[int, FloatArray] = {}
        self.assumed: dict[int, set[int]] = {}
        self.texts: dict[int, str] = {}
        self.term_fits: dict[int, TermFit] = {}
        observed = {row.row for row in truth.rows if row.out != "?"}
        self.remainders = (
            [
                (row.row, row.line)
                for row in truth.complete()
                if row.row not in observed and None not in row.levels
            ]
            if truth.alphabet.n_rows <= LISTED_ROWS
            else None
        )

    def solution(self, kind: Kind, minimised: Sequence[Minimised], listed: int) -> Solution:
        """The solution with its first ``listed`` models."""
        primes = sorted({term for one in minimised for term in one.primes}, key=term_key)
        shared = (
            frozenset[int].intersection(*(one.models.essential for one in minimised))
            if minimised
            else ()
        )
        n_models, masks = listed_models([one.models for one in minimised], listed)
        return Solution(
            kind=kind,
            n_models=n_models,
            models=tuple(self.models(masks)),
            n_primes=len(primes),
            primes=tuple(self.text(term) for term in primes),
            essential=tuple(self.text(term) for term in primes if term in shared),
            all=tuple(one.models for one in minimised),
        )

    def models(self, listed: Sequence[tuple[int, ...]]) -> list[Model]:
        """The models with their fit, in the order given."""
        found: list[Model] = []
        for _, same_length in groupby(listed, key=len):
            waiting = list(same_length)
            for start in range(0, len(waiting), MODELS_AT_ONCE):
                found += self._models(waiting[start : start + MODELS_AT_ONCE])
        return found

    def _models(self, listed: Sequence[tuple[int, ...]]) -> list[Model]:
        """Models with the same number of terms: members have shape (models, terms, cases)."""
        terms = sorted({mask for masks in listed for mask in masks})
        place = {mask: index for index, mask in enumerate(terms)}
        rows = np.array([self.membership(mask) for mask in terms])
        members = rows[np.array([[place[mask] for mask in masks] for masks in listed])]
        order = np.sort(members, axis=1)
        best = order[:, -1]
        second = order[:, -2] if members.shape[1] > 1 else np.zeros_like(best)
        outcome = self.table.outcome
        lost = np.minimum(best, outcome) - np.minimum(second, outcome)
        unique = ((members == best[:, None]) * lost[:, None]).sum(axis=2) / outcome.sum()
        return [
            Model(
                terms=tuple(self.text(mask) for mask in masks),
                consistency=fit.consistency,
                pri=fit.pri,
                coverage=fit.coverage,
                fits=tuple(
                    self._term_fit(mask, alone) for mask, alone in zip(masks, shares, strict=True)
                ),
                assumptions=self.assumptions(masks),
                masks=masks,
            )
            for masks, fit, shares in zip(
                listed, sufficiencies(best, outcome), unique.tolist(), strict=True
            )
        ]

    def assumptions(self, masks: Sequence[int]) -> tuple[int, ...] | None:
        """Lines of the remainders that the terms cover; None for a long truth table."""
        if self.remainders is None:
            return None
        lines: set[int] = set()
        for mask in masks:
            if mask not in self.assumed:
                self.assumed[mask] = {line for row, line in self.remainders if not mask & ~row}
            lines |= self.assumed[mask]
        return tuple(sorted(lines))

    def text(self, mask: int) -> str:
        if mask not in self.texts:
            self.texts[mask] = self.table.alphabet.text(mask)
        return self.texts[mask]

    def membership(self, mask: int) -> FloatArray:
        if mask not in self.memberships:
            self.memberships[mask] = self.table.membership(mask)
        return self.memberships[mask]

    def _term_fit(self, mask: int, unique: float) -> TermFit:
        known = self.term_fits.get(mask)
        if known is None:
            fit = sufficiency(self.membership(mask), self.table.outcome)
            known = TermFit(
                term=self.text(mask),
                consistency=fit.consistency,
                pri=fit.pri,
                raw_coverage=fit.coverage,
                unique_coverage=0.0,
                cases=tuple(
                    case for row in self.truth.positive if not mask & ~row.row for case in row.cases
                ),
            )
            self.term_fits[mask] = known
        return TermFit(
            known.term, known.consistency, known.pri, known.raw_coverage, unique, known.cases
        )


def listed_models(
    sources: Sequence[Models], listed: int
) -> tuple[int | None, list[tuple[int, ...]]]:
    """How many different models there are, and at most ``listed`` of them.

    All of them come sorted by length and terms. When there are more, it is the first ones in the
    order of search. The number is None when models of several sources would have to be compared
    and there are more than COUNTED_MODELS.
    """
    total = sum(models.count for models in sources)
    if total <= listed or (len(sources) > 1 and total <= COUNTED_MODELS):
        models = _sorted_models([model for source in sources for model in source])
        return len(models), models[:listed]
    share = listed // len(sources) + 1
    some = _sorted_models([model for source in sources for model in islice(source, share)])
    return (total if len(sources) == 1 else None), some[:listed]


def _sorted_models(models: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The different models, each with its terms in order; short ones first."""
    terms = sorted({term for model in models for term in model}, key=term_key)
    rank = {term: place for place, term in enumerate(terms)}
    different = {tuple(sorted(rank[term] for term in model)) for model in models}
    literals = [term.bit_count() for term in terms]
    ordered = sorted(different, key=lambda m: (len(m), sum(literals[place] for place in m), m))
    return [tuple(terms[place] for place in model) for model in ordered]


def counterfactuals(minimisation: Minimisation, writer: ModelWriter) -> tuple[Counterfactuals, ...]:
    """Easy and difficult counterfactuals per pair of models, when pairs and rows can be listed."""
    if minimisation.intermediate is None or writer.remainders is None:
        return ()
    if not any(intermediate.pairs for intermediate in minimisation.intermediate):
        return ()
    parsimonious = list(minimisation.parsimonious.models)
    places = _places(minimisation.conservative.models), _places(minimisation.parsimonious.models)
    found: list[Counterfactuals] = []
    for intermediate in minimisation.intermediate:
        kept = set(writer.assumptions(list(intermediate.kept)) or ())
        models = tuple(
            tuple(writer.text(term) for term in model)
            for model in listed_models([intermediate.minimised.models], MODELS_OF_A_PAIR)[1]
        )
        for c_index, p_index in intermediate.pairs:
            assumed = writer.assumptions(parsimonious[p_index]) or ()
            found.append(
                Counterfactuals(
                    conservative=places[0][c_index],
                    parsimonious=places[1][p_index],
                    easy=tuple(line for line in assumed if line in kept),
                    difficult=tuple(line for line in assumed if line not in kept),
                    models=models,
                )
            )
    return tuple(sorted(found, key=lambda pair: (pair.conservative, pair.parsimonious)))


def _places(models: Models) -> list[int]:
    """Per model, in order of search, its place in the sorted list."""
    searched = list(models)
    place = {frozenset(model): index for index, model in enumerate(_sorted_models(searched))}
    return [place[frozenset(model)] for model in searched]
