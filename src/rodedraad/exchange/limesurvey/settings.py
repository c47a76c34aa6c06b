"""Which settings of a LimeSurvey question have a counterpart, and which are noted as lost?"""

import re
from collections.abc import Callable
from typing import Any

from rodedraad.exchange.expressions.syntax import NotUnderstood
from rodedraad.exchange.limesurvey.conditions import Conditions
from rodedraad.exchange.limesurvey.tables import Question
from rodedraad.exchange.questionnaire.result import Account

Element = dict[str, Any]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
DELIMITED = re.compile(r"^/(.*)/([a-z]*)$", re.DOTALL)
LOOKS = re.compile(
    r"^(?:display_|statistics_|slider_|location_|text_input|time_limit_|cssclass|hide_tip|"
    r"public_statistics|scale_export|page_break|save_as_default|dropdown_|use_dropdown|"
    r"input_size|answer_width|repeat_headings|show_|choice_title|rank_title|reverse|"
    r"keep_aspect|horizontal_scroll|crop_or_resize|fix_|date_|array_filter_style|"
    r"multiflexible_|input_boxes|dualscale_|category_separator|printable_help|"
    r"samechoiceheight|samelistheight|showpopups|placeholder|parent_order|alphasort|"
    r"commented_checkbox|assessment_value|value_range|num_value_int_only|numbers_only|"
    r"other_numbers_only|other_replace_text|other_position|maximum_chars|hidden|random_order|"
    r"mandatory|relevance|equation|em_validation_|min_|max_|array_filter|exclude_all_others|"
    r"allowed_filetypes|other_comment_mandatory|answer_order|subquestion_order|clear_default|"
    r"rating|thousands_separator)"
)
NOTED = re.compile(r"^(?:min_num_value|max_num_value)$|_sgqa$|^min_num_of_files|^max_filesize")


