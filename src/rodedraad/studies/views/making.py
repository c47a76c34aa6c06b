"""How is a study made: from a template of the product, or from an own file?"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.models import Person
from rodedraad.accounts.origin import request_origin
from rodedraad.country.current import current_country
from rodedraad.studies.access import maker_for
from rodedraad.studies.actions import frame_fill_from_country, study_create
from rodedraad.studies.forms.making import OwnTemplateForm, StudyForm
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.models import Study
from rodedraad.studies.template import (
    StudyTemplate,
    TemplateRefusal,
    template_keys,
    template_load,
)
from rodedraad.studies.template_words import fault_shown


@cache
def _templates() -> dict[str, StudyTemplate]:
    """Read the templates of the product once; they do not change while it runs."""
    return {key: template_load(key) for key in template_keys()}


@require_safe
@login_required
def templates_page(request: HttpRequest) -> HttpResponse:
    """Show the templates to choose from."""
    maker_for(request.user)
    return render(request, "studies/new.html", {"templates": list(_templates().values())})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def from_template(request: HttpRequest, key: str) -> HttpResponse:
    """Make a study from a template of the product."""
    person = maker_for(request.user)
    template = _templates().get(key)
    if template is None:
        raise Http404("There is no such template.")
    initial = {
        "slug": _slug_free(key),
        "title_nl": template.title.nl,
        "title_en": template.title.en,
    }
    form = StudyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _made(request, template, person, form.cleaned_data)
    return render(request, "studies/new_from.html", {"form": form, "template": template})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def from_file(request: HttpRequest) -> HttpResponse:
    """Make a study from a template that is uploaded; show all its faults when it has any."""
    person = maker_for(request.user)
    form = OwnTemplateForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _made(request, _template_in(file), person, form.cleaned_data)
        except TemplateRefusal as refusal:
            faults = [fault_shown(fault) for fault in refusal.faults]
            context |= {"faults": faults, "file": file.name}
    return render(request, "studies/new_from_file.html", context)


def _template_in(file: UploadedFile) -> StudyTemplate:
    """Read the upload under a name of our own: the name it came with is not trusted."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload.yaml"
        path.write_bytes(file.read())
        return template_load(path, any_name=True)


@transaction.atomic
def _made(
    request: HttpRequest, template: StudyTemplate, person: Person, given: dict[str, str]
) -> HttpResponse:
    study = study_create(
        template=template,
        slug=given["slug"],
        person=person,
        client=given["client"],
        title_nl=given["title_nl"],
        title_en=given["title_en"],
        origin=request_origin(request),
    )
    if study.unit_kind == MUNICIPALITY:
        frame_fill_from_country(study, current_country())
    messages.success(request, _("The study is made. You are its lead."))
    return redirect("studies:study", study.slug)


def _slug_free(key: str) -> str:
    """Return the key, with a number after it when studies have that short name already."""
    taken = set(Study.objects.filter(slug__startswith=key).values_list("slug", flat=True))
    numbered = (key if n == 1 else f"{key}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)
