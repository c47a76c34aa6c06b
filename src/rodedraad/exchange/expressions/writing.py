"""How is the tree of a condition written for SurveyJS, or as XPath for an XLSForm?"""

from collections.abc import Callable, Mapping

from rodedraad.exchange.expressions.syntax import (
    STRENGTH,
    Call,
    Name,
    Node,
    NotUnderstood,
    Op,
    Several,
    Value,
)

HIGHEST = 9
OF_SURVEYJS = {
    "not": 1, "empty": 1, "notempty": 1, "iif": 3, "round": (1, 2), "trunc": (1, 2), "min": None,
    "max": None, "sum": None, "avg": None, "today": (0, 1), "currentdate": 0, "age": 1,
    "length": 1, "displayvalue": 1, "year": 1, "month": 1, "day": 1,
}  # fmt: skip
SPELLED = {"currentdate": "currentDate", "displayvalue": "displayValue"}


def surveyjs_written(node: Node) -> str:
    """Return a condition as SurveyJS writes it; names are names of questions there.

    Raises
    ------
    NotUnderstood
        At a function that SurveyJS does not have.
    """
    return _surveyjs(node, 0)


def _surveyjs(node: Node, strength: int) -> str:
    if isinstance(node, Value):
        return value_written(node.value)
    if isinstance(node, Name):
        return f"{{{node.name}}}"
    if isinstance(node, Several):
        return "[" + ", ".join(_surveyjs(one, 0) for one in node.items) + "]"
    if isinstance(node, Op):
        own = STRENGTH[node.op]
        op = "<>" if node.op == "!=" else node.op
        text = f"{_surveyjs(node.left, own - 1)} {op} {_surveyjs(node.right, own)}"
        return f"({text})" if own <= strength else text
    return _surveyjs_call(node)


def _surveyjs_call(node: Call) -> str:
    if node.name not in OF_SURVEYJS:
        raise NotUnderstood(f"{node.name}()")
    wanted = OF_SURVEYJS[node.name]
    counts = wanted if isinstance(wanted, tuple) else (wanted,)
    if wanted is not None and len(node.given) not in counts:
        raise NotUnderstood(f"{node.name}() with {len(node.given)} values")
    if node.name == "not":
        return f"!({_surveyjs(node.given[0], 0)})"
    if node.name in ("empty", "notempty"):
        return f"{_surveyjs(node.given[0], HIGHEST)} {node.name}"
    if node.name == "length":
        about = node.given[0]
        if not isinstance(about, Name):
            raise NotUnderstood("the length of something worked out")
        return f"{{{about.name}.length}}"
    given = ", ".join(_surveyjs(one, 0) for one in node.given)
    return f"{SPELLED.get(node.name, node.name)}({given})"


def value_written(value: object) -> str:
    """Return a value as it stands in an expression of SurveyJS."""
    if value is None:
        return "''"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    told = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{told}'"


XPATH_OPS = {"/": "div", "%": "mod"}
XPATH_CALLS = {
    "iif": "if", "round": "round", "min": "min", "max": "max", "sum": "sum", "today": "today",
    "currentdate": "now",
}  # fmt: skip


def xpath_written(
    node: Node, names: Mapping[str, str], several: Callable[[str], bool], itself: str = ""
) -> str:
    """Return a condition as XPath; ``names`` gives each question its name in the form.

    ``several`` tells whether a question has more answers; ``itself`` is written as a full stop.

    Raises
    ------
    NotUnderstood
        At what XLSForm cannot say.
    """
    return _XPath(names, several, itself).text(node, 0)


class _XPath:
    def __init__(
        self, names: Mapping[str, str], several: Callable[[str], bool], itself: str
    ) -> None:
        self.names = names
        self.several = several
        self.itself = itself

    def text(self, node: Node, strength: int) -> str:
        if isinstance(node, Value):
            return self.value(node)
        if isinstance(node, Name):
            return self.name(node)
        if isinstance(node, Several):
            raise NotUnderstood("a list")
        if isinstance(node, Op):
            return self.op(node, strength)
        return self.call(node)

    def value(self, node: Value) -> str:
        if isinstance(node.value, bool):
            return "true()" if node.value else "false()"
        if isinstance(node.value, int | float):
            return repr(node.value)
        told = str(node.value or "")
        if "'" in told and '"' in told:
            raise NotUnderstood("a text with both kinds of quotes")
        return f'"{told}"' if "'" in told else f"'{told}'"

    def name(self, node: Name) -> str:
        if node.kind == "bare" and node.name in ("true", "false"):
            return f"{node.name}()"
        if node.name == "item":
            return "name"
        if node.name == self.itself:
            return "."
        about, dot, part = node.name.rpartition(".")
        if dot and part == "length" and about in self.names:
            how = "count-selected" if self.several(about) else "string-length"
            return f"{how}({self.name(Name(about))})"
        if node.name not in self.names:
            raise NotUnderstood(node.name)
        return f"${{{self.names[node.name]}}}"

    def op(self, node: Op, strength: int) -> str:
        if node.op in ("contains", "notcontains"):
            text = f"selected({self.text(node.left, 0)}, {self.text(node.right, 0)})"
            return text if node.op == "contains" else f"not({text})"
        if node.op in ("anyof", "allof"):
            return self.of(node)
        if isinstance(node.right, Several) and len(node.right.items) == 1:
            node = Op(node.op, node.left, node.right.items[0])
        own = STRENGTH[node.op]
        op = XPATH_OPS.get(node.op, node.op)
        text = f"{self.text(node.left, own - 1)} {op} {self.text(node.right, own)}"
        return f"({text})" if own <= strength else text

    def of(self, node: Op) -> str:
        if not isinstance(node.right, Several) or not node.right.items:
            raise NotUnderstood(node.op)
        if node.op == "anyof" and isinstance(node.left, Name) and not self.several(node.left.name):
            listed = [one.value for one in node.right.items if isinstance(one, Value)]
            if len(listed) == len(node.right.items) and not any(
                " " in str(one) or "'" in str(one) for one in listed
            ):
                said = " ".join(str(one) for one in listed)
                return f"selected('{said}', {self.text(node.left, 0)})"
        word = " or " if node.op == "anyof" else " and "
        about = self.text(node.left, 0)
        parts = [f"selected({about}, {self.text(one, 0)})" for one in node.right.items]
        return f"({word.join(parts)})"

    def call(self, node: Call) -> str:
        if node.name == "not":
            return f"not({self.text(node.given[0], 0)})"
        if node.name in ("empty", "notempty"):
            return f"{self.text(node.given[0], HIGHEST)} {'=' if node.name == 'empty' else '!='} ''"
        if node.name not in XPATH_CALLS:
            raise NotUnderstood(f"{node.name}()")
        given = ", ".join(self.text(one, 0) for one in node.given)
        return f"{XPATH_CALLS[node.name]}({given})"