class Settings:
    """Puts the settings of questions on their elements."""

    def __init__(self, conditions: Conditions, account: Account, texts: Callable[..., Any]) -> None:
        self.conditions = conditions
        self.account = account
        self.texts = texts

    def condition(self, text: str, name: str, reason: str, itself: str = "") -> str:
        """Return a condition as SurveyJS writes it; empty, and noted, when that cannot be."""
        try:
            return self.conditions.written(text.strip().strip("{}"), itself)
        except NotUnderstood as fault:
            self.account.note(name, reason, f"{text} ({fault.told})")
            return ""

    def put(self, question: Question, element: Element) -> None:
        """Put the settings of a question on its element, and note those that are lost."""
        given = question.attributes
        self._relevance(question, element)
        if given.get("hidden") == "1":
            element["visible"] = False
        if element["type"] == "html":
            return
        self._required(question, element)
        self._orders(question, element)
        self._bounds(question, element)
        self._checks(question, element)
        self._rows(question, element)
        self._filters(question, element)
        if question.default:
            self._default(question, element)
        if question.kind == "H":
            self.account.note(element["name"], "layout")
        if question.kind == "P":
            self.account.note(element["name"], "comment")
        for name, value in given.items():
            if value in ("", "0") or (LOOKS.match(name) and not NOTED.search(name)):
                continue
            self.account.note(element["name"], "attribute", f"{name}: {value}")

    def _relevance(self, question: Question, element: Element) -> None:
        told = question.values.get("relevance", "")
        if told not in ("", "1"):
            if condition := self.condition(told, element["name"], "relevance"):
                element["visibleIf"] = condition
        elif question.conditions:
            try:
                element["visibleIf"] = self.conditions.of_rows(question.conditions)
            except NotUnderstood as fault:
                self.account.note(element["name"], "relevance", fault.told)

    def _required(self, question: Question, element: Element) -> None:
        told = question.values.get("mandatory", "N")
        if told == "Y":
            every = element["type"] in ("matrix", "matrixdropdown") and "eachRowRequired"
            if every and element["type"] == "matrix":
                element[every] = True
            element["isRequired"] = True
        elif told == "S":
            self.account.note(element["name"], "required", "soft")

    def _orders(self, question: Question, element: Element) -> None:
        given = question.attributes
        if "1" in (given.get("random_order"), given.get("subquestion_order")) or "random" in (
            given.get("answer_order"), given.get("subquestion_order")
        ):  # fmt: skip
            if element["type"] == "matrix":
                element["rowOrder"] = "random"
            elif "choices" in element and element["type"] not in ("matrixdropdown",):
                element["choicesOrder"] = "random"
        exclusive = set(given.get("exclude_all_others", "").split(";")) - {""}
        if exclusive and element["type"] == "checkbox":
            for choice in element["choices"]:
                if isinstance(choice, dict) and choice["value"] in exclusive:
                    choice["isExclusive"] = True

    def _bounds(self, question: Question, element: Element) -> None:
        given, kind = question.attributes, element["type"]
        for ours, theirs in (("min", "min_num_value_n"), ("max", "max_num_value_n")):
            told = given.get(theirs, "")
            if not told or kind not in ("text", "multipletext"):
                continue
            if not NUMBER.fullmatch(told):
                self.account.note(element["name"], "constraint", f"{theirs}: {told}")
                continue
            number = float(told) if "." in told else int(told)
            for one in [element] if kind == "text" else element["items"]:
                one[ours] = number
        for ours, theirs in (("minSelectedChoices", "min_answers"),
                             ("maxSelectedChoices", "max_answers")):  # fmt: skip
            told = given.get(theirs, "")
            if not told:
                continue
            if told.isdigit() and kind in ("checkbox", "ranking"):
                element[ours] = min(int(told), len(element["choices"]))
            else:
                self.account.note(element["name"], "constraint", f"{theirs}: {told}")
        most = given.get("maximum_chars", "")
        if most.isdigit() and int(most) > 0 and kind in ("text", "comment"):
            element["maxLength"] = int(most)

    def _checks(self, question: Question, element: Element) -> None:
        pattern = question.values.get("preg", "")
        if pattern:
            found = DELIMITED.match(pattern)
            bare = found.group(1) if found else pattern
            if element["type"] in ("text", "comment"):
                insensitive = {"caseInsensitive": True} if found and "i" in found.group(2) else {}
                element.setdefault("validators", []).append(
                    {"type": "regex", "regex": bare, **insensitive}
                )
            else:
                self.account.note(element["name"], "constraint", pattern)
        for attribute in ("em_validation_q", "em_validation_sq"):
            told = question.attributes.get(attribute)
            if not told:
                continue
            single = attribute == "em_validation_q" or element["type"] in ("text", "comment")
            if not single:
                self.account.note(element["name"], "constraint", told)
                continue
            said = self.condition(told, element["name"], "constraint", element["name"])
            if said:
                self._check(question, element, attribute, said)

    def _check(self, question: Question, element: Element, attribute: str, said: str) -> None:
        tip = self.texts(question.told.get(f"{attribute}_tip", {}), element["name"])
        empty = f"{{{element['name']}}} empty or ({said})"
        element.setdefault("validators", []).append(
            {"type": "expression", "expression": empty} | ({"text": tip} if tip else {})
        )

    def _rows(self, question: Question, element: Element) -> None:
        """Put the condition of each row on that row."""
        place = "rows" if "rows" in element and element["type"] != "comment" else "choices"
        conditions = {one.code: one.relevance for one in question.subs if one.relevance}
        if not conditions:
            return
        for code, told in conditions.items():
            said = self.condition(told, f"{element['name']}_{code}", "relevance")
            if not said:
                continue
            listed = element.get(place)
            if element["type"] == "multipletext" or not isinstance(listed, list):
                self.account.note(f"{element['name']}_{code}", "relevance", told)
                continue
            for at, one in enumerate(listed):
                if (one["value"] if isinstance(one, dict) else one) == code:
                    whole = one if isinstance(one, dict) else {"value": one}
                    listed[at] = whole | {"visibleIf": said}

    def _filters(self, question: Question, element: Element) -> None:
        said: list[str] = []
        for attribute, op in (("array_filter", "contains"),
                              ("array_filter_exclude", "notcontains")):  # fmt: skip
            for code in filter(None, question.attributes.get(attribute, "").split(";")):
                source = self.conditions.source(code.strip())
                if source is None or element["type"] not in FILTERED:
                    self.account.note(element["name"], "array-filter", f"{attribute}: {code}")
                else:
                    said.append(f"{{{source}}} {op} {{item}}")
        if said:
            element[FILTERED[element["type"]]] = " and ".join(said)

    def _default(self, question: Question, element: Element) -> None:
        told = question.default
        values = [c["value"] if isinstance(c, dict) else c for c in element.get("choices", [])]
        kind = element["type"]
        if kind in ("radiogroup", "dropdown") and told in values:
            element["defaultValue"] = told
        elif kind == "text" and element.get("inputType") == "number" and NUMBER.fullmatch(told):
            element["defaultValue"] = float(told) if "." in told else int(told)
        elif kind in ("text", "comment") and "inputType" not in element and "{" not in told:
            element["defaultValue"] = told
        else:
            self.account.note(element["name"], "default", told)


FILTERED = {
    "checkbox": "choicesVisibleIf",
    "radiogroup": "choicesVisibleIf",
    "ranking": "choicesVisibleIf",
    "matrix": "rowsVisibleIf",
    "matrixdropdown": "rowsVisibleIf",
}
