"""Is everything that comes in kept or reported, whatever the file?"""

import random
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from rodedraad.exchange.refi_qda.model import Place
from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.project_write import project_bytes
from rodedraad.exchange.refi_qda.shape import Dialect
from rodedraad.exchange.refi_qda.tree_write import TreeWriter

from .made import (
    ANNA,
    BRAM,
    CODE,
    PROJECTS,
    TEXT,
    guid,
    one_text,
    qde,
    qdpx,
    selection,
    text_source,
)
from .mutants import mutant


def items_in(xml: bytes) -> int:
    """Elements and attributes, counted by another library."""
    return sum(1 + len(one.attrib) for one in ElementTree.fromstring(xml).iter())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(PROJECTS, st.integers(0, 10**6))
def test_count_in_is_count_kept_and_count_reported_in_any_wrong_file(project, seed):
    chance = random.Random(seed)
    root = TreeWriter(Dialect.PROJECT, lambda thing, _: {"text": thing.text}).root(
        "Project", project
    )
    root.tail = None
    for _ in range(8):
        wrong = mutant(root, chance)
        if wrong.tag != root.tag:
            continue
        xml = etree.tostring(wrong)
        read = project_read(qdpx(xml, {"sources/odd.bin": b"x"}))
        assert read.found == items_in(xml) + 1 == read.kept + read.reported
        assert read.reported >= 1
        again = project_read(project_bytes(read.project, media=read.media))
        assert again.valid
        assert again.project == read.project


def losses_of(content: bytes | str) -> list[tuple[str, str, int]]:
    read = project_read(content.encode() if isinstance(content, str) else content)
    assert read.found == read.kept + read.reported
    return [(loss.item, loss.reason, loss.count) for loss in read.losses]


def test_a_folder_on_a_machine_is_reported_and_not_kept():
    xml = qde("", attributes='name="p" basePath="/Users/someone"')
    assert losses_of(xml) == [("Project@basePath", "local-path", 1)]
    source = (
        f'<AudioSource guid="{TEXT}" currentPath="C:\\x" path="absolute:///home/someone/x.mp3"/>'
    )
    read = project_read(qde("", sources=source).encode())
    assert [(loss.item, loss.reason) for loss in read.losses] == [
        ("AudioSource@currentPath", "local-path"),
        ("AudioSource@path", "local-path"),
    ]
    assert read.project.sources[0].path is None


def test_what_is_not_in_the_standard_is_lost_with_all_that_is_in_it():
    odd = '<Theme guid="1" name="x"><Idea/><Idea strength="3"/></Theme>'
    assert losses_of(qde(odd)) == [("Project/Theme", "not-in-standard", 6)]


def test_values_of_another_kind_are_reported_and_the_thing_stays():
    xml = qde("").replace('isCodable="true"', 'isCodable="maybe" color="rgba(1,2,3,1)"')
    read = project_read(xml.encode())
    assert [(loss.item, loss.reason) for loss in read.losses] == [
        ("Code@color", "invalid-value"),
        ("Code@isCodable", "invalid-value"),
    ]
    assert (read.project.codes[0].is_codable, read.project.codes[0].color) == (True, None)
    assert not read.valid


def test_a_selection_without_positions_is_lost_with_its_coding_and_one_without_a_name_is_not():
    broken = selection(0, 2).replace(' startPosition="0"', "")
    assert losses_of(one_text(b"Ja", broken)) == [
        ("TextSource/PlainTextSelection", "required-missing", 9)
    ]
    nameless = qde("").replace(' name="zorg"', "")
    read = project_read(nameless.encode())
    assert (read.project.codes[0].name, read.reported) == ("", 0)
    assert "attribute-missing" in {fault.code for fault in read.faults}


def test_a_code_of_an_odd_name_for_a_guid_keeps_its_codings():
    xml = qde("", sources=text_source(selection(0, 2))).replace(CODE, "zorg-1")
    read = project_read(qdpx(xml, {"sources/a.txt": b"Ja"}))
    [code] = read.project.codes
    [coding] = read.project.sources[0].selections[0].codings
    assert coding.code == code.guid
    assert {loss.reason for loss in read.losses} == {"guid-replaced"}
    assert "pointer-lost" not in {fault.code for fault in read.faults}


