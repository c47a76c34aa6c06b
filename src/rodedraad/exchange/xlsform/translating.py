"""How do conditions and quoted answers of SurveyJS become those of an XLSForm?"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from rodedraad.exchange.expressions.dialects import SURVEYJS
from rodedraad.exchange.expressions.syntax import Call, Name, Node, NotUnderstood, Op, parsed
from rodedraad.exchange.expressions.writing import xpath_written
from rodedraad.exchange.questionnaire.definition import elements_all
from rodedraad.exchange.questionnaire.result import Account

PIPE = re.compile(r"\{([^{}]+)\}")
SEVERAL = ("checkbox", "tagbox")


class Translating:
    """Knows the name in the form of every question of a definition."""

    def __init__(
        self, definition: Mapping[str, Any], account: Account, form_name: Callable[[str], str]
    ) -> None:
        self.account = account
        self.form_name = form_name
        self.names: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        for element in elements_all(definition):
            self.know(element)
        for one in definition.get("calculatedValues", []):
            self.names[str(one["name"])] = self.name(str(one["name"]))

    def know(self, element: Mapping[str, Any]) -> None:
        name = str(element["name"])
        self.kinds[name] = str(element.get("type"))
        for key in (name, f"panel.{name}"):
            self.names[key] = self.name(name)
        for part in element.get("rows") or [] if element.get("type") == "matrix" else []:
            value = str(part["value"] if isinstance(part, dict) else part)
            self.names[f"{name}.{value}"] = self.name(f"{name}_{value}")
        for item in element.get("items") or [] if element.get("type") == "multipletext" else []:
            self.names[f"{name}.{item['name']}"] = self.name(f"{name}_{item['name']}")

    def name(self, wanted: str) -> str:
        """Return the name in the form."""
        return self.form_name(wanted)

    def several(self, name: str) -> bool:
        """Whether people can give more answers to a question."""
        return self.kinds.get(name.removeprefix("panel.")) in SEVERAL

    def piped(self, text: str) -> str:
        """Return a text in which quoted answers are named as the form does."""
        return PIPE.sub(
            lambda found: (
                f"${{{self.names[found[1].strip()]}}}"
                if found[1].strip() in self.names
                else found[0]
            ),
            text,
        )

    def condition(
        self, element: Mapping[str, Any], key: str, reason: str, *, quiet: bool = False
    ) -> str:
        """Return a condition of an element as XPath; empty, and noted, when that cannot be."""
        told = str(element.get(key, ""))
        try:
            return self.written(parsed(told, SURVEYJS))
        except NotUnderstood as fault:
            if not quiet:
                self.account.note(str(element.get("name", "")), reason, f"{told} ({fault.told})")
            return ""

    def written(self, node: Node, itself: str = "") -> str:
        """Return a tree as XPath."""
        return xpath_written(node, self.names, self.several, itself)

    def constraint(self, element: Mapping[str, Any]) -> tuple[str, Any]:
        """Return the checks of a question as one, and the first message of these."""
        parts: list[str] = []
        messages: list[Any] = []
        if element.get("type") == "text":
            for bound, op in (("min", ">="), ("max", "<=")):
                if isinstance(element.get(bound), int | float):
                    parts.append(f". {op} {element[bound]}")
                    messages.append(element.get(f"{bound}ErrorText"))
        for check in element.get("validators", []):
            if (said := self._check(check, element)) is not None:
                parts.append(said)
                messages.append(check.get("text"))
        return " and ".join(parts), next((one for one in messages if one), "")

    def _check(self, check: Mapping[str, Any], element: Mapping[str, Any]) -> str | None:
        name = str(element["name"])
        if check.get("type") == "regex" and "'" not in str(check.get("regex")):
            return f"regex(., '{check['regex']}')"
        if check.get("type") == "expression":
            try:
                return self._expression(str(check.get("expression")), name)
            except NotUnderstood as fault:
                self.account.note(name, "constraint", f"{check['expression']} ({fault.told})")
                return None
        self.account.note(name, "constraint", str(check.get("type")))
        return None

    def _expression(self, told: str, name: str) -> str:
        node = parsed(told, SURVEYJS)
        itself = next((one for one in (name, f"panel.{name}") if f"{{{one}}}" in told), name)
        if isinstance(node, Op) and node.op == "or" and node.left == Call("empty", (Name(itself),)):
            node = node.right
        said = self.written(node, itself)
        return f"({said})" if isinstance(node, Op) and node.op == "or" else said
