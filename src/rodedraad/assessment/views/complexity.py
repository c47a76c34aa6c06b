"""Over how many scale levels and partners is a municipality spread: a profile, no ranking?"""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.complexity_shown import Measure, profile_measures
from rodedraad.assessment.pictures.histogram import histogram_svg
from rodedraad.assessment.pictures.measure_map import measure_map
from rodedraad.assessment.runs_shown import run_newest
from rodedraad.assessment.study_parts import case_names, run_wave
from rodedraad.country.current import current_country
from rodedraad.country.queries.attribution import source_lines
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.networks.asked import networks_step, study_asked, study_steps
from rodedraad.networks.legal import JOINT_ARRANGEMENT
from rodedraad.networks.models import Membership
from rodedraad.networks.wording import kind_titles, label_words

ROWS_PER_PAGE = 50
FIRST_ON_MAP = "partners"


@dataclass(frozen=True)
class Small:
    """One of the small multiples: measure, its picture, and the value of the chosen one."""

    title: str
    picture: SafeString
    value: str


@require_safe
@login_required
def complexity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the profile of one municipality, or of all, with a map and a table by name."""
    study = study_asked(request, slug)
    shown = run_newest(study, "complexity")
    context = {"study": study, "steps": study_steps(study, networks_step(study)), "shown": shown}
    if shown is None:
        return render(request, "assessment/complexity.html", context)
    other, wave = run_newest(study, "participation"), run_wave(shown.run, study)
    measures = profile_measures(shown.run.result, other.run.result if other else None)
    names = case_names(study)
    units = sorted((names.get(c, c), c) for c in shown.run.result["cases"])
    code = request.GET.get("gemeente", "")
    if code and code not in shown.run.result["cases"]:
        raise Http404(_("This municipality is not in this run."))
    varying = [measure for measure in measures if measure.varies]
    asked = request.GET.get("kaart", FIRST_ON_MAP)
    mapped = next((m for m in varying if m.key == asked), next(iter(varying), None))
    country = current_country()
    drawn = measure_map(country, wave.reference_date.year, mapped) if wave and mapped else None
    page = Paginator(units, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "other": other,
        "wave": wave,
        "units": units,
        "code": code,
        "name": names.get(code, code),
        "smalls": [_small(measure, code, names.get(code, code)) for measure in varying],
        "constants": [
            (m.title, number_shown(m.only_value, m.decimals)) for m in measures if not m.varies
        ],
        "n_cases": shown.run.result["n_cases"],
        "arrangements": _arrangements(wave.pk, code) if wave and code else None,
        "varying": varying,
        "mapped": mapped,
        "map": drawn,
        "sources": source_lines(country, drawn.sources if drawn else ()),
        "page": page,
        "rows": [
            (name, unit, [_value(measure, unit) for measure in varying]) for name, unit in page
        ],
    }
    return render(request, "assessment/complexity.html", context)


def _value(measure: Measure, code: str) -> str:
    value = measure.values.get(code)
    return NOTHING if value is None else number_shown(value, measure.decimals)


def _small(measure: Measure, code: str, name: str) -> Small:
    known = measure.known
    label = _("%(title)s: %(n)s municipalities, from %(low)s to %(high)s.") % {
        "title": measure.title,
        "n": len(known),
        "low": number_shown(min(known.values()), measure.decimals),
        "high": number_shown(max(known.values()), measure.decimals),
    }
    if code:
        label += f" {name}: {_value(measure, code)}."
    picture = histogram_svg(
        known.values(), marked=known.get(code), decimals=measure.decimals, label=label
    )
    return Small(measure.title, picture, _value(measure, code) if code else "")


def _arrangements(wave_id: int, code: str) -> dict[str, list[dict[str, object]]]:
    """The cooperation that one municipality takes part in, by kind: regions, and joint ones."""
    rows = Membership.objects.filter(
        arrangement__wave_id=wave_id, arrangement__is_cooperation=True, case__unit_code=code
    ).select_related("arrangement")
    titles = kind_titles(current_country())
    found: dict[str, list[dict[str, object]]] = {"regions": [], "joint": []}
    for each in {row.arrangement_id: row.arrangement for row in rows}.values():
        found["joint" if each.kind == JOINT_ARRANGEMENT else "regions"].append(
            {
                "pk": each.pk,
                "name": each.name,
                "kind": titles.get(each.kind, each.kind),
                "level": label_words(each.scale_level),
                "drive": label_words(each.drive_class),
            }
        )
    for group in found.values():
        group.sort(key=lambda row: (str(row["kind"]).casefold(), str(row["name"]).casefold()))
    return found
