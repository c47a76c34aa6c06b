"""How is XML of strangers read: nothing is fetched, nothing expands, nothing is without bound."""

from typing import Any
from xml.parsers import expat

from lxml import etree

from rodedraad.exchange.refi_qda.refusals import XmlRefused

CHUNK = 64 * 1024


class _PrologRead(Exception):
    """The first element was reached."""


class _DoctypeSeen(Exception):
    """A document type is declared."""


def xml_read(content: bytes) -> tuple[Any, list[tuple[int, str]]]:
    """Return the root of a document, and line and message of what is not well-formed in it.

    A document that is not well-formed (some programs forget to escape what a person wrote) is
    read as far as it goes; the messages tell that something may be missing.

    Raises
    ------
    XmlRefused: nothing can be read, or a document type is declared: entities live there.
    """
    doctype_refuse(content)
    try:
        root = etree.fromstring(content, _parser(recover=False))
        faults: list[tuple[int, str]] = []
    except etree.XMLSyntaxError as fault:
        parser = _parser(recover=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            root = None
        if root is None:
            raise XmlRefused(
                f"The file holds no XML that can be read: {fault}. Export it again."
            ) from fault
        faults = [(entry.line, entry.message) for entry in parser.error_log]
    if root.getroottree().docinfo.doctype:
        raise _doctype_refusal()
    return root, faults


def _parser(*, recover: bool) -> Any:
    """Return a parser that keeps its own bounds on depth and on the length of one text."""
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def doctype_refuse(content: bytes) -> None:
    """Refuse a document type before any entity in it is looked at."""
    prolog = expat.ParserCreate()
    prolog.StartDoctypeDeclHandler = _doctype_found
    prolog.StartElementHandler = _element_found
    try:
        for start in range(0, len(content), CHUNK):
            prolog.Parse(content[start : start + CHUNK], False)
    except _DoctypeSeen:
        raise _doctype_refusal() from None
    except (_PrologRead, expat.ExpatError, LookupError, ValueError):
        return


def _doctype_found(*_: object) -> None:
    raise _DoctypeSeen


def _element_found(*_: object) -> None:
    raise _PrologRead


def _doctype_refusal() -> XmlRefused:
    return XmlRefused(
        "The XML declares a document type (DOCTYPE), which the standard does not have and which "
        "can hide an attack. Export the file again with the program that made it."
    )
