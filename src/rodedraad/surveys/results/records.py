"""Which answers stand behind a row of evidence, and who may read them together?"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from rodedraad.assessment.evidence.facts import Kind
from rodedraad.assessment.models import Evidence
from rodedraad.studies.access import StudyAccess
from rodedraad.surveys.models import Response, Survey

MARK = "survey:"


def records_of(access: StudyAccess, rows: Iterable[Evidence]) -> dict[int, str]:
    """Return the address of the answers behind rows, by key of the row; none for other rows."""
    ours = [row for row in rows if row.kind == Kind.ANSWER and row.source_id.startswith(MARK)]
    if not ours or not access.may_design:
        return {}
    known = {f"{MARK}{str(one.uuid)[:8]}": one.slug for one in Survey.objects.filter(
        study=access.study
    ).only("uuid", "slug")}  # fmt: skip
    slug = access.study.slug
    return {
        row.pk: reverse("surveys:results_response", args=[slug, known[mark], row.respondent])
        for row in ours
        if (mark := row.source_id.partition(" ")[0]) in known and row.respondent
    }


def responses_read(survey: Survey) -> QuerySet[Response]:
    """Return the responses that one may read one by one: those that stand in the evidence.

    Of an open anonymous survey these are never fewer than five at once.
    """
    found = Response.objects.filter(survey=survey, state=Response.State.COMPLETE)
    return found.exclude(evidence_on=None).select_related("answers", "version", "case")
