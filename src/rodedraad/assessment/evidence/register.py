"""How do ties and published figures enter the evidence table?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from rodedraad.assessment.models import Evidence
from rodedraad.studies.models import Study, Wave

TIE_CONSTRUCT = "K1"


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One published figure about one case, as the country tables hold it.

    ``value`` is 0-1 after the construct's rule; ``raw`` is the published figure in ``unit``.
    """

    case_id: int
    construct: str
    about: str
    source: str
    source_id: str
    value: float | None
    raw: float | None
    unit: str


def tie_rows_write(wave: Wave) -> int:
    """Add one row for every membership of the wave that has none yet, and return how many.

    A tie is present or it is not, so its value is 1. The row points at the record of the source
    that says the case takes part.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into assessment_evidence
                (study_id, wave_id, case_id, construct, kind, about, source, source_id,
                 role, respondent, value, weight, raw, unit, missing)
            select arrangement.study_id, arrangement.wave_id, membership.case_id, %s, 'tie',
                   arrangement.key, membership.source, membership.source_row,
                   '', null, 1, 1, 1, '', ''
            from networks_membership membership
            join networks_arrangement arrangement on arrangement.id = membership.arrangement_id
            where arrangement.wave_id = %s and not exists (
                select 1 from assessment_evidence evidence
                where evidence.withdrawal_id is null
                  and evidence.wave_id = arrangement.wave_id and evidence.kind = 'tie'
                  and evidence.about = arrangement.key and evidence.case_id = membership.case_id
                  and evidence.source = membership.source
                  and evidence.source_id = membership.source_row)
            order by membership.id
            """,
            [TIE_CONSTRUCT, wave.pk],
        )
        return cursor.rowcount


@transaction.atomic
def figure_rows_write(study: Study, wave: Wave | None, facts: Iterable[FigureFact]) -> int:
    """Add the figures that are not there yet, and return how many.

    A figure whose source revised it is a new row of a new source record, never an edit.
    """
    known = set(
        Evidence.objects.filter(study=study, wave=wave, kind=Evidence.Kind.FIGURE).values_list(
            "case_id", "construct", "about", "source", "source_id"
        )
    )
    rows = [
        Evidence(
            study=study,
            wave=wave,
            case_id=fact.case_id,
            construct=fact.construct,
            kind=Evidence.Kind.FIGURE,
            about=fact.about,
            source=fact.source,
            source_id=fact.source_id,
            value=fact.value,
            raw=fact.raw,
            unit=fact.unit,
        )
        for fact in facts
        if (fact.case_id, fact.construct, fact.about, fact.source, fact.source_id) not in known
    ]
    Evidence.objects.bulk_create(rows, batch_size=5000)
    return len(rows)
