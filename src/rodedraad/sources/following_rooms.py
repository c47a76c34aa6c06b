"""Which rooms put what stood on a text on its new version?

In ``ready`` of an ``AppConfig``: ``follower_register("rodedraad.coding.carry.codings_follow")``. It
is named, not imported: only what makes a version imports it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # this is imported before Django knows its models
    from rodedraad.accounts.models import Person
    from rodedraad.sources.models import SourceVersion

Range = tuple[int, int]
ToNew = Callable[[Iterable[Range]], list[Range]]


@dataclass(frozen=True, slots=True)
class NewText:
    """A new version of a text, and who made it.

    ``to_new`` gives the ranges in it of ranges of the version before, when these are known beyond
    doubt: people were made unknown, and nothing else changed.
    """

    version: "SourceVersion"
    before: "SourceVersion"
    person: "Person | None"
    origin: str
    to_new: ToNew | None = None

    def range_of(self, version_id: int, place: Range) -> Range | None:
        """Return where a range of a version is now, when that is known beyond doubt."""
        if self.to_new is None or version_id != self.before.pk:
            return None
        [(start, end)] = self.to_new([place])
        return (start, end) if start < end else None


Follower = Callable[[NewText], None]
_FOLLOWERS: list[str] = []


def follower_register(follower: str) -> None:
    """Let the function with this dotted name follow a text to its new version."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def followers() -> list[Follower]:
    """Return what follows, in the order of the rooms."""
    return [import_string(name) for name in _FOLLOWERS]
