"""Which rows are behind each number, as pages and CSV files that work without the site?"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from io import StringIO
from typing import Any

import numpy as np
import numpy.typing as npt
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst

from rodedraad.assessment.evidence_words import about_titles, filter_words, unit_words
from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.queries import evidence_table
from rodedraad.country.current import current_country
from rodedraad.reports.models import Report, ReportNumber
from rodedraad.reports.number_text import number_text
from rodedraad.reports.queries import number_filters, rows_name
from rodedraad.reports.rendering import styles_read
from rodedraad.reports.words import LANGUAGES, Words, words
from rodedraad.studies.models import Case, Construct

FOLDER = "rows"
STYLES = ("file.css", "rows.css")
SHOWN, SHOWN_OF_PART = 200, 25
CSV_COLUMNS = (
    "case", "name", "wave", "construct", "kind", "about", "value", "raw", "unit", "source",
    "source_record",
)  # fmt: skip
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows that one or more numbers came from: those that meet one of the filters."""

    name: str
    filters: tuple[RowFilter, ...]
    numbers: tuple[ReportNumber, ...]


def row_sets(numbers: Iterable[ReportNumber]) -> dict[str, RowSet]:
    """Return every distinct set of rows behind ``numbers``, and each part of it, by name."""
    using: dict[str, list[ReportNumber]] = {}
    filters_of: dict[str, tuple[RowFilter, ...]] = {}
    for number in numbers:
        filters = number_filters(number)
        name = rows_name(filters)
        using.setdefault(name, []).append(number)
        filters_of[name] = filters
        filters_of.update((rows_name((part,)), (part,)) for part in filters)
    return {
        name: RowSet(name, filters, tuple(using.get(name, ())))
        for name, filters in filters_of.items()
    }


