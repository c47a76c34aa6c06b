"""What of a project arrived in the study, and what did not? Nothing can slip between.

Each thing of a project is kept, field by field, or lost with all that is in it. Counted are
elements and attributes, as the reader of the file counts them.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from rodedraad.exchange.refi_qda.model import Project
from rodedraad.exchange.refi_qda.report import Loss, LossLog
from rodedraad.exchange.refi_qda.shape import Dialect, Part, shape_of

MAKER = {"creating_user": "source-maker"}
CHANGED = {"modifying_user": "two-makers", "modified": "two-makers"}
PASSAGE = {"guid": "passage-identity", "name": "passage-identity", **CHANGED}
STAYS_OUT: dict[str, dict[str, str]] = {
    "User": {"id": "account-name"},
    "PlainTextSelection": PASSAGE | {"creating_user": "two-makers", "created": "two-makers"},
    "TranscriptSelection": PASSAGE | {"creating_user": "two-makers", "created": "two-makers"},
    "TextSource": {"rich_text_path": "rich-text", "text_path": "no-text"} | MAKER | CHANGED,
    "PdfSource": {"path": "no-place"} | MAKER | CHANGED,
    "PictureSource": {"path": "picture"} | MAKER | CHANGED,
    "AudioSource": {"path": "sound"} | MAKER | CHANGED,
    "VideoSource": {"path": "sound"} | MAKER | CHANGED,
    "Transcript": {"rich_text_path": "rich-text", "text_path": "no-text"} | MAKER | CHANGED,
    "Case": {"codes": "case-part", "selections": "case-part", "guid": "case-part"},
}
"""What of a thing that arrives has no place, and why; all else that it has arrives."""


class Account:
    """Keeps account of one project that comes in."""

    def __init__(self, project: Project) -> None:
        self.log = LossLog()
        self._project = project
        self._known: set[int] = {id(project)}

    def keep(self, thing: Any, *also: str) -> None:
        """Note that a thing arrived, but for what has no place; ``also`` of that arrived too."""
        self._known.add(id(thing))
        name = type(thing).__name__
        for field, reason in STAYS_OUT.get(name, {}).items():
            if field not in also:
                self.lose_field(thing, field, reason)

    def lose(self, thing: Any, reason: str, item: str = "") -> None:
        """Note that a thing did not arrive, with all that is in it."""
        self._known.update(id(one) for one in within(thing))
        item = item or type(thing).__name__
        self.log.add(item, reason, _shown(thing), weight(thing))

    def lose_field(self, thing: Any, field: str, reason: str) -> None:
        """Note that one field of a thing did not arrive, when it has it."""
        value = getattr(thing, field)
        part = None if value is None or value == () else _parts(type(thing)).get(field)
        if part is None:
            return
        sign = "@" if part.how == "attribute" else "/"
        item = f"{type(thing).__name__}{sign}{part.name}"
        self.log.add(item, reason, _shown(thing), _field_weight(part, value))

    def lose_pointer(self, thing: Any, name: str, reason: str) -> None:
        """Note that one element that points elsewhere did not arrive."""
        self.log.add(f"{type(thing).__name__}/{name}", reason, _shown(thing), 2)

    def close(self) -> tuple[Loss, ...]:
        """Return what did not arrive, once it is sure that nothing was passed over."""
        for thing in within(self._project):
            if id(thing) not in self._known:
                raise RuntimeError(f"{type(thing).__name__} {thing.guid} was passed over")
        return self.log.losses()


def within(thing: Any) -> Iterator[Any]:
    """Give a thing and everything in it."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        yield one
        for field, part in _parts(type(one)).items():
            if part.how == "child":
                value = getattr(one, field)
                if value:
                    waiting.extend(value if part.many else (value,))


def weight(thing: Any) -> int:
    """Return how many elements and attributes a thing and all in it are in the file."""
    return sum(
        1 + sum(
            _field_weight(part, value)
            for field, part in _parts(type(one)).items()
            if part.how != "child" and (value := getattr(one, field)) not in (None, ())
        )
        for one in within(thing)
    )  # fmt: skip


def _field_weight(part: Part, value: Any) -> int:
    return 2 * (len(value) if part.many else 1) if part.how == "reference" else 1


_PARTS: dict[type, dict[str, Part]] = {}


def _parts(of: type) -> dict[str, Part]:
    """Return how each field of a class stands in a project, by field."""
    if of not in _PARTS:
        shape = shape_of(of, Dialect.PROJECT)
        every = (*shape.attributes.values(), *shape.parts)
        by_field = {part.field: part for part in every}
        _PARTS[of] = {one.name: by_field[one.name] for one in fields(of) if one.name in by_field}
    return _PARTS[of]


def _shown(thing: Any) -> str:
    return str(getattr(thing, "name", None) or getattr(thing, "guid", ""))[:80]
