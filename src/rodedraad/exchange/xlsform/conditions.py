"""What does a condition of an XLSForm say in SurveyJS?"""

import re
from collections.abc import Mapping

from rodedraad.exchange.expressions.dialects import XPATH
from rodedraad.exchange.expressions.syntax import (
    Call,
    Name,
    Node,
    NotUnderstood,
    Op,
    Several,
    Value,
    parsed,
)
from rodedraad.exchange.expressions.writing import surveyjs_written
from rodedraad.exchange.xlsform.tree import Asked, Choice

SAME = {"if": "iif", "now": "currentdate", "int": "trunc"}
OF_NUMBERS = frozenset({"round", "min", "max", "sum", "iif", "today", "currentdate", "trunc"})
UNCHANGED = frozenset({"string", "number", "date", "boolean"})
PIPE = re.compile(r"\$\{([^}]+)\}")


class Conditions:
    """Translates conditions, knowing which questions there are."""

    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self.asked = asked

    def written(self, text: str, about: Asked | None) -> str:
        """Return a condition as SurveyJS writes it.

        Raises
        ------
        NotUnderstood
            When something in it cannot be carried over.
        """
        return surveyjs_written(self.tree(text, about))

    def tree(self, text: str, about: Asked | None) -> Node:
        """Return the tree of a condition in the terms of SurveyJS."""
        return self.terms(parsed(text, XPATH), about)

    def terms(self, node: Node, about: Asked | None) -> Node:
        """Return a tree of XPath in the terms of SurveyJS."""
        return _Terms(self, about, None).of(node)

    def name_of(self, wanted: str, about: Asked | None, *, here: object = None) -> str | None:
        """Return how a question is asked for; None when it is not there to be asked for."""
        one = self.asked.get(wanted)
        if one is None and wanted.endswith("_other"):
            one = self.asked.get(wanted.removesuffix("_other"))
            if one is not None and one.kind.other and one.repeat is None:
                return f"{one.name}-Comment"
            one = None
        if one is None or one.element == "note":
            return None
        home = about.repeat if about is not None else here
        if one.repeat is None:
            return one.name
        return f"panel.{one.name}" if one.repeat is home else None

    def filtered(self, text: str, choices: list[Choice], about: Asked) -> str:
        """Return ``choicesVisibleIf`` of a filter: under which condition each choice is there."""
        tree = parsed(text, XPATH)
        by_choice: dict[str, list[str]] = {}
        for choice in choices:
            terms = _Terms(self, about, {**choice.columns, "name": choice.value})
            found = _folded(terms.of(tree))
            said = by_choice.setdefault(choice.value, [])
            if not isinstance(found, Value):
                said.append(surveyjs_written(found))
            elif found.value:
                said.append("")
        by_condition: dict[str, list[str]] = {}
        for value, said in by_choice.items():
            if said:
                whole = "" if "" in said else " or ".join(dict.fromkeys(said))
                by_condition.setdefault(whole, []).append(value)
        parts = [_among(values, condition) for condition, values in by_condition.items()]
        return " or ".join(f"({part})" for part in parts) or "{item} = ''"


def _among(values: list[str], condition: str) -> str:
    listed = Several(tuple(Value(one) for one in dict.fromkeys(values)))
    among = surveyjs_written(Op("anyof", Name("item"), listed))
    return f"{among} and ({condition})" if condition else among


