"""How does a survey of LimeSurvey become a questionnaire of ours?

Every question of the file is carried over or reported; what of it is lost is noted.
"""

import re
from collections.abc import Mapping
from typing import Any

from rodedraad.exchange.expressions.syntax import NotUnderstood
from rodedraad.exchange.limesurvey.conditions import Conditions
from rodedraad.exchange.limesurvey.elements import Element, element_of, targets_of
from rodedraad.exchange.limesurvey.settings import Settings
from rodedraad.exchange.limesurvey.tables import Group, Question, structure_read
from rodedraad.exchange.questionnaire.definition import manners
from rodedraad.exchange.questionnaire.names import Names
from rodedraad.exchange.questionnaire.result import Account, ReadSurvey
from rodedraad.exchange.questionnaire.texts import (
    by_language,
    has_lost,
    piped,
    plain_text,
    rich_text,
)

PIPE = re.compile(r"\{(?=[^\s}])([^{}]*)\}")
WHOLE = re.compile(r"^\s*\{(.*)\}\s*$", re.DOTALL)
ALWAYS = ("", "1")
LISTS = ("choices", "rows", "columns", "items")


def limesurvey_read(content: bytes) -> ReadSurvey:
    """Return the questionnaire in a .lss, .lsg or .lsq file, with the account of what is lost.

    Raises
    ------
    SurveyFileRefused
        When the file is no such file, damaged, too large, or can hide an attack.
    """
    structure = structure_read(content)
    account = Account()
    reader = _Reader(account, structure.language)
    reader.know(structure.groups)
    pages = [page for group in structure.groups if (page := reader.page(group))["elements"]]
    definition: dict[str, Any] = manners() | {
        "title": by_language(structure.titles, structure.language),
        "pages": pages,
    }
    if reader.calculated:
        definition["calculatedValues"] = reader.calculated
    for quota in structure.quotas:
        account.note(quota, "quota")
    return account.read("limesurvey", definition)


class _Reader:
    def __init__(self, account: Account, language: str) -> None:
        self.account = account
        self.language = language
        self.names = Names()
        self.given: dict[str, str] = {}
        self.conditions = Conditions()
        self.settings = Settings(self.conditions, account, self.texts)
        self.calculated: list[Element] = []

    def know(self, groups: list[Group]) -> None:
        """Give every question its name before conditions ask for it."""
        for question in (one for group in groups for one in group.questions):
            name = self.names.give(question.title)
            self.given[question.qid] = name
            if name != question.title:
                self.account.note(name, "renamed", question.title)
            if self._calculation(question) is not None or self._has_element(question, name):
                self.conditions.know(question, targets_of(question, name))

    def _has_element(self, question: Question, name: str) -> bool:
        element = element_of(question, name, self.quiet)
        return element is not None and all(element.get(one, True) for one in LISTS)

    def quiet(self, texts: Mapping[str, str]) -> Any:
        """Return texts without looking at what is in them."""
        return by_language(texts, self.language)

    def texts(self, texts: Mapping[str, str], name: str = "", *, rich: bool = False) -> Any:
        """Return a text in all its languages, plain or as safe HTML, with answers it quotes."""
        told: dict[str, str] = {}
        for language, text in texts.items():
            if has_lost(text):
                self.account.note(name, "markup", text)
            put, lost = piped(text, PIPE, self.conditions.piped)
            if lost:
                self.account.note(name, "text-expression", text)
            told[language] = rich_text(put) if rich else plain_text(put)
        return by_language(told, self.language)

    def page(self, group: Group) -> Element:
        """Return a group as a page."""
        name = self.names.give(f"groep_{group.gid}")
        elements = [one for question in group.questions if (one := self.element(question))]
        page: Element = {"name": name, "elements": elements}
        if title := self.texts(group.texts, name):
            page["title"] = title
        if about := self.texts(group.about, name):
            page["description"] = about
        if group.relevance not in ALWAYS:
            condition = self.settings.condition(group.relevance, name, "relevance")
            page |= {"visibleIf": condition} if condition else {}
        return page

    def element(self, question: Question) -> Element | None:
        """Return a question as element; None when it is calculated or lost."""
        name = self.given[question.qid]
        if question.kind == "*":
            self._calculated(question, name)
            return None
        if question.kind == "X":
            element: Element = {"type": "html", "name": name}
            element["html"] = self.texts(question.texts, name, rich=True) or ""
        else:
            made = element_of(question, name, lambda texts: self.texts(texts, name))
            if made is None:
                self.account.lose(name, "kind", f"type {question.kind}")
                return None
            if not all(made.get(one, True) for one in LISTS):
                self.account.lose(name, "no-choices", f"type {question.kind}")
                return None
            element = made
            if title := self.texts(question.texts, name):
                element["title"] = title
        if about := self.texts(question.helps, name):
            element["description"] = about
        self.settings.put(question, element)
        self.account.carry()
        return element

    def _calculation(self, question: Question) -> str | None:
        if question.kind != "*":
            return None
        told = question.attributes.get("equation") or next(iter(question.texts.values()), "")
        bare = plain_text(told)
        whole = WHOLE.match(bare)
        text = whole.group(1) if whole else bare
        return None if "{" in text or "}" in text else text

    def _calculated(self, question: Question, name: str) -> None:
        text = self._calculation(question)
        try:
            if not text:
                raise NotUnderstood("a text with calculations in it")
            expression = self.conditions.written(text)
        except NotUnderstood as fault:
            self.conditions.forget(question)
            told = text or next(iter(question.texts.values()), "")
            self.account.lose(name, "calculation", f"{told} ({fault.told})")
            return
        self.calculated.append({"name": name, "expression": expression})
        self.account.carry()
