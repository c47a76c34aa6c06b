"""Whether files of each form become the same text with the same paragraphs each time."""

import os
import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pytest
from files_making import open_document, pdf, word, word_with, workbook
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.sources.extraction import Extracted, Options, extract
from rodedraad.sources.extraction.cleaning import FORBIDDEN, pieces_join, text_clean, text_passages
from rodedraad.sources.extraction.model import Piece

SOURCES = os.environ.get("RODEDRAAD_SOURCES")
BAD_IN_XML = re.compile("[\x00-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff\ud800-\udfff\ufeff]")


def shown(found: Extracted) -> list[tuple[str, str, str]]:
    return [(p.kind, p.label, found.text[p.start : p.end]) for p in found.passages]


def codes(found: Extracted) -> dict[str, object]:
    return {notice["code"]: notice.get("n", True) for notice in found.notices}


def test_a_word_document_comes_out_in_the_order_of_its_body() -> None:
    content = word()
    found = extract(content, "verslag.docx")
    assert shown(found) == [
        ("heading", "", "Verslag"),
        ("text", "", "De raad vergadert. Één punt."),
        ("table", "", "Wijk\tWachttijd"),
        ("table", "", "Noord\t6 weken"),
        ("text", "", "Na de tabel 🙂."),
    ]
    peer = [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
    assert peer == [words for kind, _, words in shown(found) if kind != "table"]


def test_a_word_document_has_notes_and_boxes_and_leaves_deleted_text_out() -> None:
    content = word_with(
        "<w:p><w:r><w:t>Een</w:t><w:tab/><w:t>twee</w:t></w:r>"
        '<w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve">'
        " drie</w:t></w:r></w:ins><w:r><w:footnoteReference/></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In een veld</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Buiten</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Binnen"
        "</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        footnotes='<w:footnote w:type="separator"><w:p/></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>De noot.</w:t></w:r></w:p></w:footnote>",
        comments="<w:comment><w:p/></w:comment>",
    )
    found = extract(content, "a.docx")
    assert [words for _, _, words in shown(found)] == [
        "Een\ttwee drie",
        "In een veld",
        "Buiten",
        "Binnen",
        "De noot.",
    ]
    assert shown(found)[-1][:2] == ("footnote", "1")
    assert codes(found) == {"deleted_left_out": 1, "comments_left_out": 1}


def test_an_open_document_comes_out_in_order_with_its_note() -> None:
    assert shown(extract(open_document(), "verslag.odt")) == [
        ("heading", "", "Verslag"),
        ("text", "", "De raad vergadert."),
        ("table", "", "Noord\t6 weken"),
        ("text", "", "Slot."),
        ("footnote", "1", "De gemeenteraad."),
    ]


def test_a_pdf_has_pages_and_a_broken_word_is_joined_only_when_it_stands_whole_elsewhere() -> None:
    pages = [
        ["De gemeente wil een loket voor iedereen.", "Dat is zo."],
        ["Elke gemeen-", "te heeft een mkb-", "loket."],
    ]
    found = extract(pdf(pages), "a.pdf")
    assert {label for _, label, _ in shown(found)} == {"p. 1", "p. 2"}
    assert "\r" not in found.text
    assert found.extractor.startswith("pypdfium2 ")
    assert codes(found) == {"hyphens_joined": 1, "hyphens_kept": 1}
    assert "Elke gemeente heeft" in found.text
    assert "mkb-loket" in found.text


def test_rich_text_keeps_accents() -> None:
    content = rb"{\rtf1\ansi\ansicpg1252 {\b Kop}\par\par De co\'f6rdinatie \u8364? is goed.\par}"
    assert [words for *_, words in shown(extract(content, "a.rtf"))] == [
        "Kop",
        "De coördinatie € is goed.",
    ]


def test_rich_text_tells_what_it_leaves_out_and_that_deleted_text_is_still_there() -> None:
    content = (
        rb"{\rtf1\ansi{\header Kop\par}{\footerr Voet\par}Zin{\footnote Noot.}"
        rb" {\deleted weg}\deleted0"
        rb"{\*\shppict{\pict 00}}{\nonshppict{\pict 00}} \\pict slot.\par}"
    )
    assert codes(extract(content, "a.rtf")) == {
        "footnotes_left_out": 1,
        "headers_left_out": 2,
        "pictures_left_out": 1,
        "deleted_kept": 1,
    }
    assert codes(extract(rb"{\rtf1 Zin.}", "a.rtf")) == {}


def test_a_web_page_shows_what_a_reader_sees() -> None:
    content = (
        b"<!doctype html><title>x</title><style>p{}</style><h1>Kop</h1><div>Voor<p>Een <b>vet</b>\n"
        b" woord &amp; meer<br>regel</p>na</div><script>alert(1)</script><table><tr><th>A</th><td>"
        b"<p>1</p></td></tr></table>"
    )
    assert shown(extract(content, "a.html")) == [
        ("heading", "", "Kop"),
        ("text", "", "Voor"),
        ("text", "", "Een vet woord & meer\nregel"),
        ("text", "", "na"),
        ("table", "", "A\t1"),
    ]


def test_a_web_page_tells_what_it_does_not_show() -> None:
    content = (
        b"<style>p{}</style><script>1</script><p>Een</p><p hidden>weg<b>ook</b></p><table "
        b'style="color:red; DISPLAY : none"><tr><td>weg</td></tr></table><div style="display:none">'
        b"</div><noscript><p>weg</p></noscript><textarea>weg</textarea><iframe></iframe>"
        b'<p style="display:block">Twee'
    )
    found = extract(content, "a.html")
    assert found.text.split() == ["Een", "Twee"]
    told = {"scripts_left_out": 2, "unseen_left_out": 2, "hidden_left_out": 2}
    assert codes(found) == told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_in_any_encoding_gives_the_same_characters(encoding: str) -> None:
    words = "Cliënten van de coöperatie: „één” – € 5.\r\n\r\nTweede alinea."
    found = extract(words.encode(encoding), "a.txt")
    assert found.text == words.replace("\r\n", "\n")
    assert len(found.passages) == 2


@pytest.mark.parametrize("words", ["Een verslag.\n\nMeer.", "Cliënten: „één” – € 5 in coöperatie."])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark_is_read(encoding: str, words: str) -> None:
    found = extract(words.encode(encoding), "a.txt")
    assert found.text == words
    assert found.notices == ({"code": "encoding", "encoding": encoding},)


def test_a_stray_nul_does_not_make_a_text_utf_16() -> None:
    assert extract(b"Een\x00 verslag.", "a.txt").text == "Een verslag."


def test_an_encoding_done_twice_is_undone_when_the_file_proves_it() -> None:
    twice = "\ufeff# Coördinatie".encode().decode("latin-1").encode()
    found = extract(twice, "a.md")
    assert found.text == "# Coördinatie"
    assert codes(found) == {"double_encoding_mended": True}


def test_a_written_transcript_has_turns() -> None:
    words = "Interviewer: Hoe gaat het?\nAnna: Goed.\nEn verder.\nInterviewer: Mooi.\nAnna: Ja."
    assert [(kind, label) for kind, label, _ in shown(extract(words.encode(), "a.txt"))] == [
        ("turn", "Interviewer"),
        ("turn", "Anna"),
        ("turn", "Anna"),
        ("turn", "Interviewer"),
        ("turn", "Anna"),
    ]


def test_captions_become_turns_with_speaker_and_time() -> None:
    vtt = (
        "WEBVTT\n\nNOTE x\n00:00:00.000 --> 00:00:01.000\n\n00:01.000 --> 00:02.000\n"
        "<v Anna de Vries>Goed &amp; <i>wel</i></v>\n\n2\n00:02.000 --> 00:03.000\n"
        "<v Anna de Vries>hoor.\n\n01:00:03.000 --> 01:00:04.000\n<v Bram>Ja.\n"
    )
    assert shown(extract(vtt.encode(), "a.vtt")) == [
        ("turn", "Anna de Vries 0:00:01", "Anna de Vries: Goed & wel hoor."),
        ("turn", "Bram 1:00:03", "Bram: Ja."),
    ]
    srt = "1\n00:00:01,000 --> 00:00:02,000\nAnna: Goed.\n\n2\n00:00:02,500 --> 00:00:03,000\nJa."
    assert shown(extract(srt.encode(), "a.srt")) == [
        ("turn", "Anna 0:00:01", "Anna: Goed. Ja."),
    ]


def captions(*said: str) -> bytes:
    cues = (f"00:0{n}.000 --> 00:0{n}.900\n{words}" for n, words in enumerate(said))
    return "\n\n".join(["WEBVTT", *cues]).encode()


def test_a_dash_in_captions_begins_a_turn_of_someone_unknown() -> None:
    found = extract(
        captions("Kees: hard\n<i>- Wie is daar?\n- Ik.", "En ik.", "-Anna: Ja."), "a.vtt"
    )
    assert shown(found) == [
        ("turn", "Kees 0:00:00", "Kees: hard"),
        ("turn", "0:00:00", "- Wie is daar?"),
        ("turn", "0:00:00", "- Ik."),
        ("turn", "0:00:01", "En ik."),
        ("turn", "Anna 0:00:02", "Anna: Ja."),
    ]
    assert codes(found) == {"turns_without_speaker": 2}


def test_words_before_a_colon_are_a_speaker_only_when_they_look_like_one() -> None:
    said = ("Anna de Vries: Goed.", "Let op: het is 5\n-3 graden.", "een punt nog: nee.",
            "Spreker 1: Ja.", "medewerker (wijk): Nee.", "R2: Ja.",
            "medewerker (wijk): Ook.")  # fmt: skip
    found = extract(captions(*said), "a.vtt")
    assert [label.rpartition(" ")[0] for _, label, _ in shown(found)] == [
        "Anna de Vries", "Spreker 1", "medewerker (wijk)", "R2", "medewerker (wijk)",
    ]  # fmt: skip
    wanted = "Anna de Vries: Goed. Let op: het is 5 -3 graden. een punt nog: nee."
    assert shown(found)[0][2] == wanted
    assert [notice.get("words") for notice in found.notices] == ["een punt nog"]


def test_open_answers_are_one_paragraph_each_with_the_respondent() -> None:
    rows = [["respondent", "cijfer", "toelichting"], ["r1", 5, "Het duurt lang."], ["r2", 4, None],
            ["r3", 3, "Geen idee\nverder."]]  # fmt: skip
    wanted = [("answer", "r1", "Het duurt lang."), ("answer", "r3", "Geen idee\nverder.")]
    found = extract(workbook(rows), "a.xlsx")
    assert shown(found) == wanted
    assert codes(found) == {"answers_column_taken": True, "answers_empty": 1}
    lines = (
        "respondent;cijfer;toelichting",
        "r1;5;Het duurt lang.",
        "r2;4;",
        'r3;3;"Geen idee\nverder."',
    )
    csv = "\r\n".join(lines)
    assert shown(extract(csv.encode("cp1252"), "a.csv")) == wanted
    chosen = extract(csv.encode(), "a.csv", Options(answers="cijfer", respondent="respondent"))
    assert [words for *_, words in shown(chosen)] == ["5", "4", "3"]


def test_columns_and_sheets_that_do_not_come_along_are_named() -> None:
    rows: list[list[object]] = [
        ["id", "waarom", "cijfer", "verder"],
        [1, "Het duurt lang.", 5, "Ja."],
    ]
    found = extract(workbook(rows, Uitleg=[["Dit"]], Leeg=[]), "a.xlsx")
    assert [words for *_, words in shown(found)] == ["Het duurt lang."]
    told = {notice["code"]: notice for notice in found.notices}
    assert told["answers_columns_left_out"]["columns"] == "verder"
    assert told["sheets_left_out"]["sheets"] == "Uitleg"
    chosen = extract(b"a,b\nja,nee", "a.csv", Options(answers="b"))
    assert codes(chosen) == {"respondents_by_row": True, "answers_columns_left_out": 1}
    assert "#2" in str(extract(workbook([["a"], ["Een zin.", "kort"]]), "a.xlsx").notices)


def test_who_answered_is_not_an_answer_and_a_row_keeps_its_number() -> None:
    found = extract(b"id;waarom\nabcdefghijklmnop;Ja.", "a.csv")
    assert shown(found) == [("answer", "abcdefghijklmnop", "Ja.")]
    assert shown(extract(b"\nwaarom\nJa.", "a.csv")) == [("answer", "3", "Ja.")]


def test_proceedings_of_parliament_say_who_speaks() -> None:
    xml = (
        "<officiele-publicatie><metadata><x>nee</x></metadata><handelingen><agendapunt><item-titel>"
        "Wmo</item-titel><spreekbeurt><spreker><voorvoegsels>Mevrouw</voorvoegsels><naam>"
        "<achternaam> Bergkamp</achternaam></naam> (<politiek> D66 </politiek>):</spreker><tekst>"
        "<al>Eén motie <extref>nr. 1</extref> .</al><al>Dank.</al></tekst></spreekbeurt>"
        "</agendapunt></handelingen></officiele-publicatie>"
    )
    assert shown(extract(xml.encode(), "h-tk.xml")) == [
        ("heading", "", "Wmo"),
        ("turn", "Mevrouw Bergkamp (D66)", "Mevrouw Bergkamp (D66): Eén motie nr. 1."),
        ("turn", "Mevrouw Bergkamp (D66)", "Dank."),
    ]


@given(st.text(max_size=300))
def test_a_clean_text_has_only_line_feeds_and_what_xml_allows(words: str) -> None:
    cleaned, _ = text_clean(words)
    assert not BAD_IN_XML.search(cleaned)
    assert text_clean(cleaned) == (cleaned, 0)
    assert not FORBIDDEN.search(cleaned)


@given(st.text("ab \n\t.", max_size=200))
def test_paragraphs_hold_every_word_once_and_in_order(words: str) -> None:
    found = text_passages(words)
    assert "".join("".join(words[p.start : p.end] for p in found).split()) == "".join(words.split())
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_very_long_paragraph_is_cut_and_loses_nothing() -> None:
    words = "Dit is een zin. " * 10_000
    text, passages, _ = pieces_join([Piece(words)])
    assert max(p.end - p.start for p in passages) <= 20_000
    assert " ".join(text[p.start : p.end] for p in passages) == words.strip()


@pytest.mark.skipif(not SOURCES, reason="RODEDRAAD_SOURCES does not name the source files")
def test_the_coalition_agreement_as_pdf_has_the_words_of_its_table() -> None:
    folder = Path(str(SOURCES)) / "text" / "coalition_agreement_2021"
    from_pdf = extract((folder / "coalitieakkoord-2021-2025.pdf").read_bytes(), "a.pdf")
    table = extract((folder / "coalitieakkoord2021.csv").read_bytes(), "a.csv", Options("txt"))
    words, wanted = (re.findall(r"\w{4,}", found.text.lower()) for found in (from_pdf, table))
    assert len(set(wanted) & set(words)) / len(set(wanted)) > 0.99
    assert abs(len(words) / len(wanted) - 1) < 0.02


def test_the_same_bytes_give_the_same_outcome() -> None:
    assert extract(word(), "a.docx") == extract(word(), "a.docx")


def test_a_pdf_with_page_labels_shows_those() -> None:
    document = pikepdf.open(BytesIO(pdf([["Voorwoord staat hier."], ["Hoofdstuk een."]])))
    labels = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name("/r"))])
    document.Root.PageLabels = pikepdf.Dictionary(Nums=labels)
    file = BytesIO()
    document.save(file)
    assert [label for _, label, _ in shown(extract(file.getvalue(), "a.pdf"))] == ["p. i", "p. ii"]


def test_equations_and_symbols_of_a_word_document_are_read_or_told() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    body = (
        f'<w:p><w:r><w:t>Som </w:t></w:r><m:oMath xmlns:m="{math}"><m:r><m:t>a=b</m:t></m:r>'
        '</m:oMath><w:r><w:t> en </w:t><w:sym w:font="Arial" w:char="20AC"/>'
        '<w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:char="geen"/><w:sym w:char="D800"/>'
        "<w:sym/></w:r></w:p>"
    )
    found = extract(word_with(body), "a.docx")
    assert found.text.strip() == "Som a=b en €"
    assert codes(found) == {"symbols_left_out": 4}
