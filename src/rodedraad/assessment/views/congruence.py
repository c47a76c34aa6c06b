"""Do the regions of different kinds match: the heatmap of all kinds, and one pair?"""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.congruence_shown import Pair, order_by_likeness, pairs_of
from rodedraad.assessment.cross_table import cross_table
from rodedraad.assessment.pictures.heatmap import N_SHADES, Cell, heatmap_svg, shade_of
from rodedraad.assessment.runs_shown import run_newest
from rodedraad.assessment.study_parts import case_names, run_wave
from rodedraad.country.current import current_country
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.networks.asked import networks_step, study_asked, study_steps
from rodedraad.networks.models import Arrangement
from rodedraad.networks.wording import domain_words, kind_titles
from rodedraad.studies.models import Wave

PAIRS_PER_PAGE = 50
KINDS_WITH_TEXT = 18
LIKENESS, NESTING = "gelijkenis", "nesteling"
COOPERATION, ALL = "samenwerking", "alle"
DEFAULT_CHOICE = "social"


@require_safe
@login_required
def congruence(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the regions of different kinds match, as a heatmap and a table."""
    study = study_asked(request, slug)
    shown = run_newest(study, "congruence")
    context = {"study": study, "steps": study_steps(study, networks_step(study)), "shown": shown}
    if shown is None:
        return render(request, "assessment/congruence.html", context)
    run, wave = shown.run, run_wave(shown.run, study)
    choices = _choices(run.result["kinds"], wave)
    choice = request.GET.get("domein", DEFAULT_CHOICE)
    measure = NESTING if request.GET.get("maat") == NESTING else LIKENESS
    by_likeness = request.GET.get("orde") == LIKENESS
    chosen = dict(choices).get(choice)
    if chosen is None:
        choice, chosen = choices[0]
    titles, pairs = kind_titles(current_country()), pairs_of(run.result)
    ordered = order_by_likeness(chosen, pairs)
    rows = [pair for (a, b), pair in pairs.items() if a < b and a in chosen and b in chosen]
    rows.sort(
        key=lambda pair: (
            -(pair.likeness if pair.likeness is not None else -1) if by_likeness else 0,
            titles.get(pair.a, pair.a).casefold(),
            titles.get(pair.b, pair.b).casefold(),
        )
    )
    page = Paginator(rows, PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "wave": wave,
        "choices": [(key, _choice_words(key), len(kinds)) for key, kinds in choices],
        "choice": choice,
        "measure": measure,
        "by_likeness": by_likeness,
        "n_kinds": len(chosen),
        "picture": _picture(study.slug, ordered, pairs, titles, measure),
        "names": [titles.get(kind, kind) for kind in ordered],
        "legend": [
            (shade, number_shown((shade - 1) / N_SHADES, 2), number_shown(shade / N_SHADES, 2))
            for shade in range(1, N_SHADES + 1)
        ],
        "n_partial": sum(pair.n_common < run.result["n_cases"] for pair in rows),
        "page": page,
        "rows": [(pair, titles.get(pair.a, pair.a), titles.get(pair.b, pair.b)) for pair in page],
        "cases_in_two": [
            (titles.get(kind, kind), n) for kind, n in run.result["cases_in_two"].items()
        ],
    }
    return render(request, "assessment/congruence.html", context)


@require_safe
@login_required
def pair(request: HttpRequest, slug: str, a: str, b: str) -> HttpResponse:
    """Show how two kinds of regions match: numbers, and which region lies where."""
    study = study_asked(request, slug)
    shown = run_newest(study, "congruence")
    found = pairs_of(shown.run.result).get((a, b)) if shown else None
    if shown is None or found is None:
        raise Http404(_("These two kinds of regions were not compared."))
    titles, wave = kind_titles(current_country()), run_wave(shown.run, study)
    above = (_("Do regions match?"), reverse("assessment:congruence", args=[study.slug]))
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study), above),
        "shown": shown,
        "wave": wave,
        "pair": found,
        "title_a": titles.get(a, a),
        "title_b": titles.get(b, b),
        "in_two": [(titles[k], shown.run.result["cases_in_two"].get(k)) for k in (a, b)],
        "tables": cross_table(study, wave, a, b, case_names(study)) if wave else None,
    }
    return render(request, "assessment/pair.html", context)


def _choices(kinds: list[str], wave: Wave | None) -> list[tuple[str, list[str]]]:
    """The selections of kinds that a person can choose, each with the kinds in it."""
    rows = Arrangement.objects.filter(wave=wave, kind__in=kinds).order_by()
    facts = {
        kind: (domain, cooperation)
        for kind, domain, cooperation in rows.values_list(
            "kind", "domain", "is_cooperation"
        ).distinct()
    }
    domains = sorted({domain for domain, _cooperation in facts.values()})
    choices = [(ALL, list(kinds)), (COOPERATION, [k for k in kinds if facts.get(k, ("", 0))[1]])]
    choices += [(d, [k for k in kinds if facts.get(k, ("", 0))[0] == d]) for d in domains]
    return [(key, chosen) for key, chosen in choices if len(chosen) > 1]


def _choice_words(key: str) -> str:
    named = {ALL: _("all kinds"), COOPERATION: _("cooperation, all domains")}
    return named.get(key) or domain_words(key)


def _picture(
    slug: str,
    kinds: list[str],
    pairs: Mapping[tuple[str, str], Pair],
    titles: Mapping[str, str],
    measure: str,
) -> str:
    # One reverse() for all: only the two kinds differ.
    address = reverse("assessment:pair", args=[slug, "from-kind", "to-kind"])

    def cell(i: int, j: int) -> Cell:
        a, b = kinds[i], kinds[j]
        value = pairs[a, b].nesting_ab if measure == NESTING else pairs[a, b].likeness
        text = NOTHING if value is None else number_shown(value, 2)
        return Cell(
            shade=shade_of(value),
            text=text,
            words=f"{titles.get(a, a)} – {titles.get(b, b)}: {text}",
            url=address.replace("from-kind", a).replace("to-kind", b),
        )

    labels = [titles.get(kind, kind) for kind in kinds]
    return heatmap_svg(labels, cell, with_text=len(kinds) <= KINDS_WITH_TEXT)
