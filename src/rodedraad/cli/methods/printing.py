"""How does a result of a method come on the screen: for people and for programs?"""

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import click

from rodedraad.cli.methods.notice_texts import notice_text
from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice
from rodedraad.methods.plain import plain


def json_print(result: object) -> None:
    """Print one JSON document; every notice in it has its sentence as ``message``."""
    document = _with_messages(plain(result))
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def table_print(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table with the first column to the left and the others to the right."""
    cells = [list(headings), *([shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[j]) for row in cells) for j in range(len(headings))]
    for row in cells:
        first, *others = (
            cell.ljust(width) if j == 0 else cell.rjust(width)
            for j, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join([first, *others]).rstrip())


def notices_print(notices: Iterable[Notice]) -> None:
    """Print each notice on a line: what it is about, and what to do."""
    for notice in notices:
        click.echo(f"Notice: {notice_text(notice.code, plain(notice.context))}")


def shown(value: object) -> str:
    """A cell of a table: three decimals, a dash for what does not exist."""
    if value is None:
        return "-"
    if isinstance(value, Interval):
        return f"{value.low:.3f} to {value.high:.3f}"
    if isinstance(value, float):
        return f"{value:.3f}" if math.isfinite(value) else "-"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(shown(part) for part in value)
    return str(value)


def _with_messages(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_messages(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"code", "context"}:
        return {**value, "message": notice_text(value["code"], value["context"])}
    return {key: _with_messages(part) for key, part in value.items()}
