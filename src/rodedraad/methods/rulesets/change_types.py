"""Which type of changer is each of many municipalities, all at once?"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from rodedraad.methods.rulesets.change_type import (
    BORDERLINE,
    CAREFUL,
    CAREFUL_CHANGER,
    CHANGE_TYPE_RULES,
    CHANGER,
    UNDETERMINED,
    ChangeTypeRules,
    type_variants,
)
from rodedraad.methods.rulesets.measures import CELLS, MEASURES, WEIGHTS, MeasureStatus
from rodedraad.methods.rulesets.ruling import TOLERANCE, RuleRefusal

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

TYPE_LABELS = (UNDETERMINED, CHANGER, CAREFUL_CHANGER, CAREFUL, BORDERLINE)
ATTITUDES = ("necessity", "small_steps", "waiting", "doubt")
_LOWEST = min(MeasureStatus)
_WEIGHT_OF = np.array([WEIGHTS.get(status, np.nan) for status in sorted(MeasureStatus)])


@dataclass(frozen=True, slots=True, eq=False)
class ChangeTypes:
    """Types of many municipalities; every array has one row per municipality.

    ``label`` is a place in ``TYPE_LABELS``. ``breadth``, ``external``, ``cells`` (n, 4), ``pro``
    and ``con`` are NaN where the rule has ``None``. ``below`` (n, 4) says which cells are under
    the threshold. ``variants`` (27, n) are the labels under each variant of the thresholds, in
    the order of ``type_variants``; ``stability`` is their share with the same label.
    """

    label: Ints
    breadth: Floats
    external: Floats
    cells: Floats
    known: Floats
    pro: Floats
    con: Floats
    below: Booleans
    variants: Ints
    stability: Floats
    waits: Booleans
    rules: ChangeTypeRules

    @property
    def labels(self) -> list[str]:
        """The label of each municipality in words."""
        return [TYPE_LABELS[i] for i in self.label]


def change_types(
    statuses: npt.ArrayLike,
    attitudes: npt.ArrayLike,
    n_source_types: npt.ArrayLike,
    *,
    rules: ChangeTypeRules = CHANGE_TYPE_RULES,
) -> ChangeTypes:
    """The rule of :func:`change_type` on arrays: the same labels, some hundred times as fast.

    Parameters
    ----------
    statuses: whole numbers of shape (n, 20) in the order of ``MEASURES``, as ``MeasureStatus``:
        -2 not applicable, -1 unknown, 0-4.
    attitudes: shape (n, 4), 0-1 in the order of ``ATTITUDES``; NaN is unknown.
    n_source_types: kinds of source behind the statuses, shape (n,).

    Raises
    ------
    RuleRefusal: other shapes, a status that does not exist, an attitude outside 0 to 1.

    Notes
    -----
    Checked against :func:`change_type` on random input, see
    ``tests/methods/test_rulesets_change_types.py``.

    >>> found = change_types([[2] * 20], [[0.5, 0.5, 0.5, 0.5]], [2])
    >>> found.labels, found.breadth.tolist(), round(float(found.stability[0]), 2)
    (['veranderaar'], [0.5], 0.67)
    """
    status, attitude, n_kinds = _read(statuses, attitudes, n_source_types)
    facts = type_facts(status, attitude, n_kinds)
    variants = np.array([(v.breadth, v.cell, v.gap) for v in type_variants(rules)])
    own = labels_of(facts, np.array([[rules.breadth, rules.cell, rules.gap]]), rules.min_known,
                    rules.min_source_types)[0]  # fmt: skip
    varied = labels_of(facts, variants, rules.min_known, rules.min_source_types)
    return ChangeTypes(
        label=own,
        breadth=facts.breadth,
        external=_mean(type_weights(status)[:, : len(MEASURES) // 2]),
        cells=facts.cells,
        known=facts.known,
        pro=_pro(facts, rules.breadth),
        con=facts.con,
        below=np.nan_to_num(facts.cells) < rules.cell - TOLERANCE,
        variants=varied,
        stability=cast(Floats, (varied == own).mean(axis=0)),
        waits=(own == TYPE_LABELS.index(CHANGER))
        & (attitude[:, 2] >= rules.conflict_waiting - TOLERANCE),
        rules=rules,
    )


def type_labels(
    statuses: Ints,
    attitudes: Floats,
    n_source_types: Ints,
    *,
    rules: ChangeTypeRules = CHANGE_TYPE_RULES,
) -> Ints:
    """Only the labels, as places in ``TYPE_LABELS``, of input that is known to be sound."""
    facts = type_facts(statuses, attitudes, n_source_types)
    cuts = np.array([[rules.breadth, rules.cell, rules.gap]])
    return labels_of(facts, cuts, rules.min_known, rules.min_source_types)[0]


@dataclass(frozen=True, slots=True, eq=False)
class TypeFacts:
    """What the thresholds are held against, one row per municipality."""

    breadth: Floats
    cells: Floats
    known: Floats
    n_kinds: Ints
    necessity_and_steps: Floats
    con: Floats


def labels_of(facts: TypeFacts, cuts: Floats, min_known: float, min_source_types: int) -> Ints:
    """Labels of shape (n_cuts, n); ``cuts`` holds thresholds of breadth, cell and gap."""
    breadth_cut, cell_cut, gap_cut = (cuts[:, j : j + 1] - TOLERANCE for j in range(3))
    lowest = facts.cells.min(axis=1)  # NaN when a cell is unknown
    sound = (
        ~np.isnan(lowest)
        & (facts.known >= min_known - TOLERANCE)
        & (facts.n_kinds >= min_source_types)
    )
    pro = np.stack([_pro(facts, float(cut)) for cut in cuts[:, 0]])
    gap = pro - facts.con
    changer = (facts.breadth >= breadth_cut) & (lowest >= cell_cut)
    none = facts.breadth == 0
    chosen = np.select(
        [
            ~sound & np.ones_like(changer),
            changer,
            np.isnan(gap),
            ~none & (gap >= gap_cut),
            none | (-gap >= gap_cut),
        ],
        [TYPE_LABELS.index(x) for x in (UNDETERMINED, CHANGER, UNDETERMINED, CAREFUL_CHANGER,
                                        CAREFUL)],
        TYPE_LABELS.index(BORDERLINE),
    )  # fmt: skip
    return chosen.astype(np.int64)


def type_weights(status: Ints) -> Floats:
    """The weight 0-1 of every status, NaN when there is none."""
    return _WEIGHT_OF[status - _LOWEST]


def type_facts(status: Ints, attitude: Floats, n_kinds: Ints) -> TypeFacts:
    """What the thresholds are held against, of sound input."""
    weights = type_weights(status)
    known = np.isfinite(weights).sum(axis=1)
    applicable = (status != MeasureStatus.NOT_APPLICABLE).sum(axis=1)
    necessity, steps, waiting, doubt = attitude.T
    return TypeFacts(
        breadth=_mean(weights),
        cells=_mean(weights.reshape(len(weights), len(CELLS), -1)),
        known=np.divide(known, np.maximum(applicable, 1)),
        n_kinds=n_kinds,
        necessity_and_steps=np.stack([necessity, steps], axis=1),
        con=_of_two(np.stack([waiting, doubt, 1 - necessity], axis=1)),
    )


def _pro(facts: TypeFacts, breadth_cut: float) -> Floats:
    done = np.minimum(1.0, facts.breadth / breadth_cut)
    return _of_two(np.column_stack([facts.necessity_and_steps, done]))


def _of_two(parts: Floats) -> Floats:
    """Mean of the known parts, of which there must be at least two; else NaN."""
    return np.where(np.isfinite(parts).sum(axis=1) >= 2, _mean(parts), np.nan)


def _mean(values: Floats) -> Floats:
    """Mean over the last axis of what is known; NaN when nothing is."""
    known = np.isfinite(values)
    n = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)


def _read(
    statuses: npt.ArrayLike, attitudes: npt.ArrayLike, n_source_types: npt.ArrayLike
) -> tuple[Ints, Floats, Ints]:
    status = np.asarray(statuses, dtype=np.int64)
    attitude = np.asarray(attitudes, dtype=np.float64)
    n_kinds = np.asarray(n_source_types, dtype=np.int64)
    n = len(status)
    if (
        status.shape != (n, len(MEASURES))
        or attitude.shape != (n, len(ATTITUDES))
        or n_kinds.shape != (n,)
    ):
        raise RuleRefusal(
            f"For every municipality give {len(MEASURES)} statuses, {len(ATTITUDES)} attitudes and"
            f" a number of kinds of source. Got shapes {status.shape}, {attitude.shape} and"
            f" {n_kinds.shape}.",
            code="change_types_shape",
        )
    if ((status < _LOWEST) | (status > max(MeasureStatus))).any():
        raise RuleRefusal(
            "A status is a whole number from -2 (not applicable) and -1 (unknown) to 4 (secured)."
            f" Got {int(status.min())} to {int(status.max())}.",
            code="change_types_status",
        )
    if ((attitude < 0) | (attitude > 1)).any():
        raise RuleRefusal(
            "Attitudes must be from 0 to 1, or unknown (NaN). Got"
            f" {float(np.nanmin(attitude))} to {float(np.nanmax(attitude))}.",
            code="share_out_of_range",
        )
    return status, attitude, n_kinds
