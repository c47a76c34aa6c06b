"""How does one report leave the site as a file?"""

from collections.abc import Callable
from dataclasses import dataclass

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.reports.disclosure import leaves_study
from rodedraad.reports.export.docx import report_docx
from rodedraad.reports.export.folder import report_zip
from rodedraad.reports.export.pdf import report_pdf
from rodedraad.reports.export.pictures import inline_pictures
from rodedraad.reports.export.stale import stale_notice, stale_titles
from rodedraad.reports.models import Report
from rodedraad.reports.queries import report_stale_runs
from rodedraad.reports.rendering import Link, report_render


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: its name for people and its content type, and what makes it."""

    title: str
    content_type: str
    make: Callable[[Report, str, Link, list[str]], bytes]


def _html(report: Report, language: str, link: Link, stale: list[str]) -> bytes:
    link = inline_pictures(report, language, link)
    return report_render(report, language, link, stale=stale_titles(stale, language)).encode()


def _pdf(report: Report, language: str, link: Link, stale: list[str]) -> bytes:
    return report_pdf(report, language, link, stale=stale_notice(stale, language))


def _docx(report: Report, language: str, link: Link, stale: list[str]) -> bytes:
    return report_docx(report, language, link, stale=stale_notice(stale, language))


def _zip(report: Report, _language: str, _link: Link, stale: list[str]) -> bytes:
    return report_zip(report, stale)


FORMS = {
    "zip": Form("ZIP", "application/zip", _zip),
    "pdf": Form("PDF", "application/pdf", _pdf),
    "docx": Form(
        "DOCX",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
    "html": Form("HTML", "text/html; charset=utf-8", _html),
}


def report_download(
    report: Report, form: str, language: str, link: Link, *, person: Person, origin: str
) -> bytes:
    """Return the report as a file of ``form`` and write a line of the audit log.

    Raises
    ------
    Refusal
        When the report may not leave the study.
    """
    leaves_study(report)
    stale = [run.kind for run in report_stale_runs(report)]
    content = FORMS[form].make(report, language, link, stale)
    audit_record(
        person=person,
        action="report_download",
        object=f"study:{report.study.slug} {form} {language}",
        origin=origin,
    )
    return content
