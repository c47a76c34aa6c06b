"""Which columns do the answers to a questionnaire give, and who is asked for each of them?

A matrix gives a column for each row, a question with ticks one for each choice, other questions
one. What a question has inside that has no fixed shape stays one column of JSON text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from rodedraad.surveys.building import DONT_KNOW, MISSING, NOT_APPLICABLE
from rodedraad.surveys.questionnaire.plain_choices import BUILT_IN

Shape = Literal["number", "text", "open", "flag", "json"]
Texts = Mapping[str, str]
Element = Mapping[str, Any]

REFUSED = "refused"
ROLES = re.compile(
    r"^\s*\{role\}\s*(?:anyof|in)\s*\[([^\]]*)\]\s*$|^\s*\{role\}\s*==?\s*('[^']*'|\"[^\"]*\")\s*$",
    re.IGNORECASE,
)
WITHOUT_ANSWER = frozenset({"html", "image", "empty", "nonvalue"})
OF_CHOICES = frozenset({"radiogroup", "dropdown", "buttongroup", "imagepicker", "rating"})
NUMBERS = frozenset({"number", "range"})
WORDS: Mapping[str, Texts] = {own: words for _names, _value, own, words in BUILT_IN}
"""Choices of survey-core without words of their own have those that people read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen; ``missing`` says that it is no answer, and why."""

    value: int | float | str
    text: Texts
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answers.

    ``question`` is the name under which answers are kept; ``row`` the row of a matrix, or the part
    of a question with parts; ``choice`` the value that a tick stands for. ``item`` and
    ``construct`` are codes of the framework, empty for a question of its own. ``roles`` is None
    when everyone is asked; ``conditional`` says that other answers decide it. ``case`` is the code
    of the case whose own question it is.
    """

    name: str
    question: str
    shape: Shape
    title: Texts
    row: str = ""
    row_title: Texts | None = None
    choice: str | int | float | None = None
    item: str = ""
    construct: str = ""
    is_reversed: bool = False
    choices: tuple[Choice, ...] = ()
    roles: frozenset[str] | None = None
    conditional: bool = False
    case: str = ""
    type: str = ""

    @property
    def place(self) -> str:
        """How ``shown`` names what this column asks: the question, or its row."""
        return f"{self.question}/{self.row}" if self.type == "matrix" else self.question

    @property
    def is_scale(self) -> bool:
        """Whether it is an item of the framework."""
        return bool(self.item)

    def is_asked(self, role: str) -> bool:
        """Whether it can be asked of a role at all."""
        return self.roles is None or role in self.roles


@dataclass(frozen=True, slots=True)
class _Asked:
    """Under which conditions something stands, from the page down."""

    roles: frozenset[str] | None = None
    conditional: bool = False

    def under(self, element: Element) -> "_Asked":
        condition = element.get("visibleIf")
        if element.get("visible") is False and not condition:
            return _Asked(frozenset(), self.conditional)
        if not condition:
            return self
        found = ROLES.match(condition)
        if found is None:
            return _Asked(self.roles, conditional=True)
        listed = found[1] if found[1] is not None else found[2]
        named = frozenset(re.findall(r"['\"]([^'\"]*)['\"]", listed))
        return _Asked(named if self.roles is None else self.roles & named, self.conditional)


def columns_of(definition: Mapping[str, Any], case: str = "") -> list[Column]:
    """Return the columns of a definition, in the order of the questionnaire."""
    found: dict[str, Column] = {}
    for element, asked in _questions(definition.get("pages") or [definition], _Asked()):
        for column in _columns(element, asked, case):
            name = column.name
            if name in found:
                name = f"{column.question}.{column.row or column.choice}"
            found.setdefault(name, column if name == column.name else replace(column, name=name))
    return list(found.values())


def places_routed(definition: Mapping[str, Any]) -> frozenset[str]:
    """Return which questions and rows are asked or not by what somebody answered before."""
    return frozenset(column.place for column in columns_of(definition) if column.conditional)


def texts_of(given: object, other: str = "") -> dict[str, str]:
    """Return a text of SurveyJS by language, ``nl`` always."""
    if isinstance(given, Mapping):
        texts = {"nl" if key == "default" else str(key): str(text) for key, text in given.items()}
        return {"nl": next(iter(texts.values()), other), **texts}
    return {"nl": str(given) if given else other}


