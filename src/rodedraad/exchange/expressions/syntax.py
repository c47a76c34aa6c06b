"""What is said in a condition? A small tree, the same for every dialect."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LONGEST = 5_000
DEEPEST = 60


class NotUnderstood(Exception):
    """A condition, or a part of it, that we cannot carry over; ``told`` says which."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told[:120]


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a text that stands in the condition; ``None`` is nothing."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Name:
    """What a condition asks for: a question, or a column of choices; ``kind`` says which.

    Kinds: ``question``, ``bare`` (a name without marks), ``self`` (the question itself).
    """

    name: str
    kind: str = "question"


@dataclass(frozen=True, slots=True)
class Call:
    """A function with what it is given."""

    name: str
    given: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Op:
    """Two sides and what is between them."""

    op: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values."""

    items: tuple["Node", ...]


Node = Value | Name | Call | Op | Several


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a dialect writes: its marks as one pattern, and its operators by their common name."""

    marks: re.Pattern[str]
    binary: Mapping[str, str]
    nots: frozenset[str] = frozenset()
    after: Mapping[str, str] = field(default_factory=dict)
    escapes: bool = False


STRENGTH = {
    "or": 1, "and": 2,
    "=": 4, "!=": 4, "<": 5, "<=": 5, ">": 5, ">=": 5,
    "contains": 5, "notcontains": 5, "anyof": 5, "allof": 5,
    "+": 6, "-": 6, "*": 7, "/": 7, "%": 7,
}  # fmt: skip
NOT_STRENGTH = 8


def parsed(text: str, dialect: Dialect) -> Node:
    """Return the tree of a condition.

    Raises
    ------
    NotUnderstood
        At the first mark that the dialect does not have here.
    """
    if len(text) > LONGEST:
        raise NotUnderstood("it is too long")
    return _Parser(_tokens(text, dialect), dialect).whole()


def _tokens(text: str, dialect: Dialect) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = dialect.marks.match(text, at)
        if match is None or match.end() == at:
            raise NotUnderstood(text[at : at + 40])
        if match.lastgroup != "space":
            found.append((str(match.lastgroup), match.group()))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: Sequence[tuple[str, str]], dialect: Dialect) -> None:
        self.tokens = tokens
        self.dialect = dialect
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.part(0)
        if self.at < len(self.tokens):
            raise NotUnderstood(self.tokens[self.at][1])
        return node

    def part(self, strength: int) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("it is nested too deep")
        left = self.first()
        while (found := self.between()) is not None:
            if (name := self.dialect.after.get(found)) is not None:
                self.at += 1
                left = Call(name, (left,))
                continue
            op = self.dialect.binary[found]
            if STRENGTH[op] <= strength:
                break
            self.at += 1
            left = Op(op, left, self.part(STRENGTH[op]))
        self.depth -= 1
        return left

    def between(self) -> str | None:
        """Return the operator that comes next, if one does."""
        if self.at >= len(self.tokens):
            return None
        kind, text = self.tokens[self.at]
        text = text.lower()
        known = text in self.dialect.binary or text in self.dialect.after
        return text if kind in ("op", "name") and known else None

    def first(self) -> Node:  # noqa: PLR0911 one line for each mark
        kind, text = self.next()
        if text == "(":
            inside = self.part(0)
            self.must(")")
            return inside
        if text == "[":
            return Several(self.listed("]"))
        if text == "-" and kind == "op":
            about = self.part(NOT_STRENGTH)
            if isinstance(about, Value) and isinstance(about.value, int | float):
                return Value(-about.value)
            return Op("-", Value(0), about)
        if text.lower() in self.dialect.nots and not (kind == "name" and self.peek() == "("):
            return Call("not", (self.part(NOT_STRENGTH),))
        if kind == "number":
            return Value(float(text) if "." in text else int(text))
        if kind == "text":
            return Value(_unquoted(text, escapes=self.dialect.escapes))
        if kind == "question":
            return Name(text.strip("${} "))
        if kind == "path":
            return Name(text.rsplit("/", 1)[-1])
        if kind == "self":
            return Name("", "self")
        if kind == "name" and self.peek() == "(":
            self.at += 1
            return Call(text.lower(), self.listed(")"))
        if kind == "name":
            return Name(text, "bare")
        raise NotUnderstood(text)

    def listed(self, end: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while self.peek() != end:
            items.append(self.part(0))
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != end:
                raise NotUnderstood(self.peek() or "it ends too soon")
        self.at += 1
        return tuple(items)

    def next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise NotUnderstood("it ends too soon")
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str | None:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def must(self, text: str) -> None:
        if self.next()[1] != text:
            raise NotUnderstood(f"a {text} is missing")


def _unquoted(text: str, *, escapes: bool) -> str:
    inside = text[1:-1]
    return re.sub(r"\\(.)", r"\1", inside) if escapes else inside
