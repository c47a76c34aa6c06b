"""Which statements of the framework can be added, and which are in the questionnaire already?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rodedraad.errors import Refusal
from rodedraad.surveys.questionnaire.editing import items_add, page_add
from rodedraad.surveys.questionnaire.framework_items import items_found, matrices_of
from rodedraad.surveys.questionnaire.saving import version_save
from rodedraad.surveys.views.questionnaire_asked import role_words, row_version_of, version_asked


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def items(request: HttpRequest, slug: str, survey: str, number: int) -> HttpResponse:
    """Search the statements by words and role; add those that are ticked to a page."""
    asked, version = version_asked(request, slug, survey, number, making=True)
    wave = asked.survey.wave
    refusal: Refusal | None = None
    if request.method == "POST":
        codes = request.POST.getlist("item")
        definition = version.definition
        if not definition.get("pages"):
            definition = page_add(definition)
        page = request.POST.get("pagina") or definition["pages"][-1]["name"]
        try:
            for matrix in matrices_of(wave, codes, asked.survey.roles):
                definition = items_add(definition, page, matrix)
            version_save(
                version, definition, _("from the framework"), row_version=row_version_of(request)
            )
        except Refusal as fault:
            refusal = fault
        else:
            told = ngettext("%(n)s statement added.", "%(n)s statements added.", len(codes))
            messages.success(request, told % {"n": len(codes)})
            return redirect("surveys:editor", slug, survey, number)
    words, role = request.GET.get("zoek", ""), request.GET.get("rol", "")
    found = items_found(wave, version.definition, words, role)
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "version": version,
        "found": found,
        "n_free": sum(not one.is_in for one in found),
        "roles": role_words(asked.survey),
        "role": role,
        "words": words,
        "pages": [page["name"] for page in version.definition.get("pages") or ()],
        "refusal": refusal,
    }
    return render(request, "surveys/items.html", context, status=422 if refusal else 200)
