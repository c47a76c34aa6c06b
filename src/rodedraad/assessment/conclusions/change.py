"""What changed in the regions between two dates, with mergers of municipalities accounted for?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.matrices import kind_of, partition_labels
from rodedraad.methods.partitions import partition_change


def region_change(
    ties: pl.DataFrame,
    *,
    before: str,
    after: str,
    continued_by: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Return per kind of region that exists in both waves how many municipalities changed region.

    The units are the municipalities of the later wave. Such a unit gets the region of before of
    its predecessors when they were all in the same one; otherwise it is counted in
    ``predecessors_differ`` and left out of the comparison.

    Parameters
    ----------
    ties : tie rows of both waves
    before, after : labels of the two waves
    continued_by : for each municipality of before, those of after in which it went on; more than
        one where it was divided
    """
    old, new = (ties.filter(pl.col("wave") == wave) for wave in (before, after))
    kinds = sorted(_kinds(old) & _kinds(new))
    old_cases, new_cases = sorted(old["case"].unique()), sorted(new["case"].unique())
    old_labels = partition_labels(old, kinds, old_cases)
    new_labels = partition_labels(new, kinds, new_cases)
    carried, differ = _carry(old_labels, old_cases, new_cases, continued_by)
    return {
        "before": before,
        "after": after,
        "n_before": len(old_cases),
        "n_after": len(new_cases),
        "divided": sorted(code for code in old_cases if len(continued_by.get(code, ())) > 1),
        "kinds": {
            kind: _kind_change(carried[:, j], new_labels[:, j], new_cases, differ[:, j])
            | {
                "n_regions_before": int(np.unique(old_labels[old_labels[:, j] >= 0, j]).size),
                "n_regions_after": int(np.unique(new_labels[new_labels[:, j] >= 0, j]).size),
            }
            for j, kind in enumerate(kinds)
        },
    }


def _kinds(ties: pl.DataFrame) -> set[str]:
    return {kind_of(about) for about in ties["about"].unique()}


def _carry(
    labels: np.ndarray,
    old_cases: list[str],
    new_cases: list[str],
    continued_by: Mapping[str, Sequence[str]],
) -> tuple[np.ndarray, np.ndarray]:
    """Give each new case the label of its predecessors; flag where these differ."""
    row_of = {case: i for i, case in enumerate(new_cases)}
    carried = np.full((len(new_cases), labels.shape[1]), -1, dtype=np.int64)
    differ = np.zeros(carried.shape, dtype=np.bool_)
    for i, code in enumerate(old_cases):
        for heir in continued_by.get(code, (code,)):
            row = row_of.get(heir)
            if row is None:
                continue
            known = labels[i] >= 0
            differ[row] |= known & (carried[row] >= 0) & (carried[row] != labels[i])
            carried[row] = np.where(known & (carried[row] < 0), labels[i], carried[row])
    return np.where(differ, -1, carried), differ


def _kind_change(
    before: np.ndarray, after: np.ndarray, cases: list[str], differ: np.ndarray
) -> dict[str, Any]:
    change = partition_change(before, after)
    return {
        "n_compared": change.n_both,
        "predecessors_differ": [cases[i] for i in np.flatnonzero(differ)],
        "adjusted_rand": change.adjusted_rand,
        "n_moved": change.n_moved,
        "share_moved": change.share_moved,
        "moved": [cases[i] for i in np.flatnonzero(change.moved)],
        "matching_unique": change.matching_unique,
        "share_pairs_kept": change.share_pairs_kept,
        "share_pairs_new": change.share_pairs_new,
    }
