"""How does a person change what is known of a source, make a new version, or take it out?"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.sources.access import is_deidentified, may_read_raw, source_for
from rodedraad.sources.actions import (
    SourceFacts,
    source_change,
    source_remove,
    version_correct,
    version_extract,
)
from rodedraad.sources.extraction import Options
from rodedraad.sources.extraction.decoding import text_decode
from rodedraad.sources.forms import FactsForm, TextForm
from rodedraad.sources.models import Source
from rodedraad.sources.steps import source_steps
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def facts(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show what is known of a source, and change it."""
    access, source = _asked(request, slug, uuid)
    known = {name: getattr(source, name) for name in SourceFacts.__slots__}
    form = FactsForm(access.study, request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        source_change(source, form.facts(), person=access.person, origin=request_origin(request))
        messages.success(request, _("The facts are changed."))
        return redirect("sources:source", slug, uuid)
    return _shown(request, access, source, form)


@require_POST
@login_required
def extract(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take the text out of the original once more."""
    access, source = _asked(request, slug, uuid)
    try:
        _again_require(access, source)
        version = version_extract(
            source,
            person=access.person,
            origin=request_origin(request),
            options=Options(tables="tables" in request.POST),
        )
    except Refusal as refusal:
        return _shown(request, access, source, refusal=refusal)
    _say_made(request, source, version.number)
    return redirect("sources:source", slug, uuid)


@require_POST
@login_required
def text(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Make a corrected text a new version."""
    access, source = _asked(request, slug, uuid)
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, access, source, text_form=form)
    try:
        _again_require(access, source)
        words, _notices = text_decode(form.cleaned_data["text"].read())
        version = version_correct(
            source, words, person=access.person, origin=request_origin(request)
        )
    except Refusal as refusal:
        return _shown(request, access, source, refusal=refusal)
    _say_made(request, source, version.number)
    return redirect("sources:source", slug, uuid)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take a source out of the study."""
    access, source = _asked(request, slug, uuid)
    source_remove(source, person=access.person, origin=request_origin(request))
    messages.success(request, _("‘%(title)s’ is taken out of the study.") % {"title": source.title})
    return redirect("sources:list", slug)


def _asked(request: HttpRequest, slug: str, uuid: UUID) -> tuple[StudyAccess, Source]:
    access = access_for(request.user, slug, *DESIGNERS)
    return access, source_for(access, uuid)


def _again_require(access: StudyAccess, source: Source) -> None:
    """Keep the text in which people are unknown for who may not read the raw one that follows it.

    Raises
    ------
    Refusal
        ``version_hides`` when a new version would be closed to this person.
    """
    if is_deidentified(source) and not may_read_raw(access, source):
        raise Refusal(
            "People were made unknown in this text. A new text counts as raw, so nobody of the "
            "team could read it. Ask the lead to change it.",
            code="version_hides",
        )


def _say_made(request: HttpRequest, source: Source, number: int) -> None:
    said = _("Version %(n)s is made.") % {"n": number}
    along = _("Codings and scores go along; “Read and code” shows what moved or was lost.")
    messages.success(request, f"{said} {along}")
    if is_deidentified(source):
        messages.warning(request, _("The team reads it again once people are made unknown in it."))


def _shown(
    request: HttpRequest,
    access: StudyAccess,
    source: Source,
    form: FactsForm | None = None,
    *,
    text_form: TextForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    known = {name: getattr(source, name) for name in SourceFacts.__slots__}
    context = {
        "study": access.study,
        "steps": source_steps(source),
        "source": source,
        "form": form or FactsForm(access.study, initial=known),
        "text_form": text_form or TextForm(),
        "refusal": refusal,
    }
    return render(request, "sources/facts.html", context)
