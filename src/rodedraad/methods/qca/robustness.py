"""Do the models stay the same under other cut-offs and calibrations?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from rodedraad.methods.qca.minimisation import expected_literals, minimise
from rodedraad.methods.qca.models import Kind, ModelWriter, Solution
from rodedraad.methods.qca.table import FloatArray, SetTable
from rodedraad.methods.qca.truth_table import TOLERANCE, Cuts, truth_table

COMPARED_MODELS = 1_000


@dataclass(frozen=True, slots=True)
class Variant:
    """The solution under one other choice, compared with the chosen one.

    ``overlap`` is sum min / sum max of the memberships in the two solutions (of their first
    models): 1 = the same cases to the same degree. None when one of them has no model.
    """

    calibration: str
    cuts: Cuts
    models: tuple[tuple[str, ...], ...]
    n_models: int | None
    is_same: bool
    overlap: float | None


@dataclass(frozen=True, slots=True)
class CutRange:
    """Values above ``above`` and up to ``up_to`` give exactly the same models."""

    above: float
    up_to: float


@dataclass(frozen=True)
class Robustness:
    """How far the chosen solution depends on choices.

    ``consistency_range`` and ``n_range`` are exact: the solution only changes where a row
    changes sides, and every such value is tried. ``n_range`` holds its lowest and highest value.
    """

    kind: Kind
    chosen: Variant
    variants: tuple[Variant, ...]
    consistency_range: CutRange
    n_range: tuple[int, int]

    @property
    def share_same(self) -> float:
        """Share of the variants with exactly the models of the chosen one; 1 without variants."""
        if not self.variants:
            return 1.0
        return sum(variant.is_same for variant in self.variants) / len(self.variants)


def robustness(
    table: SetTable,
    cuts: Cuts,
    *,
    kind: Kind = "parsimonious",
    expectations: Sequence[str] = (),
    consistencies: Sequence[float] = (),
    frequencies: Sequence[int] = (),
    calibrations: Mapping[str, SetTable] | None = None,
) -> Robustness:
    """Repeat an analysis under other choices and compare the models.

    Parameters
    ----------
    consistencies, frequencies : other cut-offs; all combinations with each other and with the
        chosen ones are tried
    calibrations : name -> the same cases and conditions, calibrated otherwise

    Notes
    -----
    "The same" means: exactly the same set of models.

    Oana, I.-E. & Schneider, C. (2024). A robustness test protocol for applied QCA. Sociological
    Methods & Research 53, 57-88. Skaaning, S.-E. (2011). Assessing the robustness of crisp-set
    and fuzzy-set QCA results. Sociological Methods & Research 40, 391-408.
    """

    def solved(one: SetTable, tried: Cuts) -> Solution:
        return _solution(one, tried, kind, expectations)

    base = solved(table, cuts)
    tables = {"chosen": table, **(calibrations or {})}
    variants: list[Variant] = []
    for name, one in tables.items():
        for consistency in dict.fromkeys((cuts.consistency, *consistencies)):
            for n in dict.fromkeys((cuts.n, *frequencies)):
                tried = replace(cuts, consistency=consistency, n=n)
                if name != "chosen" or tried != cuts:
                    variants.append(_variant(name, one, tried, solved(one, tried), (table, base)))
    return Robustness(
        kind=kind,
        chosen=_variant("chosen", table, cuts, base, (table, base)),
        variants=tuple(variants),
        consistency_range=_consistency_range(table, cuts, base, kind, expectations),
        n_range=_n_range(table, cuts, base, kind, expectations),
    )


def _solution(table: SetTable, cuts: Cuts, kind: Kind, expectations: Sequence[str]) -> Solution:
    truth = truth_table(table, cuts)
    minimised = minimise(truth, expected=expected_literals(table.alphabet, expectations))
    sources = {
        "conservative": [minimised.conservative],
        "parsimonious": [minimised.parsimonious],
        "intermediate": [one.minimised for one in minimised.intermediate or ()],
    }[kind]
    return ModelWriter(table, truth).solution(kind, sources, COMPARED_MODELS)


def _texts(solution: Solution) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(model.terms) for model in solution.models)


def _is_same(solution: Solution, other: Solution) -> bool:
    return solution.n_models == other.n_models and _texts(solution) == _texts(other)


def _variant(
    name: str, table: SetTable, cuts: Cuts, solution: Solution, base: tuple[SetTable, Solution]
) -> Variant:
    return Variant(
        calibration=name,
        cuts=cuts,
        models=tuple(model.terms for model in solution.models),
        n_models=solution.n_models,
        is_same=_is_same(solution, base[1]),
        overlap=_overlap(_membership(table, solution), _membership(*base)),
    )


def _membership(table: SetTable, solution: Solution) -> FloatArray | None:
    return table.solution(solution.models[0].masks) if solution.models else None


def _overlap(x: FloatArray | None, other: FloatArray | None) -> float | None:
    if x is None or other is None:
        return None
    union = float(np.maximum(x, other).sum())
    return float(np.minimum(x, other).sum()) / union if union else None


def _consistency_range(
    table: SetTable, cuts: Cuts, base: Solution, kind: Kind, expectations: Sequence[str]
) -> CutRange:
    values = sorted(
        {
            row.consistency
            for row in truth_table(table, cuts).rows
            if row.out != "?" and row.consistency is not None
        }
    )

    def same(value: float) -> bool:
        tried = replace(cuts, consistency=value, contradiction=None)
        return _is_same(_solution(table, tried, kind, expectations), base)

    above = [value for value in values if value >= cuts.consistency - TOLERANCE]
    below = [value for value in values if value < cuts.consistency - TOLERANCE]
    high = above[0] if above else 1.0
    for value in above[1:]:
        if not same(value):
            break
        high = value
    low = below[-1] if below else 0.0
    for value, next_lower in pairwise([*below[::-1], 0.0]):
        if not same(value):
            break
        low = next_lower
    return CutRange(low, high)


def _n_range(
    table: SetTable, cuts: Cuts, base: Solution, kind: Kind, expectations: Sequence[str]
) -> tuple[int, int]:
    def same(n: int) -> bool:
        return _is_same(_solution(table, replace(cuts, n=n), kind, expectations), base)

    most = max((row.n for row in truth_table(table, cuts).rows), default=cuts.n)
    low = high = cuts.n
    while low > 1 and same(low - 1):
        low -= 1
    while high < most and same(high + 1):
        high += 1
    return low, high
