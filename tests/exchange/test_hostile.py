"""Is a dangerous or damaged file refused before it does harm?"""

import stat
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.exchange.refi_qda.codebook_file import codebook_read
from rodedraad.exchange.refi_qda.limits import Limits
from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.refusals import ArchiveRefused, NotRefi, RefiRefusal, XmlRefused

from .made import one_text, qde, qdpx, selection, text_source


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "sources/..\\..\\evil.txt"]
)
def test_a_name_that_leads_outside_the_archive_is_refused(name):
    with pytest.raises(ArchiveRefused, match="outside the archive"):
        project_read(qdpx(qde(""), {name: b"x"}))


def test_a_link_in_an_archive_is_refused():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("project.qde", qde(""))
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ArchiveRefused, match="link"):
        project_read(packed.getvalue())


def test_a_member_that_is_there_twice_is_refused():
    packed = BytesIO(qdpx(qde(""), {"sources/a.txt": b"x"}))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("sources/a.txt", "y")
    with pytest.raises(ArchiveRefused, match="twice"):
        project_read(packed.getvalue())


def test_a_zip_bomb_is_refused_without_being_unpacked():
    with pytest.raises(ArchiveRefused, match="packed far tighter"):
        project_read(one_text(b"0" * 16 * 1024 * 1024))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(members=1),
        Limits(total_bytes=900),
        Limits(xml_bytes=500),
        Limits(text_bytes=50),
        Limits(all_text_bytes=50),
    ],
)
def test_each_limit_is_held(limits):
    content = one_text(b"abc " * 20, selection(0, 2))
    assert project_read(content).valid
    with pytest.raises(ArchiveRefused):
        project_read(content, limits=limits)


def test_xml_without_an_archive_has_a_limit_too():
    with pytest.raises(NotRefi):
        project_read(qde("").encode(), limits=Limits(xml_bytes=100))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp037"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE Project [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Project SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_a_document_type_is_refused_whatever_the_encoding(doctype, encoding):
    xml = qde("<Description>&b;</Description>").replace("utf-8", encoding)
    hostile = xml.replace("\n", f"\n{doctype}\n", 1).encode(encoding)
    for content in (hostile, qdpx(hostile)):
        with pytest.raises(XmlRefused):
            project_read(content)


def test_a_locked_archive_is_refused():
    content = bytearray(one_text(b"x"))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        start = archive.start_dir
    content[start + 8] |= 1
    with pytest.raises(ArchiveRefused, match="password"):
        project_read(bytes(content))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\x03\x04 cut off", b"just words", b"<html/>", b"<CodeBook/>"],
)
def test_something_else_is_refused_in_a_sentence(content):
    with pytest.raises(RefiRefusal):
        project_read(content)


def test_a_project_is_not_taken_for_a_codebook():
    with pytest.raises(NotRefi, match="<Project>"):
        codebook_read(qde("").encode())


def test_an_archive_must_hold_one_project():
    with pytest.raises(NotRefi, match="0 project files"):
        project_read(qdpx("", {}, name="readme.txt"))
    with pytest.raises(NotRefi, match="2 project files"):
        project_read(qdpx(qde(""), {"other.QDE": b""}))
    for name in ("Project.qde", "Zorg 2026.QDE", "folder/project.qde"):
        assert project_read(qdpx(qde(""), name=name)).valid


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_archive_is_read_or_refused_and_nothing_else(data):
    content = bytearray(one_text(b"Ja, de zorg", selection(0, 2)))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = project_read(bytes(content))
    except RefiRefusal:
        return
    assert read.found == read.kept + read.reported


def test_a_large_text_is_read_whole():
    text = "zorg en welzijn " * 200_000
    inside = f"<PlainTextContent>{text}</PlainTextContent>"
    read = project_read(qde("", sources=text_source(inside, path="")).encode())
    assert read.project.sources[0].text == text
