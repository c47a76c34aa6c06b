"""Who lets go and who steers in each case, and do commissioner and team see that alike?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.assessment.conclusions.steering import FRAMES, SIDES
from rodedraad.assessment.models import Run
from rodedraad.assessment.pictures.quadrant import quadrant_svg
from rodedraad.assessment.run_snippet import evidence_name
from rodedraad.assessment.runs_shown import RunShown, nothing_made, run_newest
from rodedraad.assessment.study_parts import case_names
from rodedraad.assessment.type_runs import STEERING, steering_make
from rodedraad.assessment.types_shown import type_words
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.methods.rulesets.steering import (
    AD_HOC,
    AGREEMENT,
    FRAMED,
    FREE,
    TENSION,
    UNDETERMINED,
)
from rodedraad.methods.rulesets.steering import STEERING as STEERS
from rodedraad.methods.told_apart import places_apart
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS, may_design
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Study, Wave

CASES_PER_PAGE = 48
OUTCOMES = (TENSION, AGREEMENT, UNDETERMINED)
SIGNS = {"commissioner": "square", "team": "circle"}
COLUMNS = (
    "code", "name", "label", "commissioner", "commissioner_frames", "commissioner_room", "team",
    "team_frames", "team_room",
)  # fmt: skip
SNIPPET = """import polars as pl

from rodedraad.assessment.conclusions.steering import steering_of_cases

rows = pl.read_parquet({file!r}).filter(pl.col("wave") == {wave!r})
found = steering_of_cases(rows, items={items!r})
for case, each in found["cases"].items():
    print(case, each["commissioner"]["label"], each["team"]["label"], each["label"])
"""


@dataclass(frozen=True)
class SideShown:
    """How one side sees a case; dashes when too few people spoke to show it."""

    frames: float | None
    room: float | None
    label: str
    words: str
    numbers: tuple[str, str]
    """Frames and room as text, never rounded onto the threshold."""


@dataclass(frozen=True)
class SteeringShown:
    """One case; ``label`` is empty when it may not be shown."""

    code: str
    name: str
    label: str
    words: str
    commissioner: SideShown
    team: SideShown
    url: str
    picture: SafeString


@require_safe
@login_required
def steering(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the mode that each side sees of every case, and where these differ."""
    study = study_asked(request, slug)
    all_scores = may_design(person_of(request), study)
    wave, shown = _newest(study, request.GET.get("meting", ""))
    context: dict[str, Any] = {
        "study": study,
        "steps": study_steps(study),
        "shown": shown,
        "wave": wave,
        "waves": [each.label for each in study.waves.all()],
        "may_work_out": all_scores,
    }
    if shown is None or wave is None:
        return render(request, "assessment/steering.html", context)
    result = shown.run.result
    cases = _cases(shown.run, study, all_scores=all_scores)
    context |= {
        "n_cases": len(cases),
        "counts": [(type_words(label), result["counts"][label]) for label in OUTCOMES]
        if all_scores or all(each.label for each in cases)
        else [],
        "page": Paginator(cases, CASES_PER_PAGE).get_page(request.GET.get("page")),
        "some_hidden": any(not each.label for each in cases),
        "cut": result["cut"],
        "modes": [
            (type_words(FRAMED), _("clear frames, much room")),
            (type_words(STEERS), _("clear frames, little room")),
            (type_words(FREE), _("unclear frames, much room")),
            (type_words(AD_HOC), _("unclear frames, little room")),
        ],
        "snippet": _snippet(shown.run, study) if all_scores else "",
        "query": urlencode({"meting": wave.label}),
    }
    return render(request, "assessment/steering.html", context)


@require_safe
@login_required
def steering_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the modes of all cases as a file."""
    study = study_asked(request, slug)
    _wave, shown = _newest(study, request.GET.get("meting", ""))
    if shown is None:
        raise Http404(_("This has not been worked out yet."))
    cases = _cases(shown.run, study, all_scores=may_design(person_of(request), study))
    rows = (
        [
            each.code, each.name, each.label,
            each.commissioner.label, each.commissioner.frames, each.commissioner.room,
            each.team.label, each.team.frames, each.team.room,
        ]
        for each in cases
    )  # fmt: skip
    return csv_response(f"{study.slug}-steering", COLUMNS, rows)


@require_POST
@login_required
def steering_work_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Work the modes of every wave out, where there is evidence, and show them."""
    study = study_asked(request, slug, *DESIGNERS)
    made = [
        steering_make(study, wave, person_of(request))
        for wave in study.waves.select_related("framework").order_by("reference_date")
    ]
    if not any(made):
        messages.warning(request, nothing_made())
    return redirect("assessment:steering", study.slug)


def _snippet(run: Run, study: Study) -> str:
    return SNIPPET.format(file=evidence_name(study.slug), wave=run.subject, **run.parameters)


def _newest(study: Study, label: str) -> tuple[Wave | None, RunShown | None]:
    for wave in study.waves.order_by("-reference_date"):
        if label in ("", wave.label) and (shown := run_newest(study, STEERING, wave.label)):
            return wave, shown
    return None, None


def _cases(run: Run, study: Study, *, all_scores: bool) -> list[SteeringShown]:
    """Every case by name."""
    names, address = case_names(study), reverse("assessment:evidence", args=[study.slug])
    cut = run.result["cut"]
    found: list[SteeringShown] = []
    for code, case in run.result["cases"].items():
        sides = {side: _side(case[side], cut, all_scores=all_scores) for side in SIDES}
        open_to_all = all(each.words for each in sides.values())
        drawn = [
            (SIGNS[side], each.room, each.frames)
            for side, each in sides.items()
            if each.room is not None and each.frames is not None
        ]
        asked = urlencode({"meting": run.subject, "gemeente": code, "construct": FRAMES})
        found.append(
            SteeringShown(
                code=code,
                name=names.get(code) or code,
                label=case["label"] if open_to_all else "",
                words=type_words(case["label"]) if open_to_all else NOTHING,
                url=f"{address}?{asked}",
                picture=quadrant_svg(drawn, cut=cut),
                **sides,
            )
        )
    return sorted(found, key=lambda each: each.name.casefold())


def _side(stored: Mapping[str, Any], cut: float, *, all_scores: bool) -> SideShown:
    if stored["suppressed"] and not all_scores:
        return SideShown(None, None, "", "", (NOTHING, NOTHING))
    frames, room = (
        stored[part]["value"] if stored[part] else None for part in ("frames", "autonomy")
    )
    first, second = (number_shown(each, places_apart(each, cut)) for each in (frames, room))
    return SideShown(frames, room, stored["label"], type_words(stored["label"]), (first, second))
