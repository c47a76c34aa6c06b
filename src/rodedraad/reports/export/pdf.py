"""A report as PDF/UA-1: tagged, with language, title, alternative texts and bookmarks."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from rodedraad.errors import Refusal
from rodedraad.reports.export.typst_text import typst_string, typst_text
from rodedraad.reports.models import Report
from rodedraad.reports.rendering import Link, report_body, report_text

PAGE = Path(__file__).with_name("report.typ")
REGIONS = {"nl": "NL", "en": "GB"}


def report_pdf(report: Report, language: str, link: Link, *, stale: str = "") -> bytes:
    """Return the PDF: the same bytes for the same report on every machine.

    ``stale`` is a notice in HTML that comes before the text, or empty. Fonts are those that the
    compiler carries; the date is that of the report.

    Raises
    ------
    Refusal
        When the compiler finds a breach of PDF/UA-1, such as a picture without alternative text.
    """
    text = report_text(report, language)
    pngs = dict(report.pictures.filter(language=language).values_list("key", "png"))
    files = {key: f"{key}.png" for key in pngs}

    def address(what: str, key: str) -> str:
        return files[key] if what == "picture" else link(what, key)

    body = typst_text(stale + report_body(text, address), {name: name for name in files.values()})
    with translation.override(language):
        page_words = _("Page")
    settings = {
        "title": text.title,
        "language": language,
        "region": REGIONS[language],
        "page-words": page_words,
    }
    given = ", ".join(f"{name}: {typst_string(value)}" for name, value in settings.items())
    source = f'#import "report.typ": picture, report\n#show: report.with({given})\n{body}'
    return _compile(source, {files[key]: bytes(png) for key, png in pngs.items()}, report)


def _compile(source: str, pictures: Mapping[str, bytes], report: Report) -> bytes:
    with TemporaryDirectory(prefix="rodedraad-") as folder:
        root = Path(folder)
        (root / PAGE.name).write_bytes(PAGE.read_bytes())
        for name, picture in pictures.items():
            (root / name).write_bytes(picture)
        main = root / "main.typ"
        main.write_text(source, encoding="utf-8")
        try:
            made = typst.compile(  # pyright: ignore[reportCallIssue] its types lag behind
                str(main),
                root=str(root),
                format="pdf",
                pdf_standards=["ua-1"],
                timestamp=int(report.created_at.timestamp()),
                ignore_system_fonts=True,
            )
        except typst.TypstError as fault:
            raise Refusal(
                f"The PDF was not made: {fault}. Mend the text or picture it names.",
                code="report_pdf_refused",
            ) from fault
    return bytes(made)
