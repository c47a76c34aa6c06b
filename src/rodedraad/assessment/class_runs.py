"""How are latent classes of a wave worked out, and kept as runs?"""

from collections.abc import Callable, Sequence

from rodedraad.accounts.models import Person
from rodedraad.assessment.actions import run_make
from rodedraad.assessment.conclusions.latent_classes import (
    BOOTSTRAPS,
    SIZES,
    STARTS,
    classes_of_cases,
    classes_of_respondents,
)
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.queries import constructs_with
from rodedraad.assessment.relation_runs import items_of
from rodedraad.assessment.type_runs import attitude_codes
from rodedraad.errors import Refusal
from rodedraad.studies.models import Construct, Study, Wave

KIND = "latent_classes"
SEED = 1
RESPONDENTS, CASES = "respondents", "cases"
UNITS = (RESPONDENTS, CASES)
MOST_CONSTRUCTS = 20

Made = tuple[Run, bool]
Tell = Callable[[int, int], None]


def classes_make(
    study: Study,
    wave: Wave,
    *,
    unit: str,
    constructs: Sequence[str] = (),
    n_classes: int | None = None,
    bootstraps: int = BOOTSTRAPS,
    person: Person | None = None,
    tell: Tell | None = None,
) -> Made:
    """Find classes of respondents on their scores, or of cases on measures and attitudes.

    ``constructs`` are those whose scores make classes of respondents. ``n_classes``: as chosen by
    the person; none: by the BIC. The same rows and settings give the same run.

    Raises
    ------
    Refusal: no constructs or one that the framework does not have, or rows that bear no classes.
    """
    settings = {
        "sizes": list(SIZES),
        "n_classes": n_classes,
        "starts": STARTS,
        "bootstraps": bootstraps,
    }
    if unit == CASES:
        attitudes = attitude_codes(wave)
        chosen = list(attitudes.values())
        settings |= {"attitudes": attitudes, "items": items_of(wave, chosen)}
        conclude = classes_of_cases
        inputs = (
            RowFilter(wave=wave.label, kind=Evidence.Kind.MEASURE),
            *(
                RowFilter(wave=wave.label, kind=kind, construct=code)
                for code in chosen
                for kind in (Evidence.Kind.ANSWER, Evidence.Kind.RUBRIC)
            ),
        )
    else:
        chosen = _checked(wave, constructs)
        items = items_of(wave, chosen)
        settings |= {"items": {code: items[code] for code in chosen}}
        conclude = classes_of_respondents
        inputs = tuple(
            RowFilter(wave=wave.label, kind=Evidence.Kind.ANSWER, construct=code) for code in chosen
        )
    return run_make(
        study=study,
        kind=KIND,
        subject=f"{wave.label}/{unit}",
        inputs=inputs,
        conclude=lambda rows: conclude(rows, **settings, seed=SEED, tell=tell),
        parameters={"unit": unit, **settings},
        seed=SEED,
        person=person,
    )


def class_constructs(wave: Wave) -> list[Construct]:
    """Return the constructs that are one scale and of which the wave has answers, in order."""
    found = constructs_with(wave, Evidence.Kind.ANSWER)
    return [each for each in found.order_by("order") if each.details.get("is_scale", True)]


def _checked(wave: Wave, constructs: Sequence[str]) -> list[str]:
    known = [each.code for each in class_constructs(wave)]
    unknown = [code for code in constructs if code not in known]
    if unknown or len(constructs) < 2 or len(constructs) > MOST_CONSTRUCTS:
        raise Refusal(
            f"Choose from 2 to {MOST_CONSTRUCTS} constructs that people answered: "
            f"{', '.join(known) or 'there are none in this wave'}.",
            code="classes_constructs",
        )
    return list(constructs)
