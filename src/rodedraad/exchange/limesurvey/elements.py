"""Which element of SurveyJS does a question of LimeSurvey become?"""

from collections.abc import Callable, Mapping
from typing import Any

from rodedraad.exchange.limesurvey.conditions import Target
from rodedraad.exchange.limesurvey.tables import Answer, Question

Element = dict[str, Any]
Texts = Callable[[Mapping[str, str]], Any]
YES_NO = {"Y": {"default": "Ja", "en": "Yes"}, "N": {"default": "Nee", "en": "No"}}
UNCERTAIN = {**YES_NO, "U": {"default": "Weet ik niet", "en": "Uncertain"}}
GENDER = {"F": {"default": "Vrouw", "en": "Female"}, "M": {"default": "Man", "en": "Male"}}
MORE_LESS = {
    "I": {"default": "Meer", "en": "Increase"},
    "S": {"default": "Gelijk", "en": "Same"},
    "D": {"default": "Minder", "en": "Decrease"},
}
MATRIX = "ABCEFH"
CELLS = ":;1"
SCALES = ("schaal_1", "schaal_2")
MOST_CELL_CHOICES = 100


def element_of(question: Question, name: str, texts: Texts) -> Element | None:
    """Return the element that a question becomes, without title; None when there is no such kind.

    A question that has nothing to choose from or to fill in comes back with an empty list.
    """
    make = MAKERS.get(question.kind)
    if make is None:
        return None
    return {"name": name} | make(question, texts)


def targets_of(question: Question, name: str) -> dict[str, Target]:
    """Return what the names of a question stand for, by the part after its own name."""
    kind = question.kind
    found: dict[str, Target] = {"": Target(name)}
    codes = [one.code for one in question.rows()]
    if kind in "MP":
        found |= {code: Target(name, code) for code in codes}
        found.pop("")
    elif kind in MATRIX or kind in "KQ":
        found |= {code: Target(f"{name}.{code}") for code in codes}
    elif kind in (":", ";"):
        columns = [one.code for one in question.rows(1)]
        found |= {f"{row}_{col}": Target(f"{name}.{row}.{col}") for row in codes for col in columns}
    elif kind == "1":
        found |= {
            f"{row}_{scale}": Target(f"{name}.{row}.{SCALES[scale]}")
            for row in codes
            for scale in (0, 1)
        }
    elif kind == "R":
        found |= {str(place + 1): Target(f"{name}[{place}]") for place in range(50)}
    if question.values.get("other") == "Y":
        found["other"] = Target(f"{name}-Comment")
    if kind == "O":
        found["comment"] = found["Comment"] = Target(f"{name}-Comment")
    return found


def _items(answers: list[Answer], texts: Texts) -> list[Any]:
    items: list[Any] = []
    seen: set[str] = set()
    for one in answers:
        if one.code and one.code not in seen:
            seen.add(one.code)
            told = texts(one.texts)
            items.append({"value": one.code, "text": told} if told else one.code)
    return items


def _fixed(words: Mapping[Any, Any]) -> list[Any]:
    return [{"value": value, "text": dict(text)} for value, text in words.items()]


def _numbers(most: int) -> list[int]:
    return list(range(1, most + 1))


def _choice(kind: str) -> Callable[[Question, Texts], Element]:
    def make(question: Question, texts: Texts) -> Element:
        found: Element = {"type": kind, "choices": _items(question.choices(), texts)}
        return found | _other(question, texts)

    return make


def _several(question: Question, texts: Texts) -> Element:
    found: Element = {"type": "checkbox", "choices": _items(question.rows(), texts)}
    if question.kind == "P":
        found["showCommentArea"] = True
    return found | _other(question, texts)


def _other(question: Question, texts: Texts) -> Element:
    if question.values.get("other") != "Y":
        return {}
    told = texts(question.told.get("other_replace_text", {}))
    both = {"showOtherItem": True}
    return both | ({"otherText": told} if told else {})


def _with_comment(question: Question, texts: Texts) -> Element:
    return {
        "type": "radiogroup",
        "choices": _items(question.choices(), texts),
        "showCommentArea": True,
    }


def _ranking(question: Question, texts: Texts) -> Element:
    listed = question.choices() or question.rows()
    return {"type": "ranking", "choices": _items(listed, texts), "selectToRankEnabled": True}


def _matrix(columns: Callable[[Question, Texts], list[Any]]) -> Callable[..., Element]:
    def make(question: Question, texts: Texts) -> Element:
        rows = _items(question.rows(), texts)
        return {"type": "matrix", "rows": rows, "columns": columns(question, texts)}

    return make


