"""Which cases were chosen, where does each stand, and who stands in reserve?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from rodedraad.studies.invitations import events_standing
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan, Study

Kind = SelectionEvent.Kind
CSV_COLUMNS = (
    "rank", "code", "name", "role", "stratum", "state", "reserve_for", "forerunner",
    "forerunner_source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """A chosen case with its reserves; ``state`` is the last thing that was logged of it."""

    case: Case
    state: str
    reserves: tuple[Case, ...]
    replaces: Case | None


@dataclass(frozen=True, slots=True)
class ChosenCases:
    """Everything that a plan put in a place, as it is now."""

    cases: tuple[ChosenCase, ...]
    withdrawn: tuple[Case, ...]

    @property
    def n_accepted(self) -> int:
        """How many take part."""
        return sum(chosen.state == Kind.ACCEPTED for chosen in self.cases)

    @property
    def n_invited(self) -> int:
        """How many were invited and have not answered."""
        return sum(chosen.state == Kind.INVITED for chosen in self.cases)


def plan_newest(study: Study) -> SelectionPlan | None:
    """Return the newest choice of cases, the one that counts."""
    return study.selection_plans.select_related("created_by").order_by("-number").first()


def chosen_cases(plan: SelectionPlan) -> ChosenCases:
    """Return the chosen cases by rank, with state and reserves."""
    state: dict[int, str] = {}
    replaces: dict[int, int] = {}
    for event in events_standing(plan):
        if event.kind == Kind.REPLACED and event.replaced_by_id is not None:
            replaces[event.replaced_by_id] = event.case_id
        else:
            state[event.case_id] = event.kind
    cases = {
        case.pk: case
        for case in Case.objects.filter(study=plan.study).exclude(role=Case.Role.FRAME)
    }
    reserves: dict[int, list[Case]] = defaultdict(list)
    for case in cases.values():
        if case.role == Case.Role.RESERVE and case.reserve_for_id is not None:
            reserves[case.reserve_for_id].append(case)
    return ChosenCases(
        cases=tuple(
            ChosenCase(
                case=case,
                state=state.get(case.pk, Kind.CHOSEN),
                reserves=tuple(sorted(reserves[case.pk], key=_rank)),
                replaces=cases.get(replaces.get(case.pk, 0)),
            )
            for case in sorted(cases.values(), key=_rank)
            if case.role == Case.Role.MAIN
        ),
        withdrawn=tuple(case for case in cases.values() if case.role == Case.Role.WITHDRAWN),
    )


def case_rows(found: ChosenCases) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the file, see ``CSV_COLUMNS``: chosen, their reserves, withdrawn."""
    for chosen in found.cases:
        yield _row(chosen.case, chosen.state, "")
        for reserve in chosen.reserves:
            yield _row(reserve, "", chosen.case.unit_code)
    for case in found.withdrawn:
        yield _row(case, Kind.REFUSED, "")


def frame_cases(study: Study, *, text: str = "", role: str = "") -> QuerySet[Case]:
    """Return the units of the frame whose name or code holds ``text``, of one role if given."""
    cases = Case.objects.filter(study=study).order_by("name", "pk")
    if text:
        cases = cases.filter(Q(name__icontains=text) | Q(unit_code__icontains=text))
    return cases.filter(role=role) if role else cases


def forerunners_of(study: Study) -> QuerySet[Case]:
    """Return the units that have the label, or explicitly not, the first ones first."""
    labelled = Case.objects.filter(study=study, forerunner__isnull=False)
    return labelled.order_by(F("forerunner").desc(), "name")


def _rank(case: Case) -> int:
    return case.rank or 0


def _row(case: Case, state: str, reserve_for: str) -> tuple[object, ...]:
    label = "" if case.forerunner is None else "yes" if case.forerunner else "no"
    return (
        case.rank, case.unit_code, case.name, case.role, case.stratum, state, reserve_for, label,
        case.forerunner_source,
    )  # fmt: skip
