"""How does a tree of XML become things of the model, with every piece accounted for?

Each element and each attribute is either kept or noted in the loss log; nothing else can happen
to it. An element that cannot be kept is lost with all that is in it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from rodedraad.exchange.refi_qda.model import CLASSES
from rodedraad.exchange.refi_qda.report import Fault, LossLog
from rodedraad.exchange.refi_qda.shape import (
    DEEPEST,
    VALUES,
    Dialect,
    Kind,
    Part,
    Shape,
    shape_of,
)
from rodedraad.exchange.refi_qda.values import guid_made, value_read

Fields = dict[str, Any]
Finish = Callable[[Fields, Any], Fields]


class TreeReader:
    """One reading of a tree.

    ``finish`` are functions, by class, that look at the fields of a thing before it is made: for
    texts, which bring their words from elsewhere.
    """

    def __init__(self, dialect: Dialect, finish: dict[str, Finish]) -> None:
        self.log = LossLog()
        self.faults: list[Fault] = []
        self.kept = 0
        self._level = 0
        self._dialect = dialect
        self._space = f"{{{dialect.value}}}"
        self._finish = finish

    def read(self, element: Any, of: type) -> Any:
        """Return the thing that an element is, or None when it lacks what it must have."""
        shape = shape_of(of, self._dialect)
        values, lost = _attributes(element, shape)
        complete = self._required(element, shape, values)
        if not complete or self._level == DEEPEST:
            self._lose_tree(element, "too-deep" if complete else "required-missing")
            return None
        self.kept += 1 + len(element.attrib) - len(lost)
        for name, reason in lost:
            self._lose_attribute(element, name, reason)
        self._level += 1
        self._children(element, shape, values)
        self._level -= 1
        for part in shape.parts:
            if part.many:
                values[part.field] = tuple(values.get(part.field, ()))
        finish = self._finish.get(shape.class_name)
        return shape.make(**(finish(values, element) if finish else values))

    def items_of(self, element: Any) -> int:
        """Return the number of elements and attributes in a tree."""
        elements, attributes = "descendant-or-self::*", "descendant-or-self::*/@*"
        return int(element.xpath(f"count({elements}) + count({attributes})"))

    def _required(self, element: Any, shape: Shape, values: Fields) -> bool:
        """Mend the required attributes that are missing; tell whether nothing else is."""
        for name, part in shape.required:
            if part.field in values:
                continue
            if name == "guid":
                values["guid"] = self._guid_missing(element)
            elif part.otherwise is None:
                return False
            else:
                values[part.field] = part.otherwise
                self._fault("attribute-missing", f"{_local(element)} has no {name}", element)
        for part in shape.required_references:
            found = element.find(self._space + part.name)
            if found is None or not found.get(part.reference, "").strip():
                return False
        return True

    def _children(self, element: Any, shape: Shape, values: Fields) -> None:
        """Bring the elements inside to the fields."""
        for inner in element:
            name = inner.tag.removeprefix(self._space)
            part = shape.by_element.get(name)
            if part is None:
                other = self._dialect is Dialect.CODEBOOK and name == "NoteRef"
                self._lose_tree(inner, "not-in-codebook-format" if other else "not-in-standard")
            elif part.inside:
                found = values.setdefault(part.field, [])
                found += self._listed(inner, part, part.inside[1:])
            elif part.many:
                one = self._one(inner, part, name)
                if one is not None:
                    values.setdefault(part.field, []).append(one)
            elif part.field in values:
                self._lose_tree(inner, "one-too-many")
            else:
                one = self._one(inner, part, name)
                if one is not None:
                    values[part.field] = one

    def _listed(self, around: Any, part: Part, further: tuple[str, ...]) -> Iterator[Any]:
        """Give the things of a list that stands inside one or more elements."""
        self.kept += 1
        for name in around.attrib:
            self._lose_attribute(around, name, "not-in-standard")
        wanted = further[:1] or part.names
        for inner in around:
            name = inner.tag.removeprefix(self._space)
            if name not in wanted:
                self._lose_tree(inner, "not-in-standard")
            elif further:
                yield from self._listed(inner, part, further[1:])
            else:
                one = self._one(inner, part, name)
                if one is not None:
                    yield one

    def _one(self, element: Any, part: Part, name: str) -> Any:
        """Return what one element holds, by how its field stands in the file."""
        if part.how == "child":
            return self.read(element, CLASSES[part.names[name]])
        if part.how == "reference":
            return self._reference(element, part)
        characters = "".join(element.itertext())
        if part.how == "value":
            read = value_read(VALUES[name], characters)
            if read is None:
                self._lose_tree(element, "invalid-value")
                return None
            strip = VALUES[name] is not Kind.STRING
            self._leaf_kept(element)
            return (name, characters.strip() if strip else characters)
        self._leaf_kept(element)
        return characters

    def _reference(self, element: Any, part: Part) -> str | None:
        """Return the GUID that an element names."""
        characters = element.get(part.reference)
        if not characters or not characters.strip():
            self._lose_tree(element, "required-missing")
            return None
        self._leaf_kept(element, part.reference)
        guid = value_read(Kind.GUID, characters)
        if guid is None:
            self._lose_attribute(element, part.reference, "guid-replaced")
            return guid_made(characters)
        self.kept += 1
        return guid

    def _leaf_kept(self, element: Any, known: str = "") -> None:
        """Count an element that holds no other, and lose what stands in it all the same."""
        self.kept += 1
        for name in element.attrib:
            if name != known:
                self._lose_attribute(element, name, "not-in-standard")
        for inner in element:
            self._lose_tree(inner, "not-in-standard")

    def _guid_missing(self, element: Any) -> str:
        self._fault("guid-missing", f"{_local(element)} has no guid; it got one", element)
        return guid_made(element.getroottree().getpath(element))

    def _lose_attribute(self, element: Any, name: str, reason: str) -> None:
        self.log.add(f"{_local(element)}@{name}", reason, f"line {element.sourceline}")

    def _lose_tree(self, element: Any, reason: str) -> None:
        parent = element.getparent()
        item = _local(element) if parent is None else f"{_local(parent)}/{_local(element)}"
        self.log.add(item, reason, f"line {element.sourceline}", self.items_of(element))

    def _fault(self, code: str, message: str, element: Any) -> None:
        self.faults.append(Fault(code, f"{message}.", element.sourceline))


def _attributes(element: Any, shape: Shape) -> tuple[Fields, list[tuple[str, str]]]:
    """Return the fields that the attributes give, and name and reason of those that are lost."""
    values: Fields = {}
    lost: list[tuple[str, str]] = []
    for name, characters in element.attrib.items():
        part = shape.attributes.get(name)
        if part is None:
            lost.append((name, "local-path" if name in shape.left_out else "not-in-standard"))
            continue
        value = value_read(part.kind, characters)
        if value is not None:
            values[part.field] = value
        elif part.kind is Kind.GUID and characters.strip():
            values[part.field] = guid_made(characters)
            lost.append((name, "guid-replaced"))
        else:
            lost.append((name, "invalid-value"))
    return values, lost


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2]
