"""Whose answers does a browser hold? A signed cookie says it, so that no save has to ask.

It names a response, the version of the questionnaire and the case, and no moment.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from rodedraad.surveys.models import Response, Survey

COOKIE = "rd_antwoord"
PATH = "/vragenlijst/"
DAYS = 60
DAYS_ANONYMOUS = 7
"""Nobody sent this browser a link of its own, and whoever uses it next must not find answers; after
that the code leads back to them."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A response that a browser may add to."""

    response: UUID
    version: int
    case: int


def holder_of(request: HttpRequest) -> Holder | None:
    """Return what the cookie names; None without one, or with one that we did not sign."""
    try:
        told = _signer().unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return None
    key, version, case = told.split(".")
    return Holder(UUID(key), int(version), int(case))


def holder_set(answer: HttpResponse, response: Response) -> None:
    """Let the browser hold this response from now on."""
    told = f"{response.pk.hex}.{response.version_id}.{response.case_id}"
    answer.set_cookie(
        COOKIE,
        _signer().sign(told),
        max_age=days_held(response.survey.mode) * 86_400,
        path=PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def days_held(mode: str) -> int:
    """Return for how many days a browser holds a response to a survey of this mode."""
    return DAYS_ANONYMOUS if mode == Survey.Mode.ANONYMOUS else DAYS


def holder_forget(answer: HttpResponse) -> None:
    """Let the browser hold nothing any more."""
    answer.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def _signer() -> Signer:
    return Signer(salt=COOKIE)
