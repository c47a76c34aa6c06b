"""How does a respondent take answers back? They are removed at once, also where they were coded."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from rodedraad.assessment.evidence.withdrawing import rows_withdraw
from rodedraad.assessment.models import Evidence
from rodedraad.fieldwork.models import Participation
from rodedraad.fieldwork.states import state_reached
from rodedraad.surveys.answering.finishing import invited_by
from rodedraad.surveys.answering.opening import may_withdraw, quotas_of
from rodedraad.surveys.answering.starting import survey_about
from rodedraad.surveys.models import Response, ResponseLink, ResponseState
from rodedraad.surveys.results.erasing import open_answers_erase

State = Response.State
REASON = "The respondent withdrew."


@transaction.atomic
def response_withdraw(key: UUID) -> bool:
    """Remove the answers of a response, and what links it to a person; say whether that was done.

    What was written in one's own words leaves the sources made of it too. The row stays, empty and
    withdrawn, so that counts of the fieldwork hold.
    """
    found = (
        Response.objects.select_for_update(of=("self",))
        .select_related("survey", "survey__study", "survey__wave")
        .get(pk=key)
    )
    if not may_withdraw(found):
        return False
    invitation = invited_by(found)
    if found.state == State.COMPLETE:
        counted = quotas_of(found.survey_id, found.case_id, found.role).filter(n__gt=0)
        counted.update(n=F("n") - 1)
    _evidence_take_back(found)
    open_answers_erase(found.survey, found.pseudonym, origin="page")
    found.events.all().delete()
    ResponseState.objects.filter(pk=key).delete()
    ResponseLink.objects.filter(response=key).delete()
    found.state, found.seconds, found.last_page = State.WITHDRAWN, None, 0
    found.resume_digest = ""
    found.save(update_fields=["state", "seconds", "last_page", "resume_digest"])
    if invitation is not None:
        invitation.withdrawn_on = timezone.localdate()
        invitation.save(update_fields=["withdrawn_on"])
        state_reached(
            invitation.participation,
            Participation.State.WITHDRAWN,
            about=survey_about(found.survey),
            day=timezone.localdate(),
        )
    return True


def _evidence_take_back(found: Response) -> None:
    survey = found.survey
    rows = Evidence.objects.filter(
        study=survey.study_id, wave=survey.wave_id, source=survey.slug, respondent=found.pseudonym
    )
    if pks := list(rows.order_by().values_list("pk", flat=True)):
        rows_withdraw(
            survey.study, pks, what=f"survey {survey.slug}", reason=REASON, person=None,
            origin="page",
        )  # fmt: skip
