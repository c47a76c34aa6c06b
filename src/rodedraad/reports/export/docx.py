"""A report as DOCX, for who wants to edit it: made from the same HTML by pandoc."""

import os
import subprocess
from base64 import b64encode
from html import escape
from xml.etree import ElementTree

import pypandoc

from rodedraad.errors import Refusal
from rodedraad.reports.export.typst_text import printed
from rodedraad.reports.models import Report
from rodedraad.reports.rendering import Link, report_body, report_text

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
SECONDS_ALLOWED = 120


def report_docx(report: Report, language: str, link: Link, *, stale: str = "") -> bytes:
    """Return the DOCX: the same bytes for the same report.

    Headings keep their level, tables their header row, pictures their alternative text. Pandoc
    runs in its sandbox: it reads and writes nothing but what it is given.

    Raises
    ------
    Refusal
        When pandoc does not succeed.
    """
    text = report_text(report, language)
    pngs = dict(report.pictures.filter(language=language).values_list("key", "png"))

    def address(what: str, key: str) -> str:
        if what == "picture":
            return f"data:image/png;base64,{b64encode(bytes(pngs[key])).decode()}"
        return link(what, key)

    page = (
        f'<html lang="{LANGUAGES[language]}"><head><title>{escape(text.title)}</title></head>'
        f"{_editable(stale + report_body(text, address))}</html>"
    )
    return _pandoc(page, report, LANGUAGES[language])


def _editable(body: str) -> str:
    """Return the HTML for pandoc; a figure becomes plain paragraphs.

    Pandoc would put a figure in a table of its own, which a screen reader reads as data.
    """
    tree = printed(body)
    for figure in list(tree.iter("figure")):
        figure.tag = "div"
        for part in figure.iter():
            if part.tag == "figcaption":
                part.tag = "p"
    return ElementTree.tostring(tree, encoding="unicode", method="html")


def _pandoc(page: str, report: Report, language: str) -> bytes:
    command = [
        pypandoc.get_pandoc_path(),
        "--sandbox",
        "--from=html",
        "--to=docx",
        f"--metadata=lang:{language}",
        "--output=-",
    ]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(report.created_at.timestamp())),
    }
    done = subprocess.run(
        command,
        input=page.encode(),
        capture_output=True,
        env=environment,
        timeout=SECONDS_ALLOWED,
        check=False,
    )
    if done.returncode:
        raise Refusal(
            f"The DOCX was not made: {done.stderr.decode(errors='replace').strip()}",
            code="report_docx_refused",
        )
    return done.stdout
