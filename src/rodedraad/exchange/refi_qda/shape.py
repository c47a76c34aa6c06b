"""How is a thing of the model written in REFI-QDA, and may it be absent?

The classes of ``model`` say of each of their fields how it stands in the file, in the order the
standard asks. The schema, the reader and the writer are all made from that one description.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from functools import cache
from typing import Any

REFERENCE = "targetGUID"
DEEPEST = 64
"""How many things may lie within each other, such as codes below codes."""


class Kind(Enum):
    """What the characters of an attribute mean."""

    # Members are themselves; the hash of an Enum by its name is slow before Python 3.12.
    __hash__ = object.__hash__

    GUID = "GUIDType"
    COLOUR = "RGBType"
    DIRECTION = "directionType"
    VARIABLE_TYPE = "typeOfVariableType"
    SHAPE = "ShapeType"
    LINE_STYLE = "LineStyleType"
    STRING = "xsd:string"
    BOOLEAN = "xsd:boolean"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    DATE = "xsd:date"
    DATETIME = "xsd:dateTime"


WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DIRECTION: ("Associative", "OneWay", "Bidirectional"),
    Kind.VARIABLE_TYPE: ("Text", "Boolean", "Integer", "Float", "Date", "DateTime"),
    Kind.SHAPE: (
        "Person",
        "Oval",
        "Rectangle",
        "RoundedRectangle",
        "Star",
        "LeftTriangle",
        "RightTriangle",
        "UpTriangle",
        "DownTriangle",
        "Note",
    ),
    Kind.LINE_STYLE: ("dotted", "dashed", "solid"),
}
VALUES: Mapping[str, Kind] = {
    "TextValue": Kind.STRING,
    "BooleanValue": Kind.BOOLEAN,
    "IntegerValue": Kind.INTEGER,
    "FloatValue": Kind.DECIMAL,
    "DateValue": Kind.DATE,
    "DateTimeValue": Kind.DATETIME,
}


class Dialect(Enum):
    """The two kinds of file: namespace, root element and how a set names its codes."""

    PROJECT = "urn:QDA-XML:project:1.0"
    CODEBOOK = "urn:QDA-XML:codebook:1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How one field stands in the file.

    ``how`` is attribute, text (an element with only text), reference (an element that names a
    GUID), child (an element of class ``of``), or value (the value of a variable). ``inside`` are
    the elements around a list of children. ``otherwise`` mends a required attribute that a file
    lacks; without it the element cannot be kept.
    """

    how: str
    field: str = ""
    names: Mapping[str, str]
    kind: Kind = Kind.STRING
    required: bool = False
    otherwise: Any = None
    many: bool = False
    inside: tuple[str, ...] = ()
    reference: str = REFERENCE
    only: Dialect | None = None

    @property
    def name(self) -> str:
        """The name in the file, of a part that has one name."""
        return next(iter(self.names))


def attribute(
    name: str, kind: Kind = Kind.STRING, *, required: bool = False, otherwise: Any = None
) -> Any:
    """Describe a field that is an attribute; an optional one is None when absent."""
    part = Part(
        how="attribute", names={name: ""}, kind=kind, required=required, otherwise=otherwise
    )
    metadata = {"part": part}
    return field(metadata=metadata) if required else field(default=None, metadata=metadata)


def text(name: str) -> Any:
    """Describe a field that is an element with only text; None when absent."""
    return field(default=None, metadata={"part": Part(how="text", names={name: ""})})


def reference(name: str) -> Any:
    """Describe a field that is an element which must name one GUID."""
    part = Part(how="reference", names={name: ""}, kind=Kind.GUID, required=True)
    return field(metadata={"part": part})


def references(name: str, *, only: Dialect | None = None, codebook: str = REFERENCE) -> Any:
    """Describe a field that is a list of elements which each name a GUID."""
    part = Part(
        how="reference", names={name: ""}, kind=Kind.GUID, many=True, only=only, reference=codebook
    )
    return field(default=(), metadata={"part": part})


def child(name: str, of: str) -> Any:
    """Describe a field that is at most one element of another class."""
    return field(default=None, metadata={"part": Part(how="child", names={name: of})})


def children(
    of: str | Mapping[str, str], *, name: str = "", inside: str = "", required: bool = False
) -> Any:
    """Describe a field that is a list of elements, possibly inside elements around the list."""
    names = of if isinstance(of, Mapping) else {name or of: of}
    around = tuple(inside.split())
    part = Part(how="child", names=names, many=True, inside=around, required=required)
    return field(default=(), metadata={"part": part})


def value() -> Any:
    """Describe the field that holds the value of a variable: its element's name and its text."""
    part = Part(how="value", names=dict.fromkeys(VALUES, ""))
    return field(default=None, metadata={"part": part})


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element may hold in one dialect: attributes, and children in their order.

    ``left_out`` are attributes of the standard that the model leaves out on purpose.
    """

    make: Callable[..., Any]
    class_name: str
    attributes: Mapping[str, Part]
    parts: tuple[Part, ...]
    by_element: Mapping[str, Part]
    left_out: tuple[str, ...]
    required: tuple[tuple[str, Part], ...]
    required_references: tuple[Part, ...]


@cache
def shape_of(of: type, dialect: Dialect) -> Shape:
    """Return how the things of a class of the model stand in a file of this dialect."""
    attributes: dict[str, Part] = {}
    parts: list[Part] = []
    by_element: dict[str, Part] = {}
    for item in fields(of):
        described = item.metadata.get("part")
        if described is None or described.only not in {None, dialect}:
            continue
        part = _named(described, item.name, dialect)
        if part.how == "attribute":
            attributes[part.name] = part
            continue
        parts.append(part)
        for name in part.inside[:1] or part.names:
            by_element[name] = part
    return Shape(
        of,
        of.__name__,
        attributes,
        tuple(parts),
        by_element,
        getattr(of, "LEFT_OUT", ()),
        tuple((name, part) for name, part in attributes.items() if part.required),
        tuple(part for part in parts if part.how == "reference" and part.required),
    )


def _named(part: Part, name: str, dialect: Dialect) -> Part:
    """Return the part with its field's name, and with what this dialect calls a reference."""
    called = part.reference if dialect is Dialect.CODEBOOK else REFERENCE
    return replace(part, field=name, reference=called)
