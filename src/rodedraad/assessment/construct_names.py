"""What is a construct of a study called on a page: its code and its name in the right language?"""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from rodedraad.assessment.conclusions.case_table import BREADTH, DOCUMENT, INTERVIEW, SURVEY
from rodedraad.country.wording import in_language
from rodedraad.studies.models import Construct, Wave
from rodedraad.studies.template import framework

NO_PEOPLE = (DOCUMENT, INTERVIEW)
"""Sources of a score that no role speaks in."""


def construct_names(wave: Wave) -> dict[str, str]:
    """Return the name of every construct of the wave, and of the breadth of measures, by code."""
    rows = Construct.objects.filter(framework=wave.framework).values("code", "name_nl", "name_en")
    named = {row["code"]: in_language(row, "name") for row in rows}
    return named | {BREADTH: _("Breadth of measures in the field")}


def construct_code(code: str) -> str:
    """Return how a code is written on a page."""
    return "A+B" if code == BREADTH else code


def source_names() -> dict[str, str]:
    """Return whose answers are called, within a sentence: roles of people, and documents."""
    names: dict[str, str] = {}
    for role in framework().roles:
        name = in_language({"name_nl": role.name.nl, "name_en": role.name.en}, "name")
        names[role.code] = name[:1].lower() + name[1:]
    return names | {DOCUMENT: _("documents"), INTERVIEW: _("interviews")}


def sources_words(
    sources: Collection[str], scores: Mapping[str, Mapping[str, Any]] | None = None
) -> str:
    """Return whose answers the scores come from, people in the order of the framework.

    With ``scores`` (per case, see ``CaseScore``) it also says how people were heard.
    """
    names = source_names()
    kinds = {kind for score in (scores or {}).values() for kind in score.get("kinds", ())}
    people = ", ".join(
        name for code, name in names.items() if code in sources and code not in NO_PEOPLE
    )
    heard = {
        (True, False): _("%(people)s in the survey"),
        (False, True): _("%(people)s in interviews"),
        (True, True): _("%(people)s in the survey and in interviews"),
    }.get((SURVEY in kinds, INTERVIEW in kinds and INTERVIEW not in sources))
    if people and heard:
        people = heard % {"people": people}
    rest = [names[code] for code in NO_PEOPLE if code in sources]
    unknown = [code for code in sources if code not in names]
    return ", ".join([*([people] if people else []), *rest, *unknown])
