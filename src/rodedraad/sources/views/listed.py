"""Which documents and transcripts does a study have?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rodedraad.sources.access import READERS, sources_for
from rodedraad.sources.forms import FilterForm
from rodedraad.sources.queries import sources_page
from rodedraad.sources.steps import study_steps
from rodedraad.sources.wording import KINDS, LEVELS
from rodedraad.studies.access import access_for


@require_safe
@login_required
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the sources that meet the conditions asked, a page at a time."""
    access = access_for(request.user, slug)
    seen = sources_for(access)
    form = FilterForm(access.study, request.GET)
    found = form.meets(seen) if form.is_valid() else seen.none()
    page = sources_page(found, request.GET.get("page"), order=request.GET.get("volgorde", ""))
    context = {
        "study": access.study,
        "steps": study_steps(access.study),
        "form": form,
        "page": page,
        "rows": [(row, KINDS[row.kind], LEVELS[row.confidentiality]) for row in page],
        "filtered": any(request.GET.get(name) for name in form.fields if name != "volgorde"),
        "may_read": access.role in READERS,
        "may_add": access.may_design,
        "conditions": [(name, request.GET[name]) for name in form.fields if request.GET.get(name)],
    }
    return render(request, "sources/list.html", context)
