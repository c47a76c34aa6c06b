"""To which rows of an overview does a coding add up, when codes stand under codes?"""

from dataclasses import dataclass

import numpy as np

from rodedraad.coding.tree import ABOVE, Line, code_lines
from rodedraad.methods.distinct import places_in
from rodedraad.overviews.counted import Codings, IntArray
from rodedraad.studies.models import Study

OWN, ABOVE_TOO, TOP = "los", "optellen", "hoofdcodes"


@dataclass(frozen=True)
class Rows:
    """The codes that an overview shows, and per code of the study the rows it adds up to."""

    lines: list[Line]
    goes_to: dict[int, tuple[int, ...]]

    def spread(self, codings: Codings) -> tuple[Codings, IntArray]:
        """Return codings once for each row that they add up to, and that row.

        A coding on a code that is in no row (it ended, or stands in another branch) is left out.
        """
        known = list(self.goes_to)
        targets = [self.goes_to[code] for code in known]
        at = places_in(codings.code, known)
        if not (at >= 0).all():
            inside = np.flatnonzero(at >= 0)
            codings, at = codings.where(inside), at[inside]
        if all(len(each) == 1 for each in targets):
            return codings, np.array([row for (row,) in targets], dtype=np.int64)[at]
        n_targets = np.array([len(each) for each in targets], dtype=np.int64)
        begins = np.concatenate([[0], n_targets.cumsum()])
        flat = np.array([row for each in targets for row in each], dtype=np.int64)
        times = n_targets[at]
        again = np.repeat(np.arange(at.size), times)
        step = np.arange(again.size) - np.repeat(times.cumsum() - times, times)
        return codings.where(again), flat[begins[at[again]] + step]


def code_rows(study: Study, *, branch: int | None, way: str) -> Rows:
    """Return the rows: ``los`` each code by itself, ``optellen`` with what stands under it too,
    ``hoofdcodes`` only the top of the tree (or the branch) with everything under it.
    """
    return rows_of(code_lines(study), branch=branch, way=way)


def rows_of(lines: list[Line], *, branch: int | None, way: str) -> Rows:
    """The same, of lines that were read already."""
    inside = _branch(lines, branch)
    lowest = inside[0].depth if inside else 0
    shown = [line for line in inside if way != TOP or line.depth == lowest]
    place = {line.code.pk: row for row, line in enumerate(shown)}
    parents = {line.code.pk: line.code.parent_id for line in inside}
    goes_to: dict[int, tuple[int, ...]] = {}
    for code in parents:
        up = [code]
        while (above := parents.get(up[-1])) is not None and above in parents:
            up.append(above)
        found = up[:1] if way == OWN else up
        goes_to[code] = tuple(place[each] for each in found if each in place)
    return Rows(shown, {code: rows for code, rows in goes_to.items() if rows})


def _branch(lines: list[Line], branch: int | None) -> list[Line]:
    if branch is None:
        return lines
    first = next((i for i, line in enumerate(lines) if line.code.pk == branch), None)
    if first is None:
        return []
    path = lines[first].path + ABOVE
    return [lines[first], *(line for line in lines[first + 1 :] if line.path.startswith(path))]
