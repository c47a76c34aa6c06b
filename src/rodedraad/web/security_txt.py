"""How a finder of a security problem reaches us: ``/.well-known/security.txt`` (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

VALID_DAYS = 180


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer with the file, or 404 when no contact has been set."""
    if not settings.CONTACT:
        raise Http404
    text = security_text(contact=settings.CONTACT, base=settings.BASE_URL, now=datetime.now(UTC))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def security_text(*, contact: str, base: str, now: datetime) -> str:
    """Return the lines of the file; it expires half a year after the day it is asked for."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    expires = midnight + timedelta(days=VALID_DAYS)
    root = base.rstrip("/")
    lines = {
        "Contact": contact_address(contact),
        "Expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": root + reverse("web:security_txt"),
        "Policy": root + reverse("web:security"),
    }
    return "".join(f"{name}: {value}\r\n" for name, value in lines.items())


def contact_address(contact: str) -> str:
    """Return a contact as an address: an e-mail address gets ``mailto:`` before it."""
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
