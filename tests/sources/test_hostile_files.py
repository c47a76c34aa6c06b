"""Whether a hostile or wrong file gets one clear refusal, and harms nobody."""

import socket
import sys
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import psutil
import pytest
from files_making import packed, pdf, pdf_of_pages, word, word_with, workbook

from rodedraad.sources import extraction
from rodedraad.sources.extraction import ExtractionRefused, extract
from rodedraad.sources.extraction.limits import Limits

BOMB_XML = (
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<officiele-publicatie>&c;</officiele-publicatie>"
)
LAUGHS_XML = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><office-publicatie>&a9;</office-publicatie>"
)
OUTSIDE_XML = (
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    "<officiele-publicatie><al>&b;</al></officiele-publicatie>"
)


def refused(content: bytes, name: str) -> ExtractionRefused:
    with pytest.raises(ExtractionRefused) as caught:
        extract(content, name)
    assert caught.value.message.count(". ") >= 1, "the sentence says how to mend it"
    return caught.value


def zip_bomb() -> bytes:
    return packed({"word/document.xml": b"<w>" + b" " * 30_000_000 + b"</w>"})


def lying_zip() -> bytes:
    """Give a document whose archive declares a tenth of the size of its main part."""
    content = word_with("<w:p/>" + " " * 30_000_000)
    size = len(zipfile.ZipFile(BytesIO(content)).read("word/document.xml"))
    return content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def many_members() -> bytes:
    return packed({"word/document.xml": "<x/>"} | {f"word/{n}.xml": "x" for n in range(5_001)})


