"""Does a project come back as it went, however often?"""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rodedraad.exchange.refi_qda.codebook_file import (
    codebook_bytes,
    codebook_of,
    codebook_read,
    codebook_write,
)
from rodedraad.exchange.refi_qda.model import Code, Codebook, Project, TextSource
from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.project_write import project_bytes, project_write
from rodedraad.exchange.refi_qda.refusals import NotWritable

from .made import CODE, CODEBOOKS, PROJECTS, guid, one_text, qde, qdpx, selection, text_source

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(PROJECTS)
def test_any_project_is_written_valid_and_comes_back_the_same(project):
    own = replace(project, origin="Rode Draad 1.0")
    read = project_read(project_bytes(own))
    assert read.valid
    assert read.project == own
    assert (read.reported, read.losses) == (0, ())


@FEW
@given(CODEBOOKS)
def test_any_codebook_is_written_valid_and_comes_back_the_same(codebook):
    read = codebook_read(codebook_bytes(codebook))
    assert read.valid
    assert read.codebook == codebook
    assert read.reported == 0


@pytest.mark.parametrize(
    ("content", "start", "end"),
    [
        (b"\xef\xbb\xbfJa, de zorg", 3, 10),
        ("Één 😀 zorg".encode(), 6, 10),
        (b"een\r\ntwee\rdrie\nzorg", 15, 19),
    ],
)
def test_ten_generations_change_nothing_after_the_first(content, start, end):
    first = project_read(one_text(content, selection(start, end)))
    written = project_bytes(first.project, media=first.media)
    for _ in range(10):
        read = project_read(written)
        assert read.project == first.project
        again = project_bytes(read.project, media=read.media)
        assert again == written


def test_media_of_a_project_travel_along(tmp_path: Path):
    xml = qde("", sources=f'<PictureSource guid="{guid(9)}" path="internal://a.JPG"/>')
    first = project_read(qdpx(xml, {"Sources/A.jpg": b"picture"}))
    path = tmp_path / "out.qdpx"
    written = project_write(first.project, path, media=first.media)
    assert written.files == ("sources/A.jpg",)
    second = project_read(path)
    assert second.project == first.project
    [media] = second.media.values()
    with media.open() as file:
        assert file.read() == b"picture"


def test_two_texts_with_one_guid_get_a_file_each():
    texts = tuple(TextSource(guid=guid(1), text=text) for text in ("een", "twee", "een"))
    read = project_read(project_bytes(Project(name="p", sources=texts)))
    assert [source.text for source in read.project.sources] == ["een", "twee", "een"]


def test_a_text_never_takes_the_name_of_a_missing_file():
    missing = TextSource(guid=guid(2), text_path=f"internal://{guid(1)}.TXT")
    project = Project(name="p", sources=(TextSource(guid=guid(1), text="een"), missing))
    read = project_read(project_bytes(project))
    assert [source.text for source in read.project.sources] == ["een", None]


@pytest.mark.parametrize("text", ["a\r\nb", "\ufeffa", "half \ud800"])
def test_a_text_whose_positions_are_not_certain_is_not_written(text):
    project = Project(name="p", sources=(TextSource(guid=guid(1), text=text),))
    with pytest.raises(NotWritable):
        project_bytes(project)


def test_control_characters_stay_in_a_text_and_are_reported_in_a_name(tmp_path: Path):
    note = TextSource(guid=guid(1), name="page\f1", text="een\ftwee")
    written = project_write(Project(name="p", notes=(note,)), tmp_path / "out.qdpx")
    assert [(one.item, one.reason, one.count) for one in written.losses] == [
        ("Note@name", "illegal-character", 1)
    ]
    [back] = project_read(tmp_path / "out.qdpx").project.notes
    assert (back.name, back.text) == ("page1", "een\ftwee")


def test_what_the_standard_does_not_allow_is_not_written_and_the_old_file_stays(tmp_path: Path):
    path = tmp_path / "out.qdpx"
    path.write_bytes(b"old")
    wrong = Code(guid="no guid", name="x", is_codable=True)
    with pytest.raises(NotWritable, match="no guid"):
        project_write(Project(name="p", codes=(wrong,)), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_codes_nested_without_end_are_not_written_and_read_to_a_limit():
    deep = Code(guid=guid(0), name="0", is_codable=True)
    for number in range(1, 100):
        deep = Code(guid=guid(number), name=str(number), is_codable=True, codes=(deep,))
    with pytest.raises(NotWritable, match="64 levels"):
        codebook_bytes(Codebook(codes=(deep,)))
    xml = "".join(f'<Code guid="{guid(n)}" name="{n}" isCodable="true">' for n in range(200))
    content = (
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{xml}{"</Code>" * 200}'
        "</Codes></CodeBook>"
    ).encode()
    read = codebook_read(content)
    assert [loss.reason for loss in read.losses] == ["too-deep"]
    assert read.found == read.kept + read.reported == 2 + 4 * 200


def test_an_empty_codebook_cannot_be_written(tmp_path: Path):
    with pytest.raises(NotWritable):
        codebook_write(Codebook(), tmp_path / "out.qdc")
    assert list(tmp_path.iterdir()) == []


def test_a_codebook_of_a_project_tells_what_it_has_no_place_for(tmp_path: Path):
    xml = qde(
        f'<Sets><Set guid="{guid(5)}" name="s"><MemberCode targetGUID="{CODE}"/>'
        f'<MemberSource targetGUID="{guid(16)}"/></Set><Set guid="{guid(6)}" name="none"/></Sets>',
        sources=text_source("", path=""),
    )
    codebook = codebook_of(project_read(xml.encode()).project)
    assert [(one.name, one.codes, one.sources) for one in codebook.sets] == [("s", (CODE,), ())]
    noted = replace(codebook.codes[0], notes=(guid(7), guid(8)))
    written = codebook_write(replace(codebook, codes=(noted,)), tmp_path / "out.qdc")
    assert [(one.item, one.count) for one in written.losses] == [("Code/NoteRef", 2)]


@FEW
@given(st.lists(st.sampled_from(["een", "twee", "drie\nvier"]), min_size=1, max_size=4))
def test_the_same_project_gives_the_same_bytes(texts):
    sources = tuple(TextSource(guid=guid(i), text=text) for i, text in enumerate(texts))
    project = Project(name="p", sources=sources)
    assert project_bytes(project) == project_bytes(replace(project))
