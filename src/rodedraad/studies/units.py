"""How units that are no municipality come into a study: by hand, or many at once from a CSV."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.studies.actions import frame_fill
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.models import Case, Study
from rodedraad.studies.row_faults import RowFault, RowsRefusal

FILE_BYTES_LIMIT = 1_000_000
ROWS_LIMIT = 5000
NAME_LIMIT = 200
CODE = re.compile(r"[^\W_][\w.\-]{0,79}")
HEADINGS = {"code": "code", "name": "name", "naam": "name"}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as it was given; ``row`` is the line of the file, or 1 when typed."""

    row: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Added:
    """How many units are new in the study, and how many it had already."""

    new: int
    known: int


def units_import(study: Study, content: bytes, *, person: Person, origin: str) -> Added:
    """Add the units of a CSV file with the headings ``code`` and ``name``; all of them or none.

    Comma, semicolon and tab separate columns. A unit that the study has under the same code and
    name is counted and left as it is.

    Raises
    ------
    RowsRefusal
        With every fault of the file at once.
    """
    faults: list[RowFault] = []
    rows = list(_rows(content, faults))
    if not rows and not faults:
        faults.append(RowFault(0, "no_rows"))
    return _add(study, rows, faults, person=person, origin=origin)


def unit_add(study: Study, *, code: str, name: str, person: Person, origin: str) -> Added:
    """Add one unit; see ``units_import``."""
    return _add(study, [UnitRow(1, code.strip(), name.strip())], [], person=person, origin=origin)


@transaction.atomic
def _add(
    study: Study, rows: list[UnitRow], faults: list[RowFault], *, person: Person, origin: str
) -> Added:
    if study.unit_kind == MUNICIPALITY:
        raise Refusal(
            "Municipalities come from the tables of the country; they are not typed in.",
            code="municipalities_are_given",
        )
    Study.objects.select_for_update().get(pk=study.pk)
    name_of = dict(Case.objects.filter(study=study).values_list("unit_code", "name"))
    faults = [*faults, *_faults(rows, name_of)]
    if faults:
        raise RowsRefusal(faults)
    new = frame_fill(study, ((row.code, row.name) for row in rows))
    audit_record(
        person=person, action="units_added", object=f"study:{study.slug} {new}", origin=origin
    )
    return Added(new=new, known=len(rows) - new)


def _faults(rows: list[UnitRow], name_of: dict[str, str]) -> Iterator[RowFault]:
    seen: set[str] = set()
    for row in rows:
        if not row.code:
            yield RowFault(row.row, "code_missing")
        elif not CODE.fullmatch(row.code):
            yield RowFault(row.row, "code_wrong", row.code)
        elif row.code in seen:
            yield RowFault(row.row, "code_twice", row.code)
        elif name_of.get(row.code, row.name) != row.name:
            yield RowFault(row.row, "code_taken", row.code)
        seen.add(row.code)
        if not row.name:
            yield RowFault(row.row, "name_missing")
        elif len(row.name) > NAME_LIMIT or any(_is_control(letter) for letter in row.name):
            yield RowFault(row.row, "name_wrong")


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}


def _rows(content: bytes, faults: list[RowFault]) -> Iterator[UnitRow]:
    if len(content) > FILE_BYTES_LIMIT:
        faults.append(RowFault(0, "too_large", limit="1 MB"))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(RowFault(content[: error.start].count(b"\n") + 1, "not_utf8"))
        return
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [HEADINGS.get(name.strip().casefold(), "") for name in next(reader, [])]
        missing = [name for name in ("code", "name") if name not in names]
        faults.extend(RowFault(1, "column_missing", name) for name in missing)
        if missing:
            return
        at_code, at_name = names.index("code"), names.index("name")
        for count, cells in enumerate((c for c in reader if any(map(str.strip, c))), start=1):
            if count > ROWS_LIMIT:
                faults.append(RowFault(reader.line_num, "too_many_rows", limit=str(ROWS_LIMIT)))
                return
            padded = [*cells, *[""] * len(names)]
            yield UnitRow(reader.line_num, padded[at_code].strip(), padded[at_name].strip())
    except csv.Error:
        faults.append(RowFault(reader.line_num, "not_csv"))
