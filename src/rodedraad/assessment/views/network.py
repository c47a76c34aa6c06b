"""Which municipalities meet each other often: the network on the map, its groups, one of them?"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.group_letters import group_letters
from rodedraad.assessment.pictures.network_map import Node, network_svg, sign_svg
from rodedraad.assessment.runs_shown import RunShown, run_newest
from rodedraad.assessment.shared_ties import SharedTies, shared_ties
from rodedraad.assessment.study_parts import case_names, run_wave
from rodedraad.country.current import current_country
from rodedraad.country.pictures.shapes import first_map_year, shapes_of_year
from rodedraad.country.queries.attribution import source_lines
from rodedraad.networks.asked import networks_step, study_asked, study_steps
from rodedraad.networks.wording import kind_titles

DEFAULT_LEAST = 8
ROWS_PER_PAGE = 50


class NetworkForm(forms.Form):
    """How many shared arrangements make a line, and which municipality stands out."""

    def __init__(self, data: dict[str, str], *, most: int, units: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["minimaal"] = forms.IntegerField(
            label=_("Shared arrangements, at least"),
            min_value=1,
            max_value=max(most, 1),
        )
        self.fields["gemeente"] = forms.ChoiceField(
            label=_("Municipality"),
            required=False,
            choices=[("", _("none stands out")), *units],
        )


@dataclass(frozen=True)
class Group:
    """One group of municipalities: its letter, sign and members by name."""

    letter: str
    sign: SafeString
    members: list[str]


@require_safe
@login_required
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the network of municipalities that share arrangements in the social domain."""
    study = study_asked(request, slug)
    shown = run_newest(study, "communities")
    context = {"study": study, "steps": study_steps(study, networks_step(study)), "shown": shown}
    if shown is None:
        return render(request, "assessment/network.html", context)
    shown.run.study = study
    ties, names = shared_ties(shown.run, shown.run.parameters["kinds"]), case_names(study)
    units = sorted(((code, names.get(code, code)) for code in ties.cases), key=lambda u: u[1])
    least = min(DEFAULT_LEAST, max(ties.most, 1))
    asked = {"minimaal": request.GET.get("minimaal", str(least))}
    asked["gemeente"] = request.GET.get("gemeente", "")
    form = NetworkForm(asked, most=ties.most, units=units)
    chosen = ""
    if form.is_valid():
        least, chosen = form.cleaned_data["minimaal"], form.cleaned_data["gemeente"]
    context |= {
        "form": form,
        "least": least,
        "most": ties.most,
        "code": chosen,
        "name": names.get(chosen, chosen),
    }
    context |= _drawn(shown, ties, names, least, chosen)
    titles = kind_titles(current_country())
    kinds = sorted(str(titles.get(kind, kind)) for kind in shown.run.parameters["kinds"])
    page = Paginator(units, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    letter_of, partners = _letters(shown), ties.n_partners(least)
    at = {code: i for i, code in enumerate(ties.cases)}
    context |= {
        "kinds": kinds,
        "page": page,
        "rows": [(code, name, letter_of.get(code, ""), partners[at[code]]) for code, name in page],
        "partners": _partners(ties, names, least, chosen),
        "against": [
            (titles.get(kind, kind), found) for kind, found in shown.run.result["against"].items()
        ],
        "result": shown.run.result,
    }
    return render(request, "assessment/network.html", context)


def _drawn(
    shown: RunShown, ties: SharedTies, names: dict[str, str], least: int, chosen: str
) -> dict[str, object]:
    """The picture with the number of its lines, its groups and the sources of its map."""
    country, wave = current_country(), run_wave(shown.run, shown.run.study)
    labels: dict[str, int] = shown.run.result["labels"]
    letters, letter_of = group_letters(shown.run.result), _letters(shown)
    pairs = ties.pairs(least)
    members: dict[int, list[str]] = {}
    for code, label in labels.items():
        members.setdefault(label, []).append(names.get(code, code))
    groups = [
        Group(letters[label], sign_svg(label), sorted(members[label]))
        for label in sorted(members, key=lambda label: (len(letters[label]), letters[label]))
    ]
    drawn: dict[str, object] = {"wave": wave, "n_lines": len(pairs), "groups": groups}
    if wave is None or wave.reference_date.year < first_map_year(country):
        return drawn
    shapes = shapes_of_year(country, wave.reference_date.year)
    nodes = [
        _node(code, names, labels.get(code), letter_of.get(code, ""), least) for code in ties.cases
    ]
    sources = [f"boundaries_{base}" for base in shapes.base_sets]
    return drawn | {
        "picture": network_svg(shapes, nodes, pairs, chosen=chosen),
        "sources": source_lines(country, sources),
    }


def _letters(shown: RunShown) -> dict[str, str]:
    letters = group_letters(shown.run.result)
    return {code: letters[label] for code, label in shown.run.result["labels"].items()}


def _node(code: str, names: dict[str, str], group: int | None, letter: str, least: int) -> Node:
    name = names.get(code, code)
    words = _("%(name)s, group %(n)s") % {"name": name, "n": letter} if letter else name
    return Node(code, group, letter, words, "?" + urlencode({"minimaal": least, "gemeente": code}))


def _partners(
    ties: SharedTies, names: dict[str, str], least: int, chosen: str
) -> list[tuple[str, str, int]]:
    """The partners of the chosen municipality by name: code, name and what they share."""
    if not chosen:
        return []
    row = ties.shared[ties.cases.index(chosen)]
    found = [
        (code, names.get(code, code), int(row[i]))
        for i, code in enumerate(ties.cases)
        if code != chosen and row[i] >= least
    ]
    return sorted(found, key=lambda partner: partner[1])
