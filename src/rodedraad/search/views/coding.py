"""How does a person give what they found a code, after they looked at it?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.models import Code
from rodedraad.coding.steps import coder_asked, number_given
from rodedraad.errors import Refusal
from rodedraad.search.asking import asking_of, personal_record
from rodedraad.search.code_all import EXTENTS, hits_code, hits_picked, seen_mark
from rodedraad.studies.models import Study


@require_POST
@login_required
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a code on the hits that were kept, in one step; then show the same search again.

    ``alles`` asks all that was found, save what was unticked on the page.
    """
    access, coder = coder_asked(request, slug)
    given = request.POST
    asked = QueryDict(given.get("asked", ""))
    asking = asking_of(access, asked)
    found = asking.found(asking.question())
    every = given.get("welke") == "alles"
    if every and not found.is_many and given.get("mark") != seen_mark(found):
        raise Refusal(
            "What is found changed since you looked at it, so nothing got a code. Search again, "
            "and look at it first.",
            code="search_changed",
        )
    extent = given.get("deel", "")
    if extent not in EXTENTS:
        raise Refusal("Choose which words get the code.", code="search_extent")
    hits = hits_picked(
        found, kept=_numbers(given.getlist("keep")), shown=_numbers(given.getlist("shown")),
        every=every,
    )  # fmt: skip
    personal = any(hit.text.is_personal for hit in hits)
    personal_record(access, is_personal=personal, origin=request_origin(request))
    chosen = _code(access.study, given.get("code_all", ""))
    n_made, n_there = hits_code(coder, chosen, hits, extent)
    said = _("Passages that got the code ‘%(code)s’: %(n)s.") % {"code": chosen.name, "n": n_made}
    if n_there:
        said += " " + _("They had it already: %(n)s.") % {"n": n_there}
    messages.success(request, said)
    return redirect(f"{reverse('search:search', args=[slug])}?{asked.urlencode()}")


def _numbers(given: list[str]) -> set[int]:
    numbers = {number_given(one) for one in given}
    return {one for one in numbers if one is not None}


def _code(study: Study, uuid: str) -> Code:
    """Return the code that was chosen."""
    known = {str(one.uuid): one for one in Code.objects.filter(study=study, retired_at=None)}
    if uuid not in known:
        raise Refusal("Choose a code for these passages.", code="search_code")
    return known[uuid]
