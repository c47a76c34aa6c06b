"""What does a text of a questionnaire say in a language, and where do its texts stand?"""

from collections.abc import Iterator, Mapping
from typing import Any

NL, EN = "default", "en"
Element = dict[str, Any]
TEXTS = frozenset(
    [
        "title",
        "description",
        "text",
        "html",
        "minRateDescription",
        "maxRateDescription",
        "labelTrue",
        "labelFalse",
        "otherText",
        "noneText",
        "dontKnowText",
        "refuseText",
        "placeholder",
        "requiredErrorText",
        "commentText",
        "otherPlaceholder",
        "addRowText",
        "removeRowText",
        "completedHtml",
        "pagePrevText",
        "pageNextText",
        "completeText",
        "templateTitle",
        "emptyRowsText",
        "addPanelText",
        "removePanelText",
    ]
)
"""Properties that hold a text for people."""
INSIDE = ("pages", "elements", "templateElements", "rows", "columns", "choices", "items")
INSIDE_TOO = ("rateValues",)


def text_in(value: object, language: str) -> str:
    """Return a text in a language, in Dutch when it is not there; a number is its own text.

    >>> text_in({"default": "Ja", "en": "Yes"}, "en"), text_in({"default": "Ja"}, "en")
    ('Yes', 'Ja')
    """
    if isinstance(value, Mapping):
        own = value.get(EN) if language == "en" else value.get(NL) or value.get("nl")
        return str(own or value.get(NL) or value.get("nl") or value.get(EN) or "")
    return "" if value is None else str(value)


def text_pair(value: object) -> tuple[str, str]:
    """Return a text in Dutch and in English; "" where there is none of its own."""
    if isinstance(value, Mapping):
        return str(value.get(NL) or value.get("nl") or ""), str(value.get(EN) or "")
    return ("" if value is None else str(value)), ""


def questions_of(definition: Mapping[str, Any]) -> Iterator[Element]:
    """Yield every question, also those in panels, in the order in which they are asked."""
    for page in definition.get("pages") or ():
        yield from _inside(page)


def elements_of(definition: Mapping[str, Any]) -> Iterator[Element]:
    """Yield every page, panel and question; a page has no ``type``."""
    for page in definition.get("pages") or ():
        yield page
        yield from _elements(page)


def texts_of(part: Mapping[str, Any], way: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every text inside a question with the way to it: ``rows/F5.1/text``."""
    for name, value in part.items():
        if name in TEXTS:
            yield f"{way}{name}", text_pair(value)
        elif name in (*INSIDE, *INSIDE_TOO) and isinstance(value, list):
            for at, one in enumerate(value):
                if isinstance(one, Mapping):
                    key = one.get("value", one.get("name", at))
                    yield from texts_of(one, f"{way}{name}/{key}/")


def name_of(question: Mapping[str, Any]) -> str:
    """Return the name under which answers to a question are kept."""
    return str(question.get("valueName") or question.get("name") or "")


def _elements(part: Mapping[str, Any]) -> Iterator[Element]:
    for element in part.get("elements") or ():
        yield element
        if element.get("type") == "panel":
            yield from _elements(element)


def _inside(part: Mapping[str, Any]) -> Iterator[Element]:
    return (one for one in _elements(part) if one.get("type") != "panel")
