"""Which element of SurveyJS does a row of an XLSForm become?"""

import re
from typing import Any

from rodedraad.exchange.expressions.dialects import XPATH
from rodedraad.exchange.expressions.syntax import Call, Name, Node, NotUnderstood, Op, Value, parsed
from rodedraad.exchange.expressions.writing import surveyjs_written
from rodedraad.exchange.questionnaire.result import Account
from rodedraad.exchange.questionnaire.texts import (
    by_language,
    has_lost,
    piped,
    plain_text,
    rich_text,
)
from rodedraad.exchange.xlsform.conditions import PIPE, Conditions
from rodedraad.exchange.xlsform.rows import MEDIA, NO, YES, Row
from rodedraad.exchange.xlsform.tree import Asked, Block, Choice, Form

Element = dict[str, Any]
MANY_CHOICES = 15
INPUTS = {"number": "number", "date": "date", "time": "time", "datetime": "datetime-local",
          "phone": "tel"}  # fmt: skip
FILES = {"photo": "image/*", "image": "image/*", "picture": "image/*", "audio": "audio/*",
         "video": "video/*"}  # fmt: skip
MOST_OF = {"percentage": 100, "number of days in last month": 31,
           "number of days in last six months": 183,
           "number of days in last year": 365}  # fmt: skip
HANDLED = frozenset({
    "minimal", "autocomplete", "autocomplete_chars", "quick", "multiline", "field-list",
    "table-list", "label", "list-nolabel", "search",
})  # fmt: skip
DROPDOWNS = ("minimal", "autocomplete", "autocomplete_chars", "search")
BOUNDS = {">=": "min", "<=": "max"}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
YES_CHOICE = "OK"


