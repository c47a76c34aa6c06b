"""How does a token let somebody in? It is worked out from a key, and only its digest is stored.

So a link can be written in a mail or a letter at any time, and who has the database has no link.
"""

import base64
from hashlib import sha256
from hmac import new as hmac_new
from typing import TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from rodedraad.fieldwork.links import Subject
from rodedraad.fieldwork.models import Participation
from rodedraad.home import secret_text
from rodedraad.studies.models import Case, Study
from rodedraad.surveys.models import Invitation, StratumLink, Survey

KEY = "survey_link_key"
TOKEN_CHARACTERS = 22
ABOUT = "survey:"

WayIn = Invitation | StratumLink
Way = TypeVar("Way", Invitation, StratumLink)


def token_of(way: WayIn) -> str:
    """Return the token of a way in: 22 characters that fit in an address, 132 bits."""
    kind = "invitation" if isinstance(way, Invitation) else "stratum"
    told = hmac_new(secret_text(KEY).encode(), f"{kind}:{way.pk}".encode(), sha256).digest()
    return base64.urlsafe_b64encode(told).decode()[:TOKEN_CHARACTERS]


def way_for(token: str) -> WayIn | None:
    """Return the way in that a token opens, with its survey; None when there is none."""
    digest = _digest(token)
    for model in (Invitation, StratumLink):
        way = (
            model.objects.filter(token_digest=digest)
            .select_related("survey", "survey__study")
            .first()
        )
        if way is not None:
            return way
    return None


def address_of(way: WayIn) -> str:
    """Return the path at which a respondent begins."""
    return reverse("surveys:welcome", args=[token_of(way)])


@transaction.atomic
def invitation_make(survey: Survey, participation: Participation) -> Invitation:
    """Return the one invitation of a participation to a survey, made when there is none."""
    made, is_new = Invitation.objects.get_or_create(
        survey=survey,
        participation=participation,
        defaults={"token_digest": f"{survey.pk}:{participation.pk}"},
    )
    return _named(made) if is_new else made


@transaction.atomic
def stratum_link_make(survey: Survey, case: Case, role: str) -> StratumLink:
    """Return the one link of a case and a broad role to a survey, made when there is none."""
    made, is_new = StratumLink.objects.get_or_create(
        survey=survey,
        case=case,
        role=role,
        defaults={"token_digest": f"{survey.pk}:{case.pk}:{role}"},
    )
    return _named(made) if is_new else made


def link_for(about: str, participation: Participation) -> str | None:
    """Return the address that a mail about a survey gives a participation.

    In anonymous mode it is the link that everyone of the same case and role has. None when the
    survey is not there, or another study's.
    """
    survey = Survey.objects.filter(
        uuid=about.removeprefix(ABOUT), study_id=participation.study_id
    ).first()
    if survey is None:
        return None
    if survey.mode == Survey.Mode.ANONYMOUS:
        return address_of(stratum_link_make(survey, participation.case, participation.role))
    return address_of(invitation_make(survey, participation))


def subjects_of(study: Study) -> list[Subject]:
    """Return the surveys that people of a study can be asked for now: those that are open."""
    english = get_language() == "en"
    return [
        Subject(
            about=f"{ABOUT}{survey.uuid}",
            title=(english and survey.title_en) or survey.title_nl,
            anonymous=survey.mode == Survey.Mode.ANONYMOUS,
            ends_on=timezone.localdate(survey.closes_at) if survey.closes_at else None,
        )
        for survey in Survey.objects.filter(study=study, state=Survey.State.OPEN)
    ]


def _named(way: Way) -> Way:
    way.token_digest = _digest(token_of(way))
    way.save(update_fields=["token_digest"])
    return way


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
