"""A report as a folder: the files that people read, and the rows behind every number."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rodedraad.files import file_replace
from rodedraad.reports.disclosure import leaves_study
from rodedraad.reports.export.docx import report_docx
from rodedraad.reports.export.pdf import report_pdf
from rodedraad.reports.export.pictures import inline_pictures
from rodedraad.reports.export.rows import FOLDER, rows_files
from rodedraad.reports.export.stale import stale_notice, stale_titles
from rodedraad.reports.models import Report
from rodedraad.reports.queries import number_filters, report_stale_runs, rows_name
from rodedraad.reports.rendering import report_render

MANIFEST = f"{FOLDER}/manifest.json"
FILE_MODE = 0o644
HTML_FILES = {"nl": "report.html", "en": "report.en.html"}


def report_export(report: Report, out: Path) -> list[Path]:
    """Write the report to the folder ``out`` and return its files, those for reading first.

    A file that would not change is not written; when nothing changed since the last time, nothing
    is made either. Files of an earlier report that this one does not have are removed.

    Raises
    ------
    Refusal
        When the report may not leave the study, the folder cannot be written or the disk is full.
    """
    leaves_study(report)
    stale = [run.kind for run in report_stale_runs(report)]
    fingerprint = hashlib.sha256(f"{report.pk} {report.fingerprint} {stale}".encode()).hexdigest()
    known = _manifest(out)
    if known.get("fingerprint") == fingerprint and _unchanged(out, known["files"]):
        return [out / name for name in known["files"]]
    digests: dict[str, str] = {}
    for name, content in _files(report, stale):
        digests[name] = hashlib.sha256(content).hexdigest()
        _put(out / name, content)
    for name in set(known.get("files", {})) - set(digests):
        (out / name).unlink(missing_ok=True)
    manifest = json.dumps({"fingerprint": fingerprint, "files": digests}, indent=1)
    _put(out / MANIFEST, f"{manifest}\n".encode())
    return [out / name for name in digests]


def report_zip(report: Report, stale: list[str]) -> bytes:
    """Return the same folder as one ZIP: unpacked, it works without the site.

    The same report gives the same bytes.
    """
    made = report.created_at.astimezone(UTC).timetuple()[:6]
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, file in _files(report, stale):
            place = ZipInfo(f"rapport-{report.study.slug}/{name}", made)
            place.external_attr = FILE_MODE << 16
            archive.writestr(place, file, ZIP_DEFLATED)
    return content.getvalue()


def _files(report: Report, stale: list[str]) -> Iterator[tuple[str, bytes]]:
    numbers = report.numbers.only("key", "rows", "report")
    rows_of = {number.key: rows_name(number_filters(number)) for number in numbers}

    def link(_what: str, key: str) -> str:
        return f"{FOLDER}/{rows_of[key]}.html"

    for language, name in HTML_FILES.items():
        page = report_render(
            report,
            language,
            inline_pictures(report, language, link),
            stale=stale_titles(stale, language),
        )
        yield name, page.encode()
    notice = stale_notice(stale, "nl")
    yield "report.pdf", report_pdf(report, "nl", link, stale=notice)
    yield "report.docx", report_docx(report, "nl", link, stale=notice)
    yield from rows_files(report)


def _manifest(out: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if {"fingerprint", "files"} <= set(found) else {}


def _unchanged(out: Path, digests: dict[str, str]) -> bool:
    return all(_digest(out / name) == digest for name, digest in digests.items())


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _put(path: Path, content: bytes) -> None:
    try:
        if path.read_bytes() == content:
            return
    except OSError:
        pass
    with file_replace(path) as temporary:
        temporary.write_bytes(content)
