"""Which wave do the pages of scores show, and what is there still to work out?"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rodedraad.assessment.queries import evidence_change, rows_state
from rodedraad.assessment.score_runs import Scale, scored_waves
from rodedraad.networks.asked import Step
from rodedraad.studies.models import Study, Wave


def wave_asked(request: HttpRequest, study: Study) -> tuple[Wave | None, list[Wave]]:
    """Return the wave asked for, else the newest that has answers; and all of these."""
    waves = scored_waves(study)
    label = request.POST.get("meting") or request.GET.get("meting")
    if label:
        found = next((wave for wave in waves if wave.label == label), None)
        if found is None:
            raise Http404(_("This wave has no answers."))
        return found, waves
    return (waves[0] if waves else None), waves


def rows_to_score(study: Study, wave: Wave, scales: Iterable[Scale]) -> dict[str, int]:
    """Return the number of rows behind every scale that has any, by subject."""
    change = evidence_change(study)
    counted = {
        scale.subject: rows_state(study, scale.filters(wave), change).n_rows for scale in scales
    }
    return {subject: n for subject, n in counted.items() if n}


def scores_step(study: Study, wave: Wave) -> Step:
    """Return the page of all scores, as a step above another page."""
    return _("Scores"), in_wave(reverse("assessment:scores", args=[study.slug]), wave)


def in_wave(page: str, wave: Wave) -> str:
    """Return the address of a page with the wave in it."""
    return f"{page}?{urlencode({'meting': wave.label})}"
