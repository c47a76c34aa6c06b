"""Which parts the pages of a study share: its own menu, and words for its codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rodedraad.studies.models import Case, Study
from rodedraad.studies.wording import METHODS_EXPLAINED, NAMES, RULESETS, worded

register = template.Library()
UNIT_END = "rodedraad.studies.queries.unit_end.unit_end"
COUNTRY = "rodedraad.country.current.current_country"
"""Imported by who asks: the tables of the country take long, and every page loads these tags."""
OWN = ("study", "framework", "cases", "selection", "log", "team")
LATER = (
    "fieldwork:overview",
    "surveys:list",
    "sources:list",
    "search:search",
    "coding:codebook",
    "agreement:rounds",
    "overviews:overview",
    "assessment:scores",
    "assessment:types",
    "assessment:steering",
    "assessment:relations",
    "assessment:qca_list",
    "assessment:classes_list",
    "networks:overview",
    "assessment:evidence",
    "assessment:runs",
    "jobs:jobs",
    "reports:report",
)
PART_OF = {
    "assessment:row": "assessment:evidence",
    "assessment:evidence_add": "assessment:evidence",
    "assessment:evidence_back": "assessment:evidence",
    "assessment:run": "assessment:runs",
    "assessment:score": "assessment:scores",
    "assessment:case_scores": "assessment:scores",
    "assessment:type": "assessment:types",
    "assessment:relation": "assessment:relations",
    "assessment:qca": "assessment:qca_list",
    "assessment:qca_new": "assessment:qca_list",
    "assessment:classes": "assessment:classes_list",
    "assessment:classes_ask": "assessment:classes_list",
}
"""Pages of the room assessment that belong to another part of a study than its networks."""

ROOM_PAGES = {
    "jobs": "jobs:jobs",
    "networks": "networks:overview",
    "reports": "reports:report",
    "sources": "sources:list",
    "fieldwork": "fieldwork:overview",
    "surveys": "surveys:list",
    "deidentification": "sources:list",
    "scoring": "sources:list",
    "transfer": "sources:list",
    "search": "search:search",
    "coding": "coding:codebook",
    "suggestions": "coding:codebook",
    "agreement": "agreement:rounds",
    "overviews": "overviews:overview",
}
"""The page of a study that the other pages of a room belong to."""

BY_RULE = {"assessment:types": "change-type", "assessment:steering": "steering-mode"}
"""Pages that only a study has whose template names this rule."""


@dataclass(frozen=True, slots=True)
class StudyLink:
    """One page of a study; ``current`` is a value of ``aria-current``, or empty."""

    label: str
    purpose: str
    url: str
    current: str = ""


def _labels() -> Mapping[str, tuple[str, str]]:
    return {
        "studies:study": (_("Overview"), ""),
        "studies:framework": (_("Framework"), _("What is measured, with every statement.")),
        "studies:cases": (_("Cases"), _("Who was chosen, on the map, and how.")),
        "studies:selection": (_("Choosing"), _("Choose cases, and compare choices.")),
        "studies:log": (_("Log"), _("Who was invited, takes part or refuses.")),
        "studies:team": (_("Team"), _("Who may do what in this study.")),
        "fieldwork:overview": (_("Fieldwork"), _("Who is asked, who answered, and who did not.")),
        "surveys:list": (_("Questionnaires"), _("What is asked, in versions, and what came back.")),
        "sources:list": (_("Sources"), _("Documents and transcripts, with their text.")),
        "coding:codebook": (_("Codebook"), _("The codes of passages, with their versions.")),
        "search:search": (_("Search"), _("Find words in every text, coding and memo.")),
        "agreement:rounds": (
            _("Rounds"),
            _("Who codes which sources, and how well they agree."),
        ),
        "overviews:overview": (
            _("Themes"),
            _("Which codes occur where, together and when, with the quotes."),
        ),
        "assessment:scores": (_("Scores"), _("What each case scores, and how sure that is.")),
        "assessment:relations": (
            _("Relations"),
            _("Which factors hang together with which outcomes."),
        ),
        "assessment:qca_list": (
            _("Combinations"),
            _("Which combinations of factors go with an outcome (QCA)."),
        ),
        "assessment:classes_list": (
            _("Classes"),
            _("Which people or cases score alike, by a model (latent classes)."),
        ),
        "assessment:types": (_("Types"), _("How each case changes, and why it is called so.")),
        "assessment:steering": (
            _("Steering"),
            _("Who lets go and who steers, as both sides see it."),
        ),
        "networks:overview": (
            _("Networks"),
            _("Which cooperation there is, and how regions fit."),
        ),
        "assessment:evidence": (_("Evidence"), _("All facts, each with its source.")),
        "assessment:runs": (_("Runs"), _("How and when every number was worked out.")),
        "jobs:jobs": (_("Long work"), _("Work that goes on by itself, and how far it is.")),
        "reports:report": (
            pgettext("study", "Report"),
            _("What came out, every number with its rows."),
        ),
    }


def _links(study: Study, names: tuple[str, ...], here: str) -> list[StudyLink]:
    """Return links to the pages that exist; rooms to the right may not be there."""
    labels, links = _labels(), []
    rules = {rule["name"] for rule in study.template.get("rulesets", ())}
    for name in names:
        if BY_RULE.get(name) not in {None, *rules}:
            continue
        try:
            url = reverse(name, args=[study.slug])
        except NoReverseMatch:
            continue
        label, purpose = labels[name]
        links.append(StudyLink(label, purpose, url, _current(name, here)))
    return links


def _current(name: str, here: str) -> str:
    """Return ``page`` for the page itself, ``true`` for the part of the study that it is in."""
    if name == here:
        return "page"
    room = here.partition(":")[0]
    part = ROOM_PAGES.get(room)
    if room == "assessment":
        part = PART_OF.get(here, "networks:overview")
    return "true" if name == part and here not in LATER else ""


@register.simple_tag(takes_context=True)
def study_nav(context: Context, study: Study) -> SafeString:
    """Show the menu of a study, on every page about it; needs ``request``."""
    match = context["request"].resolver_match
    names = (*(f"studies:{name}" for name in OWN), *LATER)
    links = _links(study, names, match.view_name if match else "")
    return render_to_string("studies/part/nav.html", {"links": links, "study": study})


@register.simple_tag
def study_results(study: Study) -> list[StudyLink]:
    """Return links to what other rooms show of this study."""
    return _links(study, LATER, "")


@register.simple_tag(takes_context=True)
def unit_ended(context: Context, case: Case) -> SafeString:
    """Say of a municipality that is no longer there what it went into; else nothing."""
    page = context.render_context  # a page asks once which tables of the country are in use
    if COUNTRY not in page:
        page[COUNTRY] = import_string(COUNTRY)()
    end = import_string(UNIT_END)(page[COUNTRY], case)
    return render_to_string("studies/part/ended.html", {"end": end}) if end else SafeString()


@register.filter
def say(thing: Any, field: str) -> str:
    """Return a text in the language of the page: ``{{ study|say:"title" }}``."""
    return worded(thing, field)


@register.filter
def say_text(text: Any) -> str:
    """Return a text of a template, ``nl`` or ``en``, as keys or attributes."""
    return worded(text)


@register.filter
def called(code: str, kind: str) -> str:
    """Return what a code is called: ``{{ member.role|called:"team_role" }}``."""
    return str(NAMES[kind][code])


@register.filter
def rule_called(name: str) -> str:
    """Return what a ruleset decides; one of an own template without words as it is written."""
    return str(RULESETS.get(name, name))


@register.filter
def explained(method: str) -> str:
    """Return what a way of choosing does."""
    return str(METHODS_EXPLAINED[method])
