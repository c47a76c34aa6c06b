"""How a person gives a case another type than the rule does, and how often the two agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Run, TypeDecision
from rodedraad.assessment.type_runs import CHANGE_TYPE
from rodedraad.errors import Refusal
from rodedraad.methods.agreement import agreement_coefficients, ratings_of
from rodedraad.methods.rulesets.change_types import TYPE_LABELS
from rodedraad.studies.access import may_design
from rodedraad.studies.models import Case, Study, Wave

TYPOLOGIES: Mapping[str, tuple[str, ...]] = {CHANGE_TYPE: TYPE_LABELS}
LEAST_DECIDED = 5
REASON_LENGTH = 20


@dataclass(frozen=True, slots=True)
class HumanAndRule:
    """How often the holding decisions give the label of the rule.

    ``kappa`` is Cohen's; null with fewer than ``LEAST_DECIDED`` decisions, and when there is
    nothing to correct for, as when all labels are equal.
    """

    n_decided: int
    n_same: int
    kappa: float | None

    @property
    def too_few(self) -> bool:
        """Whether there are too few decisions for a coefficient."""
        return self.n_decided < LEAST_DECIDED


@transaction.atomic
def type_decide(
    *,
    study: Study,
    wave: Wave,
    case: Case,
    typology: str,
    label: str,
    reason: str,
    run: Run,
    person: Person,
    origin: str,
) -> TypeDecision:
    """Let the label of a person hold for a case, beside what the rule said in ``run``.

    Nothing is overwritten: an earlier decision stays in the history, and the label of the rule
    stays in its run. A label equal to that of the rule is a confirmation. Lead and researchers
    may.

    Raises
    ------
    Refusal: another role, an unknown typology or label, a reason of fewer than 20 characters, a
        run of another study, wave or typology, or one that does not hold the case.
    """
    if label not in TYPOLOGIES.get(typology, ()):
        raise Refusal(
            f"{label!r} is no label of {typology!r}. Choose one from the list.",
            code="type_label_unknown",
            label=label,
        )
    return _decision_add(study, wave, case, typology, label, reason, run, person, origin)


@transaction.atomic
def type_withdraw(
    *,
    study: Study,
    wave: Wave,
    case: Case,
    typology: str,
    reason: str,
    run: Run,
    person: Person,
    origin: str,
) -> TypeDecision:
    """Let the rule hold again for a case, with the reason; lead and researchers may.

    Raises
    ------
    Refusal: as in ``type_decide``, and when no decision holds.
    """
    if case.unit_code not in decisions_holding(study, wave, typology):
        raise Refusal(
            f"No decision holds for {case.name}. There is nothing to withdraw.",
            code="type_not_decided",
            name=case.name,
        )
    return _decision_add(study, wave, case, typology, "", reason, run, person, origin)


def decisions_holding(study: Study, wave: Wave, typology: str) -> dict[str, TypeDecision]:
    """Return the decision that holds per case, by code; withdrawn ones are left out."""
    newest = (
        TypeDecision.objects.filter(study=study, wave=wave, typology=typology)
        .order_by("case_id", "-pk")
        .distinct("case_id")
        .select_related("case", "person")
    )
    return {each.case.unit_code: each for each in newest if each.label}


def decision_history(case: Case, wave: Wave, typology: str) -> list[TypeDecision]:
    """Return all decisions on a case, newest first."""
    rows = TypeDecision.objects.filter(case=case, wave=wave, typology=typology)
    return list(rows.select_related("person", "run").order_by("-pk"))


def human_and_rule(run: Run, holding: Mapping[str, TypeDecision]) -> HumanAndRule | None:
    """Compare the holding decisions with the labels of the rule in ``run``; None without any.

    Decisions are not a sample: people look where the rule is unsure, so this says how they agree
    on the cases that were looked at.
    """
    ruled = {code: case["label"] for code, case in run.result["cases"].items()}
    pairs = [(each.label, ruled[code]) for code, each in holding.items() if code in ruled]
    if not pairs:
        return None
    n_same = sum(a == b for a, b in pairs)
    if len(pairs) < LEAST_DECIDED:
        return HumanAndRule(len(pairs), n_same, None)
    table = ratings_of(
        pairs,
        unit="case",
        universe="cases on which a person decided",
        categories=run.result["labels"],
    )
    kappa = agreement_coefficients(table, resamples=0, seed=1).coefficient("cohen").estimate
    return HumanAndRule(len(pairs), n_same, kappa)


def _decision_add(
    study: Study,
    wave: Wave,
    case: Case,
    typology: str,
    label: str,
    reason: str,
    run: Run,
    person: Person,
    origin: str,
) -> TypeDecision:
    if not may_design(person, study):
        raise Refusal(
            "Only the lead and the researchers of a study decide on a type. Ask one of them.",
            code="type_not_allowed",
        )
    if len(reason.strip()) < REASON_LENGTH:
        raise Refusal(
            f"Give the reason in at least {REASON_LENGTH} characters: it is shown beside the type.",
            code="type_without_reason",
            n=REASON_LENGTH,
        )
    own = (run.study_id, run.kind, run.subject) == (study.pk, typology, wave.label)
    if not own or case.study_id != study.pk or case.unit_code not in run.result["cases"]:
        raise Refusal(
            f"The types of wave {wave.label} do not hold this case. Open its page again.",
            code="type_run_of_other",
            wave=wave.label,
        )
    made = TypeDecision.objects.create(
        study=study,
        wave=wave,
        case=case,
        typology=typology,
        label=label,
        reason=reason.strip(),
        run=run,
        person=person,
    )
    action = "type_decided" if label else "type_withdrawn"
    audit_record(
        person=person,
        action=action,
        object=f"study:{study.slug} {case.unit_code}",
        origin=origin,
    )
    return made
