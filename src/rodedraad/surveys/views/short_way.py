"""How does a save reach its view with as little work as can be?

Past what it does not use: sessions, accounts, messages, languages, headers of pages. The check
against forged requests stays, and answers are never pages.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_protect

from rodedraad.later import RESTS
from rodedraad.surveys.views.answers import answers_save


class SavesFirst:
    """Stands before all other middleware; lets everything but a save go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.save = csrf_protect(answers_save)

    @cached_property
    def path(self) -> str:
        """The address of a save."""
        return reverse("surveys:save")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a save; pass anything else on."""
        if request.method != "POST" or request.path_info != self.path:
            return self.get_response(request)
        RESTS.busy()
        answer = self.save(request)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "no-store"
        return answer
