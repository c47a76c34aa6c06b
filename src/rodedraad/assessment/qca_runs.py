"""How is a QCA of a study worked out, and kept as a run with a name that a team can compare?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from rodedraad.accounts.models import Person
from rodedraad.assessment.actions import run_make
from rodedraad.assessment.conclusions.case_table import BREADTH
from rodedraad.assessment.conclusions.qca import Anchors, combinations
from rodedraad.assessment.models import Run
from rodedraad.assessment.relation_runs import items_of, table_filters
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
    run, _is_new = run_make(
        study=study,
        kind=KIND,
        subject=plan.name.strip(),
        inputs=table_filters(wave, codes),
        conclude=partial(combinations, **parameters),
        parameters=parameters,
        person=person,
    )
    return run


def qca_choices(wave: Wave, filled: Sequence[str]) -> tuple[list[Construct], list[Construct]]:
    """The constructs that can be conditions, and those that can be outcomes, with scores."""
    constructs = Construct.objects.filter(framework=wave.framework, code__in=filled)
    found = list(constructs.order_by("order"))
    return (
        [each for each in found if each.kind in CONDITION_KINDS],
        [each for each in found if each.kind in OUTCOME_KINDS],
    )
