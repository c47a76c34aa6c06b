"""How are interviews planned, held, linked to their transcript, cancelled, and put back?

Lead and researchers may; see ``fieldwork.access``. Each change says which row version was seen, so
that two people do not overwrite each other, and keeps how it was before.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.models import Interview, InterviewChange, Participation
from rodedraad.fieldwork.states import ORDER, state_reached
from rodedraad.sources.models import Source
from rodedraad.studies.models import Case, Study, TeamMember, Wave

State = Interview.State
LEADERS = (TeamMember.Role.LEAD, TeamMember.Role.RESEARCHER)
PLAIN = ("mode", "guide", "sat_in", "recorded", "source_id", "state", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is agreed about an interview."""

    case: Case
    wave: Wave
    participants: Sequence[Participation]
    mode: str
    guide: str = ""
    leaders: Sequence[Person] = field(default=())
    planned_for: datetime.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is written down after an interview; ``recorded`` is None when that is not known."""

    day: datetime.date
    sat_in: str = ""
    recorded: bool | None = None
    note: str = ""


@transaction.atomic
def interview_plan(study: Study, plan: Plan, *, person: Person, origin: str) -> Interview:
    """Plan an interview and return it.

    Raises
    ------
    Refusal
        When nobody is chosen, somebody is of another case or wave or takes no part any more, or
        who leads it is no researcher of the study.
    """
    _plan_check(study, plan)
    made = Interview.objects.create(
        study=study, wave=plan.wave, case=plan.case, mode=plan.mode, guide=plan.guide,
        planned_for=plan.planned_for,
    )  # fmt: skip
    made.participants.set(plan.participants)
    made.led_by.set(plan.leaders)
    InterviewChange.objects.create(interview=made, said="plan", before={}, person=person)
    _record(made, "interview_plan", person, origin)
    return made


@transaction.atomic
def interview_change(
    interview: Interview, plan: Plan, *, seen: int, person: Person, origin: str
) -> Interview:
    """Agree something else about an interview; its case and wave stay."""
    interview = _held_for(interview, seen)
    _plan_check(interview.study, plan)
    if (plan.case.pk, plan.wave.pk) != (interview.case_id, interview.wave_id):
        raise Refusal(
            "An interview stays with its case and wave. Cancel it and plan another one.",
            code="interview_unfit",
        )
    _keep(interview, "change", person)
    interview.mode, interview.guide = plan.mode, plan.guide
    interview.planned_for = plan.planned_for
    interview.participants.set(plan.participants)
    interview.led_by.set(plan.leaders)
    return _changed(interview, "interview_change", person, origin)


@transaction.atomic
def interview_hold(
    interview: Interview, held: Held, *, seen: int, person: Person, origin: str
) -> Interview:
    """Write down that an interview was held; who took part in it is done with it.

    Raises
    ------
    Refusal
        When the day is yet to come, or the interview was cancelled.
    """
    interview = _held_for(interview, seen)
    _require_alive(interview)
    if held.day > timezone.localdate():
        raise Refusal(
            "An interview that is still to come was not held. Fill in the day that it was held.",
            code="interview_day",
        )
    first = interview.held_on is None
    _keep(interview, "hold", person)
    interview.held_on, interview.sat_in = held.day, held.sat_in.strip()
    interview.recorded, interview.note = held.recorded, held.note.strip()
    if interview.state == State.PLANNED:
        interview.state = State.HELD
    if first:
        for each in interview.participants.all():
            state_reached(each, Participation.State.DONE, about=_about(interview), day=held.day)
    return _changed(interview, "interview_hold", person, origin)


@transaction.atomic
def interview_source_set(
    interview: Interview, source: Source | None, *, seen: int, person: Person, origin: str
) -> Interview:
    """Say which source holds the words of an interview; None takes it away again.

    Raises
    ------
    Refusal
        When the source is of another study, or the interview was not held.
    """
    interview = _held_for(interview, seen)
    _require_alive(interview)
    if interview.held_on is None or (source is not None and source.study_id != interview.study_id):
        raise Refusal(
            "Only an interview that was held has a transcript, and that is a source of the same "
            "study. Write down first that it was held.",
            code="interview_source",
        )
    _keep(interview, "source" if source else "source_off", person)
    interview.source = source
    interview.state = State.TRANSCRIBED if source else State.HELD
    return _changed(interview, "interview_source", person, origin)


@transaction.atomic
def interview_approve(interview: Interview, *, seen: int, person: Person, origin: str) -> Interview:
    """Write down that who was interviewed agrees with the transcript."""
    interview = _held_for(interview, seen)
    if interview.source_id is None or interview.state == State.CANCELLED:
        raise Refusal(
            "There is no transcript to agree with yet. Link it first.", code="interview_source"
        )
    _keep(interview, "approve", person)
    interview.state = State.APPROVED
    return _changed(interview, "interview_approve", person, origin)


@transaction.atomic
def interview_cancel(
    interview: Interview, *, why: str, seen: int, person: Person, origin: str
) -> Interview:
    """Write down that an interview will not be held, or does not count."""
    interview = _held_for(interview, seen)
    _require_alive(interview)
    _keep(interview, "cancel", person)
    interview.state = State.CANCELLED
    if why.strip():
        interview.note = f"{interview.note}\n{why.strip()}".strip()
    return _changed(interview, "interview_cancel", person, origin)


@transaction.atomic
def interview_undo(interview: Interview, *, seen: int, person: Person, origin: str) -> Interview:
    """Put an interview back to how it was before its last change.

    Raises
    ------
    Refusal
        When there is nothing to undo: the plan itself is cancelled, not undone.
    """
    interview = _held_for(interview, seen)
    last = change_last(interview)
    if last is None:
        raise Refusal("There is no change to undo.", code="interview_nothing_to_undo")
    if interview.state == State.CANCELLED and last.said != "cancel":
        raise Refusal(  # whoever it was planned with took consent back
            "This interview was cancelled because nobody of it takes part any more.",
            code="interview_cancelled",
        )
    was_held = interview.held_on is not None
    before: dict[str, Any] = last.before
    for name in PLAIN:
        setattr(interview, name, before[name])
    interview.planned_for = before["planned_for"] and parse_datetime(before["planned_for"])
    interview.held_on = before["held_on"] and parse_date(before["held_on"])
    if was_held and interview.held_on is None:
        _steps_back(interview, person)
    interview.participants.set(before["participants"])
    interview.led_by.set(before["led_by"])
    last.undone_at = timezone.now()
    last.save(update_fields=["undone_at"])
    return _changed(interview, "interview_undo", person, origin)


def change_last(interview: Interview) -> InterviewChange | None:
    """Return the last change that can be undone; the plan itself is none."""
    changes = interview.changes.filter(undone_at=None).exclude(said="plan")
    return changes.select_related("person").order_by("-pk").first()


def _plan_check(study: Study, plan: Plan) -> None:
    if plan.mode not in Interview.Mode.values:
        raise Refusal("There is no such way to talk.", code="interview_unfit")
    if not plan.participants:
        raise Refusal("Choose with whom the interview is.", code="interview_nobody")
    gone = (Participation.State.WITHDRAWN, Participation.State.INELIGIBLE)
    for each in plan.participants:
        ours = (each.study_id, each.case_id, each.wave_id)
        if ours != (study.pk, plan.case.pk, plan.wave.pk) or each.state in gone:
            raise Refusal(
                f"{each.pseudonym} is of another case or wave, or does not take part any more. "
                "Choose somebody else.",
                code="interview_participant",
                pseudonym=each.pseudonym,
            )
    people = [each.pk for each in plan.leaders]
    team = TeamMember.objects.filter(study=study, person__in=people, role__in=LEADERS)
    if team.count() != len(set(people)):
        raise Refusal(
            "Who leads an interview is lead or researcher of the study.", code="interview_leader"
        )


def _held_for(interview: Interview, seen: int) -> Interview:
    """Return the interview as it is now, locked; refuses when it is not what was seen."""
    locked = Interview.objects.select_for_update(of=("self",)).select_related("study")
    now = locked.get(pk=interview.pk)
    if now.row_version != seen:
        raise Refusal(
            "Somebody changed this interview while you looked at it. Look again at how it is now, "
            "and then change it.",
            code="interview_changed",
        )
    return now


def _require_alive(interview: Interview) -> None:
    if interview.state == State.CANCELLED:
        raise Refusal("This interview was cancelled. Undo that first.", code="interview_cancelled")


def _keep(interview: Interview, said: str, person: Person) -> None:
    before: dict[str, Any] = {name: getattr(interview, name) for name in PLAIN}
    before["planned_for"] = interview.planned_for and interview.planned_for.isoformat()
    before["held_on"] = interview.held_on and interview.held_on.isoformat()
    before["participants"] = list(interview.participants.values_list("pk", flat=True))
    before["led_by"] = list(interview.led_by.values_list("pk", flat=True))
    InterviewChange.objects.create(interview=interview, said=said, before=before, person=person)


def _changed(interview: Interview, action: str, person: Person, origin: str) -> Interview:
    interview.row_version += 1
    interview.save()
    _record(interview, action, person, origin)
    return interview


def _steps_back(interview: Interview, person: Person) -> None:
    """Put who was done by this interview alone back to where they were without it."""
    rank = {state: at for at, state in enumerate(ORDER)}
    for each in interview.participants.filter(state=Participation.State.DONE):
        others = each.events.exclude(about=_about(interview)).values_list("state", flat=True)
        known = [rank[Participation.State(state)] for state in others if state in rank]
        before = ORDER[max(known, default=0)]
        if before != Participation.State.DONE:
            state_reached(
                each, before, about=_about(interview), reason="interview_undo",
                day=timezone.localdate(), person=person,
            )  # fmt: skip


def _about(interview: Interview) -> str:
    return f"interview:{interview.uuid}"


def _record(interview: Interview, action: str, person: Person, origin: str) -> None:
    audit_record(
        person=person,
        action=action,
        object=f"study:{interview.study.slug} interview:{interview.uuid}",
        origin=origin,
    )
