"""Is a description valid DDI-Codebook 2.5, by the facts of its schema in ddi_codebook_2_5.toml?

The table becomes a schema (XSD), and libxml2 does the checking. What libxml2 leaves alone, that
an IDREF names an ID of the same file, is checked here.
"""

import tomllib
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

FACTS = tomllib.loads((Path(__file__).parent / "ddi_codebook_2_5.toml").read_text())
SPACE = "ddi:codebook:2_5"
XS = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
TIMES = {
    "": {},
    "?": {"minOccurs": "0"},
    "+": {"maxOccurs": "unbounded"},
    "*": {"minOccurs": "0", "maxOccurs": "unbounded"},
}
DATES = "xs:dateTime xs:date xs:gYearMonth xs:gYear"
TYPES = {"string", "anyURI", "ID", "IDREF", "IDREFS", "NCName", "NMTOKEN"}
E = ElementMaker(namespace=XS, nsmap={"xs": XS, None: SPACE})


class _Languages(etree.Resolver):
    """Gives the declaration of xml:lang, which is of another namespace and so of another file."""

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:
        lang = E.schema(E.attribute(name="lang", type="xs:language"), targetNamespace=XML)
        return self.resolve_string(etree.tostring(lang), context)


def schema_made() -> etree.XMLSchema:
    """Return the schema of the table."""
    holders = [
        _element(name, E.sequence(*_children(inside))) for name, inside in FACTS["inside"].items()
    ]
    texts = [
        _element(name, E.choice(*_children(among), **TIMES["*"]), mixed="true")
        for name, among in FACTS["words"].items()
    ]
    whole = E.schema(
        E("import", namespace=XML, schemaLocation="xml.xsd"),
        E.simpleType(E.union(memberTypes=DATES), name="date"),
        *holders,
        *texts,
        targetNamespace=SPACE,
        elementFormDefault="qualified",
    )
    parser = etree.XMLParser()
    parser.resolvers.add(_Languages())
    return etree.XMLSchema(etree.fromstring(etree.tostring(whole), parser))


def _element(name: str, content: Any, **more: str) -> Any:
    attributes = FACTS["everywhere"] | FACTS["attributes"].get(name, {})
    told = [_attribute(key, of) for key, of in attributes.items()]
    lang = E.attribute(ref="xml:lang")
    return E.element(E.complexType(content, *told, lang, **more), name=name)


def _children(told: str) -> list[Any]:
    names = [(one.rstrip("?+*"), one) for one in told.split()]
    return [E.element(ref=name, **TIMES[one.removeprefix(name)]) for name, one in names]


def _attribute(name: str, told: str) -> Any:
    of = told.removesuffix("!")
    use = "required" if told.endswith("!") else "optional"
    if of in TYPES:
        return E.attribute(name=name, type=f"xs:{of}", use=use)
    if of.startswith("= "):
        return E.attribute(name=name, type="xs:string", use=use, fixed=of[2:])
    if of == "date":
        return E.attribute(name=name, type="date", use=use)
    words = [E.enumeration(value=one.strip()) for one in of.split("|")]
    enumeration = E.simpleType(E.restriction(*words, base="xs:NMTOKEN"))
    return E.attribute(enumeration, name=name, use=use)


SCHEMA = schema_made()


def faults(document: bytes) -> list[str]:
    """Return what is wrong with a description: nothing, when it is valid."""
    root = etree.fromstring(document)
    if not SCHEMA.validate(root):
        return [one.message for one in SCHEMA.error_log]
    return _dangling(root)


def _dangling(root: Any) -> list[str]:
    ids = set(root.xpath("//@ID"))
    return [
        f"{element.tag}: {key} names {one}, which is not there"
        for element in root.iter()
        for key, of in FACTS["attributes"].get(etree.QName(element).localname, {}).items()
        if of in ("IDREF", "IDREFS")
        for one in element.get(key, "").split()
        if one not in ids
    ]
