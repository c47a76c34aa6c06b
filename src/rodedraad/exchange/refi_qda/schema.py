"""Is a file as the standard wants it? The schema is made from what the model says of itself."""

from typing import Any

from lxml import etree

from rodedraad.exchange.refi_qda.model import CLASSES, Codebook, Project
from rodedraad.exchange.refi_qda.shape import VALUES, WORDS, Dialect, Kind, Part, Shape, shape_of

XSD = "http://www.w3.org/2001/XMLSchema"
ROOTS: dict[Dialect, tuple[str, type]] = {
    Dialect.PROJECT: ("Project", Project),
    Dialect.CODEBOOK: ("CodeBook", Codebook),
}
HEX = "[0-9A-Fa-f]"
BARE_GUID = f"{HEX}{{8}}(-{HEX}{{4}}){{3}}-{HEX}{{12}}"
PATTERNS = {
    Kind.GUID: rf"{BARE_GUID}|\{{{BARE_GUID}\}}",
    Kind.COLOUR: f"#{HEX}{{3}}({HEX}{{3}})?",
}
MANY = "unbounded"


def schema_faults(tree: Any, dialect: Dialect) -> list[tuple[int, str]]:
    """Return line and message of everything in a tree that the standard does not allow."""
    schema = etree.XMLSchema(schema_tree(dialect))
    if schema.validate(tree):
        return []
    space = f"{{{dialect.value}}}"
    return [(entry.line, entry.message.replace(space, "")) for entry in schema.error_log]


def schema_tree(dialect: Dialect) -> Any:
    """Return the schema of a dialect as an XML Schema document."""
    root = etree.Element(
        _tag("schema"),
        {"targetNamespace": dialect.value, "elementFormDefault": "qualified"},
        nsmap={"xsd": XSD, None: dialect.value},
    )
    name, of = ROOTS[dialect]
    _add(root, "element", name=name, type=of.__name__)
    waiting = [of]
    done: set[type] = set()
    while waiting:
        one = waiting.pop()
        if one not in done:
            done.add(one)
            shape = shape_of(one, dialect)
            _class_add(root, shape)
            used = [name for part in shape.parts for name in part.names.values() if name]
            waiting += [CLASSES[name] for name in used]
    for called in sorted({"", "guid"} if dialect is Dialect.CODEBOOK else {""}):
        reference = _add(root, "complexType", name=f"Reference{called}")
        wanted = called or "targetGUID"
        _add(reference, "attribute", name=wanted, type=Kind.GUID.value, use="required")
    for kind in (*PATTERNS, *WORDS):
        simple = _add(root, "simpleType", name=kind.value)
        limits = _add(simple, "restriction", base="xsd:token")
        for word in WORDS.get(kind, ()):
            _add(limits, "enumeration", value=word)
        if kind in PATTERNS:
            _add(limits, "pattern", value=PATTERNS[kind])
    return root


def _class_add(root: Any, shape: Shape) -> None:
    """Add the type of one class: its children in order, then its attributes."""
    made = _add(root, "complexType", name=shape.class_name)
    if shape.parts:
        sequence = _add(made, "sequence")
        for part in shape.parts:
            _part_add(sequence, part)
    for part in shape.attributes.values():
        use = "required" if part.required else "optional"
        _add(made, "attribute", name=part.name, type=part.kind.value, use=use)
    for name in shape.left_out:
        _add(made, "attribute", name=name, type=Kind.STRING.value)


def _part_add(sequence: Any, part: Part) -> None:
    """Add the element or elements of one field of a class."""
    most = MANY if part.many else "1"
    if part.how == "text":
        _add(sequence, "element", name=part.name, type="xsd:string", minOccurs="0")
    elif part.how == "value":
        choice = _add(sequence, "choice")
        for name, kind in VALUES.items():
            _add(choice, "element", name=name, type=kind.value, minOccurs="0")
    elif part.how == "reference":
        least = "1" if part.required else "0"
        of = "Reference" if part.reference == "targetGUID" else f"Reference{part.reference}"
        _add(sequence, "element", name=part.name, type=of, minOccurs=least, maxOccurs=most)
    else:
        least = "1" if part.required else "0"
        for name in part.inside:
            around = _add(sequence, "element", name=name, minOccurs=least)
            sequence, least = _add(_add(around, "complexType"), "sequence"), "1"
        if len(part.names) > 1:
            sequence, most = _add(sequence, "choice", maxOccurs=most), "1"
        least = "1" if part.inside else "0"
        for name, of in part.names.items():
            _add(sequence, "element", name=name, type=of, minOccurs=least, maxOccurs=most)


def _add(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, _tag(tag), attributes)


def _tag(name: str) -> str:
    return f"{{{XSD}}}{name}"
