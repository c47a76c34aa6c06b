"""Who stands behind a pseudonym: one name at a time, with the reason, and written down."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.deidentification.access import key_asked
from rodedraad.deidentification.models import KeyOpening, Pseudonym
from rodedraad.deidentification.opening import persons_listed, pseudonym_open
from rodedraad.deidentification.steps import overview_steps

PER_PAGE = 50
OPENINGS_SHOWN = 50


@require_safe
@login_required
def key(request: HttpRequest, slug: str) -> HttpResponse:
    """List the pseudonyms of a study by number, without any name."""
    access = key_asked(request.user, slug)
    page = Paginator(persons_listed(access.study), PER_PAGE).get_page(request.GET.get("page"))
    openings = KeyOpening.objects.filter(pseudonym__study=access.study)
    context = {
        "study": access.study,
        "steps": overview_steps(access.study),
        "page": page,
        "openings": openings.select_related("person", "pseudonym")[:OPENINGS_SHOWN],
    }
    return render(request, "deidentification/key.html", context)


@require_POST
@never_cache
@login_required
def opened(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show who one pseudonym is, after writing down who asked and why."""
    access = key_asked(request.user, slug)
    found = get_object_or_404(Pseudonym, study=access.study, number=number)
    names = pseudonym_open(
        found,
        request.POST.get("reason", ""),
        person=access.person,
        origin=request_origin(request),
    )
    context = {
        "study": access.study,
        "steps": overview_steps(access.study),
        "pseudonym": found,
        "names": names,
    }
    return render(request, "deidentification/key_open.html", context)
