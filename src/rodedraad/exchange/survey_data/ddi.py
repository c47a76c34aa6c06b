"""How does a file with answers describe itself as DDI-Codebook 2.5?

The elements and their order are those of the published schema; what the profile of CESSDA's
catalogue (2.0.0, CC BY 4.0) calls mandatory is always there, with its language where it asks that.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from rodedraad.exchange.survey_data.variables import DataFile, Variable

SPACE = "ddi:codebook:2_5"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
PLACE = (
    "ddi:codebook:2_5 "
    "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
)
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMATS: Mapping[str, Mapping[str, str]] = {
    "code": {"type": "numeric"},
    "number": {"type": "numeric"},
    "text": {"type": "character"},
    "day": {"type": "numeric", "category": "date"},
}
"""How SPSS keeps each kind: a day is a number of seconds there."""
MEASURES = {"nominal": "nominal", "ordinal": "ordinal", "scale": "ratio"}


@dataclass(frozen=True, slots=True)
class Described:
    """What the description says of the study and the collection of the answers."""

    identifier: str
    uuid: str
    address: str
    agency: str
    language: str
    makers: Sequence[str]
    made_on: str
    version: str
    abstract: str
    keywords: Sequence[str]
    topics: Sequence[str]
    nation: str
    unit: str
    universe: str
    kind_of_data: str
    time_method: str
    collection_mode: str
    sampling: str
    collected_from: str
    collected_to: str
    access: str
    publisher: str
    other: Mapping[str, str] = field(default_factory=dict)


def ddi_written(
    file: DataFile,
    about: Described,
    counts: Mapping[str, Mapping[float, int]],
    files: Sequence[str],
) -> bytes:
    """Return the description of a file as XML.

    ``counts`` gives, by variable, how many have each code, where that may be told; ``files`` are
    the names of the files that it describes.
    """
    book = etree.Element(_name("codeBook"), nsmap={None: SPACE, "xsi": XSI})
    book.set("version", "2.5")
    book.set(f"{{{XML}}}lang", about.language)
    book.set(f"{{{XSI}}}schemaLocation", PLACE)
    _document(book, file, about)
    _study(book, file, about)
    ids = {f"F{number}": name for number, name in enumerate(files, start=1)}
    for key, name in ids.items():
        _file(book, file, about, name, key)
    _data(book, file, counts, " ".join(ids))
    return etree.tostring(book, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _name(tag: str) -> str:
    return f"{{{SPACE}}}{tag}"


def _add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    child = etree.SubElement(parent, _name(tag))
    child.text = _clean(text) or None
    for name, value in attributes.items():
        child.set(name, _clean(value))
    return child


def _clean(text: str) -> str:
    """Leave out characters that XML cannot hold, and the return of a carriage.

    >>> _clean("Zo\\x00ë\\ufffe\\ud800 zegt\\r\\nja")
    'Zoë zegt\\nja'
    """
    return NOT_IN_XML.sub("", text)


def _citation(parent: Any, file: DataFile, about: Described) -> Any:
    """Add how it is cited; what has no title is called by its identifier, for a catalogue."""
    citation = _add(parent, "citation")
    titles = _add(citation, "titlStmt")
    _said(titles, "titl", _clean(file.title).strip() or about.identifier, about)
    _add(titles, "IDNo", f"urn:uuid:{about.uuid}", agency="URN")
    _said(titles, "IDNo", about.identifier, about, agency=about.agency)
    makers = _add(citation, "rspStmt")
    for one in about.makers:
        _said(makers, "AuthEnty", one, about)
    return citation


def _said(parent: Any, tag: str, text: str, about: Described, **attributes: str) -> Any:
    """Add words with the language that they are in."""
    child = _add(parent, tag, text, **attributes)
    child.set(f"{{{XML}}}lang", about.language)
    return child


def _term(parent: Any, tag: str, text: str, about: Described, code: str, vocabulary: str) -> None:
    """Add a word of a vocabulary of the DDI Alliance, with the code that it has there."""
    child = _said(parent, tag, text, about)
    _add(child, "concept", code, vocab=vocabulary)


def _document(book: Any, file: DataFile, about: Described) -> None:
    document = _add(book, "docDscr")
    citation = _citation(document, file, about)
    made = _add(citation, "prodStmt")
    _add(made, "producer", about.publisher)
    _add(made, "prodDate", about.made_on, date=about.made_on)
    _add(made, "software", "Rode Draad")


def _study(book: Any, file: DataFile, about: Described) -> None:
    study = _add(book, "stdyDscr")
    citation = _citation(study, file, about)
    made = _add(citation, "prodStmt")
    _add(made, "producer", about.publisher)
    _add(made, "prodDate", about.made_on, date=about.made_on)
    spread = _add(citation, "distStmt")
    _said(spread, "distrbtr", about.publisher, about)
    _add(spread, "distDate", about.made_on, date=about.made_on)
    versions = _add(citation, "verStmt")
    _add(versions, "version", about.version, date=about.made_on)
    _add(citation, "holdings", URI=about.address)
    _information(study, about)
    _method(study, about)
    places = _add(study, "dataAccs")
    _add(_add(places, "setAvail"), "accsPlac", about.publisher)
    _said(_add(places, "useStmt"), "restrctn", about.access, about)
    for note in file.notes:
        _add(study, "notes", note)


def _information(study: Any, about: Described) -> None:
    information = _add(study, "stdyInfo")
    subject = _add(information, "subject")
    for one in about.keywords:
        _said(subject, "keyword", one, about)
    for one in about.topics:
        _said(subject, "topcClas", one, about)
    _said(information, "abstract", about.abstract, about)
    summary = _add(information, "sumDscr")
    _add(summary, "collDate", about.collected_from, date=about.collected_from, event="start")
    _add(summary, "collDate", about.collected_to, date=about.collected_to, event="end")
    _said(summary, "nation", about.nation, about, abbr="NL")
    _term(summary, "anlyUnit", about.unit, about, "Individual", "DDI Analysis Unit")
    _said(summary, "universe", about.universe, about)
    _said(summary, "dataKind", about.kind_of_data, about)


def _method(study: Any, about: Described) -> None:
    method = _add(study, "method")
    collection = _add(method, "dataColl")
    _term(collection, "timeMeth", about.time_method, about, "CrossSection", "DDI Time Method")
    _said(collection, "sampProc", about.sampling, about)
    _term(
        collection, "collMode", about.collection_mode, about,
        "SelfAdministeredQuestionnaire.CAWI", "DDI Mode of Collection",
    )  # fmt: skip
    if about.other:
        for name, text in about.other.items():
            _add(method, "notes", f"{name}: {text}")


def _file(book: Any, file: DataFile, about: Described, name: str, key: str) -> None:
    described = _add(book, "fileDscr", ID=key)
    text = _add(described, "fileTxt")
    _said(text, "fileName", name, about)
    dimensions = _add(text, "dimensns")
    _add(dimensions, "caseQnty", str(file.n_rows))
    _add(dimensions, "varQnty", str(len(file.variables)))
    _add(text, "fileType", name.rpartition(".")[2])


def _data(book: Any, file: DataFile, counts: Mapping[str, Mapping[float, int]], files: str) -> None:
    data = _add(book, "dataDscr")
    for number, one in enumerate(file.variables, start=1):
        _variable(data, one, number, counts.get(one.name), files)


def _variable(
    data: Any, one: Variable, number: int, counts: Mapping[float, int] | None, files: str
) -> None:
    described = _add(
        data, "var", ID=f"V{number}", name=one.name, nature=MEASURES[one.measure],
        intrvl="discrete" if one.kind == "code" else "contin",
        **({"files": files} if files else {}), **({"wgt": "wgt"} if one.is_weight else {}),
    )  # fmt: skip
    _add(described, "labl", one.label)
    question = _add(described, "qstn")
    _add(question, "qstnLit", one.label)
    if one.missing:
        listed = _add(described, "invalrng")
        for code, _ in one.missing:
            _add(listed, "item", VALUE=_told(code))
    if one.about:
        _add(described, "universe", one.about)
    for codes, is_missing in ((one.values, False), (one.missing, True)):
        for code, text in codes:
            category = _add(described, "catgry", **({"missing": "Y"} if is_missing else {}))
            _add(category, "catValu", _told(code))
            _add(category, "labl", text)
            if counts is not None and code in counts:
                _add(category, "catStat", str(counts[code]), type="freq")
    _add(described, "varFormat", schema="SPSS", **FORMATS[one.kind])


def _told(code: float) -> str:
    return str(int(code)) if float(code).is_integer() else str(code)
