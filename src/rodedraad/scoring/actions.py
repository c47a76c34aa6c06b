"""What becomes true when what texts say is taken over in the evidence?"""

from typing import Any

import polars as pl
from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.assessment.evidence import coding_rows_write, measure_rows_write, rubric_rows_write
from rodedraad.assessment.evidence.facts import FACT_SCHEMA, Kind
from rodedraad.assessment.evidence.withdrawing import rows_withdraw
from rodedraad.scoring.carry import scores_carry
from rodedraad.scoring.difference import texts_difference
from rodedraad.scoring.models import TakeOver
from rodedraad.studies.models import Study

WRITERS = {
    Kind.CODING: coding_rows_write,
    Kind.RUBRIC: rubric_rows_write,
    Kind.MEASURE: measure_rows_write,
}
TAKEN_BACK = {"changed": "texts_changed", "gone": "texts_gone"}
"""Why rows are taken back, as codes; pages put them in words."""


@transaction.atomic
def texts_to_evidence(study: Study, *, person: Person | None, origin: str) -> dict[str, Any]:
    """Make the evidence say what accepted codings, agreed scores and statuses say now.

    New rows are added; rows of what changed or is gone are taken back, never erased. Scores that
    stand on an earlier version of a text are carried to the newest first. Done twice, the second
    time changes nothing.

    Returns
    -------
    How many rows are ``new``, ``changed``, ``kept`` and ``gone`` (taken back), how many codings
    and scores are ``left_out``, and ``left_out_why``.
    """
    Study.objects.select_for_update().only("pk").get(pk=study.pk)
    scores_carry(study)
    difference = texts_difference(study)
    counts = difference.counts()
    if difference.is_empty:
        return counts
    for state, reason in TAKEN_BACK.items():
        if pks := difference.pks(state):
            rows_withdraw(
                study, pks, what=state, reason=reason, person=person, origin=origin
            )  # fmt: skip
    waves = {wave.label: wave for wave in study.waves.select_related("study", "framework")}
    groups = difference.to_add.partition_by("wave", "kind", as_dict=True)
    for (wave, kind), facts in groups.items():
        WRITERS[Kind(kind)](waves[str(wave)], facts.select(pl.col(name) for name in FACT_SCHEMA))
    TakeOver.objects.create(study=study, counts=counts, person=person)
    audit_record(
        person=person, action="texts_to_evidence", object=f"study:{study.slug}", origin=origin
    )
    return counts
