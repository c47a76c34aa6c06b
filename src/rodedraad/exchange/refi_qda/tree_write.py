"""How do things of the model become a tree of XML, in the order the standard asks?"""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from rodedraad.exchange.refi_qda.refusals import NotWritable
from rodedraad.exchange.refi_qda.report import LossLog
from rodedraad.exchange.refi_qda.shape import DEEPEST, Dialect, Part, Shape, shape_of

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TRUTH = {True: "true", False: "false"}
TextPlacer = Callable[[Any, str], dict[str, str]]


class TreeWriter:
    """One writing of a tree.

    ``texts`` tells, of a thing with words and its element's name, what stands in the fields
    ``text`` and ``text_path``: content, or the file that has the words.
    """

    def __init__(self, dialect: Dialect, texts: TextPlacer) -> None:
        self.log = LossLog()
        self._level = 0
        self._dialect = dialect
        self._space = f"{{{dialect.value}}}"
        self._texts = texts

    def root(self, name: str, thing: Any) -> Any:
        """Return the root element with everything in it."""
        root = etree.Element(self._space + name, nsmap={None: self._dialect.value})
        self._fill(root, thing)
        return root

    def _fill(self, element: Any, thing: Any) -> None:
        """Write the attributes and elements of a thing."""
        if self._level == DEEPEST:
            raise NotWritable(
                f"Things lie within each other more than {DEEPEST} levels deep, near "
                f"{thing.guid}. Bring some up."
            )
        self._level += 1
        shape = shape_of(type(thing), self._dialect)
        placed = self._placed(element, thing, shape)
        for name, part in shape.attributes.items():
            value = placed.get(part.field) if part.field in placed else getattr(thing, part.field)
            if value is not None:
                self._attribute(element, name, value)
        for part in shape.parts:
            value = placed.get(part.field) if part.field in placed else getattr(thing, part.field)
            if value is not None and value != ():
                self._part(element, part, value)
        self._level -= 1

    def _placed(self, element: Any, thing: Any, shape: Shape) -> dict[str, Any]:
        """Return the two fields that tell where the words of a thing stand."""
        if "plainTextPath" not in shape.attributes or thing.text is None:
            return {}
        chosen = self._texts(thing, etree.QName(element).localname)
        return {"text": None, "text_path": None, **chosen}

    def _part(self, element: Any, part: Part, value: Any) -> None:
        """Write one field that stands in elements."""
        for name in part.inside:
            element = etree.SubElement(element, self._space + name)
        if part.how == "value":
            name, characters = value
            self._text(etree.SubElement(element, self._space + name), characters)
            return
        for one in value if part.many else (value,):
            inner = etree.SubElement(element, self._space + self._name(part, one))
            if part.how == "text":
                self._text(inner, one)
            elif part.how == "reference":
                self._attribute(inner, part.reference, one)
            else:
                self._fill(inner, one)

    def _name(self, part: Part, one: Any) -> str:
        """Return the name of the element: sources of each class have their own."""
        if len(part.names) == 1:
            return part.name
        wanted = type(one).__name__
        return next(name for name, of in part.names.items() if of == wanted)

    def _attribute(self, element: Any, name: str, value: Any) -> None:
        characters = TRUTH[value] if isinstance(value, bool) else str(value)
        try:
            element.set(name, characters)
        except ValueError:
            element.set(name, self._cleaned(characters, f"{_local(element)}@{name}"))

    def _text(self, element: Any, characters: str) -> None:
        try:
            element.text = characters
        except ValueError:
            element.text = self._cleaned(characters, _local(element))

    def _cleaned(self, characters: str, item: str) -> str:
        """Return the characters that XML can hold, and note how many were left out."""
        cleaned, count = ILLEGAL.subn("", characters)
        self.log.add(item, "illegal-character", cleaned[:40], count)
        return cleaned


def _local(element: Any) -> str:
    return etree.QName(element).localname
