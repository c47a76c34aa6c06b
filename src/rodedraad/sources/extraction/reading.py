"""Which reader and which library read a file of a known form? Only those are imported."""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version

from rodedraad.sources.extraction.model import Found, Options

READERS = {
    "pdf": ("pdf:pdf_read", "pypdfium2"),
    "docx": ("word:word_read", "lxml"),
    "odt": ("open_document:open_document_read", "lxml"),
    "rtf": ("rich_text:rich_text_read", "striprtf"),
    "html": ("web_page:web_page_read", "selectolax"),
    "xlsx": ("answers:workbook_read", "openpyxl"),
    "csv": ("answers:csv_read", ""),
    "parliament": ("parliament:parliament_read", "lxml"),
}


def file_read(content: bytes, form: str, options: Options) -> Found:
    """Return text, paragraphs and notices of a file that needs a library to be read.

    Raises
    ------
    ExtractionRefused: the file is hostile, locked, damaged or too large.
    """
    return _reader(form)(content, options)


def extractor_of(form: str) -> str:
    """Return the library that reads ``form``, or ours, with its version."""
    library = READERS[form][1] or "rodedraad"
    return f"{library} {version(library)}"


def _reader(form: str) -> Callable[[bytes, Options], Found]:
    module, _, function = READERS[form][0].partition(":")
    return getattr(import_module(f"rodedraad.sources.extraction.{module}"), function)
