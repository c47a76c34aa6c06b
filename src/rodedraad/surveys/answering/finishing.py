"""When does a response count? Received durably first, then checked by survey-core, then decided.

The state ``received`` in the database is the queue: whatever process dies, it is still there.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from rodedraad.fieldwork.models import Participation
from rodedraad.fieldwork.states import state_reached
from rodedraad.surveys.answering.asked import asked_of
from rodedraad.surveys.answering.checks import CHECKS
from rodedraad.surveys.answering.opening import quotas_of, survey_shut
from rodedraad.surveys.answering.saving import Said
from rodedraad.surveys.answering.standing import Standing, standing_of
from rodedraad.surveys.answering.starting import link_count, survey_about
from rodedraad.surveys.engine.guarding import fault_under
from rodedraad.surveys.engine.pool import answers_check
from rodedraad.surveys.engine.results import Checked
from rodedraad.surveys.models import (
    Invitation,
    Response,
    ResponseLink,
    ResponseState,
    StratumLink,
    Survey,
)
from rodedraad.surveys.results.columns import places_routed

log = logging.getLogger(__name__)
State = Response.State
SCREENED_OUT = "screened_out"
"""A calculated value of this name, included in the result, says that someone is not asked."""
ANONYMOUS_SECONDS = 10
"""In anonymous mode the duration is kept in steps of this, so that it is nobody's own."""


@transaction.atomic
def response_receive(response: UUID, sequence: int, seconds: int | None) -> Said:
    """Take in the final submit of a respondent; it is checked right after the commit."""
    found = (
        Response.objects.select_for_update(of=("self",))
        .select_related("survey")
        .filter(pk=response)
        .first()
    )
    if found is None:
        return Said(401, {"state": "unknown"})
    if found.state == State.STARTED:
        if shut := survey_shut(found.survey):
            return Said(410, {"state": shut.value})
        standing = standing_of(found)
        if standing.sequence != sequence:
            return Said(409, {"sequence": standing.sequence})
        found.state, found.last_page = State.RECEIVED, standing.page
        found.seconds = _duration(found.survey, seconds)
        found.save(update_fields=["state", "last_page", "seconds"])
    if found.state == State.RECEIVED:
        transaction.on_commit(lambda: CHECKS.ask(response))
    return Said(202, {"state": found.state})


def response_settle(response: UUID) -> None:
    """Check a received response and decide what becomes of it. Safe to call twice at once."""
    found = Response.objects.select_related("survey").filter(pk=response).first()
    if found is None or found.state != State.RECEIVED:
        return
    standing = standing_of(found)
    asked = asked_of(found.version_id, found.case_id)
    if fault := fault_under(asked.guard, standing.data):
        question = fault.partition("/")[0]
        response_decide(response, standing, standing.data, [_unfit(question, found.language)])
        return
    checked = answers_check(
        asked.definition, standing.data, found.language, known={"role": found.role}
    )
    shown = [place for place in checked.shown if place in places_routed(asked.definition)]
    response_decide(response, standing, checked.data, _errors(checked, found.language), shown=shown)


@transaction.atomic
def response_decide(
    response: UUID,
    standing: Standing,
    data: Mapping[str, Any],
    errors: Sequence[Mapping[str, str]],
    *,
    checked: bool = True,
    flags: Sequence[str] = (),
    shown: Sequence[str] | None = None,
) -> str:
    """Write what a check found, count the quotas, and tell fieldwork; all or nothing."""
    found = (
        Response.objects.select_for_update(of=("self",))
        .select_related("survey", "participation")
        .get(pk=response)
    )
    if found.state != State.RECEIVED:
        return found.state
    found.state = _outcome(found, data, errors)
    found.save(update_fields=["state"])
    again = found.state == State.STARTED
    ResponseState.objects.update_or_create(
        response=found,
        defaults={
            "data": standing.data if again else data,
            "sequence": standing.sequence,
            "checked": checked and not again,
            "errors": list(errors) if again else [],
            "flags": list(flags),
            "asked": None if shown is None else list(shown),
        },
    )
    if not again:
        if found.survey.mode == Survey.Mode.ANONYMOUS:
            found.events.all().delete()
        _tell(found)
    return found.state


def _outcome(
    found: Response, data: Mapping[str, Any], errors: Sequence[Mapping[str, str]]
) -> State:
    if data.get(SCREENED_OUT) is True:
        return State.SCREENED_OUT
    if errors:
        return State.STARTED
    return State.COMPLETE if _counted(found) else State.OVER_QUOTA


def _counted(found: Response) -> bool:
    """Count a response in each quota it belongs to, or in none of them."""
    taken: list[int] = []
    for quota in quotas_of(found.survey_id, found.case_id, found.role).values_list("pk", flat=True):
        rows = found.survey.quotas.filter(pk=quota, n__lt=F("target"))
        if not rows.update(n=F("n") + 1):
            found.survey.quotas.filter(pk__in=taken).update(n=F("n") - 1)
            return False
        taken.append(quota)
    return True


def invited_by(found: Response) -> Invitation | None:
    """Return the invitation of a response; None behind an open link. Asks the vault."""
    linked = ResponseLink.objects.filter(response=found.pk).first()
    rows = Invitation.objects.filter(survey=found.survey_id).select_related("participation")
    if found.participation_id:
        return rows.filter(participation=found.participation_id).first()
    return rows.filter(participation__uuid=linked.participation).first() if linked else None


def _tell(found: Response) -> None:
    """Tell the invitation and fieldwork, or count on the link, that somebody is done."""
    day = timezone.localdate()
    invitation = invited_by(found)
    if invitation is None:
        link = (
            StratumLink.objects.select_for_update()
            .filter(survey=found.survey_id, case=found.case_id, role=found.role)
            .first()
        )
        if link is not None:
            link_count(link, found.state, day)
        return
    invitation.finished_on = day
    invitation.save(update_fields=["finished_on"])
    is_done = found.state == State.COMPLETE
    state_reached(
        invitation.participation,
        Participation.State.DONE if is_done else Participation.State.INELIGIBLE,
        about=survey_about(found.survey),
        reason="" if is_done else found.state,
        day=day,
    )


def _errors(checked: Checked, language: str) -> list[dict[str, str]]:
    told = [{"question": one.question, "text": one.text} for one in checked.errors]
    return told + [_unfit(name, language) for name in checked.rewritten]


def _unfit(question: str, language: str) -> dict[str, str]:
    with override(language):
        text = _("This answer does not fit the question. Please answer it again.")
    return {"question": question, "text": text}


def _duration(survey: Survey, seconds: int | None) -> int | None:
    if seconds is None or survey.mode != Survey.Mode.ANONYMOUS:
        return seconds
    return -(-seconds // ANONYMOUS_SECONDS) * ANONYMOUS_SECONDS
