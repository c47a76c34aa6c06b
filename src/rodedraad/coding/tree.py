"""In which order and how deep do codes stand in their tree?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from rodedraad.coding.models import Code
from rodedraad.studies.models import Study

ABOVE = " › "


@dataclass(frozen=True, slots=True)
class Line:
    """A code in the tree: 0 is the top; ``path`` names what it stands under, and itself."""

    code: Code
    depth: int
    path: str
    n_codings: int = 0

    @property
    def indented(self) -> str:
        """The name with a dash for each level, for a list that cannot be nested."""
        return f"{'– ' * self.depth}{self.code.name}"


def code_lines(study: Study, *, counted: bool = False) -> list[Line]:
    """Return every living code in the order of the tree, perhaps with its number of codings.

    What stands under no living code stands at the top.
    """
    codes = Code.objects.filter(study=study, retired_at=None)
    if counted:
        codes = codes.annotate(n=Count("codings", filter=Q(codings__removed_at=None)))
    below: dict[int | None, list[Code]] = defaultdict(list)
    for code in codes:
        below[code.parent_id].append(code)
    return list(_lines(below, None, 0, ""))


def _lines(
    below: dict[int | None, list[Code]], parent: int | None, depth: int, above: str
) -> Iterator[Line]:
    for code in below[parent]:
        path = f"{above}{code.name}"
        yield Line(code, depth, path, getattr(code, "n", 0))
        yield from _lines(below, code.pk, depth + 1, f"{path}{ABOVE}")
