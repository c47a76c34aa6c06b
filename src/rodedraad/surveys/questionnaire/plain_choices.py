"""Which values can be chosen at a question, with their words, the built-in ones of SurveyJS too?"""

from collections.abc import Mapping
from typing import Any

from rodedraad.surveys.building import text_of
from rodedraad.surveys.questionnaire.texts import Element, text_in

COMMENT = "-Comment"
OTHER = "other"
MOST_RATES = 100
REFUSE = text_of("Dat wil ik niet zeggen", "Refuse to answer")
BUILT_IN: tuple[tuple[tuple[str, ...], str, str, Mapping[str, str]], ...] = (
    (("showNoneItem", "hasNone"), "none", "noneText", text_of("Geen van deze", "None")),
    (("showRefuseItem",), "refused", "refuseText", REFUSE),
    (("showDontKnowItem",), "dontknow", "dontKnowText", text_of("Weet ik niet", "Don't know")),
    (
        ("showOtherItem", "hasOther"), OTHER, "otherText",
        text_of("Iets anders, namelijk:", "Other (describe)"),
    ),
)  # fmt: skip
"""What turns it on, its value, its own words, and otherwise those of survey-words.js."""
YES, NO = text_of("Ja", "Yes"), text_of("Nee", "No")


def choices_of(question: Element, language: str) -> list[tuple[Any, str]]:
    """Return value and words of every choice, in the order in which they are shown."""
    kind = question.get("type")
    if kind == "rating":
        return rate_values(question, language)
    if kind == "boolean":
        return [
            (question.get("valueTrue", True), text_in(question.get("labelTrue", YES), language)),
            (question.get("valueFalse", False), text_in(question.get("labelFalse", NO), language)),
        ]
    found = [(value_of(one), _words(one, language)) for one in question.get("choices") or ()]
    for names, value, text, usual in BUILT_IN:
        if any(question.get(name) for name in names):
            found.append((value, text_in(question.get(text, usual), language)))
    return found


def rate_values(question: Element, language: str) -> list[tuple[Any, str]]:
    """Return the values of a rating, its ends with their description."""
    if own := question.get("rateValues"):
        return [(value_of(one), _words(one, language)) for one in own]
    first, last = question.get("rateMin", 1), question.get("rateMax", 5)
    step = question.get("rateStep", 1) or 1
    count = question.get("rateCount")
    if count and "rateMax" not in question:
        last = first + (count - 1) * step
    n = min(int((last - first) // step) + 1, MOST_RATES)
    values = [first + step * at for at in range(n)]
    ends = {0: "minRateDescription", n - 1: "maxRateDescription"}
    found = []
    for at, value in enumerate(values):
        words = text_in(question.get(ends.get(at, "")), language)
        found.append((value, f"{value} ({words})" if words else str(value)))
    return found


def has_other(question: Element) -> bool:
    """Whether words can be added to what is chosen."""
    names = ("showOtherItem", "hasOther", "showCommentArea", "hasComment")
    return any(question.get(name) for name in names)


def value_of(item: object) -> Any:
    """Return the value of a choice, row or column, which may be written as its value only."""
    return item.get("value") if isinstance(item, Mapping) else item


def _words(item: object, language: str) -> str:
    if isinstance(item, Mapping):
        return text_in(item.get("text"), language) or str(item.get("value", ""))
    return str(item)
