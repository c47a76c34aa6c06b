"""How are rows of evidence taken back, and brought in again: never changed, never erased?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Count, Max, QuerySet

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.assessment.evidence.facts import FROM_SCORE
from rodedraad.assessment.evidence.known import BROUGHT_IN
from rodedraad.assessment.models import Evidence, Withdrawal
from rodedraad.assessment.queries import evidence_change
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study, Wave

UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
OF_A_SCORE = rf"^{FROM_SCORE}{UUID}$"
COPIED = tuple(
    str(field.column)
    for field in Evidence._meta.concrete_fields
    if field.column not in {"id", "withdrawal_id"}
)
REASON_AT_MOST = 2_000
WHAT_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The rows of one kind that came from one source in one wave."""

    wave: str
    kind: str
    source: str
    n: int
    newest: int


def sources_brought_in(study: Study) -> tuple[BroughtIn, ...]:
    """Return what was brought in by file and counts now, newest first; not what texts gave."""
    return _brought_in(study.pk, evidence_change(study))


@lru_cache(maxsize=32)
def _brought_in(study_id: int, _change: int) -> tuple[BroughtIn, ...]:
    rows = Evidence.objects.filter(study=study_id, kind__in=BROUGHT_IN)
    grouped = (
        rows.exclude(source_id__regex=OF_A_SCORE)
        .order_by()
        .values_list("wave__label", "kind", "source")
        .annotate(n=Count("pk"), newest=Max("pk"))
    )
    return tuple(
        BroughtIn(wave or "", kind, source, n, newest)
        for wave, kind, source, n, newest in grouped.order_by("-newest")
    )


@transaction.atomic
def import_withdraw(
    wave: Wave, kind: str, source: str, *, reason: str, person: Person | None, origin: str
) -> Withdrawal:
    """Take back every row of one kind from one source in a wave, that came from a file.

    Raises
    ------
    Refusal
        ``withdrawal_reason`` without a reason, ``withdrawal_nothing`` when there are no such rows.
    """
    _lock(wave.study)
    rows = Evidence.objects.filter(study=wave.study_id, wave=wave, kind=kind, source=source)
    chosen = rows.filter(kind__in=BROUGHT_IN).exclude(source_id__regex=OF_A_SCORE)
    return _withdrawn(
        wave.study, Withdrawal.Kind.IMPORT, f"{wave.label}: {kind}, {source}", chosen,
        reason=reason, person=person, origin=origin,
    )  # fmt: skip


@transaction.atomic
def rows_withdraw(
    study: Study, pks: Sequence[int], *, what: str, reason: str, person: Person | None, origin: str
) -> Withdrawal:
    """Take back these rows because the texts that they came from say something else now."""
    _lock(study)
    chosen = Evidence.objects.filter(study=study).extra(where=["id = any(%s)"], params=[[*pks]])
    return _withdrawn(
        study, Withdrawal.Kind.TEXTS, what, chosen, reason=reason, person=person, origin=origin
    )


@transaction.atomic
def import_bring_back(
    withdrawal: Withdrawal, *, reason: str, person: Person | None, origin: str
) -> Withdrawal:
    """Add the rows of an import that was taken back anew, as they were.

    Raises
    ------
    Refusal
        ``withdrawal_undone`` when that was done, ``withdrawal_of_texts`` for rows that the texts
        gave, ``withdrawal_there`` when one of the records is in the evidence again.
    """
    study = withdrawal.study
    _lock(study)
    _reason_require(reason)
    if withdrawal.kind != Withdrawal.Kind.IMPORT:
        raise Refusal(
            "These rows come from texts. Change the coding or the score, and take over again.",
            code="withdrawal_of_texts",
        )
    if withdrawal.undoes_id or Withdrawal.objects.filter(undoes=withdrawal).exists():
        raise Refusal("These rows were brought in again already.", code="withdrawal_undone")
    if _there_again(withdrawal):
        raise Refusal(
            "Some of these records are in the evidence again, perhaps corrected. Take those back "
            "first, or leave this as it is.",
            code="withdrawal_there",
        )
    made = Withdrawal.objects.create(
        study=study, kind=withdrawal.kind, what=withdrawal.what, reason=reason.strip(),
        n_rows=withdrawal.n_rows, undoes=withdrawal, person=person,
    )  # fmt: skip
    columns = ", ".join(COPIED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into assessment_evidence ({columns})"  # noqa: S608 names of our own columns
            f" select {columns} from assessment_evidence where withdrawal_id = %s order by id",
            [withdrawal.pk],
        )
    audit_record(
        person=person, action="evidence_bring_back", origin=origin,
        object=f"study:{study.slug} withdrawal:{withdrawal.pk} rows:{withdrawal.n_rows}",
    )  # fmt: skip
    return made


def _there_again(withdrawal: Withdrawal) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select exists (
                select 1 from assessment_evidence gone join assessment_evidence here
                on here.study_id = gone.study_id and here.wave_id = gone.wave_id
                and here.kind = gone.kind and here.about = gone.about
                and here.case_id = gone.case_id and here.construct = gone.construct
                and here.source = gone.source and here.source_id = gone.source_id
                and here.respondent is not distinct from gone.respondent
                where gone.withdrawal_id = %s and here.withdrawal_id is null)
            """,
            [withdrawal.pk],
        )
        (found,) = cursor.fetchone()
    return bool(found)


def _withdrawn(
    study: Study,
    kind: str,
    what: str,
    rows: QuerySet[Evidence],
    *,
    reason: str,
    person: Person | None,
    origin: str,
) -> Withdrawal:
    _reason_require(reason)
    pks = list(rows.order_by().values_list("pk", flat=True))
    if not pks:
        raise Refusal(
            "There are no such rows in the evidence. Look at the list again.",
            code="withdrawal_nothing",
        )
    made = Withdrawal.objects.create(
        study=study, kind=kind, what=what[:WHAT_AT_MOST], reason=reason.strip(),
        n_rows=len(pks), person=person,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "update assessment_evidence set withdrawal_id = %s where id = any(%s)", [made.pk, pks]
        )
    audit_record(
        person=person, action="evidence_withdraw", origin=origin,
        object=f"study:{study.slug} withdrawal:{made.pk} rows:{len(pks)}",
    )  # fmt: skip
    return made


def _reason_require(reason: str) -> None:
    if not reason.strip() or len(reason) > REASON_AT_MOST:
        raise Refusal(
            f"Say why, in at most {REASON_AT_MOST} characters.",
            code="withdrawal_reason",
            most=REASON_AT_MOST,
        )


def _lock(study: Study) -> None:
    """Let this wait for others that write evidence of the study."""
    Study.objects.select_for_update().only("pk").get(pk=study.pk)
