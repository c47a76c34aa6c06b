"""What would a take-over do, in counts: by state, reason, construct and case?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl
from django.db import connection

from rodedraad.assessment.queries import evidence_change
from rodedraad.scoring.difference import STATES, Difference, texts_difference
from rodedraad.studies.models import Study

CLOCKS = """
select
    (select row(count(*), max(id), sum(row_version))::text from coding_coding
     where study_id = %(study)s),
    (select row(count(*), sum(row_version))::text from coding_code where study_id = %(study)s),
    (select row(count(*), count(closed_at))::text from coding_round where study_id = %(study)s),
    (select max(id)::text from scoring_score where study_id = %(study)s),
    (select max(id)::text from scoring_settlement where study_id = %(study)s),
    (select row(count(*), sum(hashtextextended(concat_ws('|', id, case_id, wave_id, title, kind,
         role, respondent, confidentiality, removed_at), 1)))::text
     from sources_source where study_id = %(study)s),
    (select max(version.id)::text from sources_sourceversion version
     join sources_source source on source.id = version.source_id
     where source.study_id = %(study)s),
    (select row(count(*), max(id))::text from studies_wave where study_id = %(study)s)
"""
"""What changes when anything does that texts say; quick, however many codings there are."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """How many rows there are of each state, why how many are left out, and of what."""

    counts: dict[str, Any]
    constructs: tuple[tuple[str, Counts], ...]
    cases: tuple[tuple[str, Counts], ...]

    @property
    def n_to_do(self) -> int:
        """How many rows a take-over would write or take back."""
        return sum(self.counts[state] for state in ("new", "changed", "gone"))

    @property
    def is_empty(self) -> bool:
        """Whether the texts say nothing, and never did."""
        return not any(self.counts[state] for state in STATES)


def preview(study: Study) -> Preview:
    """Return what a take-over would do now; worked out again only when something changed."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, {"study": study.pk})
        clocks = cursor.fetchone()
    return _preview(study.pk, (*clocks, evidence_change(study)))


@lru_cache(maxsize=32)
def _preview(study_id: int, _clocks: tuple[object, ...]) -> Preview:
    difference = texts_difference(Study.objects.get(pk=study_id))
    return Preview(
        counts=difference.counts(),
        constructs=_grouped(difference, "construct"),
        cases=_grouped(difference, "case"),
    )


def _grouped(difference: Difference, by: str) -> tuple[tuple[str, Counts], ...]:
    gone = difference.stored.filter(pl.col("state") == "gone").select(by, "state")
    both = pl.concat([difference.facts.select(by, "state"), gone])
    counted = both.group_by(by, "state").len().sort(by)
    found: dict[str, dict[str, int]] = {}
    for key, state, n in counted.iter_rows():
        found.setdefault(key or "", dict.fromkeys(STATES, 0))[state] = n
    return tuple(found.items())
