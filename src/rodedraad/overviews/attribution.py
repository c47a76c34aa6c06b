"""How much does a quote tell of who said it, and when is that made broader?

The levels, from safest to most: nothing; the role; the role and the kind of case; the role and
the case; all. Whoever is one of few is not named by role and place: with fewer than five people or
documents in a group, a quote gets the next broader level.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rodedraad.overviews.asked import role_words
from rodedraad.overviews.disclosure import LEAST
from rodedraad.sources.models import Source
from rodedraad.sources.wording import KINDS
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Study

NONE, ROLE, CASE_TYPE, CASE, FULL = "geen", "rol", "casustype", "casus", "volledig"
LEVELS = (NONE, ROLE, CASE_TYPE, CASE, FULL)
OF_PEOPLE = (Source.Kind.TRANSCRIPT, Source.Kind.OPEN_ANSWERS)
FEWEST_CASES = 2


@dataclass(frozen=True, slots=True)
class Named:
    """What is told of who said it; ``level`` is the one that was kept to."""

    level: str
    role: str = ""
    case_type: str = ""
    case: str = ""
    kind: str = ""
    day: str = ""
    source: str = ""

    @property
    def words(self) -> str:
        """All that is told, in one line."""
        parts = (self.role, self.case or self.case_type, self.kind, self.source, self.day)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Groups:
    """How many voices each group of sources has, and how many cases each kind of case."""

    voices: dict[tuple[object, ...], int]
    cases: dict[str, int]


def levels_for(access: StudyAccess) -> tuple[str, ...]:
    """Return the levels that a person may choose: all for the lead and researchers."""
    return LEVELS if access.may_design else LEVELS[:-1]


def names_of(study: Study, pks: Iterable[int], level: str) -> dict[int, Named]:
    """Return what is told of each source at a level, or at a broader one when few are alike.

    The groups are those of all sources of the study: a choice on the page does not change them.
    """
    everything = list(
        Source.objects.filter(study=study, removed_at=None).select_related("case").only(
            "title", "kind", "date", "role", "respondent", "confidentiality", "case",
            "case__name", "case__stratum",
        )
    )  # fmt: skip
    groups = _groups(everything)
    wanted = set(pks)
    roles = {role: role_words(role) if role else "" for role in {one.role for one in everything}}
    return {
        source.pk: _named(source, _level(source, level, groups), roles[source.role])
        for source in everything
        if source.pk in wanted
    }


def tells_of_person(source: Source) -> bool:
    """Tell whether a source is what somebody said, rather than a document."""
    return bool(
        source.role
        or source.respondent
        or source.kind in OF_PEOPLE
        or source.confidentiality == Source.Confidentiality.PERSONAL
    )


def _groups(sources: Iterable[Source]) -> Groups:
    voices: dict[tuple[object, ...], set[object]] = defaultdict(set)
    cases: dict[str, set[int]] = defaultdict(set)
    for source in sources:
        voice = source.respondent or source.pk
        for level in (ROLE, CASE_TYPE, CASE):
            voices[_group(source, level)].add(voice)
        if source.case is not None:
            cases[source.case.stratum].add(source.case.pk)
    return Groups(
        {group: len(them) for group, them in voices.items()},
        {stratum: len(them) for stratum, them in cases.items()},
    )


def _group(source: Source, level: str) -> tuple[object, ...]:
    about = (tells_of_person(source), source.role)
    if level == ROLE:
        return (level, *about)
    case = source.case
    return (level, *about, case.pk if case and level == CASE else case.stratum if case else None)


def _level(source: Source, asked: str, groups: Groups) -> str:
    """Return the first level, from the one asked towards the safest, that names nobody."""
    if asked == FULL:
        return FULL
    at = LEVELS.index(asked)
    if source.confidentiality == Source.Confidentiality.PERSONAL:
        at = min(at, LEVELS.index(CASE_TYPE))
    while LEVELS[at] != NONE and not _safe(source, LEVELS[at], groups):
        at -= 1
    return LEVELS[at]


def _safe(source: Source, level: str, groups: Groups) -> bool:
    if level == CASE and source.case is None:
        return False
    if level == CASE_TYPE:
        stratum = source.case.stratum if source.case else ""
        if not stratum or groups.cases[stratum] < FEWEST_CASES:
            return False
    return not tells_of_person(source) or groups.voices[_group(source, level)] >= LEAST


def _named(source: Source, level: str, role: str) -> Named:
    if level == NONE:
        return Named(NONE)
    kind = str(KINDS[source.kind])
    if level == FULL:
        return Named(
            FULL, role, source.case.stratum if source.case else "",
            source.case.name if source.case else "", kind,
            source.date.isoformat() if source.date else "", source.title,
        )  # fmt: skip
    case = source.case
    return Named(
        level, role,
        case.stratum if case and level == CASE_TYPE else "",
        case.name if case and level == CASE else "",
        kind, str(source.date.year) if source.date and level != ROLE else "",
    )  # fmt: skip


def level_words(level: str) -> str:
    """What a level tells, in words."""
    return {
        NONE: _("nothing"),
        ROLE: _("the role"),
        CASE_TYPE: _("the role and the kind of case"),
        CASE: _("the role and the case"),
        FULL: _("everything, for use inside the team"),
    }[level]