def _several_texts(question: Question, texts: Texts) -> Element:
    input_type = {"inputType": "number"} if question.kind == "K" else {}
    items = [
        {"name": one["value"], "title": one["text"], **input_type}
        if isinstance(one, dict)
        else {"name": one, **input_type}
        for one in _items(question.rows(), texts)
    ]
    return {"type": "multipletext", "items": items}


def _cells(question: Question, texts: Texts) -> Element:
    rows = _items(question.rows(), texts)
    columns = [
        {"name": one["value"], "title": one["text"]} if isinstance(one, dict) else {"name": one}
        for one in _items(question.rows(1), texts)
    ]
    given = question.attributes
    found: Element = {"type": "matrixdropdown", "rows": rows, "columns": columns}
    if question.kind == ";":
        return found | {"cellType": "text"}
    if given.get("multiflexible_checkbox") == "1":
        return found | {"cellType": "checkbox", "choices": ["1"]}
    if given.get("input_boxes") == "1":
        for column in columns:
            column |= {"cellType": "text", "inputType": "number"}
        return found
    return found | {"cellType": "dropdown", "choices": _stepped(given)}


def _stepped(given: Mapping[str, str]) -> list[int]:
    low, high, step = (
        _whole(given.get(f"multiflexible_{name}"), other)
        for name, other in (("min", 1), ("max", 10), ("step", 1))
    )
    choices = list(range(low, high + 1, step or 1))
    return choices[:MOST_CELL_CHOICES] or _numbers(10)


def _two_scales(question: Question, texts: Texts) -> Element:
    columns = []
    for scale, name in enumerate(SCALES):
        header = question.told.get("dualscale_header" + "AB"[scale], {})
        told = texts(header)
        choices = _items(question.choices(scale), texts)
        columns.append(
            {"name": name, "cellType": "dropdown", "choices": choices}
            | ({"title": told} if told else {})
        )
    return {
        "type": "matrixdropdown",
        "rows": _items(question.rows(), texts),
        "columns": columns if all(one["choices"] for one in columns) else [],
    }


def _text(**more: Any) -> Callable[[Question, Texts], Element]:
    return lambda _question, _texts: {"type": "text", **more}


def _date(question: Question, _texts: Texts) -> Element:
    told = question.attributes.get("date_format", "").lower()
    has_day, has_time = any(one in told for one in "dmy"), "h" in told
    kind = "datetime-local" if has_day and has_time else "time" if has_time else "date"
    return {"type": "text", "inputType": kind}


def _file(question: Question, _texts: Texts) -> Element:
    found: Element = {"type": "file"}
    if types := question.attributes.get("allowed_filetypes"):
        found["acceptedTypes"] = ",".join(f".{one.strip(' .')}" for one in types.split(","))
    most = _whole(question.attributes.get("max_num_of_files"), 1)
    return found | ({"allowMultiple": True, "maxFiles": most} if most > 1 else {})


def _whole(told: str | None, other: int) -> int:
    try:
        return int(told or other)
    except ValueError:
        return other


def _choices_of(question: Question, texts: Texts) -> list[Any]:
    return _items(question.choices(), texts)


MAKERS: dict[str, Callable[[Question, Texts], Element]] = {
    "L": _choice("radiogroup"),
    "!": _choice("dropdown"),
    "M": _several,
    "P": _several,
    "O": _with_comment,
    "R": _ranking,
    "S": _text(),
    "N": _text(inputType="number"),
    "T": lambda *_: {"type": "comment"},
    "U": lambda *_: {"type": "comment", "rows": 8},
    "D": _date,
    "Y": lambda *_: {"type": "radiogroup", "choices": _fixed(YES_NO)},
    "G": lambda *_: {"type": "radiogroup", "choices": _fixed(GENDER)},
    "5": lambda *_: {"type": "rating", "rateMin": 1, "rateMax": 5},
    "A": _matrix(lambda *_: _numbers(5)),
    "B": _matrix(lambda *_: _numbers(10)),
    "C": _matrix(lambda *_: _fixed(UNCERTAIN)),
    "E": _matrix(lambda *_: _fixed(MORE_LESS)),
    "F": _matrix(_choices_of),
    "H": _matrix(_choices_of),
    "K": _several_texts,
    "Q": _several_texts,
    ":": _cells,
    ";": _cells,
    "1": _two_scales,
    "|": _file,
}
