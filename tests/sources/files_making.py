"""Small files of each form, kind and hostile, for the tests of the room."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
import odfdo
import openpyxl
import pikepdf

PAGE_FONT = "/F1"


def packed(members: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word() -> bytes:
    """Give a document with headings, a table and text after it."""
    document = docx.Document()
    document.add_heading("Verslag", 1)
    document.add_paragraph("De raad vergadert. Één punt.")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, (("Wijk", "Wachttijd"), ("Noord", "6 weken")), strict=True):
        for cell, word_ in zip(row.cells, words, strict=True):
            cell.text = word_
    document.add_paragraph("Na de tabel 🙂.")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def word_with(document_xml: str, **members: str) -> bytes:
    """Give a document whose main part has this body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = f'<w:document xmlns:w="{space}"><w:body>{document_xml}</w:body></w:document>'
    notes = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{space}">{words}</w:{name}>'
        for name, words in members.items()
    }
    return packed({"word/document.xml": main, **notes})


def open_document() -> bytes:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Header(1, "Verslag"))
    paragraph = odfdo.Paragraph("De raad vergadert.")
    paragraph.insert_note(after="raad", note_id="n1", citation="1", body="De gemeenteraad.")
    body.append(paragraph)
    table = odfdo.Table("t", width=2, height=1)
    table.set_values([["Noord", "6 weken"]])
    body.append(table)
    body.append(odfdo.Paragraph("Slot."))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def workbook(rows: list[list[object]], **others: list[list[object]]) -> bytes:
    """Give a workbook with these rows on its first sheet, and more sheets by name."""
    book = openpyxl.Workbook()
    sheets = [(book.active, rows)] + [(book.create_sheet(name), others[name]) for name in others]
    for sheet, its_rows in sheets:
        for row in its_rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def pdf(pages: list[list[str]], *, password: str = "") -> bytes:
    """Give a PDF with these lines on its pages."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for lines in pages:
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({PAGE_FONT: font}))
        shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        words = f"BT {PAGE_FONT} 12 Tf 60 780 Td {shown} ET" if lines else ""
        page.Contents = document.make_stream(words.encode("cp1252"))
    file = BytesIO()
    lock = pikepdf.Encryption(owner=password, user=password) if password else None
    document.save(file, encryption=lock) if lock else document.save(file)
    return file.getvalue()


def pdf_of_pages(n: int) -> bytes:
    """Give a PDF of many empty pages."""
    document = pikepdf.new()
    document.add_blank_page()
    for _ in range(n - 1):
        document.pages.append(document.pages[0])
    file = BytesIO()
    document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()
