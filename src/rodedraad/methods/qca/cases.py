"""Which cases are typical of a model, which contradict it, and which does it leave unexplained?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rodedraad.methods.qca.models import Model
from rodedraad.methods.qca.table import FloatArray, SetTable

Role = Literal[
    "typical",
    "deviant in degree",
    "deviant in kind",
    "deviant for coverage",
    "individually irrelevant",
    "undecided",
]


@dataclass(frozen=True, slots=True)
class CasePoint:
    """One point of an XY plot and what it says; ``distance`` is how far from ideal.

    For a typical case the ideal is full membership in both: 2 (y - x) + (1 - x).
    """

    case: str
    x: float
    y: float
    role: Role
    distance: float


@dataclass(frozen=True)
class CaseRoles:
    """Cases of a whole model and of each of its terms; points in the order of the table.

    ``unique`` maps a term to the cases in it that are in no other term of the model.
    """

    model: tuple[CasePoint, ...]
    terms: dict[str, tuple[CasePoint, ...]]
    unique: dict[str, tuple[str, ...]]

    def cases(self, role: Role) -> tuple[str, ...]:
        """Cases with this role for the whole model, the nearest to ideal first."""
        points = [point for point in self.model if point.role == role]
        return tuple(point.case for point in sorted(points, key=lambda p: (p.distance, p.case)))


def case_roles(table: SetTable, model: Model) -> CaseRoles:
    """Roles of all cases for sufficiency, with the data of the XY plot.

    With x the membership in the term or model and y that in the outcome: x and y above 0.5 is
    typical when x <= y and deviant (for consistency) in degree when x > y; x above and y below
    0.5 is deviant in kind; x below and y above 0.5 is deviant for coverage (unexplained); both
    below is irrelevant by itself. At exactly 0.5 nothing is decided.

    Notes
    -----
    Look first at cases that are deviant in kind, then at the unexplained ones.

    Schneider, C. & Rohlfing, I. (2013). Combining QCA and process tracing in set-theoretic
    multi-method research. Sociological Methods & Research 42, 559-597.
    """
    members = {mask: table.membership(mask) for mask in model.masks}
    terms = dict(zip(model.terms, members.values(), strict=True))
    unique = {
        name: tuple(
            case
            for index, case in enumerate(table.cases)
            if x[index] > 0.5
            and all(o[index] <= 0.5 for other, o in terms.items() if other != name)
        )
        for name, x in terms.items()
    }
    return CaseRoles(
        model=_points(table.cases, table.solution(model.masks), table.outcome),
        terms={name: _points(table.cases, x, table.outcome) for name, x in terms.items()},
        unique=unique,
    )


def _points(cases: Sequence[str], x: FloatArray, y: FloatArray) -> tuple[CasePoint, ...]:
    return tuple(
        _point(case, float(one), float(other)) for case, one, other in zip(cases, x, y, strict=True)
    )


def _point(case: str, x: float, y: float) -> CasePoint:
    if 0.5 in (x, y):
        return CasePoint(case, x, y, "undecided", abs(y - x))
    if x > 0.5 and y > 0.5:
        if x <= y:
            return CasePoint(case, x, y, "typical", 2 * (y - x) + (1 - x))
        return CasePoint(case, x, y, "deviant in degree", x - y)
    if x > 0.5:
        return CasePoint(case, x, y, "deviant in kind", x - y)
    if y > 0.5:
        return CasePoint(case, x, y, "deviant for coverage", y - x)
    return CasePoint(case, x, y, "individually irrelevant", abs(y - x))
