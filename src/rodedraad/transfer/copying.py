"""How do many rows go into the database at once, and how are many read as at one moment?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, models, transaction

T = TypeVar("T", bound=models.Model)


def keys_reserve(table: str, n: int) -> list[int]:
    """Return ``n`` primary keys that nobody else gets, in rising order."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with serial as materialized (select pg_get_serial_sequence(%s, 'id')::regclass as name)
            select nextval(serial.name) from serial, generate_series(1, %s)
            """,
            [table, n],
        )
        return [row[0] for row in cursor.fetchall()]


def keys_give(things: Sequence[T]) -> Sequence[T]:
    """Give things that are not saved yet their primary keys, so that others can point at them."""
    if things:
        keys = keys_reserve(type(things[0])._meta.db_table, len(things))
        for thing, key in zip(things, keys, strict=True):
            thing.pk = key
    return things


def values_copy(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows of a model that have the same names; a field they lack is empty or its default."""
    if not rows:
        return
    given = rows[0]
    plain = {
        one.attname: one.get_db_prep_save(one.get_default(), connection)
        for one in model._meta.concrete_fields
        if one.attname not in given and not one.null and not one.generated
    }
    columns = [one for one in model._meta.concrete_fields if one.attname in {**given, **plain}]
    quote = connection.ops.quote_name
    named = ", ".join(quote(str(one.column)) for one in columns)
    names = [one.attname for one in columns]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {quote(model._meta.db_table)} ({named}) from stdin") as copy,
    ):
        for row in rows:
            copy.write_row([row[name] if name in row else plain[name] for name in names])


def rows_copy(things: Sequence[models.Model]) -> None:
    """Write things of one model that have their keys; every field as it is, dates too."""
    if not things:
        return
    model = type(things[0])
    columns = [one for one in model._meta.concrete_fields if not one.generated]
    quote = connection.ops.quote_name
    named = ", ".join(quote(str(one.column)) for one in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {quote(model._meta.db_table)} ({named}) from stdin") as copy,
    ):
        for thing in things:
            copy.write_row([_prepared(one, thing) for one in columns])


def _prepared(field: Any, thing: models.Model) -> Any:
    value = getattr(thing, field.attname)
    is_plain = isinstance(value, str | int) and not isinstance(field, models.JSONField)
    if value is None or is_plain:
        return value
    return field.get_db_prep_save(value, connection)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every query within see the database as it is at the first, whatever others do."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield
