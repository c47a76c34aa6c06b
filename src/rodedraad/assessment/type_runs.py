"""How are change types and steering modes of a wave worked out, and kept as runs?"""

from collections.abc import Callable, Iterable
from functools import partial

from rodedraad.accounts.models import Person
from rodedraad.assessment.actions import run_make
from rodedraad.assessment.conclusions.change_type import RESAMPLES, change_type_of_cases
from rodedraad.assessment.conclusions.steering import AUTONOMY, FRAMES, steering_of_cases
from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.relation_runs import items_of
from rodedraad.errors import Refusal
from rodedraad.methods.rulesets.change_type import CHANGE_TYPE_RULES
from rodedraad.methods.rulesets.change_types import ATTITUDES
from rodedraad.methods.rulesets.ruling import Rules
from rodedraad.methods.rulesets.steering import STEERING_RULES
from rodedraad.studies.models import Construct, Study, Wave

CHANGE_TYPE = "change_type"
STEERING = "steering"
SEED = 1

Made = tuple[Run, bool]
Tell = Callable[[int, int, str], None]


def types_make(
    study: Study,
    wave: Wave,
    person: Person | None = None,
    tell: Tell | None = None,
    *,
    resamples: int = RESAMPLES,
) -> list[Made]:
    """Give every case of the wave its change type; return the run and whether it is new.

    The same rows give the same run. Empty when the framework of the wave has no rule for the
    change type, or no row says anything about a measure or an attitude. ``tell`` hears how many
    parts of the resamples are done.

    Raises
    ------
    Refusal: the framework asks for another version of the rule than there is.
    """
    if not _rule_asked(wave, CHANGE_TYPE_RULES):
        return []
    attitudes, inputs = attitude_codes(wave), type_filters(wave)
    if not evidence_rows(study, inputs).exists():
        return []
    parameters = {
        "attitudes": attitudes,
        "items": items_of(wave, attitudes.values()),
        "resamples": resamples,
    }
    made = run_make(
        study=study,
        kind=CHANGE_TYPE,
        subject=wave.label,
        inputs=inputs,
        conclude=partial(
            change_type_of_cases,
            seed=SEED,
            tell=(lambda done, total: tell(done, total, "")) if tell else None,
            **parameters,
        ),
        parameters=parameters,
        seed=SEED,
        ruleset=CHANGE_TYPE_RULES.identity,
        person=person,
    )
    return [made]


def steering_make(
    study: Study, wave: Wave, person: Person | None = None, tell: Tell | None = None
) -> list[Made]:
    """Give every case of the wave its steering modes; return the run and whether it is new.

    The same rows give the same run. Empty when the framework of the wave has no rule for it, or
    no row says anything about frames or room.

    Raises
    ------
    Refusal: the framework asks for another version of the rule than there is.
    """
    if not _rule_asked(wave, STEERING_RULES):
        return []
    inputs = _said_about(wave, (FRAMES, AUTONOMY))
    if not evidence_rows(study, inputs).exists():
        return []
    parameters = {"items": items_of(wave, (FRAMES, AUTONOMY))}
    made = run_make(
        study=study,
        kind=STEERING,
        subject=wave.label,
        inputs=inputs,
        conclude=partial(steering_of_cases, **parameters),
        parameters=parameters,
        ruleset=STEERING_RULES.identity,
        person=person,
    )
    if tell:
        tell(1, 1, "")
    return [made]


def type_filters(wave: Wave) -> tuple[RowFilter, ...]:
    """Which rows the change types of a wave rest on."""
    measures = RowFilter(wave=wave.label, kind=Evidence.Kind.MEASURE)
    return (measures, *_said_about(wave, attitude_codes(wave).values()))


def attitude_codes(wave: Wave) -> dict[str, str]:
    """The code of the construct of each attitude that the rule knows: necessity is T1."""
    constructs = Construct.objects.filter(framework=wave.framework).order_by("order")
    named = {each.details.get("rule_name"): each.code for each in constructs}
    return {name: named[name] for name in ATTITUDES if name in named}


def _said_about(wave: Wave, codes: Iterable[str]) -> tuple[RowFilter, ...]:
    return tuple(
        RowFilter(wave=wave.label, kind=kind, construct=code)
        for code in codes
        for kind in (Evidence.Kind.ANSWER, Evidence.Kind.RUBRIC)
    )


def _rule_asked(wave: Wave, rules: Rules) -> bool:
    """Whether the framework of the wave asks for this rule, in the version that there is."""
    asked = wave.framework.rulesets.get(rules.name)
    if asked not in (None, rules.version):
        raise Refusal(
            f"Wave {wave.label} asks for version {asked} of the rule {rules.name}; this program "
            f"has version {rules.version}. Make a new version of the framework for a new wave.",
            code="ruleset_version",
            wave=wave.label,
            ruleset=rules.name,
        )
    return asked is not None
