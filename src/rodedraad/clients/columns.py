"""What is a table of Statistics Netherlands, and how is a column found in it every year?

The key of a column ends in a number that changes each year (``WmoClienten_89``); the title and
the groups it stands in do not. So columns are looked up by title and group, never by key.
"""

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rodedraad.clients.refusals import ColumnMissing

DIMENSION = "dimension"
MEASURE = "measure"
_MISSING = frozenset({"", ".", "x"})


@dataclass(frozen=True)
class TableInfo:
    """One table: identifier, title, state (``modified``), period, language, publisher, licence."""

    identifier: str
    title: str
    modified: str | None
    period: str | None
    row_count: int | None
    source: str
    licence: str = "CC BY 4.0"


@dataclass(frozen=True)
class TableColumn:
    """One column: ``group`` is the path of titles above it, outermost first."""

    key: str
    title: str
    group: tuple[str, ...]
    kind: str
    is_text: bool
    unit: str | None
    decimals: int | None
    description: str | None

    @property
    def address(self) -> str:
        """How a person finds the column: ``Group > Title (key)``."""
        return f"{' > '.join((*self.group, self.title))} ({self.key})"


def title_key(title: str) -> str:
    """A title without case, accents, blanks and marks: 'Wmo-cliënten' becomes 'wmoclienten'."""
    plain = unicodedata.normalize("NFKD", title)
    return "".join(letter for letter in plain if letter.isalnum() and letter.isascii()).casefold()


def column_find(
    columns: Sequence[TableColumn], title: str, *, group: str | None = None
) -> TableColumn:
    """The one column with this title, standing in ``group`` at any depth when that is given.

    Case, accents, blanks and punctuation do not count. Raises ``ColumnMissing`` with the nearest
    titles when there is none, and with all candidates when there is more than one.
    """
    found = [column for column in columns if title_key(column.title) == title_key(title)]
    if group is not None:
        wanted = title_key(group)
        found = [column for column in found if wanted in map(title_key, column.group)]
    if len(found) == 1:
        return found[0]
    named = f"'{title}'" + (f" in group '{group}'" if group else "")
    if found:
        message = f"{len(found)} columns are called {named}: "
        message += f"{'; '.join(column.address for column in found)}. Name the group too."
        raise ColumnMissing(message, title=title, group=group, found=len(found))
    near = _nearest(columns, title)
    message = f"The table has no column {named}. The nearest: {near or 'none'}. "
    message += "Check on the page of the table whether it was renamed or is not yet published."
    raise ColumnMissing(message, title=title, group=group, found=0)


def _nearest(columns: Sequence[TableColumn], title: str) -> str:
    by_key = {title_key(column.title): column for column in columns}
    keys = difflib.get_close_matches(title_key(title), list(by_key), n=3, cutoff=0.5)
    return "; ".join(by_key[key].address for key in keys)


def group_path(groups: Mapping[Any, tuple[str, Any]], group_id: Any) -> tuple[str, ...]:
    """The titles from the outermost group to ``group_id``; ``groups`` gives title and parent."""
    path: list[str] = []
    seen: set[Any] = set()
    while group_id is not None and group_id in groups and group_id not in seen:
        seen.add(group_id)
        title, group_id = groups[group_id]
        path.insert(0, title.strip())
    return tuple(path)


def cell(value: Any) -> Any:
    """One cell as published, with its padding off and the CBS signs for "no figure" as ``None``.

    A dot means unknown, unreliable or secret; ``x`` secret (older tables); blank cannot occur.
    """
    if not isinstance(value, str):
        return value
    stripped = value.strip()
    return None if stripped in _MISSING else stripped
