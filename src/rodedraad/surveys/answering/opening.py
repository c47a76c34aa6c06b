"""Can people answer now, and if not, why not? Can they take answers back?"""

import datetime
from enum import StrEnum

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from rodedraad.surveys.models import Invitation, Quota, Response, StratumLink, Survey


class Shut(StrEnum):
    """Why nobody, or this person, can answer now."""

    NOT_YET = "not_yet"
    PAUSED = "paused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    FULL = "full"


def survey_shut(survey: Survey, now: datetime.datetime | None = None) -> Shut | None:
    """Return why a survey takes no answers now; None when it does."""
    now = now or timezone.now()
    if survey.state == Survey.State.CLOSED or (survey.closes_at and survey.closes_at <= now):
        return Shut.CLOSED
    if survey.state == Survey.State.PAUSED:
        return Shut.PAUSED
    if survey.state == Survey.State.DRAFT or (survey.opens_at and survey.opens_at > now):
        return Shut.NOT_YET
    return None


def way_shut(way: Invitation | StratumLink) -> Shut | None:
    """Return why a way in is shut now; None when it is open."""
    if isinstance(way, Invitation) and way.withdrawn_on:
        return Shut.WITHDRAWN
    if isinstance(way, StratumLink) and way.closed_on and way.closed_on <= timezone.localdate():
        return Shut.CLOSED
    return survey_shut(way.survey)


def quota_full(survey: Survey, case: int, role: str) -> bool:
    """Whether a quota that this case and role count for has no room any more."""
    return quotas_of(survey.pk, case, role).filter(n__gte=F("target")).exists()


def quotas_of(survey: int, case: int, role: str) -> QuerySet[Quota]:
    """Return the quotas that a response of a case and role counts for."""
    return Quota.objects.filter(
        Q(case=case) | Q(case=None), role__in={role, ""}, survey=survey
    ).order_by("pk")


def may_withdraw(response: Response) -> bool:
    """Whether these answers can be found back as somebody's own; never in anonymous mode."""
    is_found = response.survey.mode != Survey.Mode.ANONYMOUS
    return is_found and response.state != Response.State.WITHDRAWN
