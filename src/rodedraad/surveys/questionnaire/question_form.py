"""How does a question become fields of a form, and what was typed a question again?

Properties that the form does not show stay as they were.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from rodedraad.errors import Refusal
from rodedraad.surveys.building import DONT_KNOW, MISSING, NOT_APPLICABLE, SCALE
from rodedraad.surveys.questionnaire.editing import text_given
from rodedraad.surveys.questionnaire.texts import Element, text_pair

CHOOSING = frozenset({"radiogroup", "checkbox", "dropdown", "ranking", "buttongroup", "tagbox"})
FORMED = CHOOSING | {"matrix", "rating", "text", "comment", "boolean", "html"}
"""Kinds with a form of their own; the rest is changed as JSON."""
INPUTS = ("text", "number", "date", "email", "tel", "time", "month")
EMPTY_LINES = 3
SPECIAL: Mapping[str, Any] = dict(zip((DONT_KNOW, NOT_APPLICABLE), SCALE[-2:], strict=True))
NEW: Mapping[str, Element] = {
    "matrix": {"columns": [{"value": value, "text": dict(text)} for value, text in SCALE[:5]]},
    "rating": {"rateMin": 1, "rateMax": 5, "displayMode": "buttons"},
    "comment": {"maxLength": 4000},
    "boolean": {"renderAs": "radio"},
    "matrixdropdown": {
        "columns": [{"name": "k1", "cellType": "text"}],
        "rows": [{"value": "r1"}],
    },
    "matrixdynamic": {"columns": [{"name": "k1", "cellType": "text"}], "maxRowCount": 10},
    "paneldynamic": {"templateElements": [{"type": "text", "name": "t1"}], "maxPanelCount": 10},
    "multipletext": {"items": [{"name": "t1"}, {"name": "t2"}]},
    "slider": {"min": 0, "max": 10},
}
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


@dataclass(frozen=True, slots=True)
class LineFields:
    """A choice, row or column: its place in the form, its value and its words."""

    at: int
    value: object
    nl: str
    en: str
    reversed: bool = False
    condition: str = ""


def element_new(kind: str, name: str) -> Element:
    """Return a question as it begins."""
    return {"type": kind, "name": name, **json.loads(json.dumps(NEW.get(kind, {})))}


def lines_of(element: Element, part: str) -> list[LineFields]:
    """Return the lines of a part (choices, rows, columns) with some empty ones to fill in."""
    turned = {str(one) for one in element.get("reversed") or ()}
    found: list[LineFields] = []
    for one in element.get(part) or ():
        value = one.get("value") if isinstance(one, Mapping) else one
        if part != "rows" and isinstance(one, Mapping) and one.get("missing"):
            continue
        nl, en = text_pair(one.get("text") if isinstance(one, Mapping) else one)
        condition = str(one.get("visibleIf", "")) if isinstance(one, Mapping) else ""
        found.append(LineFields(len(found), value, nl, en, str(value) in turned, condition))
    blank = range(len(found), len(found) + EMPTY_LINES)
    return [*found, *(LineFields(at, "", "", "") for at in blank)]


def specials_of(element: Element) -> set[str]:
    """Return which of "weet niet" and "n.v.t." a question has."""
    parts = (*(element.get("choices") or ()), *(element.get("columns") or ()))
    return {str(one["value"]) for one in parts if isinstance(one, Mapping) and one.get("missing")}


def element_given(before: Element, posted: QueryDict) -> Element:
    """Return the question that a form posted; ``before`` is how it stood.

    Raises
    ------
    Refusal
        When JSON cannot be read, or a number is none.
    """
    kind = str(before["type"])
    if "json" in posted:
        return _of_json(posted.get("json", ""), kind)
    made = {**before, "name": posted.get("name", "").strip() or before["name"]}
    for key in ("title", "description"):
        _put(made, key, text_given(posted.get(f"{key}_nl", ""), posted.get(f"{key}_en", "")))
    _put(made, "visibleIf", condition_given(posted))
    _put(made, "isRequired", "required" in posted)
    if kind in CHOOSING:
        made["choices"] = _lines(made, "choices", posted)
        _put(made, "showOtherItem", "other" in posted)
        made.pop("hasOther", None)
    elif kind == "matrix":
        made["rows"] = _lines(made, "rows", posted)
        made["columns"] = _lines(made, "columns", posted)
        _put(made, "eachRowRequired", "every_row" in posted)
        _put(made, "reversed", _reversed(posted))
    elif kind == "rating":
        for key in ("rateMin", "rateMax"):
            made[key] = _number(posted.get(key, ""), key)
        for key in ("minRateDescription", "maxRateDescription"):
            _put(made, key, text_given(posted.get(f"{key}_nl", ""), posted.get(f"{key}_en", "")))
    elif kind == "boolean":
        made["renderAs"] = "radio"
        for key in ("labelTrue", "labelFalse"):
            _put(made, key, text_given(posted.get(f"{key}_nl", ""), posted.get(f"{key}_en", "")))
    elif kind == "html":
        _put(made, "html", text_given(posted.get("html_nl", ""), posted.get("html_en", "")))
    _typed(made, kind, posted)
    return made


def _typed(made: Element, kind: str, posted: QueryDict) -> None:
    """What is asked of an answer in words, a number or a date."""
    if kind not in ("text", "comment"):
        return
    _put(made, "maxLength", _number(posted.get("maxLength", ""), "maxLength"))
    if kind == "comment":
        return
    given = posted.get("inputType", "text")
    _put(made, "inputType", given if given in INPUTS and given != "text" else "")
    for key in ("min", "max"):
        value = posted.get(key, "").strip()
        is_plain = given in ("date", "time", "month")
        _put(made, key, value if is_plain else _number(value, key))


def condition_given(posted: QueryDict) -> str:
    """Return the condition: as typed, or built from question, comparison and value."""
    name, how = posted.get("if_question", ""), posted.get("if_how", "")
    if not name:
        return posted.get("visibleIf", "").strip()
    if how in ("notempty", "empty"):
        return f"{{{name}}} {how}"
    value = posted.get("if_value", "").strip().replace("'", "")
    told = value if _NUMBER.match(value) else f"'{value}'"
    if how in ("anyof", "noneof"):
        values = [one.strip() for one in value.split(",") if one.strip()]
        told = "[" + ", ".join(v if _NUMBER.match(v) else f"'{v}'" for v in values) + "]"
        return f"{{{name}}} {how} {told}"
    return f"{{{name}}} {how if how in ('=', '<>', '>', '<', '>=', '<=') else '='} {told}"


def _lines(element: Element, part: str, posted: QueryDict) -> list[Element]:
    before = {
        str(one.get("value")): one for one in element.get(part) or () if isinstance(one, Mapping)
    }
    made: list[Element] = []
    for at in range(min(int(posted.get(f"{part}_n", "0") or 0), 500)):
        value = posted.get(f"{part}_{at}_value", "").strip()
        text = text_given(posted.get(f"{part}_{at}_nl", ""), posted.get(f"{part}_{at}_en", ""))
        if not value and not text:
            continue
        value = value or str(len(made) + 1)
        line = {**before.get(value, {}), "value": int(value) if value.isdigit() else value}
        _put(line, "text", text)
        if part == "rows":
            line["value"] = value
            _put(line, "visibleIf", posted.get(f"{part}_{at}_if", "").strip())
        made.append(line)
    if part != "rows":
        made += [_special(one, element) for one in (DONT_KNOW, NOT_APPLICABLE) if one in posted]
    return made


def _special(value: str, element: Element) -> Element:
    made: Element = {"value": value, "text": dict(SPECIAL[value][1]), "missing": MISSING[value]}
    if element.get("type") in ("checkbox", "tagbox"):
        made["isExclusive"] = True
    return made


def _reversed(posted: QueryDict) -> list[str]:
    return [
        posted.get(f"rows_{at}_value", "").strip()
        for at in range(min(int(posted.get("rows_n", "0") or 0), 500))
        if f"rows_{at}_reversed" in posted and posted.get(f"rows_{at}_value", "").strip()
    ]


def _of_json(text: str, kind: str) -> Element:
    try:
        made = json.loads(text)
    except ValueError as fault:
        raise Refusal(
            f"This is no JSON: {fault}. Mend it, or copy the question again.",
            code="survey_json",
            told=str(fault),
        ) from None
    if not isinstance(made, dict):
        raise Refusal("A question is a JSON object.", code="survey_json", told="{ … }")
    return {"type": kind, **made}


def _number(text: str, where: str) -> int | float | str:
    given = text.strip().replace(",", ".")
    if not given:
        return ""
    if not _NUMBER.match(given):
        raise Refusal(
            f"'{text}' is no number. Write digits only.", code="survey_no_number", given=text,
            where=where,
        )  # fmt: skip
    return float(given) if "." in given else int(given)


def _put(made: Element, key: str, value: Any) -> None:
    if value in ("", {}, [], None, False):
        made.pop(key, None)
    else:
        made[key] = value
