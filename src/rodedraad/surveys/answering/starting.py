"""How does a response begin? One for each token, however many tabs ask at the same moment.

The row of the way in is locked first; the unique constraints of responses and of the vault decide
whatever happens. Behind an open link the browser is who counts: its form secret (of the CSRF
cookie, never stored) gives the key of the response, so that two tabs of one browser make one.
"""

import datetime
from hashlib import sha256
from hmac import new as hmac_new
from itertools import count
from secrets import randbelow
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from rodedraad.fieldwork.models import Consent, ConsentText, Participation
from rodedraad.fieldwork.states import state_reached
from rodedraad.home import secret_text
from rodedraad.surveys.answering.codes import code_digest, code_of
from rodedraad.surveys.models import (
    Invitation,
    Response,
    ResponseLink,
    StratumLink,
    Survey,
    SurveyVersion,
)
from rodedraad.surveys.ways_in import KEY

STARTED = Response.State.STARTED


@transaction.atomic
def response_start(
    way: Invitation | StratumLink, *, browser: str, language: str, anew: bool = False
) -> Response | None:
    """Return the one response of a way in and a browser; None when nothing went out to answer.

    ``browser`` is the form secret of the browser; ``anew`` begins a second response behind an
    open link, for the next person on a shared computer.
    """
    version = (
        SurveyVersion.objects.filter(survey=way.survey_id)
        .exclude(frozen_at=None)
        .order_by("-number")
        .first()
    )
    if version is None:
        return None
    if isinstance(way, StratumLink):
        return _behind_link(way, version, browser=browser, language=language, anew=anew)
    return _invited(way, version, language)


def survey_about(survey: Survey) -> str:
    """Return how fieldwork knows a survey."""
    return f"survey:{survey.uuid}"


def link_count(link: StratumLink, what: str, day: datetime.date) -> None:
    """Count one more of a day on a link; the row must be locked."""
    of_day = link.counts.setdefault(day.isoformat(), {})
    of_day[what] = of_day.get(what, 0) + 1
    link.save(update_fields=["counts"])


def _behind_link(
    link: StratumLink, version: SurveyVersion, *, browser: str, language: str, anew: bool
) -> Response:
    link = StratumLink.objects.select_for_update().get(pk=link.pk)
    for turn in count():
        key = _key(link, browser, turn)
        found = Response.objects.filter(pk=key).first()
        if found is None:
            link_count(link, "started", timezone.localdate())
            return _made(key, version, link.case_id, link.role, language)
        if found.state == STARTED and not anew:
            return found
    raise AssertionError


def _invited(invitation: Invitation, version: SurveyVersion, language: str) -> Response:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("survey", "participation")
        .get(pk=invitation.pk)
    )
    survey, who = invitation.survey, invitation.participation
    if survey.mode == Survey.Mode.IDENTIFIED:
        found = Response.objects.filter(survey=survey, participation=who).first()
    else:
        linked = ResponseLink.objects.filter(survey=survey.uuid, participation=who.uuid).first()
        found = linked and Response.objects.get(pk=linked.response)
    if found is not None:
        return found
    key = uuid4()
    if survey.mode == Survey.Mode.IDENTIFIED:
        made = _made(key, version, who.case_id, who.role, language, who)
    else:
        ResponseLink.objects.create(survey=survey.uuid, participation=who.uuid, response=key)
        made = _made(key, version, who.case_id, who.role, language)
    _tell_started(invitation)
    return made


def _tell_started(invitation: Invitation) -> None:
    day, who = timezone.localdate(), invitation.participation
    invitation.started_on = day
    invitation.save(update_fields=["started_on"])
    state_reached(who, Participation.State.STARTED, about=survey_about(invitation.survey), day=day)
    text = (
        ConsentText.objects.filter(study=who.study_id, purpose=ConsentText.Purpose.TAKE_PART)
        .order_by("-version")
        .first()
    )
    if text is not None:
        Consent.objects.create(participation=who, text=text, given=True, day=day, how="online")


def _made(
    key: UUID,
    version: SurveyVersion,
    case: int,
    role: str,
    language: str,
    who: Participation | None = None,
) -> Response:
    return Response.objects.create(
        uuid=key,
        survey_id=version.survey_id,
        version=version,
        case_id=case,
        role=role,
        pseudonym=who.pseudonym if who else f"{role or 'X'}-{randbelow(10**12):012d}",
        participation=who,
        language=language,
        resume_digest=code_digest(code_of(key)),
        day=timezone.localdate(),
    )


def _key(link: StratumLink, browser: str, turn: int) -> UUID:
    told = f"response:{link.pk}:{browser}:{turn}".encode()
    return UUID(bytes=hmac_new(secret_text(KEY).encode(), told, sha256).digest()[:16], version=4)
