"""What do respondents, interviews and documents of a case say together about its change type?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.rulesets.change_types import ATTITUDES, Floats, Ints
from rodedraad.methods.rulesets.measures import MEASURES, MeasureStatus
from rodedraad.methods.rulesets.ruling import RuleRefusal

SOURCE_KINDS = ("document", "interview", "survey")
STATUSES_APART = 2
_N_LEVELS = 5
_UNKNOWN, _NOT_APPLICABLE = int(MeasureStatus.UNKNOWN), int(MeasureStatus.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, eq=False)
class TypeUnits:
    """Respondents, interviews and documents ("units"), ordered by stratum.

    A stratum is what is resampled apart: units of one case and kind of source (in the survey: of
    one role) that speak about the same things. A slot is one kind of source of one case.

    ``statuses`` has shape (n_units, 20), ``attitudes`` (n_units, 4; NaN unknown). ``starts``: the
    first unit of every stratum. ``slot_of``: case x 3 + kind, per stratum, not falling.
    ``pool_of`` (n_strata, 4): which group of roles a stratum counts in, per attitude, numbered
    through all attitudes; ``pool_slot``: slot x 4 + attitude of each group. ``with_status``: the
    units of slots in which anything is said about a measure.
    """

    n_cases: int
    statuses: npt.NDArray[np.int8]
    attitudes: Floats
    starts: Ints
    slot_of: Ints
    pool_of: Ints
    pool_slot: Ints
    with_status: Ints

    @property
    def sizes(self) -> Ints:
        """Number of units in every stratum."""
        return np.diff(np.append(self.starts, len(self.statuses)))


@dataclass(frozen=True, slots=True, eq=False)
class TypeInputs:
    """What the rule takes, per case: statuses (n, 20), attitudes (n, 4), kinds of source (n,).

    ``status_by_kind`` (n, 3, 20) and ``attitude_by_kind`` (n, 3, 4) are the same per kind of
    source, in the order of ``SOURCE_KINDS``.
    """

    statuses: Ints
    attitudes: Floats
    n_source_types: Ints
    status_by_kind: Ints
    attitude_by_kind: Floats


def sources_apart(inputs: TypeInputs) -> npt.NDArray[np.bool_]:
    """Where two kinds of source lie two statuses or more apart, shape (n, 20)."""
    known = inputs.status_by_kind >= 0
    high = np.where(known, inputs.status_by_kind, -1).max(axis=1)
    low = np.where(known, inputs.status_by_kind, _N_LEVELS).min(axis=1)
    return (known.sum(axis=1) > 1) & (high - low >= STATUSES_APART)


def type_units(
    cases: Ints,
    kinds: Ints,
    strata: Ints,
    pools: Ints,
    statuses: npt.ArrayLike,
    attitudes: npt.ArrayLike,
    *,
    n_cases: int,
) -> TypeUnits:
    """Put units in the order that :func:`type_inputs` needs.

    Parameters
    ----------
    cases, kinds, strata: shape (n_units,); kind is a place in ``SOURCE_KINDS``; strata number
        apart within a case and kind (such as roles).
    pools: shape (n_units, 4): number of the group of roles, within case, kind and attitude; all
        units of a stratum have the same.
    statuses, attitudes: as in :class:`TypeUnits`.

    Raises
    ------
    RuleRefusal: no units.
    """
    if not len(cases):
        raise RuleRefusal(
            "There is no respondent, interview or document that says something about measures or"
            " attitudes. Bring in evidence first.",
            code="type_without_units",
        )
    order = np.lexsort((strata, kinds, cases))
    slots = (cases * len(SOURCE_KINDS) + kinds)[order]
    keys = np.column_stack([slots, strata[order]])
    starts = np.flatnonzero(np.append(True, (keys[1:] != keys[:-1]).any(axis=1)))
    slot_of = slots[starts]
    cell = slot_of[:, None] * len(ATTITUDES) + np.arange(len(ATTITUDES))
    pairs = np.stack([cell, pools[order][starts]], axis=-1).reshape(-1, 2)
    found, pool_of = np.unique(pairs, axis=0, return_inverse=True)
    status = np.asarray(statuses, dtype=np.int8)[order]
    says_something = np.unique(slots[(status != _UNKNOWN).any(axis=1)])
    return TypeUnits(
        n_cases=n_cases,
        statuses=status,
        attitudes=np.asarray(attitudes, dtype=np.float64)[order],
        starts=starts.astype(np.int64),
        slot_of=slot_of,
        pool_of=pool_of.reshape(cell.shape).astype(np.int64),
        pool_slot=found[:, 0],
        with_status=np.flatnonzero(np.isin(slots, says_something)),
    )


def type_inputs(units: TypeUnits, drawn: Ints | None = None) -> TypeInputs:
    """From units to what the rule takes; ``drawn`` are the units to use, the same ones if None.

    The status of a measure in one kind of source is the lower median of the units that know it;
    the status of the case is the lower median of the kinds that know it. So no kind outvotes
    another by number, a status stays on its scale, and with two kinds the more careful one holds:
    what one paper says is not yet practice. A measure is not applicable when a unit says so and
    none gives a status.

    An attitude is the mean of each group of roles, the mean of the groups, and the median of the
    kinds of source: the rule of ``rodedraad.methods.aggregation``.

    ``drawn`` has one unit per place, out of the stratum of that place.
    """
    attitude_by_kind = _attitudes(units, drawn)
    status_by_kind = _statuses(units, drawn)
    known = status_by_kind >= 0
    n_known = known.sum(axis=1)
    ranked = np.sort(np.where(known, status_by_kind, _N_LEVELS), axis=1)
    middle = np.maximum(n_known - 1, 0) // 2
    status = np.take_along_axis(ranked, middle[:, None], axis=1)[:, 0]
    said_not = (status_by_kind == _NOT_APPLICABLE).any(axis=1)
    return TypeInputs(
        statuses=np.where(n_known > 0, status, np.where(said_not, _NOT_APPLICABLE, _UNKNOWN)),
        attitudes=_median(attitude_by_kind),
        n_source_types=known.any(axis=2).sum(axis=1),
        status_by_kind=status_by_kind,
        attitude_by_kind=attitude_by_kind,
    )


def _attitudes(units: TypeUnits, drawn: Ints | None) -> Floats:
    values = units.attitudes if drawn is None else units.attitudes[drawn]
    known = np.isfinite(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), units.starts, axis=0)
    counts = np.add.reduceat(known, units.starts, axis=0, dtype=np.int64)
    n_pools = len(units.pool_slot)
    pooled = np.bincount(units.pool_of.ravel(), sums.ravel(), n_pools)
    n = np.bincount(units.pool_of.ravel(), counts.ravel(), n_pools)
    there = n > 0
    size = units.n_cases * len(SOURCE_KINDS) * len(ATTITUDES)
    total = np.bincount(units.pool_slot[there], pooled[there] / n[there], size)
    n_groups = np.bincount(units.pool_slot[there], minlength=size)
    means = np.where(n_groups > 0, total / np.maximum(n_groups, 1), np.nan)
    return means.reshape(units.n_cases, len(SOURCE_KINDS), len(ATTITUDES))


def _statuses(units: TypeUnits, drawn: Ints | None) -> Ints:
    """The lower median per slot and measure: how many of the levels hold fewer than half."""
    at = units.with_status
    found = np.full((units.n_cases * len(SOURCE_KINDS), len(MEASURES)), _UNKNOWN, dtype=np.int64)
    if not at.size:
        return found.reshape(units.n_cases, len(SOURCE_KINDS), len(MEASURES))
    used = units.statuses[at if drawn is None else drawn[at]]
    slot_at = np.repeat(units.slot_of, units.sizes)[at]
    first = np.flatnonzero(np.append(True, slot_at[1:] != slot_at[:-1]))

    def count(rows: npt.NDArray[np.bool_]) -> Ints:
        return np.add.reduceat(rows, first, axis=0, dtype=np.int64)

    n_known = count(used >= 0)
    half = (n_known + 1) // 2
    status = np.zeros_like(n_known)
    for level in range(_N_LEVELS - 1):
        status += count((used >= 0) & (used <= level)) < half
    not_applicable = count(used == _NOT_APPLICABLE) > 0
    missing = np.where(not_applicable, _NOT_APPLICABLE, _UNKNOWN)
    found[slot_at[first]] = np.where(n_known > 0, status, missing)
    return found.reshape(units.n_cases, len(SOURCE_KINDS), len(MEASURES))


def _median(values: Floats) -> Floats:
    """Median over the kinds of source of what is known."""
    n = np.isfinite(values).sum(axis=1)
    ranked = np.sort(values, axis=1)  # NaN last
    low, high = np.maximum(n - 1, 0) // 2, np.minimum(n // 2, values.shape[1] - 1)
    pair = [np.take_along_axis(ranked, at[:, None], axis=1)[:, 0] for at in (low, high)]
    return np.where(n > 0, (pair[0] + pair[1]) / 2, np.nan)
