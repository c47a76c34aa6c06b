"""What does the report of a network-development study say, in numbers, words and pictures?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation

from rodedraad.reports.book import NumberBook
from rodedraad.reports.charts.drawing import Drawing
from rodedraad.reports.network_development.material import Material
from rodedraad.reports.network_development.pictures import pictures
from rodedraad.reports.network_development.sections import sections
from rodedraad.reports.words import LANGUAGES, in_language


@dataclass(frozen=True)
class Composition:
    """All that a report consists of; ``texts`` and ``titles`` are by language."""

    book: NumberBook
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    pictures: Iterator[tuple[str, str, Drawing]]


def compose(material: Material, made_on: date) -> Composition:
    """Enter the numbers, write the texts around them, and draw the pictures."""
    book = NumberBook()
    tables = sections(book, material)
    study = material.study
    return Composition(
        book=book,
        titles={"nl": study.title_nl, "en": study.title_en},
        texts={
            language: _text(book, tables, material, made_on, language) for language in LANGUAGES
        },
        pictures=pictures(book, material),
    )


def _text(
    book: NumberBook, tables: object, material: Material, made_on: date, language: str
) -> str:
    with translation.override(language):
        return render_to_string(
            f"reports/network_development/{language}.html",
            {
                "study": material.study,
                "made_on": made_on,
                "book": book,
                "language": language,
                **in_language(tables, language),
            },
        ).strip()
