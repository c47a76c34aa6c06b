"""How far is the writing or restoring of a bundle: rows and files done, of all?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rodedraad.jobs.kinds import Progress

TELL_EVERY = 500
T = TypeVar("T")


def untold(done: int, total: int, message: str = "") -> None:
    """Tell nobody: for a command."""


@dataclass
class Steps:
    """Counts what is done, and tells it every so many."""

    tell: Progress
    total: int
    done: int = 0

    def each(self, things: Iterable[T]) -> Iterator[T]:
        """Give the things, and count each when the next is asked for."""
        self.tell(self.done, self.total)
        for thing in things:
            yield thing
            self.done += 1
            if self.done % TELL_EVERY == 0:
                self.tell(self.done, self.total)
