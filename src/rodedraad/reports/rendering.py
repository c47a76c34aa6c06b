"""How does a report read, given where its numbers and pictures lead?"""

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from rodedraad.reports.models import Report, ReportText

Link = Callable[[str, str], str]
"""Gives the address of a number or picture: ``link("number", key)``, ``link("picture", key)``."""

STYLES = ("file.css", "standalone.css", "report.css")
PLACE = re.compile(r'(href|src)="(number|picture):([^"]+)"')


def report_text(report: Report, language: str) -> ReportText:
    """Return the words of the report in ``language``."""
    return report.texts.get(language=language)


def report_body(text: ReportText, link: Link) -> str:
    """Return the report as a piece of HTML, without a frame around it."""

    def lead(place: re.Match[str]) -> str:
        attribute, what, key = place.groups()
        return f'{attribute}="{escape(link(what, unescape(key)))}"'

    return PLACE.sub(lead, text.body)


def styles_read(*names: str) -> str:
    """Return style sheets of this room as one text, for a file that has none beside it."""
    folder = Path(__file__).parent / "static/reports"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def report_render(report: Report, language: str, link: Link, *, stale: Sequence[str] = ()) -> str:
    """Return the report as one HTML file that needs nothing beside it but what ``link`` names.

    ``stale`` are the titles of conclusions that are out of date; a notice names them.
    """
    text = report_text(report, language)
    with translation.override(language):
        return render_to_string(
            "reports/standalone.html",
            {
                "title": text.title,
                "language": language,
                "body": report_body(text, link),
                "stale": stale,
                "style": styles_read(*STYLES),
            },
        )
