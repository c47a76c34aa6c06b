"""How the positions of municipalities in a network are worked out and kept as a run."""

from rodedraad.accounts.models import Person
from rodedraad.assessment.actions import run_make
from rodedraad.assessment.conclusions.positions import network_positions
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Run
from rodedraad.errors import Refusal
from rodedraad.networks.models import Arrangement
from rodedraad.studies.models import Study, Wave

KIND = "positions"
SEED = 20161
DIVISION = "provincie"
SOCIAL, ALL = "social", "all"
CIRCLES = (SOCIAL, ALL)
LEAST = 4


def positions_subject(wave: Wave, circle: str, least: int) -> str:
    """Return what a run is about: ``2016/social/8``."""
    return f"{wave.label}/{circle}/{least}"


def circle_kinds(wave: Wave, circle: str) -> list[str]:
    """Return the kinds of arrangement that count: all cooperation, or of the social domain."""
    rows = Arrangement.objects.filter(wave=wave, is_cooperation=True)
    if circle == SOCIAL:
        rows = rows.filter(domain=SOCIAL)
    return sorted(rows.order_by().values_list("kind", flat=True).distinct())


def positions_make(
    study: Study,
    wave: Wave,
    *,
    circle: str = SOCIAL,
    least: int = LEAST,
    person: Person | None = None,
) -> tuple[Run, bool]:
    """Work out the positions in the network of ``wave``; return the run and whether it is new.

    Raises
    ------
    Refusal
        When the wave has no arrangements of this circle.
    """
    kinds = circle_kinds(wave, circle)
    if not kinds:
        raise Refusal(
            f"Wave {wave.label} has no arrangements that count here. Add arrangements first.",
            code="positions_no_arrangements",
            wave=wave.label,
        )
    return run_make(
        study=study,
        kind=KIND,
        subject=positions_subject(wave, circle, least),
        inputs=tuple(
            RowFilter(wave=wave.label, kind="tie", about_prefix=f"{kind}/")
            for kind in sorted({*kinds, DIVISION})
        ),
        conclude=lambda rows: network_positions(
            rows, kinds=kinds, least=least, division=DIVISION, seed=SEED
        ),
        parameters={"kinds": kinds, "least": least, "division": DIVISION},
        seed=SEED,
        person=person,
    )
