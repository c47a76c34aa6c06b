"""What does a definition of SurveyJS hold: how it behaves, and the questions in it?"""

from collections.abc import Iterator, Mapping
from typing import Any


def manners() -> dict[str, Any]:
    """How a questionnaire that was read behaves: as those made from a framework do."""
    return {
        "locale": "nl",
        "checkErrorsMode": "onNextPage",
        "clearInvisibleValues": "onComplete",
        "textUpdateMode": "onTyping",
        "showProgressBar": True,
        "progressBarType": "pages",
        "showQuestionNumbers": "off",
        "questionErrorLocation": "bottom",
        "maxTextLength": 4000,
        "widthMode": "static",
        "width": "44rem",
    }


def elements_all(definition: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Return every question of a definition, those in panels and repeats too."""
    for page in definition.get("pages", []):
        yield from _inside(page.get("elements", []))


def _inside(elements: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for element in elements:
        if element.get("type") == "panel":
            yield from _inside(element.get("elements", []))
        elif element.get("type") == "paneldynamic":
            yield from _inside(element.get("templateElements", []))
        else:
            yield element


def carried_count(definition: Mapping[str, Any]) -> int:
    """Return how many questions and calculations a definition holds."""
    return sum(1 for _ in elements_all(definition)) + len(definition.get("calculatedValues", []))
