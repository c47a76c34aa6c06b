"""How does a questionnaire look as plain HTML: for print, and as a form where scripts are off?

A field is named by the place of its question (``a3``, a row of it ``a3-r2``) and a choice by its
place among the choices, so no name or value of a questionnaire gets into a name of a field, and
``1`` and ``"1"`` stay apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import nh3
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from rodedraad.surveys.questionnaire.conditions import is_routed
from rodedraad.surveys.questionnaire.plain_choices import (
    COMMENT,
    choices_of,
    has_other,
    value_of,
)
from rodedraad.surveys.questionnaire.texts import Element, name_of, questions_of, text_in

ONE = frozenset({"radiogroup", "dropdown", "buttongroup", "rating", "boolean"})
MANY = frozenset({"checkbox", "tagbox"})
SIMPLE = ONE | MANY | {"text", "comment", "matrix", "ranking", "multipletext", "html"}
INPUTS = frozenset({"date", "time", "month", "week", "datetime-local", "email", "tel", "number"})
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class PlainOption:
    """A choice: its place, its words, its value in the data, and whether it is chosen."""

    key: str
    text: str
    value: object
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A row of a matrix, an item to rank, or a field of several: with its own choices or value."""

    field: str
    text: str
    value: object
    options: tuple[PlainOption, ...] = ()
    name: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class PlainQuestion:
    """What the template shows of a question."""

    field: str
    kind: str
    element: Element
    title: str
    description: str
    required: bool
    html: str = ""
    value: object = ""
    input: str = "text"
    most: int = LONGEST
    many: bool = False
    options: tuple[PlainOption, ...] = ()
    lines: tuple[PlainLine, ...] = ()
    other_field: str = ""
    other_value: str = ""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page with its questions."""

    title: str
    description: str
    questions: list[PlainQuestion] = field(default_factory=list)


def plain_possible(definition: Mapping[str, Any]) -> bool:
    """Whether it can be answered without scripts: no routing, and simple questions only."""
    return not is_routed(definition) and all(
        one.get("type") in SIMPLE and not one.get("choicesFromQuestion")
        for one in questions_of(definition)
    )


def plain_form(
    definition: Mapping[str, Any], language: str, answers: Mapping[str, Any]
) -> SafeString:
    """Return the fields of a whole questionnaire, to put in a form of one's own.

    Give it a definition for which ``plain_possible`` holds (after ``conditions.for_role``).
    """
    pages = plain_pages(definition, language, answers)
    return render_to_string("surveys/plain/form.html", {"pages": pages, "language": language})


def plain_print(definition: Mapping[str, Any], language: str) -> SafeString:
    """Return a whole questionnaire to read or print, with names, values and conditions."""
    context = {"pages": plain_pages(definition, language, {}), "language": language}
    return render_to_string("surveys/plain/print.html", context)


def plain_pages(
    definition: Mapping[str, Any], language: str, answers: Mapping[str, Any]
) -> list[PlainPage]:
    """Return pages and questions as the templates show them."""
    at = {id(one): f"a{number}" for number, one in enumerate(questions_of(definition))}
    return [
        PlainPage(
            title=text_in(page.get("title"), language),
            description=text_in(page.get("description"), language),
            questions=[
                _shown(one, at[id(one)], language, answers)
                for one in questions_of({"pages": [page]})
            ],
        )
        for page in definition.get("pages") or ()
    ]


def answers_from_post(definition: Mapping[str, Any], posted: QueryDict) -> dict[str, Any]:
    """Return the answers in what ``plain_form`` posted; a question without an answer is left out.

    What cannot be an answer (words in a field for a number) stays as it was typed, so that the
    guard and survey-core refuse it with the name of its question.
    """
    answers: dict[str, Any] = {}
    for number, question in enumerate(questions_of(definition)):
        read = READ.get(str(question.get("type")))
        if read is None:
            continue
        given = read(question, f"a{number}", posted)
        name = name_of(question)
        if given not in (None, "", [], {}):
            answers[name] = given
        other = posted.get(f"a{number}-other", "").strip()
        if other and has_other(question):
            answers[name + COMMENT] = other
    return answers


def _shown(question: Element, at: str, language: str, answers: Mapping[str, Any]) -> PlainQuestion:
    kind = str(question.get("type"))
    given = answers.get(name_of(question))
    own: dict[str, Any] = {}
    if kind in ONE | MANY:
        own = {"options": _options(question, language, given), "many": kind in MANY}
    elif kind in ("matrix", "ranking", "multipletext", "matrixdropdown", "matrixdynamic"):
        own = {"lines": tuple(_lines(question, at, language, given))}
    elif kind == "html":
        own = {"html": mark_safe(nh3.clean(text_in(question.get("html"), language)))}  # noqa: S308
    else:
        input_type = str(question.get("inputType") or "text")
        own = {"value": "" if given is None else given}
        own["input"] = input_type if input_type in INPUTS else "text"
    if has_other(question):
        own |= {
            "other_field": f"{at}-other",
            "other_value": str(answers.get(name_of(question) + COMMENT) or ""),
        }
    most = question.get("maxLength")
    return PlainQuestion(
        field=at,
        kind=kind,
        element=question,
        title=text_in(question.get("title"), language) or str(question.get("name", "")),
        description=text_in(question.get("description"), language),
        required=bool(question.get("isRequired")),
        most=most if isinstance(most, int) and most > 0 else LONGEST,
        **own,
    )


def _options(question: Element, language: str, given: object) -> tuple[PlainOption, ...]:
    chosen = given if isinstance(given, list) else [given]
    return tuple(
        PlainOption(str(at), text, value, any(_same(value, one) for one in chosen))
        for at, (value, text) in enumerate(choices_of(question, language))
    )


def _lines(question: Element, at: str, language: str, given: object) -> Iterable[PlainLine]:
    kind = question.get("type")
    if kind == "ranking":
        order: Sequence[Any] = given if isinstance(given, list) else []
        for number, (value, text) in enumerate(choices_of(question, language)):
            place = order.index(value) + 1 if value in order else ""
            yield PlainLine(f"{at}-r{number}", text, place)
        return
    known = given if isinstance(given, Mapping) else {}
    rows = question.get("items" if kind == "multipletext" else "rows") or ()
    for number, row in enumerate(rows):
        key = row.get("name") if kind == "multipletext" else value_of(row)
        title = row.get("title") if isinstance(row, Mapping) else None
        words = text_in(title, language) or _words(row, language)
        value = known.get(str(key))
        options = _columns(question, language, value) if kind == "matrix" else ()
        asked_if = row.get("visibleIf", "") if isinstance(row, Mapping) else ""
        given_now = "" if value is None else value
        yield PlainLine(f"{at}-r{number}", words, given_now, options, str(key), asked_if)


def _columns(question: Element, language: str, given: object) -> tuple[PlainOption, ...]:
    chosen = given if isinstance(given, list) else [given]
    return tuple(
        PlainOption(
            str(at), _words(one, language), value_of(one),
            any(_same(value_of(one), each) for each in chosen),
        )
        for at, one in enumerate(question.get("columns") or ())
    )  # fmt: skip


def _words(item: object, language: str) -> str:
    if isinstance(item, Mapping):
        return text_in(item.get("text"), language) or str(item.get("value", item.get("name", "")))
    return str(item)


def _same(value: object, given: object) -> bool:
    return value == given and isinstance(value, bool) == isinstance(given, bool)


def _read_text(question: Element, at: str, posted: QueryDict) -> object:
    given = posted.get(at, "").strip()
    if question.get("inputType") not in ("number", "range") or not given:
        return given
    for make in (int, float):
        try:
            return make(given.replace(",", "."))
        except ValueError:
            continue
    return given


def _read_one(question: Element, at: str, posted: QueryDict) -> object:
    return _picked([value for value, _text in choices_of(question, "nl")], posted.get(at, ""))


def _read_many(question: Element, at: str, posted: QueryDict) -> object:
    values = [value for value, _text in choices_of(question, "nl")]
    picked = [_picked(values, key) for key in posted.getlist(at)]
    return [one for one in picked if one is not None]


def _read_matrix(question: Element, at: str, posted: QueryDict) -> object:
    values = [value_of(one) for one in question.get("columns") or ()]
    many = question.get("cellType") == "checkbox"
    answers: dict[str, object] = {}
    for number, row in enumerate(question.get("rows") or ()):
        picked = [_picked(values, key) for key in posted.getlist(f"{at}-r{number}")]
        picked = [one for one in picked if one is not None]
        if picked:
            answers[str(value_of(row))] = picked if many else picked[0]
    return answers


def _read_ranking(question: Element, at: str, posted: QueryDict) -> object:
    """The items in order; None when a place is missing or given twice, which is not an order."""
    values = [value for value, _text in choices_of(question, "nl")]
    places = [posted.get(f"{at}-r{number}", "") for number in range(len(values))]
    if sorted(places) != sorted(str(n + 1) for n in range(len(values))):
        return None
    return [value for _place, value in sorted(zip(map(int, places), values, strict=True))]


def _read_several(question: Element, at: str, posted: QueryDict) -> object:
    items = enumerate(question.get("items") or ())
    given = {str(item["name"]): _read_text(item, f"{at}-r{n}", posted) for n, item in items}
    return {name: value for name, value in given.items() if value != ""}


def _picked(values: Sequence[Any], key: str) -> Any:
    return values[int(key)] if key.isascii() and key.isdigit() and int(key) < len(values) else None


READ: Mapping[str, Callable[[Element, str, QueryDict], object]] = {
    "text": _read_text,
    "comment": _read_text,
    **dict.fromkeys(ONE, _read_one),
    **dict.fromkeys(MANY, _read_many),
    "matrix": _read_matrix,
    "ranking": _read_ranking,
    "multipletext": _read_several,
}
