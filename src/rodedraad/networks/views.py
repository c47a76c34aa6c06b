"""Which pages show the arrangements of a study as facts: all kinds, one kind, one arrangement?"""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.country.current import current_country
from rodedraad.country.queries.attribution import source_lines
from rodedraad.country.wording import in_language
from rodedraad.networks.asked import networks_step, study_asked, study_steps
from rodedraad.networks.law_shown import law_shown
from rodedraad.networks.pictures import kind_map, members_map
from rodedraad.networks.queries import (
    Kind,
    arrangement_of,
    arrangements_of_kind,
    drives_of_kind,
    in_other_waves,
    kinds_of_wave,
    members_of,
    regions_by_code,
    wave_chosen,
)
from rodedraad.networks.unmatched import match_counts, unmatched_members
from rodedraad.networks.wording import basis_words, domain_words, kind_titles, label_words

ROWS_PER_PAGE = 100
SOCIAL = "social"


@dataclass(frozen=True)
class KindLine:
    """A kind as a page shows it."""

    kind: Kind
    title: str
    domain: str
    drives: str
    classes: str
    scales: str


@require_safe
@login_required
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every kind of arrangement of a wave with its drive, articles, scale and numbers."""
    study = study_asked(request, slug)
    waves, wave = wave_chosen(study, request.GET.get("meting", ""))
    titles = kind_titles(current_country())
    found = kinds_of_wave(wave).values() if wave else ()
    lines = sorted(
        (_line(each, titles.get(each.key, each.key)) for each in found),
        key=lambda line: line.title.casefold(),
    )
    joint = [line for line in lines if line.kind.is_joint]
    regions = [line for line in lines if not line.kind.is_joint]
    cooperation = [line for line in regions if line.kind.is_cooperation]
    groups = (
        (
            _("Cooperation in the social domain"),
            [line for line in cooperation if line.kind.domain == SOCIAL],
        ),
        (_("Other cooperation"), [line for line in cooperation if line.kind.domain != SOCIAL]),
        (_("Joint arrangements of the register"), joint),
        (
            _("Divisions of the state and of statistics"),
            [line for line in regions if not line.kind.is_cooperation],
        ),
    )
    context = {
        "study": study,
        "steps": study_steps(study),
        "waves": waves,
        "wave": wave,
        "groups": [
            (title, rows, len({line.kind.domain for line in rows}) > 1)
            for title, rows in groups
            if rows
        ],
        "joint": joint,
        "n_kinds": len(regions),
        "n_cooperation": len(cooperation),
        "n_regions": sum(line.kind.n_arrangements for line in regions),
        "n_municipalities": max((line.kind.n_municipalities for line in lines), default=0),
    }
    return render(request, "networks/overview.html", context)


@require_safe
@login_required
def kind(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Show one kind: its arrangements, its map, and what the law says about it."""
    study = study_asked(request, slug)
    waves, wave = wave_chosen(study, request.GET.get("meting", ""))
    found = kinds_of_wave(wave, kind).get(kind) if wave else None
    if wave is None or found is None:
        raise Http404(_("This kind of arrangement does not occur in this wave."))
    country, year = current_country(), wave.reference_date.year
    drawn = None if found.is_joint else kind_map(country, year, regions_by_code(wave, kind))
    pages = Paginator(arrangements_of_kind(wave, kind), ROWS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study)),
        "waves": waves,
        "wave": wave,
        "line": _line(found, kind_titles(country).get(kind, kind)),
        "law": law_shown(kind, year),
        "drives": [
            {
                "label": label_words(row["drive"]),
                "explanation": in_language(row, "drive_explanation"),
                "ruleset": row["drive_ruleset"],
                "n": row["n"],
            }
            for row in drives_of_kind(wave, kind)
        ],
        "page": page,
        "rows": [(each, drawn.numbers.get(each.name) if drawn else None) for each in page],
        "map": drawn,
        "sources": source_lines(country, drawn.sources if drawn else ()),
    }
    return render(request, "networks/kind.html", context)


@require_safe
@login_required
def arrangement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one arrangement: its members, since when known, and the records that say so."""
    study = study_asked(request, slug)
    shown = arrangement_of(study, pk)
    country, members = current_country(), members_of(shown)
    year = shown.wave.reference_date.year
    title = str(kind_titles(country).get(shown.kind, shown.kind))
    address = reverse("networks:kind", args=[study.slug, shown.kind])
    kind_step = (title, f"{address}?meting={shown.wave.label}")
    bases = Counter(basis_words(member.basis) for member in members)
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study), kind_step),
        "arrangement": shown,
        "kind_title": title,
        "drive": label_words(shown.drive),
        "explanation": in_language(vars(shown), "drive_explanation"),
        "scale": label_words(shown.scale_level),
        "domain": domain_words(shown.domain),
        "members": [(member, basis_words(member.basis)) for member in members],
        "n_members": len({member.case_id for member in members}),
        "bases": sorted(bases.items()),
        "others": in_other_waves(shown),
        "map": members_map(country, year, {member.case.unit_code for member in members}),
        "sources": source_lines(country, sorted({member.source for member in members})),
    }
    return render(request, "networks/arrangement.html", context)


@require_safe
@login_required
def unmatched(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the members of joint arrangements without a municipality, counted, with the reason."""
    study = study_asked(request, slug)
    country = current_country()
    counts = match_counts(country)
    chosen = request.GET.get("soort", "")
    if chosen and chosen not in {key for key, _words, _n in counts.by_kind}:
        raise Http404(_("There is no such kind of member."))
    pages = Paginator(unmatched_members(country, chosen), ROWS_PER_PAGE)
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study)),
        "counts": counts,
        "chosen": chosen,
        "page": pages.get_page(request.GET.get("page")),
        "sources": source_lines(country, ["opengr_2016"]),
    }
    return render(request, "networks/unmatched.html", context)


def _line(kind: Kind, title: str) -> KindLine:
    return KindLine(
        kind=kind,
        title=title,
        domain=domain_words(kind.domain),
        drives=_counted(kind.drives),
        classes=_counted(kind.classes),
        scales=_counted(kind.scales),
    )


def _counted(labels: Counter[str]) -> str:
    """The labels that occur, most first; with numbers when there is more than one."""
    found = sorted(labels.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(found) == 1:
        return label_words(found[0][0])
    return ", ".join(f"{label_words(label)} ({n})" for label, n in found)