def locked_office() -> bytes:
    """Give the start of an Office file that is locked: an old container with one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def locked_member() -> bytes:
    """Give an archive whose member says that it is locked."""
    content = bytearray(packed({"word/document.xml": "<x/>"}))
    content[6] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def pdf_that_acts() -> bytes:
    """Give a PDF that runs a script, starts a program and goes to a site when it is opened."""
    document = pikepdf.open(BytesIO(pdf([["Gewone tekst staat hier."]])))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/sh"), Next=script)
    site = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://127.0.0.1:9/"))
    document.Root.OpenAction = launch
    document.pages[0].AA = pikepdf.Dictionary(O=site)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def with_member(name: str) -> bytes:
    file = BytesIO(word())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("code", "name", "content"),
    [
        ("file_empty", "a.txt", b" \r\n"),
        ("file_without_text", "a.md", b"\xef\xbb\xbf\x01"),
        ("encoding_unknown", "a.txt", b"\x00\x01\x02\xff\xfe\x80"),
        ("file_type_unknown", "a.exe", b"MZ\x90"),
        ("file_type_unknown", "zonder", b"tekst"),
        ("file_is_archive", "a.zip", packed({"a.txt": "x"})),
        ("file_is_archive", "a.txt", b"\x1f\x8b\x08\x00"),
        ("file_type_differs", "a.docx", packed({"a.txt": "x"})),
        ("file_type_differs", "a.docx", b"%PDF-1.7 x"),
        ("file_type_differs", "a.pdf", b"Gewone tekst."),
        ("file_type_differs", "a.txt", b"%PDF-1.7 x"),
        ("file_type_differs", "a.txt", word()),
        ("file_old_office", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"x"),
        (
            "file_encrypted",
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        ),
        ("file_encrypted", "a.pdf", pdf([["Geheim."]], password="x")),
        ("file_macros", "a.docm", word()),
        ("file_macros", "a.xlsm", workbook([["a"], ["b"]])),
        ("file_macros", "a.odt", packed({"content.xml": "<x/>", "Basic/Standard/M.xml": "x"})),
        ("file_encrypted", "a.xlsx", locked_office()),
        ("file_encrypted", "a.docx", locked_member()),
        ("file_is_archive", "a.docx.zip", packed({"a.zip": packed({"b.txt": "x"})})),
        ("file_type_differs", "a.docx", packed({"a.zip": packed({"b.txt": "x"})})),
        ("file_type_differs", "a.pdf", word() + b"%PDF-1.7"),
        ("file_type_differs", "a.txt", b"{\\rtf1 x}"),
        ("file_unsafe", "a.docx", many_members()),
        ("file_unsafe", "a.odt", packed({"content.xml": b" " * 30_000_000})),
        ("file_unsafe", "a.xlsx", packed({"xl/workbook.xml": b" " * 30_000_000})),
        ("file_macros", "a.docx", with_member("word/vbaProject.bin")),
        ("file_unsafe", "a.docx", zip_bomb()),
        ("file_damaged", "a.docx", lying_zip()),
        ("file_damaged", "a.docx", word()[:2000] + word()[-400:]),
        ("file_damaged", "a.docx", word_with("<w:p><w:r></w:p>")),
        ("file_damaged", "a.pdf", b"%PDF-1.7\nniets"),
        ("file_entities", "a.docx", packed({"word/document.xml": BOMB_XML})),
        ("file_entities", "a.docx", packed({"word/document.xml": LAUGHS_XML})),
        ("file_entities", "a.odt", packed({"content.xml": LAUGHS_XML})),
        ("file_entities", "a.odt", packed({"content.xml": OUTSIDE_XML})),
        ("file_entities", "a.xlsx", packed({"xl/workbook.xml": LAUGHS_XML})),
        ("file_entities", "a.xml", LAUGHS_XML.encode()),
        ("file_entities", "a.xlsx", packed({"xl/workbook.xml": OUTSIDE_XML})),
        ("file_entities", "a.xml", BOMB_XML.encode()),
        ("file_entities", "a.xml", OUTSIDE_XML.encode()),
        ("xml_unknown", "a.xml", b"<boek><al>x</al></boek>"),
        ("file_too_many_pages", "a.pdf", pdf_of_pages(10_000)),
        ("pdf_without_text", "a.pdf", pdf([[], []])),
        ("captions_missing", "a.vtt", b"WEBVTT\n\nniets"),
        ("table_empty", "a.xlsx", workbook([["alleen een kop"]])),
        ("first_sheet_empty", "a.xlsx", workbook([["Uitleg"]], Antwoorden=[["a"], ["ja"]])),
        ("table_row_too_wide", "a.csv", b'id,waarom\n1,"a\nb"\n2,a,b,c'),
        ("answers_missing", "a.csv", b"id,cijfer\n1,5\n2,4"),
        ("answers_missing", "a.csv", b"id\nabc"),
        ("table_damaged", "a.csv", b"a\nb" + b"x" * 1_000_001),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_file_gets_one_clear_refusal(code: str, name: str, content: bytes) -> None:
    assert refused(content, name).code == code


def test_a_file_inside_xml_is_never_read() -> None:
    assert "root:" not in str(refused(OUTSIDE_XML.encode(), "a.xml").context)


def test_deeply_nested_xml_and_html_do_no_harm() -> None:
    deep = word_with("<w:sdt><w:sdtContent>" * 5000)
    assert refused(deep, "a.docx").code in {"file_damaged", "file_too_heavy"}
    html = b"<div>" * 50_000 + b"tekst"
    assert extract(html, "a.html").text == "tekst"


def test_a_column_that_is_not_there_is_refused_with_the_columns_that_are() -> None:
    with pytest.raises(ExtractionRefused) as caught:
        extract(b"a,b\n1,2", "a.csv", extraction.Options(answers="c"))
    assert caught.value.context["columns"] == "a, b"


def test_a_row_with_more_values_than_columns_is_refused_with_its_line() -> None:
    context = refused(b'id,waarom\n1,"a\nb"\n2,a,b,c', "a.csv").context
    assert (context["line"], context["values"], context["columns"]) == (4, 4, 2)


def test_reading_that_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rodedraad.sources.extraction.extracting.LIMITS", Limits(seconds=0))
    assert refused(word(), "a.docx").code == "file_too_heavy"


def test_the_process_apart_gets_none_of_our_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://geheim")
    seen = tmp_path / "seen"
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\nenv > {seen}\ncat > /dev/null\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    assert refused(word(), "a.docx").code == "file_damaged"
    assert "geheim" not in seen.read_text()


def test_a_document_that_refers_elsewhere_is_read_and_says_so() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="1" TargetMode="External" Target="http://127.0.0.1:9/x.dotm" '
        'Type="http://x/attachedTemplate"/></Relationships>'
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = (
        f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Tekst</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    content = packed({"word/document.xml": main, "word/_rels/settings.xml.rels": relations})
    found = extract(content, "a.docx")
    assert found.text == "Tekst"
    assert found.notices == ({"code": "external_left_out", "n": 1},)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """Give an address on this machine, and who called there."""
    callers: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    callers.append(server.accept()[1])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", callers
        done.set()
        thread.join()


def test_nothing_that_a_document_refers_to_is_fetched(
    listener: tuple[str, list[object]],
) -> None:
    address, callers = listener
    html = (
        f'<html><head><link rel=stylesheet href="{address}"><script src="{address}"></script>'
        f'<base href="{address}"></head><body><p>Tekst.</p><img src="{address}">'
        f'<iframe src="{address}"></iframe><object data="{address}"></object></body></html>'
    )
    assert extract(html.encode(), "a.html").text == "Tekst."
    rtf = (
        r"{\rtf1{\field{\*\fldinst INCLUDEPICTURE " + address + r"}{\fldrslt }}Tekst.\par "
        r"{\object\objemb{\*\objclass Package}{\*\objdata 0105}}{\*\template " + address + "}}"
    )
    assert "Tekst." in extract(rtf.encode(), "a.rtf").text
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    draw = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    text = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    content = (
        f"<office:document-content {office} {text} {draw} {xlink}><office:body><office:text>"
        f'<text:p>Tekst.<draw:frame><draw:image xlink:href="{address}"/></draw:frame></text:p>'
        "</office:text></office:body></office:document-content>"
    )
    assert "Tekst." in extract(packed({"content.xml": content}), "a.odt").text
    assert callers == []


def test_a_pdf_with_a_script_and_a_program_to_start_is_only_read() -> None:
    assert extract(pdf_that_acts(), "a.pdf").text == "Gewone tekst staat hier."


def test_an_object_in_rtf_does_not_become_text() -> None:
    rtf = rb"{\rtf1 Voor.\par {\object\objemb{\*\objdata 4d5a900003000000}}Na.}"
    assert "4d5a" not in extract(rtf, "a.rtf").text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", zip_bomb()),
        ("a.docx", packed({"word/document.xml": LAUGHS_XML})),
        ("a.pdf", pdf_of_pages(10_000)),
        ("a.html", b"<div>" * 300_000),
    ],
    ids=["zip bomb", "billion laughs", "10,000 pages", "deep html"],
)
def test_the_memory_of_this_process_does_not_grow_with_what_a_file_would_become(
    name: str, content: bytes
) -> None:
    before = psutil.Process().memory_info().rss
    with pytest.raises(ExtractionRefused):
        extract(content, name)
    assert psutil.Process().memory_info().rss - before < 60 * 1024 * 1024
