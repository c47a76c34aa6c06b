"""Which rows of the evidence table are meant: a filter that a run, a number and a page share."""

from dataclasses import asdict, dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Q, QuerySet

from rodedraad.assessment.models import Evidence
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study


@dataclass(frozen=True, slots=True)
class RowFilter:
    """All rows that meet every condition that is given; null means no condition.

    Parameters
    ----------
    wave : label of a wave, or an empty text for the rows outside the waves
    kind : one of ``Evidence.Kind``
    construct : code of a construct
    about : the whole of ``Evidence.about``
    about_prefix : its first part, such as ``jeugdregio/`` or ``inhabitants/``
    case : code of the unit, such as ``GM0363``
    cases : codes of units, any of them
    """

    wave: str | None = None
    kind: str | None = None
    construct: str | None = None
    about: str | None = None
    about_prefix: str | None = None
    case: str | None = None
    cases: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read back what ``to_json`` wrote; an unknown condition is refused, never ignored."""
        unknown = set(stored) - set(cls.__slots__)
        if unknown:
            raise Refusal(
                f"A row filter has the unknown condition {sorted(unknown)[0]!r}. "
                f"Known are {', '.join(cls.__slots__)}.",
                code="unknown_row_condition",
            )
        given = dict(stored)
        if "cases" in given:
            given["cases"] = tuple(given["cases"])
        return cls(**given)

    def to_json(self) -> dict[str, Any]:
        """Return the conditions that are given, in a fixed order."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return given | {"cases": list(self.cases)} if self.cases is not None else given

    def condition(self) -> Q:
        """Return the same as a condition for the database."""
        condition = Q(pk__gt=0)
        if self.wave is not None:
            condition &= Q(wave__label=self.wave) if self.wave else Q(wave__isnull=True)
        if self.kind is not None:
            condition &= Q(kind=self.kind)
        if self.construct is not None:
            condition &= Q(construct=self.construct)
        if self.about is not None:
            condition &= Q(about=self.about)
        if self.about_prefix is not None:
            condition &= Q(about__startswith=self.about_prefix)
        if self.case is not None:
            condition &= Q(case__unit_code=self.case)
        if self.cases is not None:
            condition &= Q(case__unit_code__in=self.cases)
        return condition


def evidence_rows(study: Study, filters: tuple[RowFilter, ...]) -> QuerySet[Evidence]:
    """Return the rows of ``study`` that meet at least one of ``filters``, oldest first."""
    if not filters:
        return Evidence.objects.none()
    constructs: dict[RowFilter, set[str | None]] = {}
    for each in filters:
        constructs.setdefault(replace(each, construct=None), set()).add(each.construct)
    # Forty conditions that differ in the construct only are one: a row is then compared once.
    conditions = (
        rest.condition() & (Q() if None in codes else Q(construct__in=codes))
        for rest, codes in constructs.items()
    )
    return Evidence.objects.filter(reduce(or_, conditions), study=study).order_by("pk")