def test_both_coders_of_a_selection_arrive_and_neither_is_taken_from_the_selection():
    two = selection(0, 2).replace(
        "</PlainTextSelection>",
        f'<Coding guid="{guid(77)}" creatingUser="{BRAM}"><CodeRef targetGUID="{CODE}"/></Coding>'
        "</PlainTextSelection>",
    )
    read = project_read(one_text(b"Ja", two))
    codings = read.project.sources[0].selections[0].codings
    assert [coding.creating_user for coding in codings] == [ANNA, BRAM]


def test_equal_names_under_two_parents_stay_two_codes():
    twins = "".join(
        f'<Code guid="{guid(number)}" name="{name}" isCodable="true">'
        f'<Code guid="{guid(number + 1)}" name="wachttijd" isCodable="true"/></Code>'
        for number, name in ((2, "A"), (4, "B"))
    )
    xml = qde("").replace("</Codes>", f"{twins}</Codes>")
    read = project_read(xml.encode())
    assert [code.codes[0].guid for code in read.project.codes[1:]] == [guid(3), guid(5)]


@pytest.mark.parametrize(
    ("path", "member", "code"),
    [
        ("internal://a.txt", "sources/a.txt", None),
        ("internal://A.TXT", "Sources/a.txt", None),
        ("internal://a.txt", "Sources\\a.txt", None),
        ("a.txt", "sources/a.txt", "path-mended"),
        ("relative:///a.txt", "sources/a.txt", "path-mended"),
        ("absolute://C:\\work\\a.txt", "sources/a.txt", "path-mended"),
        ("internal://sources/a.txt", "a.txt", None),
        ("internal://b.txt", "sources/a.txt", "file-missing"),
        ("relative:///b.txt", "sources/a.txt", "file-outside"),
    ],
)
def test_a_text_is_found_behind_a_wrong_path_or_told_to_be_missing(path, member, code):
    xml = qde("", sources=text_source(selection(0, 2), path=path))
    read = project_read(qdpx(xml, {member: b"Ja"}))
    [source] = read.project.sources
    found = code not in {"file-missing", "file-outside"}
    assert source.text == ("Ja" if found else None)
    assert source.text_path == (None if found else path)
    assert source.selections[0].place is (Place.COUNTED if found else Place.NO_TEXT)
    assert [fault.code for fault in read.faults] == ([code] if code else [])
    assert read.reported == (0 if found else 1)


def test_of_two_different_texts_the_content_is_kept_and_the_file_reported():
    inside = "<PlainTextContent>Ja</PlainTextContent>" + selection(0, 2)
    content = qdpx(qde("", sources=text_source(inside)), {"sources/a.txt": b"Nee"})
    assert losses_of(content) == [
        ("TextSource@plainTextPath", "second-text", 1),
        ("file", "second-text", 1),
    ]
    same = qdpx(qde("", sources=text_source(inside)), {"sources/a.txt": b"Ja"})
    assert losses_of(same) == []


def test_a_text_that_is_not_utf8_is_read_and_told():
    read = project_read(one_text("€ één".encode("cp1252"), selection(2, 5)))
    assert read.project.sources[0].text == "€ één"
    assert [fault.code for fault in read.faults] == ["text-not-utf8"]


def test_a_coding_on_a_whole_source_and_pointers_that_lead_nowhere_are_kept():
    coding = f'<Coding guid="{guid(5)}"><CodeRef targetGUID="{guid(99)}"/></Coding>'
    read = project_read(qde("", sources=text_source(coding, path="")).encode())
    assert [one.code for one in read.project.sources[0].codings] == [guid(99)]
    [fault] = read.faults
    assert (fault.code, guid(99) in fault.message) == ("pointer-lost", True)


def test_one_guid_for_two_things_is_kept_and_told():
    read = project_read(one_text(b"Ja, ja", selection(0, 2, number=7), selection(4, 6, number=7)))
    assert [one.guid for one in read.project.sources[0].selections] == [guid(7)] * 2
    assert "guid-repeated" in {fault.code for fault in read.faults}


def test_xml_that_is_not_well_formed_is_read_as_far_as_it_goes_and_told():
    xml = qde("<Description>R&D <zorg></Description>", sources=text_source("", path=""))
    read = project_read(xml.encode())
    assert len(read.project.sources) == 1
    assert not read.valid
    assert read.faults[0].code == "not-well-formed"


def test_a_namespace_of_another_version_is_read_and_told():
    read = project_read(qde("").replace("project:1.0", "project:0:4").encode())
    assert [code.name for code in read.project.codes] == ["zorg"]
    assert [fault.code for fault in read.faults] == ["other-namespace"]
