"""How is a QCA of a study worked out, and kept as a run with a name that a team can compare?"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from rodedraad.accounts.models import Person
from rodedraad.assessment.actions import run_make
from rodedraad.assessment.conclusions.case_table import BREADTH
from rodedraad.assessment.conclusions.qca import Anchors, combinations
from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import latest_by_subject, run_filters
from rodedraad.assessment.relation_runs import Made, filled_constructs, items_of, table_filters
from rodedraad.errors import Refusal
from rodedraad.studies.models import Construct, Study, Wave

KIND = "qca"
OUTCOME_KINDS = frozenset({"subgoal"})
CONDITION_KINDS = frozenset({"factor", "attitude", "theme", "context"})


@dataclass(frozen=True, kw_only=True)
class QcaPlan:
    """All that a person chooses: sets, anchors, cuts, and what is expected of each condition."""

    name: str
    outcome: str
    conditions: tuple[str, ...]
    anchors: Mapping[str, Anchors]
    incl_cut: float = 0.8
    n_cut: int = 1
    pri_cut: float = 0.5
    expectations: tuple[str, ...] = ()
    enhanced: bool = False
    override: str | None = None


def qca_make(study: Study, wave: Wave, plan: QcaPlan, person: Person | None = None) -> Run:
    """Analyse the cases of a wave as ``plan`` says and keep it under its name.

    Raises
    ------
    Refusal: no name, a set without anchors, a construct that the framework does not have, or
        what ``conclusions.qca.combinations`` refuses.
    """
    if not plan.name.strip():
        raise Refusal("Give the analysis a name, so that it can be found.", code="qca_no_name")
    codes = [*plan.conditions, plan.outcome]
    known = set(Construct.objects.filter(framework=wave.framework).values_list("code", flat=True))
    for code in codes:
        if code not in known | {BREADTH} or code not in plan.anchors:
            raise Refusal(
                f"{code!r} is no construct of this wave with anchors. Choose it from the list, "
                "and give its three anchors.",
                code="qca_set_unknown",
                column=code,
            )
    parameters = {
        "outcome": plan.outcome,
        "conditions": list(plan.conditions),
        "items": items_of(wave, codes),
        "anchors": {code: asdict(plan.anchors[code]) for code in codes},
        "incl_cut": plan.incl_cut,
        "n_cut": plan.n_cut,
        "pri_cut": plan.pri_cut,
        "expectations": list(plan.expectations),
        "enhanced": plan.enhanced,
        "override": plan.override,
    }
    run, _is_new = _made(study, wave, plan.name.strip(), parameters, person)
    return run


def qca_draw(
    study: Study,
    wave: Wave,
    person: Person | None = None,
    tell: Callable[[int, int, str], None] | None = None,
) -> list[Made]:
    """Work every analysis that a person named out again, as it was last set up (see ``assess``).

    One that the newer rows cannot bear stays as it is: its page says that it is stale.
    """
    made: list[Made] = []
    named = [run for run in latest_by_subject(study, KIND).values() if _is_of(run, wave)]
    for done, run in enumerate(named):
        if tell is not None:
            tell(done, len(named), run.subject)
        try:
            made.append(_made(study, wave, run.subject, run.parameters, person))
        except Refusal:
            made.append((run, False))
    return made


def _made(
    study: Study, wave: Wave, name: str, parameters: Mapping[str, Any], person: Person | None
) -> Made:
    return run_make(
        study=study,
        kind=KIND,
        subject=name,
        inputs=table_filters(wave, [*parameters["conditions"], parameters["outcome"]]),
        conclude=partial(combinations, **parameters),
        parameters=parameters,
        person=person,
    )


def _is_of(run: Run, wave: Wave) -> bool:
    return any(row_filter.wave == wave.label for row_filter in run_filters(run))


def qca_choices(wave: Wave) -> tuple[list[str], list[str]]:
    """The codes of what can be a condition and what can be an outcome: all that has rows."""
    filled = filled_constructs(wave)
    rows = Construct.objects.filter(framework=wave.framework, code__in=filled).order_by("order")
    found = [
        (code, kind)
        for code, kind, details in rows.values_list("code", "kind", "details")
        if details.get("is_scale", True)
    ]
    outcomes = [code for code, kind in found if kind in OUTCOME_KINDS]
    return (
        [code for code, kind in found if kind in CONDITION_KINDS],
        outcomes + ([BREADTH] if BREADTH in filled else []),
    )
