"""How does a bundle become a study again: all of it, or nothing?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import psycopg
from django.db import IntegrityError, connection, models, transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.jobs.kinds import Progress
from rodedraad.studies.models import Study, TeamMember
from rodedraad.transfer.bundle.checking import Bundle, bundle_open, refused
from rodedraad.transfer.bundle.plan import Carried
from rodedraad.transfer.bundle.pointers import row_turned
from rodedraad.transfer.bundle.steps import Steps, untold
from rodedraad.transfer.bundle.writing import ORIGINALS
from rodedraad.transfer.copying import keys_reserve
from rodedraad.transfer.originals import Originals, originals_with

MISFIT = (
    IntegrityError,
    psycopg.DataError,
    psycopg.IntegrityError,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
)
"""What the database and the reading of rows raise when these do not fit."""
FILE_AT_MOST = 4 * 1024**3


def bundle_restore(
    path: Path,
    *,
    slug: str = "",
    lead: Person | None,
    person: Person | None,
    origin: str,
    tell: Progress = untold,
) -> Study:
    """Make the study that a bundle holds, with everything in it, and ``lead`` as its lead.

    ``slug`` is its new short name; without it, it keeps the one it had. People of elsewhere have
    no account here: where one is needed it is the lead. ``tell`` is told after every table and
    some thousand rows; what it raises leaves nothing.

    Raises
    ------
    Refusal
        When the bundle is not whole or not safe, or there is a study of that name.
    """
    with bundle_open(path) as bundle:
        name = slug or _slug(bundle)
        if Study.objects.filter(slug=name).exists():
            raise Refusal(
                f"There is a study '{name}' already. Give the one from the bundle another short "
                "name.",
                code="study_exists",
                slug=name,
            )
        with originals_with() as originals, transaction.atomic():
            try:
                study = _write(bundle, name, lead, originals, tell)
            except MISFIT as fault:
                raise refused("its rows do not fit together") from fault
            if lead is not None:
                TeamMember.objects.create(study=study, person=lead, role=TeamMember.Role.LEAD)
            audit_record(
                person=person, action="study_restore", object=f"study:{name}", origin=origin
            )
    return study


def _slug(bundle: Bundle) -> str:
    return str(next(bundle.rows("studies.study"))["slug"])


def _write(
    bundle: Bundle, slug: str, lead: Person | None, originals: Originals, tell: Progress
) -> Study:
    """Write all rows; those that stand deepest come first, for what is frozen takes no more."""
    told = bundle.manifest["tables"]
    step = Steps(tell, sum(one["rows"] for one in told.values()) + len(bundle.manifest["files"]))
    keys = {
        label: keys_reserve(bundle.tables[label].model._meta.db_table, one["rows"])
        for label, one in told.items()
    }

    def turn(label: str, number: Any) -> Any:
        if number is None:
            return None
        if not isinstance(number, int) or not 1 <= number <= len(keys.get(label, ())):
            raise ValueError(f"{label} has no row {number}")
        return keys[label][number - 1]

    ordered = sorted(told, key=lambda label: (-len(bundle.tables[label].path), label))
    for label in ordered:
        one = bundle.tables[label]
        rows = (row_turned(one, row, turn) for row in step.each(bundle.rows(label)))
        if label == "studies.study":
            rows = (row | {"slug": slug} for row in rows)
        _copy(one, bundle.names(label), _own_identities(one, rows, slug), lead)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    for sha256 in step.each(bundle.manifest["files"]):
        with bundle.archive.open(f"{ORIGINALS}{sha256}") as part:
            originals.keep(part.read(FILE_AT_MOST))
    return Study.objects.get(pk=keys["studies.study"][0])


def _copy(
    one: Carried, names: set[str], rows: Iterator[dict[str, Any]], lead: Person | None
) -> None:
    """Write the rows of a table; what the bundle lacks is empty, its default, or the lead."""
    fields = [field for field in one.model._meta.concrete_fields if not field.generated]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    table = quote(one.model._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({columns}) from stdin") as copy,
    ):
        for row in rows:
            copy.write_row([_value(field, row, names, lead) for field in fields])


def _value(field: Any, row: dict[str, Any], names: set[str], lead: Person | None) -> Any:
    name = field.attname
    if name not in names:
        if field.null:
            return None
        if field.related_model is Person:
            if lead is None:
                raise Refusal(
                    "The bundle holds decisions of people. Say who leads the study here.",
                    code="lead_needed",
                )
            return lead.pk
        return field.get_db_prep_save(field.get_default(), connection)
    value = row[name]
    if isinstance(field, models.JSONField):
        return None if value is None else json.dumps(value)
    return value


def _own_identities(
    one: Carried, rows: Iterator[dict[str, Any]], slug: str
) -> Iterator[dict[str, Any]]:
    """Give rows whose identity must be the only one of the site another, when that is taken."""
    unique = [
        field.attname
        for field in one.model._meta.concrete_fields
        if isinstance(field, models.UUIDField) and field.unique
    ]
    if not unique:
        yield from rows
        return
    every = list(rows)
    for name in unique:
        given = [row[name] for row in every if row.get(name)]
        taken = one.model._base_manager.filter(**{f"{name}__in": given}).exists()
        for row in every if taken else ():
            row[name] = row[name] and str(uuid5(UUID(row[name]), slug))
    yield from every
