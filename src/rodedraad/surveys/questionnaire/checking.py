"""What is wrong with a questionnaire, in words, with the question it is about?"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rodedraad.surveys.engine.pool import definition_lint
from rodedraad.surveys.engine.results import DefinitionFault
from rodedraad.surveys.questionnaire.known import OWN
from rodedraad.surveys.questionnaire.plain_choices import value_of
from rodedraad.surveys.questionnaire.routing import RoutingFault, routing_faults
from rodedraad.surveys.questionnaire.texts import questions_of

_ASKED = re.compile(r"\(\{([^{}]+)\}\)")
_STEP = re.compile(r"(\w+)\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: whether it stops the survey from going out, its words, and where it is."""

    is_error: bool
    text: str
    question: str
    language: str = ""


def faults_of(definition: Mapping[str, Any], roles: Collection[str]) -> list[Fault]:
    """Return all faults, errors first; asks the linter of SurveyJS (some 0.1 s)."""
    found = [_routing(one) for one in routing_faults(definition, roles)]
    if not any(True for _one in questions_of(definition)):
        found.append(Fault(is_error=True, text=_("There is no question in it yet."), question=""))
    else:
        words = _("Page %(n)s has no questions yet.")
        found += [Fault(False, words % {"n": at + 1}, "") for at in _pages_empty(definition)]
    found += [
        Fault(
            is_error=one.severity == "error",
            text=one.message,
            question=question_at(definition, one.path),
            language="en",
        )
        for one in definition_lint(definition)
        if not _is_ours(one) and not _is_told(one, definition) and not _asks_a_row(one, definition)
    ]
    return sorted(found, key=lambda one: not one.is_error)


def question_at(definition: Mapping[str, Any], path: str) -> str:
    """Return the top question at a path of the linter (``pages[0].elements[2].rows[1]``)."""
    part: Any = definition
    name = ""
    for key, at in _STEP.findall(path):
        inside = part.get(key) if isinstance(part, Mapping) else None
        if not isinstance(inside, list) or int(at) >= len(inside):
            break
        part = inside[int(at)]
        if key == "elements" and isinstance(part, Mapping):
            return str(part.get("name", ""))
    return name


def _pages_empty(definition: Mapping[str, Any]) -> list[int]:
    return [at for at, page in enumerate(definition.get("pages") or ()) if not page.get("elements")]


def _is_told(fault: DefinitionFault, definition: Mapping[str, Any]) -> bool:
    """Whether the linter, in English, says of a page what we say in the language of the reader."""
    empty = {f"pages[{at}]" for at in _pages_empty(definition)}
    return fault.rule == "page/empty" and fault.path in empty


def _routing(fault: RoutingFault) -> Fault:
    if fault.kind == "circle":
        told = ", ".join(fault.about)
        words = _("Conditions go round in a circle: %(names)s. None of these is ever asked.")
        return Fault(is_error=True, text=words % {"names": told}, question=fault.question)
    if fault.kind == "nobody":
        words = _("No role of this survey is ever asked this question.")
        return Fault(is_error=False, text=words, question=fault.question)
    words = _("No role of this survey is ever asked statement %(row)s.") % {"row": fault.about[0]}
    return Fault(is_error=False, text=words, question=fault.question)


def _asks_a_row(fault: DefinitionFault, definition: Mapping[str, Any]) -> bool:
    """Whether the linter stumbles over the dot in the code of a statement: ``{F1.F1.1}``.

    survey-core itself reads it as it is meant; see tests/surveys/test_questionnaire_rules.py.
    """
    asked = _ASKED.search(fault.message)
    if fault.rule != "reference/unknown" or asked is None:
        return False
    name, _dot, row = asked[1].partition(".")
    return any(
        one.get("name") == name and any(str(value_of(each)) == row for each in one["rows"])
        for one in questions_of(definition)
        if one.get("rows")
    )


def _is_ours(fault: DefinitionFault) -> bool:
    """Whether the linter does not know a property of ours, or the Dutch it was not given."""
    if fault.rule.startswith("locale"):
        return True
    return "property" in fault.rule and any(f'"{one}"' in fault.message for one in OWN)
