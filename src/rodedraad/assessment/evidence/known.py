"""What does a wave know that facts may be about: cases, items, constructs, measures, roles?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from rodedraad.assessment.evidence.facts import Kind
from rodedraad.studies.models import Case, Construct, Item, Wave
from rodedraad.studies.template import framework
from rodedraad.studies.template.constructs import Option

SOURCE_TYPES: Mapping[str, tuple[str, ...]] = {
    Kind.RUBRIC: ("document", "interview", "session"),
    Kind.MEASURE: ("document", "interview", "survey"),
    Kind.CODING: ("document", "interview", "session", "survey"),
}
BROUGHT_IN = (Kind.ANSWER, Kind.RUBRIC, Kind.MEASURE)
"""What a file may bring in; a coded passage is in the study itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What facts of one wave may name; ``items`` has columns about, of_construct, is_reversed."""

    case_of: Mapping[str, int]
    items: pl.DataFrame
    constructs: tuple[str, ...]
    measures: tuple[str, ...]
    roles: tuple[str, ...]
    simulated: bool


def known_in(wave: Wave) -> Known:
    """Return what the framework of ``wave`` and the cases of its study are."""
    items = Item.objects.filter(construct__framework=wave.framework_id)
    constructs = Construct.objects.filter(framework=wave.framework_id)
    schema = {"about": pl.String, "of_construct": pl.String, "is_reversed": pl.Boolean}
    rows = list(items.values_list("code", "construct__code", "reversed"))
    return Known(
        case_of=dict(Case.objects.filter(study=wave.study_id).values_list("unit_code", "pk")),
        items=pl.DataFrame(rows, schema=schema, orient="row"),
        constructs=tuple(constructs.values_list("code", flat=True)),
        measures=tuple(wave.study.template.get("measures", ())),
        roles=tuple(role.code for role in framework().roles),
        simulated=wave.study.simulated,
    )


def scale_of(kind: str) -> tuple[int, int]:
    """Return the lowest and the highest raw figure of a kind, as the framework has them."""
    values = [option.value for option in options_of(kind) if option.value is not None]
    return min(values), max(values)


def options_of(kind: str) -> Sequence[Option]:
    """Return the answers, scores or statuses from which facts of a kind choose."""
    known = framework()
    options = {
        Kind.ANSWER: known.answer_scale,
        Kind.RUBRIC: known.rubric,
        Kind.MEASURE: known.measure_status,
        Kind.CODING: known.rubric,
    }
    return options[Kind(kind)]
