"""Is what describes a file valid DDI-Codebook 2.5, whatever stands in it, and is the rest refused?

Valid by the facts of the published schema, in ddi_codebook_2_5.toml.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.exchange.ddi_schema import FACTS, SPACE, XML, faults
from tests.exchange.test_survey_data import FILE, LONG_LABEL

from rodedraad.exchange.survey_data.ddi import Described, ddi_written
from rodedraad.exchange.survey_data.variables import DataFile, Variable

ABOUT = Described(
    identifier="s/u", uuid="0a0b0c0d-0000-4000-8000-000000000000",
    address="https://voorbeeld.test/s/u", agency="RD", language="nl", makers=["Wij"],
    made_on="2026-11-22",
    version="1", abstract="Over.", keywords=["F5"], topics=["Bestuur"], nation="Nederland",
    unit="Persoon", universe="Mensen", kind_of_data="Enquête", time_method="Dwarsdoorsnede",
    collection_mode="Web", sampling="Allen", collected_from="2026-01-01",
    collected_to="2026-02-01", access="Team", publisher="RD", other={"Belofte": "anoniem"},
)  # fmt: skip
COUNTS = {"F5.1": {1: 7, 5: 9}}
WEIGHT = Variable("weight", "Gewicht", "number", "scale", about="Van vandaag", is_weight=True)
WHOLE = ddi_written(
    replace(FILE, variables=(*FILE.variables, WEIGHT)), ABOUT, COUNTS, ["a.sav", "b.csv"]
)
D = {"d": SPACE}


def test_a_description_with_everything_is_valid_and_the_table_has_nothing_that_we_do_not_write():
    assert faults(WHOLE) == []
    written = {etree.QName(one).localname for one in etree.fromstring(WHOLE).iter()}
    assert written == set(FACTS["inside"]) | set(FACTS["words"])


def test_a_description_of_nothing_is_valid():
    """No title, variable, file, maker, keyword, note or label."""
    about = replace(ABOUT, makers=[], keywords=[], topics=[], other={}, abstract="", access="")
    empty = DataFile("", "", (), ())
    nameless = replace(empty, variables=(Variable("v", "", "code", "nominal", ((1, ""),)),))
    for file in (empty, nameless):
        for files in ([], [""], ["a.sav"]):
            assert faults(ddi_written(file, about, {}, files)) == []


def test_what_has_no_title_is_called_by_its_identifier():
    """A catalogue asks a title, and white space is none."""
    for title in ("", " \n", "\x00"):
        root = etree.fromstring(ddi_written(replace(FILE, title=title), ABOUT, {}, []))
        assert set(root.xpath("//d:titl/text()", namespaces=D)) == {"s/u"}


def test_every_variable_is_in_every_file_and_says_what_it_is():
    root = etree.fromstring(WHOLE)
    assert set(root.xpath("//d:var/@files", namespaces=D)) == {"F1 F2"}
    assert root.xpath("//d:var[@wgt='wgt']/@name", namespaces=D) == ["weight"]
    assert root.xpath("string(//d:var[@name='F5.1']/d:labl)", namespaces=D) == LONG_LABEL
    days = root.xpath("//d:var[d:varFormat/@category='date']/@name", namespaces=D)
    assert days == ["day"]


TEXTS = st.text(max_size=12) | st.sampled_from(
    ["\x00", "\x0b\x1f", "\ufffe\uffff", "\ud800", "]]>", "<b>&amp;", "\r\n\t", "🧵", "\u202eاب"]
)
NUMBERS = st.integers(-999_999, 999_999).map(float) | st.floats(-9, 9, allow_nan=False)
CODES = st.lists(st.tuples(NUMBERS, TEXTS), max_size=3).map(tuple)
VARIABLES = st.builds(
    Variable, name=TEXTS, label=TEXTS, kind=st.sampled_from(["code", "number", "text", "day"]),
    measure=st.sampled_from(["nominal", "ordinal", "scale"]), values=CODES, missing=CODES,
    about=TEXTS, is_weight=st.booleans(),
)  # fmt: skip
FILES = st.builds(
    DataFile, TEXTS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple),
    st.lists(VARIABLES, max_size=4).map(tuple), st.integers(0),
)  # fmt: skip
DAYS = st.dates().map(str)
ABOUTS = st.builds(
    Described,
    **{name: TEXTS for name in Described.__annotations__ if name != "other"}
    | dict.fromkeys(("made_on", "collected_from", "collected_to"), DAYS)
    | dict.fromkeys(("makers", "keywords", "topics"), st.lists(TEXTS, max_size=3))
    | {"language": st.sampled_from(["nl", "en"])},
    other=st.dictionaries(TEXTS, TEXTS, max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(FILES, ABOUTS, st.lists(TEXTS, max_size=3))
def test_no_text_makes_a_description_invalid(file, about, files):
    counts = {one.name: {code: 7 for code, _ in one.values} for one in file.variables}
    assert faults(ddi_written(file, about, counts, files)) == []


def _at(path: str) -> Callable[[Any], Any]:
    return lambda root: root.xpath(path, namespaces=D)[0]


def _set(path: str, name: str, value: str) -> Callable[[Any], None]:
    return lambda root: _at(path)(root).set(name, value)


def _unset(path: str, name: str) -> Callable[[Any], None]:
    return lambda root: _at(path)(root).attrib.pop(name)


def _away(path: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        one = _at(path)(root)
        one.getparent().remove(one)

    return change


def _first(path: str) -> Callable[[Any], None]:
    """Put it before its brothers and sisters."""

    def change(root: Any) -> None:
        one = _at(path)(root)
        one.getparent().insert(0, one)

    return change


def _new(path: str, name: str) -> Callable[[Any], None]:
    return lambda root: _at(path)(root).append(etree.Element(name))


def _twice(path: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        one = _at(path)(root)
        again = etree.fromstring(etree.tostring(one))
        for part in again.xpath("descendant-or-self::*[@ID]"):
            del part.attrib["ID"]
        one.addnext(again)

    return change


def _says(path: str, text: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        _at(path)(root).text = text

    return change


WRONG = {
    "notes before what they belong to": _first("//d:stdyDscr/d:notes"),
    "data before files": _first("//d:dataDscr"),
    "a label behind the question": _first("//d:var/d:qstn"),
    "the value of a choice behind its label": _first("//d:catgry/d:labl"),
    "mode before time": _first("//d:collMode"),
    "no study": _away("//d:stdyDscr"),
    "a study without citation": _away("//d:stdyDscr/d:citation"),
    "a citation without titles": _away("//d:stdyDscr//d:titlStmt"),
    "titles without title": _away("//d:stdyDscr//d:titl"),
    "two titles": _twice("//d:stdyDscr//d:titl"),
    "two formats of a variable": _twice("//d:varFormat"),
    "two values of a choice": _twice("//d:catValu"),
    "two responsibilities": _twice("//d:stdyDscr//d:rspStmt"),
    "a variable without name": _unset("//d:var", "name"),
    "an item without value": _unset("//d:item", "VALUE"),
    "another version": _set("/d:codeBook", "version", "2.6"),
    "a measure of ours": _set("//d:var", "nature", "scale"),
    "an interval of ours": _set("//d:var", "intrvl", "continuous"),
    "a weight that says yes": _set("//d:var", "wgt", "yes"),
    "a day as kind of format": _set("//d:varFormat", "type", "date"),
    "a format of R": _set("//d:varFormat", "schema", "R"),
    "missing in words": _set("//d:catgry", "missing", "yes"),
    "another count": _set("//d:catStat", "type", "frequency"),
    "another event": _set("//d:collDate", "event", "begin"),
    "a level of ours": _set("//d:IDNo", "level", "survey"),
    "another source": _set("//d:labl", "source", "team"),
    "an attribute that is not there": _set("//d:var", "kind", "code"),
    "an attribute of another element": _set("//d:catgry", "name", "x"),
    "xml-lang": _set("//d:titl", "xml-lang", "nl"),
    "a day that the calendar lacks": _set("//d:distDate", "date", "2026-02-30"),
    "a day in Dutch": _set("//d:prodDate", "date", "22-11-2026"),
    "a day of an element in words": _set("//d:abstract", "elementVersionDate", "gisteren"),
    "a language that is none": _set("//d:titl", f"{{{XML}}}lang", "heel gewoon Nederlands"),
    "an ID that starts with a digit": _set("//d:var", "ID", "1"),
    "an ID of two": _set("//d:var", "ID", "V2"),
    "a file that is not there": _set("//d:var", "files", "F1 F9"),
    "a weight that is not there": _set("//d:catStat", "wgt-var", "V99"),
    "words between elements": _says("//d:var", "los"),
    "words in an item": _says("//d:item", "-9"),
    "an element that DDI lacks": _new("//d:var", f"{{{SPACE}}}question"),
    "an element of another place": _new("//d:catgry", f"{{{SPACE}}}qstnLit"),
    "an element of another namespace": _new("//d:stdyDscr", "{urn:x}notes"),
    "an element in words": _new("//d:titl", f"{{{SPACE}}}labl"),
}


def test_a_missing_range_needs_an_item():
    root = etree.fromstring(WHOLE)
    for one in root.xpath("//d:invalrng[1]/d:item", namespaces=D):
        one.getparent().remove(one)
    assert "invalrng" in faults(etree.tostring(root))[0]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_schema_refuses_is_refused(wrong):
    root = etree.fromstring(WHOLE)
    WRONG[wrong](root)
    assert faults(etree.tostring(root)), wrong


STUDY = "/d:codeBook/d:stdyDscr"
INFO, COLL = f"{STUDY}/d:stdyInfo", f"{STUDY}/d:method/d:dataColl"
TITLES = f"{STUDY}/d:citation/d:titlStmt"
MANDATORY = (
    f"{TITLES}/d:titl/@xml:lang", f"{TITLES}/d:IDNo/@agency",
    f"{TITLES}/d:IDNo[@agency='URN']", f"{STUDY}/d:citation/d:holdings/@URI",
    f"{STUDY}/d:citation/d:distStmt/d:distrbtr/@xml:lang", f"{INFO}/d:abstract/@xml:lang",
    "/d:codeBook/d:docDscr/d:citation/d:titlStmt/d:titl/@xml:lang",
)  # fmt: skip
"""What the profiles of CESSDA's catalogue for DDI 2.5 (version 2.0.0) call mandatory."""
MANDATORY_WHEN_THERE = (
    (f"{STUDY}/d:citation/d:distStmt/d:distDate", "@date"),
    (f"{INFO}/d:subject/d:keyword", "@xml:lang"),
    (f"{INFO}/d:subject/d:topcClas", "@xml:lang"), (f"{INFO}/d:sumDscr/d:collDate", "@event"),
    (f"{INFO}/d:sumDscr/d:nation", "@xml:lang"), (f"{INFO}/d:sumDscr/d:anlyUnit", "@xml:lang"),
    (f"{INFO}/d:sumDscr/d:universe", "@xml:lang"), (f"{INFO}/d:sumDscr/d:dataKind", "@xml:lang"),
    (f"{COLL}/d:timeMeth", "@xml:lang"), (f"{COLL}/d:sampProc", "@xml:lang"),
    (f"{COLL}/d:collMode", "@xml:lang"),
    (f"{STUDY}/d:dataAccs/d:useStmt/d:restrctn", "@xml:lang"),
)  # fmt: skip
"""What they call mandatory, or recommended, when the element is there; ours all are."""


def test_the_description_has_the_fields_that_cessda_asks():
    root = etree.fromstring(WHOLE)
    for path in MANDATORY:
        found = root.xpath(path, namespaces=D)
        assert found, path
        assert all(str(getattr(one, "text", one)).strip() for one in found), path
    for path, attribute in MANDATORY_WHEN_THERE:
        assert root.xpath(path, namespaces=D), path
        assert not root.xpath(f"{path}[not({attribute})]", namespaces=D), path
    for name in ("titl", "IDNo", "distrbtr", "abstract"):
        for one in root.xpath(f"{STUDY}//d:{name}", namespaces=D):
            assert one.text.strip(), name
