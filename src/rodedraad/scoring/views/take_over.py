"""What would go from texts into the evidence, and how does a person take it over?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.study_parts import case_names
from rodedraad.jobs.actions import job_ask
from rodedraad.networks.asked import networks_step, study_steps
from rodedraad.scoring.actions import texts_to_evidence
from rodedraad.scoring.models import TakeOver
from rodedraad.scoring.preview import Counts, preview
from rodedraad.scoring.words import STATES, short_words, why_words
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.models import Construct, Study
from rodedraad.studies.template import framework
from rodedraad.studies.wording import worded

ROWS_AT_ONCE = 5_000
LOG_AT_MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what would change; take it over when asked, as long work when it is much."""
    access = access_for(request.user, slug, *DESIGNERS)
    study = access.study
    found = preview(study)
    if request.method == "POST":
        origin = request_origin(request)
        if found.n_to_do > ROWS_AT_ONCE:
            job = job_ask(study, "texts_to_evidence", {}, access.person, origin=origin)
            return redirect("jobs:job", study.slug, job.pk)
        counts = texts_to_evidence(study, person=access.person, origin=origin)
        said = _("Taken over: %(new)s new, %(changed)s changed, %(gone)s taken back.")
        messages.success(request, said % counts)
        return redirect("scoring:take_over", study.slug)
    evidence = (_("Evidence"), reverse("assessment:evidence", args=[study.slug]))
    names, constructs = case_names(study), _names(study)
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study), evidence),
        "preview": found,
        "states": [(words, found.counts[state]) for state, words in STATES.items()],
        "heads": short_words(),
        "left_out": [
            (*why_words(why), why, n) for why, n in found.counts["left_out_why"].items()
        ],
        "constructs": [(f"{code} {constructs.get(code, '')}".strip() or _("no construct"),
                        _cells(counts)) for code, counts in found.constructs],
        "cases": [
            (names.get(code, code) or _("no case"), _cells(counts)) for code, counts in found.cases
        ],
        "log": TakeOver.objects.filter(study=study).select_related("person")[:LOG_AT_MOST],
        "as_job": found.n_to_do > ROWS_AT_ONCE,
    }  # fmt: skip
    return render(request, "scoring/take_over.html", context)


def _cells(counts: Counts) -> list[int]:
    return [counts[state] for state in STATES]


def _names(study: Study) -> dict[str, str]:
    """The names of constructs and measures by code; a measure is not called like a construct."""
    rows = Construct.objects.filter(framework__study=study).order_by("framework__version")
    measures = {str(one.code): worded(one.name.model_dump()) for one in framework().measures}
    return measures | {one.code: worded(one, "name") for one in rows}
