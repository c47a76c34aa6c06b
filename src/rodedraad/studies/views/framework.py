"""What does a study measure, and in which words?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rodedraad.studies.access import access_for
from rodedraad.studies.queries.framework_page import framework_blocks, roles_asked


@require_safe
@login_required
def framework_page(request: HttpRequest, study: str, version: int | None = None) -> HttpResponse:
    """Show a version of the framework, the newest when none is named."""
    access = access_for(request.user, study)
    versions = list(access.study.frameworks.prefetch_related("waves"))
    wanted = versions[-1].version if version is None else version
    shown = next((each for each in versions if each.version == wanted), None)
    if shown is None:
        get_object_or_404(access.study.frameworks, version=wanted)
    blocks = framework_blocks(shown)  # type: ignore[arg-type]
    context = {
        "study": access.study,
        "framework": shown,
        "versions": versions,
        "blocks": blocks,
        "roles": roles_asked(blocks),
    }
    return render(request, "studies/framework.html", context)
