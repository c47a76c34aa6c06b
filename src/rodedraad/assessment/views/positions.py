"""Where does each municipality stand in the network: ties, cores, and who links regions?"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.assessment.complexity_shown import Measure
from rodedraad.assessment.pictures.measure_map import measure_map
from rodedraad.assessment.position_runs import (
    ALL,
    KIND,
    LEAST,
    SOCIAL,
    positions_make,
    positions_subject,
)
from rodedraad.assessment.positions_shown import (
    COLUMNS,
    position_csv_rows,
    position_rows,
    positions_snippet,
    whole_measures,
)
from rodedraad.assessment.runs_shown import RunShown, run_newest
from rodedraad.assessment.study_parts import case_names
from rodedraad.country.current import current_country
from rodedraad.country.queries.attribution import source_lines
from rodedraad.networks.asked import networks_step, person_of, study_asked, study_steps
from rodedraad.networks.models import Arrangement
from rodedraad.networks.wording import kind_titles
from rodedraad.studies.access import DESIGNERS, may_design
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Study, Wave

ROWS_PER_PAGE = 50
MOST = 60


class PositionsForm(forms.Form):
    """Which network is meant: wave, arrangements that count, and what makes a tie."""

    def __init__(self, data: Mapping[str, str], waves: list[Wave]) -> None:
        super().__init__(data)
        self.fields["meting"] = forms.ChoiceField(
            label=_("Wave"), choices=[(wave.label, wave.label) for wave in waves]
        )
        self.fields["kring"] = forms.ChoiceField(
            label=_("Arrangements that count"),
            choices=[(SOCIAL, _("of the social domain")), (ALL, _("all cooperation"))],
        )
        self.fields["minimaal"] = forms.IntegerField(
            label=_("Shared arrangements, at least"), min_value=1, max_value=MOST
        )


@require_safe
@login_required
def positions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the measures of one network and of every municipality in it, by name."""
    study = study_asked(request, slug)
    form, shown = _asked(request, study)
    context: dict[str, Any] = {
        "study": study,
        "steps": study_steps(study, networks_step(study)),
        "form": form,
        "shown": shown,
        "may_work_out": may_design(person_of(request), study),
    }
    if form is None or shown is None:
        return render(request, "assessment/positions.html", context)
    country, names, result = current_country(), case_names(study), shown.run.result
    wave = study.waves.get(label=form.cleaned_data["meting"])
    rows = position_rows(result, names)
    drawn = measure_map(country, wave.reference_date.year, _cores(result))
    titles = kind_titles(country)
    context |= {
        "result": result,
        "least": shown.run.parameters["least"],
        "wave": wave,
        "measures": whole_measures(result),
        "map": drawn,
        "sources": source_lines(country, drawn.sources if drawn else ()),
        "page": Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "in_core": [name for _code, name, each in rows if each["in_core"]],
        "kinds": sorted(str(titles.get(kind, kind)) for kind in shown.run.parameters["kinds"]),
        "query": urlencode(form.cleaned_data),
        "snippet": positions_snippet(shown.run, wave.label, study.slug),
    }
    return render(request, "assessment/positions.html", context)


@require_safe
@login_required
def positions_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the measures of every municipality as a file."""
    study = study_asked(request, slug)
    _form, shown = _asked(request, study)
    if shown is None:
        raise Http404(_("This has not been worked out yet."))
    rows = position_csv_rows(shown.run.result, case_names(study))
    return csv_response(f"{study.slug}-positions", COLUMNS, rows)


@require_POST
@login_required
def positions_work_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Work the positions out for what was asked, and show them."""
    study = study_asked(request, slug, *DESIGNERS)
    form = PositionsForm(request.POST.dict(), list(study.waves.all()))
    address = reverse("assessment:positions", args=[study.slug])
    if form.is_valid():
        asked = form.cleaned_data
        positions_make(
            study,
            study.waves.get(label=asked["meting"]),
            circle=asked["kring"],
            least=asked["minimaal"],
            person=person_of(request),
        )
        address += "?" + urlencode(asked)
    return redirect(address)


def _asked(request: HttpRequest, study: Study) -> tuple[PositionsForm | None, RunShown | None]:
    """The form with what was asked or else the usual, and its newest run; no waves: neither."""
    filled = set(Arrangement.objects.filter(study=study).values_list("wave_id", flat=True))
    waves = [wave for wave in study.waves.all() if wave.pk in filled]
    if not waves:
        return None, None
    usual = {"meting": waves[0].label, "kring": SOCIAL, "minimaal": str(LEAST)}
    form = PositionsForm(usual | request.GET.dict(), waves)
    if not form.is_valid():
        return form, None
    wave = next(each for each in waves if each.label == form.cleaned_data["meting"])
    asked = form.cleaned_data
    return form, run_newest(study, KIND, positions_subject(wave, asked["kring"], asked["minimaal"]))


def _cores(result: dict[str, Any]) -> Measure:
    values = {code: float(each["core_number"]) for code, each in result["cases"].items()}
    return Measure("core_number", _("Core number"), 0, values)