class Elements:
    """Makes elements of rows and groups, and notes what of these is lost."""

    def __init__(self, form: Form, account: Account) -> None:
        self.form = form
        self.account = account
        self.conditions = Conditions(form.asked)
        self.calculated: list[Element] = []
        self.here: Block | None = None

    def text(self, row: Row, column: str, about: Asked | None, name: str) -> dict[str, str] | str:
        """Return a text in all its languages, with the answers it quotes."""
        told: dict[str, str] = {}
        for language, text in row.texts.get(column, {}).items():
            if has_lost(text):
                self.account.note(name, "markup", column)
            put, lost = piped(
                plain_text(text),
                PIPE,
                lambda wanted: self.conditions.name_of(wanted, about, here=self.here),
            )
            if lost:
                self.account.note(name, "text-expression", text)
            told[language] = put
        return by_language(told, self.form.language)

    def condition(self, text: str, about: Asked | None, name: str, reason: str) -> str:
        """Return a condition as SurveyJS writes it; empty, and noted, when that cannot be."""
        try:
            return self.conditions.written(text, about)
        except NotUnderstood as fault:
            self.account.note(name, reason, f"{text} ({fault.told})")
            return ""

    def made(self, one: Asked) -> Element | None:
        """Return the element of a row; None when it becomes a calculated value or is lost."""
        if one.element in ("calculate", "today", "hidden"):
            self._calculate(one)
            return None
        if one.element in ("one", "several", "rank"):
            element = self._choices(one)
        else:
            element = self._plain(one)
        if element is None:
            return None
        self._common(one, element)
        self.account.carry()
        return element

    def _calculate(self, one: Asked) -> None:
        text = "today()" if one.element == "today" else one.row["calculation"]
        if one.element == "hidden" and not text:
            default = one.row["default"]
            if not default:
                self.account.lose(one.name, "kind", "hidden")
                return
            text = f"'{default}'" if "'" not in default else f'"{default}"'
        try:
            if one.repeat is not None:
                raise NotUnderstood("inside a repeat")
            if not text:
                raise NotUnderstood("there is no calculation")
            expression = self.conditions.written(text, one)
        except NotUnderstood as fault:
            self.account.lose(one.name, "calculation", f"{text} ({fault.told})")
            return
        self.calculated.append({"name": one.name, "expression": expression})
        self.account.carry()

    def _plain(self, one: Asked) -> Element | None:
        row, kind = one.row, one.element
        if kind == "note":
            label = row.texts.get("label", {})
            told = self.text(row, "label", one, one.name)
            if not label and not any(column in row.texts for column in MEDIA):
                told = ""
            return {"type": "html", "name": one.name, "html": _each(told, rich_text)}
        if kind == "acknowledge":
            return {"type": "checkbox", "name": one.name, "choices": [YES_CHOICE]}
        if kind == "file":
            accepted = FILES.get(one.kind.word)
            return {"type": "file", "name": one.name} | (
                {"acceptedTypes": accepted} if accepted else {}
            )
        if kind == "range":
            return {"type": "slider", "name": one.name, **_parameters(row["parameters"])}
        if kind == "text" and ("multiline" in row["appearance"] or row["rows"]):
            return {"type": "comment", "name": one.name}
        element: Element = {"type": "text", "name": one.name}
        if kind in INPUTS:
            element["inputType"] = INPUTS[kind]
        if one.kind.word in ("integer", "int"):
            element["step"] = 1
        if one.kind.word in MOST_OF:
            element |= {"min": 0, "max": MOST_OF[one.kind.word]}
        return element

    def _choices(self, one: Asked) -> Element | None:
        listed = self.form.lists.get(one.kind.about)
        if not listed:
            self.account.lose(one.name, "choices", one.kind.about)
            return None
        filter_text = one.row["choice_filter"]
        choices: list[Any] = []
        seen: set[str] = set()
        for choice in listed:
            if choice.value in seen:
                if not filter_text:
                    self.account.note(one.kind.about, "choices", choice.value)
                continue
            seen.add(choice.value)
            choices.append(self._choice(choice, one))
        kind = {"one": "radiogroup", "several": "checkbox", "rank": "ranking"}[one.element]
        if one.element == "one" and (
            any(word in one.row["appearance"].split() for word in DROPDOWNS)
            or len(choices) > MANY_CHOICES
        ):
            kind = "dropdown"
        element: Element = {"type": kind, "name": one.name, "choices": choices}
        if one.kind.other and "other" not in seen:
            element["showOtherItem"] = True
        if filter_text:
            self._filter(one, listed, element)
        return element

    def _choice(self, choice: Choice, one: Asked) -> Any:
        told = self.text(Row(0, {}, {"label": dict(choice.texts)}), "label", one, one.name)
        return {"value": choice.value, "text": told} if told else choice.value

    def _filter(self, one: Asked, listed: list[Choice], element: Element) -> None:
        text = one.row["choice_filter"]
        try:
            element["choicesVisibleIf"] = self.conditions.filtered(text, listed, one)
        except NotUnderstood as fault:
            self.account.note(one.name, "choice-filter", f"{text} ({fault.told})")

    def _common(self, one: Asked, element: Element) -> None:
        row = one.row
        if element["type"] != "html" and (title := self.text(row, "label", one, one.name)):
            element["title"] = title
        if hint := self.text(row, "hint", one, one.name):
            element["description"] = hint
        if row["relevant"] and (
            told := self.condition(row["relevant"], one, one.name, "relevance")
        ):
            element["visibleIf"] = told
        if element["type"] != "html":
            self._required(one, element)
            self._default(one, element)
            if row["constraint"]:
                self._constraint(one, element)
            if row["calculation"]:
                self.account.note(one.name, "default", row["calculation"])
            if row["readonly"].lower() not in NO:
                element["readOnly"] = True
        for column in MEDIA:
            if column in row.texts:
                self.account.note(one.name, "media", "; ".join(row.texts[column].values()))
        strange = [word for word in row["appearance"].split() if word not in HANDLED]
        if strange:
            self.account.note(one.name, "appearance", " ".join(strange))
        if row["parameters"] and element["type"] != "slider":
            self.account.note(one.name, "attribute", f"parameters: {row['parameters']}")

    def _required(self, one: Asked, element: Element) -> None:
        told = one.row["required"]
        if told.lower() in YES:
            element["isRequired"] = True
        elif told.lower() not in NO and (
            written := self.condition(told, one, one.name, "required")
        ):
            element["requiredIf"] = written
        if message := self.text(one.row, "required_message", one, one.name):
            element["requiredErrorText"] = message

    def _default(self, one: Asked, element: Element) -> None:
        told = one.row["default"]
        if not told:
            return
        value = _default_value(one, element, told)
        if value is None:
            self.account.note(one.name, "default", told)
        else:
            element["defaultValue"] = value

    def _constraint(self, one: Asked, element: Element) -> None:
        text = one.row["constraint"]
        message = self.text(one.row, "constraint_message", one, one.name)
        try:
            for part in _conjuncts(parsed(text, XPATH)):
                self._check(part, one, element, message)
        except NotUnderstood as fault:
            self.account.note(one.name, "constraint", f"{text} ({fault.told})")

    def _check(self, part: Node, one: Asked, element: Element, message: Any) -> None:
        told = {"text": message} if message else {}
        validators = element.setdefault("validators", [])
        if pattern := _pattern(part):
            validators.append({"type": "regex", "regex": pattern, **told})
        elif bound := _bound(part, element):
            element[bound[0]] = bound[1]
            if message:
                element[f"{bound[0]}ErrorText"] = message
        else:
            own = f"panel.{one.name}" if one.repeat else one.name
            said = surveyjs_written(self.conditions.terms(part, one))
            validators.append(
                {"type": "expression", "expression": f"{{{own}}} empty or ({said})", **told}
            )
        if not validators:
            del element["validators"]


