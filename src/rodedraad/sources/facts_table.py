"""How do facts of many sources come out of a table, and go into one?

Pure of requests: rows in, changes and faults out; nothing is written here. A column that is not
there, and a cell that is empty, change nothing; a dash takes a fact away.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rodedraad.errors import Refusal
from rodedraad.sources.models import Source
from rodedraad.sources.wording import KINDS, LEVELS, Words
from rodedraad.studies.models import Study

NOTHING = "-"
COLUMNS = {
    "uuid": ("id",),
    "file_name": ("bestand", "file"),
    "title": ("titel", "title"),
    "kind": ("soort", "kind"),
    "case": ("casus", "case"),
    "wave": ("meting", "wave"),
    "date": ("datum", "date"),
    "period": ("periode", "period"),
    "origin": ("herkomst", "origin"),
    "role": ("rol", "role"),
    "respondent": ("pseudoniem", "respondent"),
    "confidentiality": ("wie", "who"),
}
"""The names of a column, the first as we write it, by the field of a source."""
KEYS = ("uuid", "file_name")
DUTCH_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
Changes = list[tuple[Source, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, and where."""

    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a table asks to change, and the rows that cannot be followed."""

    changes: Changes
    faults: list[RowFault]
    n_rows: int


def facts_read(rows: Sequence[Sequence[str]], study: Study, sources: QuerySet[Source]) -> TableRead:
    """Return the changes that a table asks of ``sources``: by ``id``, else by name of the file.

    Raises
    ------
    Refusal
        When no column says which source a row is about, or a column is not known.
    """
    fields = _fields(rows[0] if rows else ())
    known = list(sources.select_related("case", "wave"))
    by_key: dict[str, dict[str, list[Source]]] = {key: {} for key in KEYS}
    for source in known:
        by_key["uuid"].setdefault(str(source.uuid), []).append(source)
        by_key["file_name"].setdefault(source.file_name.lower(), []).append(source)
    reader = _Cells(study)
    changes: Changes = []
    faults: list[RowFault] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {
            field: cell.strip() for field, cell in zip(fields, row, strict=False) if cell.strip()
        }
        if not cells:
            continue
        try:
            source = _source(cells, by_key)
            wanted = {
                field: reader.value(field, cell)
                for field, cell in cells.items()
                if field not in KEYS
            }
        except ValueError as fault:
            faults.append(RowFault(number, str(fault)))
            continue
        differs = {name: value for name, value in wanted.items() if getattr(source, name) != value}
        if differs:
            changes.append((source, differs))
    return TableRead(changes, faults, max(len(rows) - 1, 0))


def facts_row(source: Source) -> list[object]:
    """Return the facts of a source as the row of a table that ``facts_read`` reads."""
    return [
        source.uuid,
        source.file_name,
        source.title,
        source.kind,
        source.case.name if source.case else "",
        source.wave.label if source.wave else "",
        source.date.isoformat() if source.date else "",
        source.period,
        source.origin,
        source.role,
        source.respondent,
        source.confidentiality,
    ]


class _Cells:
    """Reads cells as values of fields of a source of one study."""

    def __init__(self, study: Study) -> None:
        self._known: dict[str, dict[str, Any]] = {"case": {}, "wave": {}}
        for case in study.cases.all():
            self._known["case"] |= {case.unit_code.lower(): case, case.name.lower(): case}
        self._known["wave"] = {wave.label.lower(): wave for wave in study.waves.all()}
        self._known["kind"] = _by_word(KINDS)
        self._known["confidentiality"] = _by_word(LEVELS)

    def value(self, field: str, cell: str) -> Any:
        """Return the value; raises ``ValueError`` with a sentence when the cell is none."""
        if cell == NOTHING and field not in {"kind", "confidentiality", "title"}:
            return None if field in {"case", "wave", "date"} else ""
        if field == "date":
            return _date(cell)
        if field not in self._known:
            most = Source._meta.get_field(field).max_length or len(cell)
            return cell.removeprefix("'")[:most]
        found = self._known[field].get(cell.lower())
        if found is None:
            raise ValueError(
                _("Column ‘%(column)s’: ‘%(cell)s’ is not known in this study.")
                % {"column": COLUMNS[field][0], "cell": cell[:80]}
            )
        return found


def _by_word(words: Words) -> dict[str, str]:
    """Return the codes by themselves, and by their word or its part before a colon."""

    def said(word: str | Promise) -> set[str]:
        plain = str(word).lower()
        return {plain, plain.split(":", 1)[0]}

    return {
        key.lower(): str(code) for code, word in words.items() for key in {str(code), *said(word)}
    }


def _fields(head: Sequence[str]) -> list[str]:
    names = {name: field for field, known in COLUMNS.items() for name in known}
    asked = [name.strip().lower() for name in head]
    wrong = [name for name in asked if name and name not in names]
    if wrong or not {names.get(name) for name in asked} & set(KEYS):
        raise Refusal(
            f"The first row of the table must name the columns: "
            f"{', '.join(known[0] for known in COLUMNS.values())}. 'bestand' or 'id' says which "
            f"source a row is about. Not known: {', '.join(wrong)[:200] or 'none'}.",
            code="facts_columns",
            columns=", ".join(known[0] for known in COLUMNS.values()),
        )
    return [names.get(name, "") for name in asked]


def _source(cells: Mapping[str, str], by_key: Mapping[str, Mapping[str, list[Source]]]) -> Source:
    for key in KEYS:
        if key in cells:
            asked = cells[key].removeprefix("'")
            found = by_key[key].get(asked.lower(), [])
            if len(found) == 1:
                return found[0]
            sentence = (
                _("Several sources have the file ‘%(name)s’. Fill in the column ‘id’.")
                if found
                else _("There is no source with the file or id ‘%(name)s’.")
            )
            raise ValueError(sentence % {"name": asked[:120]})
    raise ValueError(_("The row does not say which source it is about."))


def _date(cell: str) -> datetime.date:
    dutch = DUTCH_DATE.fullmatch(cell)
    try:
        if dutch:
            return datetime.date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        return datetime.date.fromisoformat(cell)
    except ValueError:
        pass
    raise ValueError(
        _("‘%(cell)s’ is no date. Write it as 2015-12-31 or 31-12-2015.") % {"cell": cell[:40]}
    )
