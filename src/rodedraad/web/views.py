"""Which pages belong to the site as a whole: the first page, statements and the health check."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rodedraad.web.security_txt import contact_address


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what the product does and where to begin."""
    return render(request, "web/home.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "web/accessibility.html", {"contact": _contact()})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say how to report a security problem."""
    return render(request, "web/security.html", {"contact": _contact()})


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 when the database answers; a broken database rises and gives a 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _contact() -> str:
    return contact_address(settings.CONTACT) if settings.CONTACT else ""