def rows_files(report: Report) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every page and CSV file of the rows behind the report."""
    sets = row_sets(report.numbers.select_related("run").defer("run__result", "run__parameters"))
    parts = {part for each in sets.values() for part in each.filters}
    ordered = sorted(parts, key=lambda each: rows_name((each,)))
    rows = _rows(report, parts)
    ids, headings = _ids(report, ordered, rows), _headings(report, ordered)
    shown: dict[int, str] = {}
    constructs = _constructs(report)
    for name in sorted(sets):
        page = _page(sets[name], ids, rows, shown, constructs, headings)
        yield f"{FOLDER}/{name}.html", page.encode()
    for part, found in ids.items():
        yield f"{FOLDER}/{rows_name((part,))}.csv", _csv(rows[pk] for pk in found).encode()
    yield f"{FOLDER}/sources.html", _sources(rows.values()).encode()
    yield f"{FOLDER}/rows.css", styles_read(*STYLES).encode()


def _headings(report: Report, parts: Iterable[RowFilter]) -> dict[RowFilter, Words]:
    """Return the conditions of each filter on one line, in both languages."""
    names = dict(Case.objects.filter(study=report.study).values_list("unit_code", "name"))
    country, chosen = current_country(), tuple(parts)
    said: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            titles = about_titles(country)
            said[language] = [capfirst(filter_words(part, titles, names)) for part in chosen]
    return {part: words(said["nl"][at], said["en"][at]) for at, part in enumerate(chosen)}


def _ids(
    report: Report, parts: Iterable[RowFilter], rows: Mapping[int, dict[str, Any]]
) -> dict[RowFilter, Ids]:
    """Return the numbers of the rows of each filter; one question for all that differ in cases."""
    found: dict[RowFilter, Ids] = {}
    whole: dict[RowFilter, Ids] = {}
    for part in parts:
        base = replace(part, cases=None)
        if base not in whole:
            pks = evidence_rows(report.study, (base,)).values_list("pk", flat=True)
            whole[base] = np.fromiter(pks.iterator(20_000), dtype=np.int64)
        ids = whole[base]
        if part.cases is not None:
            wanted = frozenset(part.cases)
            ids = ids[[rows[pk]["case"] in wanted for pk in ids.tolist()]]
        found[part] = ids
    return found


def _rows(report: Report, parts: Iterable[RowFilter]) -> dict[int, dict[str, Any]]:
    """Return the rows behind the report, and no other: a study may have answers of people too."""
    name_of = dict(Case.objects.filter(study=report.study).values_list("unit_code", "name"))
    rows = evidence_table(report.study, *{replace(part, cases=None) for part in parts})
    with translation.override("nl"):
        shown = {unit: unit_words(unit) for unit in rows["unit"].unique()}
    return {
        row["id"]: {**row, "name": name_of[row["case"]], "unit_words": shown[row["unit"]]}
        for row in rows.iter_rows(named=True)
    }


def _constructs(report: Report) -> dict[str, tuple[str, str]]:
    found = Construct.objects.filter(framework__study=report.study).order_by("framework__version")
    return {code: (nl, en) for code, nl, en in found.values_list("code", "name_nl", "name_en")}


def _page(
    row_set: RowSet,
    ids: Mapping[RowFilter, Ids],
    rows: Mapping[int, dict[str, Any]],
    shown: dict[int, str],
    constructs: Mapping[str, tuple[str, str]],
    headings: Mapping[RowFilter, Words],
) -> str:
    parts = [ids[part] for part in row_set.filters]
    every = np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)
    limit = SHOWN if len(parts) == 1 else SHOWN_OF_PART
    tables = []
    for part, found in zip(row_set.filters, parts, strict=True):
        first = found[:limit].tolist()
        for pk in first:
            if pk not in shown:
                shown[pk] = _line(rows[pk])
        tables.append(
            {
                "name": rows_name((part,)),
                "words": headings[part],
                "count": number_text(len(found), 0, "", "nl"),
                "more": len(found) > limit,
                "alone": len(parts) == 1,
                "lines": "".join(shown[pk] for pk in first),
            }
        )
    used = sorted({rows[pk]["construct"] for found in parts for pk in found[:limit].tolist()})
    return render_to_string(
        "reports/rows.html",
        {
            "numbers": [
                {
                    "nl": f"{number.label_nl}: {_value(number, 'nl')}",
                    "en": f"{number.label_en}: {_value(number, 'en')}",
                }
                for number in row_set.numbers
            ],
            "runs": sorted({str(number.run) for number in row_set.numbers}),
            "total": number_text(len(every), 0, "", "nl"),
            "total_plain": len(every),
            "limit": limit,
            "tables": tables,
            "constructs": [(code, *constructs.get(code, ("", ""))) for code in used],
        },
    )


def _value(number: ReportNumber, language: str) -> str:
    return number_text(number.value, number.decimals, number.unit, language)


def _line(row: Mapping[str, Any]) -> str:
    """Return one row of the table, without the end tags that HTML does not need."""
    source = escape(row["source"])
    return (
        f"<tr><th scope=row>{escape(row['name'])} ({row['case']})<td>{escape(row['wave'] or '–')}"
        f"<td>{row['construct']}<td>{escape(row['about'])}<td>{_plain(row['value'], 3)}"
        f"<td>{_plain(row['raw'], 6)} {escape(row['unit_words'])}"
        f'<td><a href="sources.html#{source}">{source}, {escape(row["source_id"])}</a>\n'
    )


def _plain(value: float | None, decimals: int) -> str:
    if value is None:
        return "–"
    text = f"{value:,.{decimals}f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans({",": ".", ".": ","}))


def _csv(rows: Iterable[Mapping[str, Any]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for row in rows:
        writer.writerow([row["source_id" if c == "source_record" else c] for c in CSV_COLUMNS])
    return text.getvalue()


def _sources(rows: Iterable[Mapping[str, Any]]) -> str:
    used = {row["source"] for row in rows}
    found = current_country().sources
    return render_to_string(
        "reports/sources.html", {"sources": [found[key] for key in sorted(used)]}
    )
