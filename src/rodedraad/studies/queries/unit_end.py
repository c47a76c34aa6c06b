"""What became of a unit that is no longer there: when did it end, and what did it go into?"""

from dataclasses import dataclass
from datetime import date

from rodedraad.country.history import Country, Municipality
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.models import Case

RECODING = "recoding"


@dataclass(frozen=True, slots=True)
class UnitEnd:
    """A municipality ended: from ``date`` on its area belongs to ``heirs``.

    ``recoded`` says that only its code changed, ``divided`` that more than one received a part.
    """

    date: date
    heirs: tuple[Municipality, ...]
    recoded: bool

    @property
    def divided(self) -> bool:
        """Whether it was divided over several."""
        return len(self.heirs) > 1


def unit_end(country: Country, case: Case) -> UnitEnd | None:
    """Return how the unit of a case ended; null while it exists, or when it is no municipality."""
    if case.unit_kind != MUNICIPALITY:
        return None
    known = country.municipalities.get(case.unit_code)
    if known is None or known.end_date is None:
        return None
    links = [link for link in country.links if link.from_code == case.unit_code]
    if not links:
        return None
    last = max(link.date for link in links)
    codes = dict.fromkeys(link.to_code for link in links if link.date == last)
    return UnitEnd(
        date=last,
        heirs=tuple(sorted((country.municipalities[code] for code in codes), key=_name)),
        recoded=all(link.kind == RECODING for link in links if link.date == last),
    )


def _name(municipality: Municipality) -> str:
    return municipality.name
