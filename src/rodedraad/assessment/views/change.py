"""What changed in the regions between two waves, and for which municipalities?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rodedraad.assessment.change_shown import kind_changes
from rodedraad.assessment.runs_shown import run_newest
from rodedraad.assessment.study_parts import case_names
from rodedraad.country.current import current_country
from rodedraad.networks.asked import networks_step, study_asked, study_steps
from rodedraad.networks.wording import kind_titles


@require_safe
@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Show per kind how many municipalities changed region, and name them."""
    study = study_asked(request, slug)
    shown = run_newest(study, "change")
    context = {"study": study, "steps": study_steps(study, networks_step(study)), "shown": shown}
    if shown is None:
        return render(request, "assessment/change.html", context)
    result, names = shown.run.result, case_names(study)
    titles = kind_titles(current_country())
    changes = kind_changes(study, result, shown.run.parameters["continued_by"], titles, names)
    context |= {
        "result": result,
        "changes": changes,
        "named": [each for each in changes if each.moved or each.left_out],
        "divided": sorted((names.get(code, code), code) for code in result["divided"]),
    }
    return render(request, "assessment/change.html", context)
