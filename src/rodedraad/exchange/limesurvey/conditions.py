"""What does a condition of LimeSurvey say in SurveyJS?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rodedraad.exchange.expressions.dialects import LIMESURVEY
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
from rodedraad.exchange.limesurvey.tables import Question, Row

PLACE = re.compile(r"(\d+)X(\d+)X(\w+)")
SAME = {"if": "iif", "floor": "trunc", "intval": "trunc", "strlen": "length", "now": "currentdate"}
KNOWN = frozenset({"iif", "round", "trunc", "min", "max", "sum", "today"})
PLAIN_ATTRIBUTES = frozenset({"NAOK", "value", "code", "valueNAOK"})
OTHER = "-oth-"


@dataclass(frozen=True, slots=True)
class Target:
    """What a name of LimeSurvey stands for: a value, or that a choice is among those ticked."""

    name: str
    choice: str | None = None


class Conditions:
    """Translates conditions, knowing what each name of the file stands for."""

    def __init__(self) -> None:
        self.targets: dict[str, Target] = {}
        self.by_id: dict[str, Question] = {}

    def know(self, question: Question, targets: Mapping[str, Target]) -> None:
        """Remember what the names of a question stand for; ``""`` is the question itself."""
        self.by_id[question.qid] = question
        for part, target in targets.items():
            self.targets[f"{question.title}_{part}" if part else question.title] = target
            self.targets[f"#{question.qid}_{part}"] = target

    def forget(self, question: Question) -> None:
        """No longer know a question: it turned out that it cannot be carried over."""
        self.targets.pop(question.title, None)
        self.targets.pop(f"#{question.qid}_", None)

    def source(self, code: str) -> str | None:
        """Return the name of a question with ticked choices that filters another, if there is."""
        prefix = f"{code}_"
        for name, target in self.targets.items():
            if name.startswith(prefix) and target.choice is not None:
                return target.name
        return None

    def written(self, text: str, itself: str = "") -> str:
        """Return a condition as SurveyJS writes it.

        Raises
        ------
        NotUnderstood
            When something in it cannot be carried over.
        """
        return surveyjs_written(self.tree(text, itself))

    def tree(self, text: str, itself: str = "") -> Node:
        """Return the tree of a condition in the terms of SurveyJS."""
        return _truth(self._of(parsed(text, LIMESURVEY), itself))

    def target(self, told: str) -> Target | None:
        """Return what a name stands for, whether written by code or by place in the file."""
        name, _, attribute = told.partition(".")
        if attribute and attribute not in PLAIN_ATTRIBUTES:
            return None
        if match := PLACE.fullmatch(name):
            return self._placed(match.group(3))
        return self.targets.get(name)

    def _placed(self, told: str) -> Target | None:
        for end in range(len(told), 0, -1):
            if told[:end] in self.by_id:
                found = self.targets.get(f"#{told[:end]}_{told[end:]}")
                if found is not None:
                    return found
        return None

    def piped(self, told: str) -> str | None:
        """Return the name under which a text can quote an answer."""
        name = told.removesuffix(".shown").removeprefix("INSERTANS:")
        found = self.target(name)
        return found.name if found is not None and found.choice is None else None

    def of_rows(self, rows: list[Row], itself: str = "") -> str:
        """Return the condition that the table of conditions of a question says."""
        scenarios: dict[str, dict[str, list[str]]] = {}
        for row in rows:
            about = row.get("cfieldname", "").lstrip("+")
            method = row.get("method", "==").strip() or "=="
            if method not in ("==", "!=", "<", "<=", ">", ">="):
                raise NotUnderstood(method)
            value = row.get("value", "").strip()
            choice = self._placed(about.rpartition("X")[2])
            if choice is not None and choice.choice is not None:
                value = "Y"
            quoted = '"' + value.replace('"', '\\"') + '"'
            said = f"{about} {method} {quoted}"
            scenario = scenarios.setdefault(row.get("scenario", "1"), {})
            scenario.setdefault(row.get("cqid", about), []).append(said)
        parts = [
            " and ".join("(" + " or ".join(said) + ")" for said in one.values())
            for one in scenarios.values()
        ]
        return self.written(" or ".join(f"({part})" for part in parts), itself)

    def _of(self, node: Node, itself: str) -> "Node | Target":
        if isinstance(node, Name):
            return self._name(node.name, itself)
        if isinstance(node, Op):
            return _compared(node.op, self._of(node.left, itself), self._of(node.right, itself))
        if isinstance(node, Call):
            return self._call(node, itself)
        return node

    def _name(self, told: str, itself: str) -> "Node | Target":
        if told in ("this", "this.NAOK", "self", "self.NAOK") and itself:
            return Name(itself)
        name, _, attribute = told.partition(".")
        if attribute == "shown":
            found = self.target(name)
            if found is not None and found.choice is None and "." not in found.name:
                return Call("displayvalue", (Value(found.name),))
        target = self.target(told)
        if target is None:
            raise NotUnderstood(told)
        return target if target.choice is not None else Name(target.name)

    def _call(self, node: Call, itself: str) -> Node:  # noqa: PLR0911 one for each function
        name = SAME.get(node.name, node.name)
        given = [self._of(one, itself) for one in node.given]
        if name in ("is_empty", "empty") and len(given) == 1:
            return _emptiness(given[0])
        if name == "not" and len(given) == 1:
            return Call("not", (_truth(given[0]),))
        if name == "count" and given:
            return _sum([Call("not", (_emptiness(one),)) for one in given])
        if name == "countif" and len(given) > 1:
            about = given[0]
            return _sum([_compared("=", one, about) for one in given[1:]])
        if name == "pi" and not given:
            return Value(3.141592653589793)
        if name == "length" and len(given) == 1 and isinstance(given[0], Name):
            return Call("length", (given[0],))
        if name not in KNOWN:
            raise NotUnderstood(f"{node.name}()")
        return Call(name, tuple(_truth(one) for one in given))


def _sum(tests: list[Node]) -> Node:
    return Call("sum", tuple(Call("iif", (test, Value(1), Value(0))) for test in tests))


def _ticked(target: Target) -> Node:
    return Op("contains", Name(target.name), Value(target.choice))


def _truth(node: "Node | Target") -> Node:
    return _ticked(node) if isinstance(node, Target) else node


def _emptiness(node: "Node | Target") -> Node:
    if isinstance(node, Target):
        return Call("not", (_ticked(node),))
    return Call("empty", (node,))


def _compared(op: str, left: "Node | Target", right: "Node | Target") -> Node:
    if isinstance(right, Target) and not isinstance(left, Target):
        left, right = right, left
    if isinstance(left, Target) and op in ("=", "!="):
        told = right.value if isinstance(right, Value) else None
        if told not in ("Y", "", "N"):
            raise NotUnderstood(f"a choice compared with {told}")
        is_ticked = (told == "Y") == (op == "=")
        return _ticked(left) if is_ticked else Call("not", (_ticked(left),))
    one, other = _truth(left), _truth(right)
    if op in ("=", "!=") and isinstance(other, Value):
        if other.value == "":
            return Call("empty" if op == "=" else "notempty", (one,))
        if other.value == OTHER:
            other = Value("other")
    if isinstance(one, Several) or isinstance(other, Several):
        raise NotUnderstood("a list")
    return Op(op, one, other)
