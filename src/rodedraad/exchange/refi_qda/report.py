"""What of a file did not arrive, and what is wrong with the file?"""

from collections import Counter
from dataclasses import dataclass, field

SHOWN = 20

REASONS = {
    "not-in-standard": "The standard does not have this here.",
    "invalid-value": "The value is not of the kind that the standard asks.",
    "guid-replaced": "This is no GUID; the thing has a GUID made from these characters.",
    "required-missing": "Something that the standard requires is missing or cannot be read.",
    "one-too-many": "The standard has at most one of these here; the first is kept.",
    "second-text": "The text stands here as content and as file, and they differ; "
    "the content is kept.",
    "no-such-file": "The archive has no such file; the text stands here as content.",
    "too-deep": "It lies more than 64 levels deep, which is more than is read.",
    "local-path": "It names a folder on someone's machine.",
    "no-file-of-project": "No source of the project names this file.",
    "not-in-codebook-format": "A codebook file has no place for this; a project has.",
    "not-in-table": "A table of codes has no place for this; a codebook file has.",
    "illegal-character": "XML cannot hold this control character; it was left out.",
}


@dataclass(frozen=True, slots=True)
class Loss:
    """Things of one sort that were in the file and are not in the model.

    ``item`` is the element, ``element@attribute`` or file; ``count`` counts elements, attributes
    and files; ``examples`` are at most twenty places (``line 12``, or a name).
    """

    item: str
    reason: str
    count: int
    examples: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Why it did not arrive."""
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a file: a code, one sentence, and the lines when they are known."""

    code: str
    message: str
    line: int | None = None


@dataclass(slots=True)
class LossLog:
    """What is lost so far, gathered by sort."""

    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, item: str, reason: str, where: str, count: int = 1) -> None:
        """Note that something did not arrive."""
        self._counts[item, reason] += count
        examples = self._examples.setdefault((item, reason), [])
        if len(examples) < SHOWN and where not in examples:
            examples.append(where)

    @property
    def total(self) -> int:
        """How many elements, attributes and files did not arrive."""
        return self._counts.total()

    def losses(self) -> tuple[Loss, ...]:
        """Return everything that did not arrive, in a fixed order."""
        return tuple(
            Loss(item, reason, count, tuple(self._examples[item, reason]))
            for (item, reason), count in sorted(self._counts.items())
        )