def _each(told: dict[str, str] | str, change: Any) -> dict[str, str] | str:
    return (
        {code: change(text) for code, text in told.items()}
        if isinstance(told, dict)
        else (change(told) if told else "")
    )


def _parameters(told: str) -> Element:
    given = dict(re.findall(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)", told))
    number = {name: float(value) if "." in value else int(value) for name, value in given.items()}
    return {
        "min": number.get("start", 1), "max": number.get("end", 10), "step": number.get("step", 1)
    }  # fmt: skip


def _default_value(one: Asked, element: Element, told: str) -> Any:  # noqa: PLR0911
    if "${" in told or "(" in told:
        return None
    if "choices" in element:
        known = {str(c["value"]) if isinstance(c, dict) else c for c in element["choices"]}
        given = told.split() if one.element != "one" else [told]
        if element["type"] == "ranking" or not set(given) <= known:
            return None
        return told if one.element == "one" else given
    if element["type"] in ("slider",) or element.get("inputType") == "number":
        try:
            return float(told) if "." in told else int(told)
        except ValueError:
            return None
    if element["type"] == "file" or element.get("inputType") in ("time", "datetime-local"):
        return None
    if element.get("inputType") == "date":
        return told[:10] if DATE.match(told) else None
    return told


def _conjuncts(node: Node) -> list[Node]:
    if isinstance(node, Op) and node.op == "and":
        return [*_conjuncts(node.left), *_conjuncts(node.right)]
    return [node]


def _pattern(node: Node) -> str | None:
    if not isinstance(node, Call) or node.name != "regex" or len(node.given) != 2:
        return None
    about, pattern = node.given
    is_self = isinstance(about, Name) and about.kind == "self"
    return str(pattern.value) if is_self and isinstance(pattern, Value) else None


def _bound(node: Node, element: Element) -> tuple[str, Any] | None:
    """Return the least or most a number may be, when that is all a check says."""
    if not isinstance(node, Op) or element.get("inputType") != "number":
        return None
    left, right, op = node.left, node.right, node.op
    if isinstance(left, Value):
        left, right, op = right, left, {">=": "<=", "<=": ">="}.get(op, "")
    if op not in BOUNDS or not isinstance(left, Name) or left.kind != "self":
        return None
    if not isinstance(right, Value) or not isinstance(right.value, int | float):
        return None
    return None if BOUNDS[op] in element else (BOUNDS[op], right.value)