class _Terms:
    """One condition; ``columns`` are those of the choice it is asked of."""

    def __init__(
        self, conditions: Conditions, about: Asked | None, columns: Mapping[str, str] | None
    ) -> None:
        self.conditions = conditions
        self.about = about
        self.columns = columns

    def of(self, node: Node) -> Node:
        if isinstance(node, Name):
            return self.name(node)
        if isinstance(node, Op):
            return self.op(node)
        if isinstance(node, Call):
            return self.call(node)
        if isinstance(node, Several):
            raise NotUnderstood("a list")
        return node

    def name(self, node: Name) -> Node:
        if node.kind == "bare":
            if node.name.lower() in ("true", "false") and node.name not in (self.columns or ()):
                return Value(node.name.lower() == "true")
            if self.columns is None:
                raise NotUnderstood(node.name)
            return Value(self.columns.get(node.name.lower(), self.columns.get(node.name, "")))
        wanted = self.target(node)
        if wanted is None:
            raise NotUnderstood(node.name or ".")
        return Name(wanted)

    def target(self, node: Name) -> str | None:
        if node.kind != "self":
            return self.conditions.name_of(node.name, self.about)
        if self.about is None:
            return None
        return f"panel.{self.about.name}" if self.about.repeat else self.about.name

    def several(self, node: Node) -> bool:
        if not isinstance(node, Name):
            return False
        one = self.about if node.kind == "self" else self.conditions.asked.get(node.name)
        return one is not None and one.element in ("several", "acknowledge")

    def op(self, node: Op) -> Node:
        left, right = self.of(node.left), self.of(node.right)
        if node.op in ("=", "!="):
            if right == Value(""):
                return Call("empty" if node.op == "=" else "notempty", (left,))
            if self.several(node.left) and isinstance(right, Value):
                right = Several((right,))
        return Op(node.op, left, right)

    def call(self, node: Call) -> Node:  # noqa: PLR0911 one for each function
        name = SAME.get(node.name, node.name)
        if name in ("true", "false") and not node.given:
            return Value(name == "true")
        if name == "selected" and len(node.given) == 2:
            return self.selected(*node.given)
        if name in ("count-selected", "string-length") and len(node.given) == 1:
            return Call("length", (self.of(node.given[0]),))
        if name == "jr:choice-name" and node.given:
            return Call("displayvalue", (Value(self.named(node.given[0])),))
        given = tuple(self.of(one) for one in node.given)
        if name in UNCHANGED and len(given) == 1:
            return given[0]
        if name == "coalesce" and len(given) == 2:
            return Call("iif", (Call("notempty", given[:1]), *given))
        if name == "concat" and any(isinstance(one, Value) for one in given):
            whole = given[0]
            for one in given[1:]:
                whole = Op("+", whole, one)
            return whole
        if name in OF_NUMBERS or name == "not":
            return Call(name, given)
        raise NotUnderstood(f"{node.name}()")

    def named(self, node: Node) -> str:
        found = self.target(node) if isinstance(node, Name) else None
        if found is None or found.startswith("panel."):
            raise NotUnderstood("jr:choice-name()")
        return found

    def selected(self, about: Node, value: Node) -> Node:
        left, right = self.of(about), self.of(value)
        if isinstance(left, Value):
            listed = tuple(Value(one) for one in str(left.value or "").split())
            return Op("anyof", right, Several(listed))
        return Op("contains" if self.several(about) else "=", left, right)


def _folded(node: Node) -> Node:  # noqa: PLR0911 one for each kind of node
    """Work out what is already known, so that a filter shrinks to what depends on answers."""
    if isinstance(node, Call):
        given = tuple(_folded(one) for one in node.given)
        if len(given) == 1 and isinstance(given[0], Value) and node.name in CALLS_KNOWN:
            return Value(CALLS_KNOWN[node.name](given[0].value))
        return Call(node.name, given)
    if not isinstance(node, Op):
        return node
    left, right = _folded(node.left), _folded(node.right)
    if node.op in ("and", "or"):
        return _joined(node.op, left, right)
    if isinstance(left, Value) and isinstance(right, Value) and node.op in ("=", "!="):
        return Value((str(left.value) == str(right.value)) == (node.op == "="))
    if isinstance(left, Value) and isinstance(right, Several) and node.op == "anyof":
        return Value(str(left.value) in {str(getattr(one, "value", "")) for one in right.items})
    return Op(node.op, left, right)


CALLS_KNOWN = {
    "not": lambda value: not value,
    "empty": lambda value: value in (None, ""),
    "notempty": lambda value: value not in (None, ""),
}


def _joined(op: str, left: Node, right: Node) -> Node:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Value):
            decides = bool(one.value) == (op == "or")
            return Value(op == "or") if decides else other
    return Op(op, left, right)
