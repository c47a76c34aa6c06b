"""How many arrangements does every pair of municipalities share, worked out from evidence rows?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.assessment.conclusions.matrices import incidence
from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import evidence_change, run_filters
from rodedraad.methods.two_mode import shared_memberships
from rodedraad.studies.models import Study


@dataclass(frozen=True, eq=False)
class SharedTies:
    """``shared[i, j]`` is the number of arrangements in which both cases take part; 0 for i = j.

    ``at_least`` in its methods is 1 or more.
    """

    cases: tuple[str, ...]
    shared: npt.NDArray[np.int64]

    def pairs(self, at_least: int) -> list[tuple[int, int, int]]:
        """Return (i, j, number) of the pairs that share so many, i before j."""
        rows, columns = np.nonzero(np.triu(self.shared >= at_least, k=1))
        numbers = self.shared[rows, columns]
        return list(zip(rows.tolist(), columns.tolist(), numbers.tolist(), strict=True))

    def n_partners(self, at_least: int) -> list[int]:
        """Return per case the number of others with which it shares so many."""
        return (self.shared >= at_least).sum(axis=1).tolist()

    @property
    def most(self) -> int:
        """The largest number that any pair shares."""
        return int(self.shared.max(initial=0))


def shared_ties(run: Run, kinds: Sequence[str]) -> SharedTies:
    """Return what the tie rows of ``run``, of arrangements of ``kinds``, give now."""
    filters = [
        row_filter.to_json()
        for row_filter in run_filters(run)
        if row_filter.about_prefix and row_filter.about_prefix.rstrip("/") in kinds
    ]
    return _shared(run.study_id, json.dumps(filters), evidence_change(run.study))


@lru_cache(maxsize=16)
def _shared(study_id: int, filters: str, _change: int) -> SharedTies:
    chosen = tuple(RowFilter.from_json(stored) for stored in json.loads(filters))
    rows = evidence_rows(Study(pk=study_id), chosen).order_by()
    ties = pl.DataFrame(
        list(rows.values_list("case__unit_code", "about")),
        schema={"case": pl.String(), "about": pl.String()},
        orient="row",
    )
    two_mode = incidence(ties)
    return SharedTies(two_mode.cases, shared_memberships(two_mode.table).astype(np.int64))
