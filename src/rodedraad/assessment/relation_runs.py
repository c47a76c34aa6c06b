"""How are the relations of factors and outcomes of a study worked out, and kept as a run?"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from rodedraad.accounts.models import Person
from rodedraad.assessment.actions import run_make
from rodedraad.assessment.conclusions.case_table import BREADTH
from rodedraad.assessment.conclusions.relations import BOOTSTRAPS, PERMUTATIONS, relations
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.queries import constructs_with
from rodedraad.errors import Refusal
from rodedraad.studies.models import Construct, Item, Study, Wave

KIND = "relations"
SEED = 1
CHANGE_FACTORS = "F"
TYPES = frozenset({"type", "change_type"})


Made = tuple[Run, bool]


def relations_draw(
    study: Study,
    wave: Wave,
    person: Person | None = None,
    tell: Callable[[int, int, str], None] | None = None,
) -> list[Made]:
    """Relate what the framework says; empty when nobody said anything yet (see ``assess``)."""
    if tell is not None:
        tell(0, 1, KIND)
    made = _made(study, wave, None, None, person, SEED)
    return [made] if made else []


def relations_make(
    study: Study,
    wave: Wave,
    factors: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
    person: Person | None = None,
    seed: int = SEED,
) -> Run | None:
    """Relate factors to outcomes over the cases of a wave; the same rows give the same run.

    Without ``factors`` and ``outcomes`` the framework says which: the change factors (or else
    all constructs of the kind factor) beside the subgoals and, when the wave has measures, the
    breadth of measures in the field. None when nobody said anything about either side.

    Raises
    ------
    Refusal: a construct that the framework does not have, or the type of change as an outcome.
    """
    made = _made(study, wave, factors, outcomes, person, seed)
    return made[0] if made else None


def _made(
    study: Study,
    wave: Wave,
    factors: Sequence[str] | None,
    outcomes: Sequence[str] | None,
    person: Person | None,
    seed: int,
) -> Made | None:
    known = list(Construct.objects.filter(framework=wave.framework).order_by("order"))
    chosen_factors = list(factors) if factors is not None else default_factors(known)
    chosen_outcomes = (
        list(outcomes) if outcomes is not None else [*default_outcomes(known), BREADTH]
    )
    codes = [*chosen_factors, *chosen_outcomes]
    _check(codes, {construct.code for construct in known})
    filled = filled_constructs(wave)
    chosen_factors = [code for code in chosen_factors if code in filled]
    chosen_outcomes = [code for code in chosen_outcomes if code in filled]
    if not chosen_factors or not chosen_outcomes:
        return None
    parameters = {
        "factors": chosen_factors,
        "outcomes": chosen_outcomes,
        "items": items_of(wave, [*chosen_factors, *chosen_outcomes]),
        "permutations": PERMUTATIONS,
        "bootstraps": BOOTSTRAPS,
    }
    return run_make(
        study=study,
        kind=KIND,
        inputs=table_filters(wave, [*chosen_factors, *chosen_outcomes]),
        conclude=partial(relations, seed=seed, **parameters),
        parameters=parameters,
        seed=seed,
        person=person,
    )


def default_factors(constructs: Iterable[Construct]) -> list[str]:
    """The change factors of a framework; without these all its constructs of the kind factor."""
    factors = [construct for construct in constructs if construct.kind == "factor"]
    named = [each.code for each in factors if each.details.get("block") == CHANGE_FACTORS]
    return named or [each.code for each in factors]


def default_outcomes(constructs: Iterable[Construct]) -> list[str]:
    """The subgoals of a framework."""
    return [construct.code for construct in constructs if construct.kind == "subgoal"]


def items_of(wave: Wave, codes: Iterable[str]) -> dict[str, list[str]]:
    """The codes of the items of each of these constructs in the framework of the wave."""
    rows = Item.objects.filter(construct__framework=wave.framework, construct__code__in=list(codes))
    found: dict[str, list[str]] = {}
    for construct, item in rows.order_by("order").values_list("construct__code", "code"):
        found.setdefault(construct, []).append(item)
    return found


def table_filters(wave: Wave, codes: Iterable[str]) -> tuple[RowFilter, ...]:
    """Which rows make a table of cases by these constructs."""
    found: list[RowFilter] = []
    for code in codes:
        if code == BREADTH:
            found.append(RowFilter(wave=wave.label, kind=Evidence.Kind.MEASURE))
        else:
            found.append(RowFilter(wave=wave.label, kind=Evidence.Kind.ANSWER, construct=code))
            found.append(RowFilter(wave=wave.label, kind=Evidence.Kind.RUBRIC, construct=code))
    return tuple(found)


def filled_constructs(wave: Wave) -> set[str]:
    """The constructs of its framework, and the breadth, that rows of the wave say something of."""
    asked = constructs_with(wave, Evidence.Kind.ANSWER, Evidence.Kind.RUBRIC)
    rows = Evidence.objects.filter(study=wave.study_id, wave=wave)
    measured = rows.filter(kind=Evidence.Kind.MEASURE).exists()
    return {*asked.values_list("code", flat=True), *([BREADTH] if measured else [])}


def _check(codes: Iterable[str], known: set[str]) -> None:
    for code in codes:
        if code in TYPES:
            raise Refusal(
                "The type of change is no outcome to relate factors to: it is partly made of the "
                f"same measures. Take {BREADTH}, the breadth of measures in the field.",
                code="relation_to_type",
            )
        if code not in known and code != BREADTH:
            raise Refusal(
                f"The framework of this wave has no construct {code!r}. Take one of "
                f"{', '.join(sorted(known))}, or {BREADTH}.",
                code="relation_construct_unknown",
                construct=code,
            )
