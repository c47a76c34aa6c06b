"""Which texts the rooms ask a translation for, read from their templates and Python files."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
MessageId = tuple[str | None, str]


def texts_of_room(room: Path) -> dict[MessageId, str]:
    """Return (context, msgid) of every text of a room, and where it was found first."""
    found: dict[MessageId, str] = {}
    for path in sorted(room.rglob("*")):
        for line, identity in _texts_of_file(path):
            found.setdefault(identity, f"{path.relative_to(room)}:{line}")
    return found


def _texts_of_file(path: Path) -> Iterator[tuple[int, MessageId]]:
    if path.suffix == ".py":
        source = path.read_text(encoding="utf-8")
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        source = "\n".join(line.lstrip() for line in text.split("\n"))
    else:
        return
    for line, message, _comments, context in extract(
        "python", BytesIO(source.encode("utf-8")), keywords=KEYWORDS
    ):
        singular = message[0] if isinstance(message, tuple) else message
        if singular:
            yield line, (context, singular)
