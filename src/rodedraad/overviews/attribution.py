"""How much does a quote tell of who said it, and when is that made broader?

The levels, from safest to most: nothing; the role; the role and the kind of case; the role and
the case; all. Whoever is one of few is not named by role and place: with fewer than five people or
documents in a group, a quote gets the next broader level.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

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


class Voice(NamedTuple):
    """What is known of who speaks in a source."""

    title: str
    kind: str
    date: date | None
    role: str
    respondent: str
    confidentiality: str
    case: int | None
    case_name: str | None
    stratum: str | None


@dataclass
class Names:
    """What is told of each source at a level, or at a broader one when few are alike.

    A name is made when it is asked for: of many sources, a page shows some.
    """

    voices: dict[int, Voice]
    level: str
    groups: Groups
    _levels: dict[tuple[object, ...], str] = field(default_factory=dict)
    _roles: dict[str, str] = field(default_factory=dict)
    _named: dict[int, Named] = field(default_factory=dict)

    def level_of(self, pk: int) -> str:
        """Return the level that is kept to for a source."""
        voice = self.voices[pk]
        alike = (tells_of_person(voice), voice.role, voice.confidentiality, voice.case)
        if alike not in self._levels:
            self._levels[alike] = _level(voice, self.level, self.groups)
        return self._levels[alike]

    def __getitem__(self, pk: int) -> Named:
        if pk not in self._named:
            voice = self.voices[pk]
            role = voice.role
            if role not in self._roles:
                self._roles[role] = role_words(role) if role else ""
            self._named[pk] = _named(voice, self.level_of(pk), self._roles[role])
        return self._named[pk]


def names_of(study: Study, level: str) -> Names:
    """Return what is told of the sources of a study at a level.

    The groups are those of all its sources: a choice on the page does not change them.
    """
    rows = Source.objects.filter(study=study, removed_at=None).values_list(
        "pk", "title", "kind", "date", "role", "respondent", "confidentiality", "case",
        "case__name", "case__stratum",
    )  # fmt: skip
    voices = {row[0]: Voice(*row[1:]) for row in rows}
    return Names(voices, level, Groups({}, {}) if level == FULL else _groups(voices))


def tells_of_person(source: Voice) -> bool:
    """Tell whether a source is what somebody said, rather than a document."""
    return bool(
        source.role
        or source.respondent
        or source.kind in OF_PEOPLE
        or source.confidentiality == Source.Confidentiality.PERSONAL
    )


def _groups(sources: Mapping[int, Voice]) -> Groups:
    alike: dict[tuple[bool, str, int | None], tuple[Voice, set[object]]] = {}
    for pk, source in sources.items():
        own = (tells_of_person(source), source.role, source.case)
        alike.setdefault(own, (source, set()))[1].add(source.respondent or pk)
    voices: dict[tuple[object, ...], set[object]] = defaultdict(set)
    cases: dict[str, set[int]] = defaultdict(set)
    for source, them in alike.values():
        for level in (ROLE, CASE_TYPE, CASE):
            voices[_group(source, level)] |= them
        if source.case is not None:
            cases[source.stratum or ""].add(source.case)
    return Groups(
        {group: len(them) for group, them in voices.items()},
        {stratum: len(them) for stratum, them in cases.items()},
    )


def _group(source: Voice, level: str) -> tuple[object, ...]:
    about = (tells_of_person(source), source.role)
    if level == ROLE:
        return (level, *about)
    return (level, *about, source.case if level == CASE else source.stratum)


def _level(source: Voice, asked: str, groups: Groups) -> str:
    """Return the first level, from the one asked towards the safest, that names nobody."""
    if asked == FULL:
        return FULL
    at = LEVELS.index(asked)
    if source.confidentiality == Source.Confidentiality.PERSONAL:
        at = min(at, LEVELS.index(CASE_TYPE))
    while LEVELS[at] != NONE and not _safe(source, LEVELS[at], groups):
        at -= 1
    return LEVELS[at]


def _safe(source: Voice, level: str, groups: Groups) -> bool:
    if level == CASE and source.case is None:
        return False
    if level == CASE_TYPE:
        stratum = source.stratum or ""
        if not stratum or groups.cases[stratum] < FEWEST_CASES:
            return False
    return not tells_of_person(source) or groups.voices[_group(source, level)] >= LEAST


def _named(source: Voice, level: str, role: str) -> Named:
    if level == NONE:
        return Named(NONE)
    kind = str(KINDS[source.kind])
    if level == FULL:
        return Named(
            FULL, role, source.stratum or "", source.case_name or "", kind,
            source.date.isoformat() if source.date else "", source.title,
        )  # fmt: skip
    return Named(
        level, role,
        (source.stratum or "") if level == CASE_TYPE else "",
        (source.case_name or "") if level == CASE else "",
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
