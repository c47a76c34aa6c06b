"""What the codes of this room are called on a page, and texts that exist in two languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rodedraad.studies.models import Case, SelectionEvent, Study, TeamMember

Names = Mapping[str, str | Promise]

TEAM_ROLES: Names = {
    TeamMember.Role.LEAD: _("lead"),
    TeamMember.Role.RESEARCHER: _("researcher"),
    TeamMember.Role.CLIENT: pgettext_lazy("role", "client"),
    TeamMember.Role.PRIVACY_OFFICER: _("privacy officer"),
}
STATUSES: Names = {
    Study.Status.DESIGN: _("design"),
    Study.Status.FIELDWORK: _("fieldwork"),
    Study.Status.ANALYSIS: _("analysis"),
    Study.Status.CLOSED: pgettext_lazy("study", "closed"),
}
CASE_ROLES: Names = {
    Case.Role.FRAME: _("in the frame"),
    Case.Role.PILOT: _("pilot"),
    Case.Role.MAIN: _("chosen"),
    Case.Role.RESERVE: _("reserve"),
    Case.Role.WITHDRAWN: _("does not take part"),
}
EVENTS: Names = {
    SelectionEvent.Kind.CHOSEN: _("chosen"),
    SelectionEvent.Kind.INVITED: _("invited"),
    SelectionEvent.Kind.ACCEPTED: _("takes part"),
    SelectionEvent.Kind.REFUSED: _("refuses"),
    SelectionEvent.Kind.REPLACED: _("replaced"),
    SelectionEvent.Kind.UNDONE: _("step undone"),
}
METHODS: Names = {
    "all": _("all"),
    "random": _("by lot"),
    "most_diverse": _("most diverse"),
    "typical": _("typical"),
    "extreme": _("extremes"),
    "matched_pairs": _("matched pairs"),
}
METHODS_EXPLAINED: Names = {
    "all": _("Every unit takes part; nothing is chosen."),
    "random": _("By lot within the strata. Needs no figures."),
    "most_diverse": _("As far apart as possible on the figures. Shows the breadth."),
    "typical": _("Nearest to the middle of the stratum. Shows what is usual."),
    "extreme": _("Furthest from the middle of the stratum. Shows the edges."),
    "matched_pairs": _("Pairs alike in all but the label forerunner. For comparing."),
}
STRATA: Names = {
    "size": _("size"),
    "part_of_country": _("part of the country"),
    "forerunner": _("forerunner"),
}
UNITS: Names = {
    "municipality": _("municipalities"),
    "region": _("regions"),
    "network": _("networks"),
    "living_lab": _("living labs"),
    "team": _("teams"),
}
CONSTRUCT_KINDS: Names = {
    "factor": _("factor"),
    "subgoal": _("subgoal"),
    "theme": _("theme"),
    "network": _("network"),
    "attitude": _("attitude"),
    "context": _("context"),
}
EVIDENCE: Names = {
    "answer": _("answers"),
    "passage": _("passages"),
    "document": _("documents"),
    "figure": _("figures"),
    "vote": _("votes"),
    "tie": _("ties"),
}
RULESETS: Names = {
    "change-type": _("type of change"),
    "finding-confidence": _("confidence in a finding"),
    "horizontal-complexity": _("horizontal complexity"),
    "municipal-portfolio": _("mix of arrangements of a municipality"),
    "network-drive": _("drive by regulation"),
    "network-governance": _("governance of a network"),
    "network-phase": _("phase of a network"),
    "network-ties": _("strength of ties in a network"),
    "participation-ladder": _("ladder of participation"),
    "red-thread": _("red thread"),
    "scale-level": _("scale level"),
    "steering-mode": _("way of steering"),
}
SPREAD: Names = {
    "smallest": _("Smallest distance between two"),
    "mean_nearest": _("Mean distance to the nearest other"),
    "mean_pairwise": _("Mean distance over all pairs"),
}
NAMES: Mapping[str, Names] = {
    "team_role": TEAM_ROLES,
    "status": STATUSES,
    "case_role": CASE_ROLES,
    "event": EVENTS,
    "method": METHODS,
    "stratum": STRATA,
    "units": UNITS,
    "construct_kind": CONSTRUCT_KINDS,
    "evidence": EVIDENCE,
    "spread": SPREAD,
}
NOTICES: Names = {
    "variable_dropped": _("%(subject)s is left out: it does not tell the units apart."),
    "figures_missing": _("%(subject)s is not known of %(count)s units. Nothing was filled in."),
    "reserves_short": _("%(count)s of the chosen have fewer than two reserves."),
    "diverse_not_proven": _("A wider choice was not found within the time allowed, but may exist."),
}


def worded(thing: Any, field: str = "") -> str:
    """Return the text in the language of the page.

    ``thing`` is a mapping with ``nl`` and ``en``, or has ``field_nl`` and ``field_en`` as keys or
    attributes.
    """
    language = "en" if get_language() == "en" else "nl"
    key = f"{field}_{language}" if field else language
    return str(thing[key] if isinstance(thing, Mapping) else getattr(thing, key))


def notice_worded(notice: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Return a notice of a choice; ``titles`` names the figures that it may be about."""
    subject = str(notice["subject"])
    shown = {**notice, "subject": titles.get(subject, subject)}
    return str(NOTICES[notice["code"]]) % shown
