"""Which rows tell of one person, and who may read these: raw material, for lead and researchers."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Evidence
from rodedraad.studies.models import Study
from rodedraad.studies.template import framework
from rodedraad.studies.wording import worded

RAW_KINDS = (Evidence.Kind.ANSWER, Evidence.Kind.CODING)
"""What people said, and passages of texts: raw material whoever it is of."""

INTERVIEW = "interview"
ABOUT_PEOPLE = Q(kind__in=RAW_KINDS) | Q(respondent__isnull=False) | Q(about=INTERVIEW)


def rows_seen(rows: QuerySet[Evidence], *, may_design: bool) -> QuerySet[Evidence]:
    """Return the rows that a person may read; rows about one respondent need ``may_design``."""
    return rows if may_design else rows.filter(~ABOUT_PEOPLE)


def tells_of_person(row: Evidence) -> bool:
    """Tell whether a row is what one person said."""
    return row.kind == Evidence.Kind.ANSWER or row.respondent is not None or row.about == INTERVIEW


def reading_record(study: Study, rows: Iterable[Evidence], *, person: Person, origin: str) -> None:
    """Write in the audit log that someone read rows about persons; nothing when there are none."""
    read = [row for row in rows if tells_of_person(row)]
    if not read:
        return
    which = f"row {read[0].pk}" if len(read) == 1 else f"rows {read[0].pk}-{read[-1].pk}"
    audit_record(
        person=person, action="answers_read", object=f"study:{study.slug} {which}", origin=origin
    )


def role_words(role: str) -> str:
    """The role of a respondent in words; an unknown letter as it is."""
    for known in framework().roles:
        if known.code == role:
            return worded(known.name.model_dump())
    return role


def missing_words(reason: str) -> str:
    """Why a row has no value, in words."""
    return {
        "unanswered": _("not answered"),
        "dont_know": _("does not know"),
        "not_applicable": _("not applicable"),
    }.get(reason, reason)
