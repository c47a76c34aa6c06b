"""May this questionnaire be kept? Known kinds and properties, safe HTML, nothing from outside."""

import json
import re
from collections.abc import Mapping
from typing import Any

import nh3

from rodedraad.errors import Refusal
from rodedraad.surveys.questionnaire.conditions import conditions_of
from rodedraad.surveys.questionnaire.known import (
    BY_HAND,
    FORBIDDEN,
    PICTURED,
    TYPES,
    functions_known,
    properties_known,
)
from rodedraad.surveys.questionnaire.texts import TEXTS, Element, questions_of

BYTES_AT_MOST = 1_000_000
QUESTIONS_AT_MOST = 500
DEPTH_AT_MOST = 12
TEXT_AT_MOST = 20_000
CONDITION_AT_MOST = 2_000
NAME = re.compile(r"^[^\s{}\[\].:;,'\"<>/\\][^{}\[\]:;,'\"<>/\\]{0,99}$")
HTML_TAGS = {"p", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "h3", "h4", "a"}
HTML_TEXTS = frozenset({"html", "completedHtml", "completedBeforeHtml"})
_CALL = re.compile(r"([A-Za-z_]\w*)\s*\(")
_WORDS = frozenset({"and", "or", "not", "in", "anyof", "allof", "noneof", "empty", "notempty"})
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\{[^{}]*\}")


def definition_cleaned(definition: object) -> Element:
    """Return a definition that may be kept, its HTML made safe and other texts made plain.

    Raises
    ------
    Refusal
        With one sentence, at the first thing that may not be there.
    """
    if not isinstance(definition, Mapping):
        raise _refused("survey_not_json", "A questionnaire is a JSON object with pages.")
    if len(json.dumps(definition).encode()) > BYTES_AT_MOST:
        raise _refused(
            "survey_too_large", "This questionnaire is larger than 1 MB. Split it in two surveys."
        )
    cleaned = _part(definition, "", 0)
    if "elements" in cleaned and "pages" not in cleaned:
        cleaned["pages"] = [{"name": "p1", "elements": cleaned.pop("elements")}]
    cleaned.setdefault("pages", [])
    _questions_checked(cleaned)
    for page in cleaned["pages"]:
        for condition in conditions_of(page):
            _condition_checked(condition)
    return cleaned


def element_cleaned(element: object) -> Element:
    """Return one question that may be kept; refuses as ``definition_cleaned`` does."""
    return definition_cleaned({"pages": [{"name": "p", "elements": [element]}]})["pages"][0][
        "elements"
    ][0]


def _part(part: Mapping[str, Any], where: str, depth: int) -> Element:
    if depth > DEPTH_AT_MOST:
        raise _refused("survey_too_deep", "Questions stand too deep in each other; make it flat.")
    where = str(part.get("name") or part.get("value") or where)
    made: Element = {}
    for name, value in part.items():
        if name in FORBIDDEN:
            raise _refused(
                "survey_property_forbidden",
                f"'{where}' uses {name}. That reaches outside the site or runs code, so it may "
                "not be used; take it out.",
                where=where, name=name,
            )  # fmt: skip
        if name not in properties_known():
            raise _refused(
                "survey_property_unknown",
                f"'{where}' has a property {name}, which SurveyJS does not know. Take it out or "
                "mend its name.",
                where=where, name=name,
            )  # fmt: skip
        made[name] = _value(name, value, where, depth)
    _renders_known(made, where)
    return made


def _renders_known(part: Element, where: str) -> None:
    if part.get("renderAs", "default") not in ("default", "radio", "checkbox", "select"):
        raise _refused(
            "survey_property_forbidden",
            f"'{where}' uses renderAs {part['renderAs']}, which the site does not have.",
            where=where, name="renderAs",
        )  # fmt: skip


def _value(name: str, value: Any, where: str, depth: int) -> Any:
    if name in TEXTS or name in HTML_TEXTS:
        return _text(name, value, where)
    if isinstance(value, Mapping):
        return (
            value
            if name in ("defaultValue", "bindings", "cells")
            else _mapping(value, where, depth)
        )
    if isinstance(value, list):
        return [
            _part(one, where, depth + 1) if isinstance(one, Mapping) and name != "defaultValue"
            else one
            for one in value
        ]  # fmt: skip
    if isinstance(value, str) and len(value) > TEXT_AT_MOST:
        raise _too_long(where)
    return value


def _mapping(value: Mapping[str, Any], where: str, depth: int) -> Any:
    if all(isinstance(one, str) and len(key) <= 7 for key, one in value.items()):
        return {key: _plain(one) for key, one in value.items()}
    return _part(value, where, depth + 1)


def _text(name: str, value: Any, where: str) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _text(name, one, where) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    if len(value) > TEXT_AT_MOST:
        raise _too_long(where)
    if name in HTML_TEXTS:
        return nh3.clean(value, tags=HTML_TAGS, attributes={"a": {"href"}})
    return _plain(value)


def _plain(text: str) -> str:
    """A text as people read it: SurveyJS would show tags in it as HTML."""
    return re.sub(r"<(?=[A-Za-z/!?])[^<>]*>?", "", text)


def _questions_checked(definition: Element) -> None:
    questions = list(questions_of(definition))
    if len(questions) > QUESTIONS_AT_MOST:
        raise _refused(
            "survey_too_large_questions",
            f"A questionnaire has at most {QUESTIONS_AT_MOST} questions. Take some out.",
            most=QUESTIONS_AT_MOST,
        )
    for question in questions:
        kind, name = str(question.get("type")), str(question.get("name", ""))
        if kind in PICTURED:
            raise _refused(
                "survey_picture",
                f"'{name}' shows a picture from elsewhere, which would tell another site who "
                "answers. Take it out.",
                where=name,
            )
        if kind in BY_HAND:
            raise _refused(
                "survey_by_hand",
                f"'{name}' asks for a signature, which nobody can give with a keyboard or a "
                "screen reader. Ask for a name instead.",
                where=name,
            )
        if kind not in TYPES:
            raise _refused(
                "survey_type_unknown",
                f"'{name}' is of a kind ({kind}) that the site does not know. Choose another kind.",
                where=name, kind=kind,
            )  # fmt: skip
        if not NAME.match(name):
            raise _refused(
                "survey_name",
                f"'{name}' cannot be the name of a question. Use letters, digits, - and _.",
                where=name,
            )


def _condition_checked(condition: str) -> None:
    if len(condition) > CONDITION_AT_MOST:
        raise _too_long(condition[:40])
    for name in _CALL.findall(_QUOTED.sub("''", condition)):
        if name not in functions_known() and name not in _WORDS:
            raise _refused(
                "survey_function",
                f"A condition uses {name}(), which is no function of SurveyJS. Take it out.",
                name=name,
            )


def _too_long(where: str) -> Refusal:
    return _refused(
        "survey_text_too_long", f"A text at '{where}' is too long. Make it shorter.", where=where
    )


def _refused(code: str, sentence: str, **context: object) -> Refusal:
    return Refusal(sentence, code=code, **context)
