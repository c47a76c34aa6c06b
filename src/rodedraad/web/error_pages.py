"""What is shown when a page cannot be: a refusal, not found, not allowed, our own fault."""

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from rodedraad.errors import Refusal
from rodedraad.web.refusals import refusal_sentence

log = logging.getLogger(__name__)
STATUS = {"changed_by_other": 409}


class RefusalPages:
    """Makes a page of a refusal that a view let rise; notes a reference number of a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done when a view raises."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal with its sentence; leave everything else to Django.

        The status is 409 when somebody else changed the same thing, else 400.
        """
        if not isinstance(error, Refusal):
            return None
        sentence = refusal_sentence(error)
        context = {"sentence": sentence, "message": error.message}
        return render(request, "web/refusal.html", context, status=STATUS.get(error.code, 400))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 400; the request itself is not trusted, so nothing of it is shown."""
    page = render_to_string("web/fault.html", {"status": 400})
    return HttpResponse(page, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 403."""
    return render(request, "web/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 404, the same for what does not exist and for what this person may not see."""
    return render(request, "web/not_found.html", status=404)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer 403 to a form without a valid token."""
    return render(request, "web/form_too_old.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a reference number that stands in the log too, and nothing else.

    The page uses neither the database nor the request: either may be what is broken.
    """
    reference = secrets.token_hex(4).upper()
    log.error("Reference %s: %s %s failed, see the traceback above.", reference, request.method,
              request.path)  # fmt: skip
    page = render_to_string("web/fault.html", {"status": 500, "reference": reference})
    return HttpResponse(page, status=500)
