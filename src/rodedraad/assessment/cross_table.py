"""In which regions of one kind do the regions of another kind lie?"""

from collections.abc import Mapping
from dataclasses import dataclass

from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.studies.models import Study, Wave

Members = dict[str, set[str]]


@dataclass(frozen=True)
class Part:
    """A part of a region: the other region it lies in, and the municipalities."""

    region: str
    n: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class RegionParts:
    """One region and the regions of the other kind in which it lies, largest part first.

    ``n_outside`` counts municipalities that are in no region of the other kind.
    """

    region: str
    n: int
    parts: tuple[Part, ...]
    n_outside: int

    @property
    def whole(self) -> bool:
        """Whether it lies wholly in one region."""
        return len(self.parts) == 1 and not self.n_outside


@dataclass(frozen=True)
class CrossTable:
    """Both ways: the regions of a over those of b, and the reverse."""

    a: tuple[RegionParts, ...]
    b: tuple[RegionParts, ...]


def cross_table(study: Study, wave: Wave, a: str, b: str, names: Mapping[str, str]) -> CrossTable:
    """Count the municipalities that each region of ``a`` has in common with those of ``b``.

    A municipality in two regions of one kind counts in both.
    """
    members = _members(study, wave, (a, b))
    return CrossTable(_parts(members[a], members[b], names), _parts(members[b], members[a], names))


def _members(study: Study, wave: Wave, kinds: tuple[str, str]) -> dict[str, Members]:
    filters = tuple(
        RowFilter(wave=wave.label, kind="tie", about_prefix=f"{kind}/") for kind in kinds
    )
    found: dict[str, Members] = {kind: {} for kind in kinds}
    rows = evidence_rows(study, filters).order_by()
    for about, code in rows.values_list("about", "case__unit_code"):
        kind, _slash, region = about.partition("/")
        found[kind].setdefault(region, set()).add(code)
    return found


def _parts(regions: Members, others: Members, names: Mapping[str, str]) -> tuple[RegionParts, ...]:
    anywhere = set().union(*others.values()) if others else set[str]()
    made = []
    for region in sorted(regions, key=str.casefold):
        members = regions[region]
        parts = [
            Part(other, len(common), tuple(sorted(names.get(code, code) for code in common)))
            for other, codes in others.items()
            if (common := members & codes)
        ]
        parts.sort(key=lambda part: (-part.n, part.region.casefold()))
        made.append(RegionParts(region, len(members), tuple(parts), len(members - anywhere)))
    return tuple(made)