def _questions(elements: Sequence[Element], asked: _Asked) -> Iterator[tuple[Element, _Asked]]:
    for element in elements:
        here = asked.under(element)
        inside = element.get("elements") or element.get("questions")
        if inside is not None and element.get("type") in {None, "panel"}:
            yield from _questions(inside, here)
        elif element.get("type") not in WITHOUT_ANSWER and element.get("name"):
            yield element, here


def _columns(element: Element, asked: _Asked, case: str) -> Iterator[Column]:
    kind = str(element["type"])
    question = str(element.get("valueName") or element["name"])
    title = texts_of(element.get("title"), str(element["name"]))
    about: dict[str, Any] = {
        "question": question, "title": title, "construct": str(element.get("construct") or ""),
        "roles": asked.roles, "conditional": asked.conditional, "case": case, "type": kind,
    }  # fmt: skip
    prefix = f"{case}_{question}" if case else question
    if kind == "matrix":
        yield from _of_matrix(element, asked, about)
    elif kind in {"checkbox", "tagbox", "ranking"}:
        shape: Shape = "number" if kind == "ranking" else "flag"
        for choice in _choices(element):
            yield Column(
                name=f"{prefix}.{choice.value}", shape=shape, row_title=choice.text,
                choice=choice.value, choices=(choice,), **about,
            )  # fmt: skip
    elif kind == "multipletext":
        for part in element.get("items") or []:
            name = str(part["name"])
            shape = "number" if part.get("inputType") in NUMBERS else "text"
            yield Column(
                name=f"{prefix}.{name}", shape=shape, row=name,
                row_title=texts_of(part.get("title"), name), **about,
            )  # fmt: skip
    else:
        yield from _of_one(element, about, prefix)


def _of_matrix(element: Element, asked: _Asked, about: Mapping[str, Any]) -> Iterator[Column]:
    choices = tuple(_choices(element, "columns"))
    turned = element.get("reversed")
    turned = turned if isinstance(turned, list) else []
    for given in element.get("rows") or []:
        row = given if isinstance(given, Mapping) else {"value": given}
        code = str(row["value"])
        here = asked.under(row)
        item = code if about["construct"] else ""
        yield Column(
            name=f"{about['case']}_{code}" if about["case"] else code,
            shape=_shape(choices), row=code, row_title=texts_of(row.get("text"), code), item=item,
            is_reversed=code in turned, choices=choices,
            **{**about, "roles": here.roles, "conditional": here.conditional},
        )  # fmt: skip


def _of_one(element: Element, about: Mapping[str, Any], prefix: str) -> Iterator[Column]:
    kind = str(element["type"])
    item = str(element.get("item") or "")
    choices: tuple[Choice, ...] = ()
    if kind in OF_CHOICES:
        choices = tuple(_choices(element, "rateValues" if kind == "rating" else "choices"))
        shape: Shape = "number" if kind == "rating" and not choices else _shape(choices)
    elif kind in {"slider", "expression"}:
        shape = "number" if kind == "slider" else "text"
    elif kind == "boolean":
        shape = "flag"
    elif kind == "comment":
        shape = "open"
    elif kind == "text":
        shape = "number" if element.get("inputType") in NUMBERS else "text"
    else:
        shape = "json"
    yield Column(
        name=item or prefix, shape=shape, item=item, choices=choices,
        is_reversed=element.get("reversed") is True, **about,
    )  # fmt: skip


def _choices(element: Element, key: str = "choices") -> Iterator[Choice]:
    for given in element.get(key) or []:
        one = given if isinstance(given, Mapping) else {"value": given}
        value = one.get("value", one.get("name"))
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            value = str(value)
        missing = str(one.get("missing") or "")
        if not missing and value in {DONT_KNOW, NOT_APPLICABLE}:
            missing = MISSING[str(value)]
        yield Choice(value, texts_of(one.get("text"), str(value)), missing)
    for shown, key_, default, missing in (
        ("showDontKnowItem", "dontKnowText", "dontknow", "dont_know"),
        ("showRefuseItem", "refuseText", "refused", REFUSED),
        ("showNoneItem", "noneText", "none", ""),
        ("showOtherItem", "otherText", "other", ""),
    ):
        if element.get(shown):
            yield Choice(default, texts_of(element.get(key_) or WORDS[key_], default), missing)


def _shape(choices: Sequence[Choice]) -> Shape:
    given = [choice.value for choice in choices if not choice.missing]
    return "number" if given and all(isinstance(one, int | float) for one in given) else "text"
