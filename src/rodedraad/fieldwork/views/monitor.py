"""How far is the fieldwork of a study: who was asked, who answered, and what asks for action?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Q, Subquery
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.fieldwork import monitor_alerts
from rodedraad.fieldwork.links import Subject, subjects_of
from rodedraad.fieldwork.models import Interview, ParticipationEvent
from rodedraad.fieldwork.monitor_alerts import cases_alerted, deadlines_near
from rodedraad.fieldwork.monitor_counts import (
    ENDED,
    STATES,
    Group,
    Looked,
    State,
    Tally,
    groups_counted,
    heard_of,
    mails_counted,
    rates_of,
    reasons_counted,
)
from rodedraad.fieldwork.monitor_hiding import LEAST
from rodedraad.fieldwork.monitor_picture import stacked_svg
from rodedraad.fieldwork.monitor_shown import PlainRow, Row, plain_rows, row_of_all, rows_by
from rodedraad.fieldwork.monitor_tallies import OpenTally, tallies_of
from rodedraad.fieldwork.people_file import roles_known
from rodedraad.fieldwork.people_list import people_of, waves_of
from rodedraad.fieldwork.wording import STATES as STATE_WORDS
from rodedraad.sources.steps import study_steps
from rodedraad.studies.access import StudyAccess, access_for
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Case, SelectionPlan, Study, Wave

PER_PAGE = 40
ALL = "alle"
SORTS = ("naam", "respons")


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a study one looks at, and everything that one may choose."""

    access: StudyAccess
    waves: Sequence[Wave]
    wave: Wave | None
    cases: Sequence[Case]
    case: Case | None
    role: str
    subjects: Sequence[Subject]
    about: Subject | None
    tallies: Sequence[OpenTally]

    @property
    def looked(self) -> Looked:
        """Of what the counts are."""
        if self.about is None:
            return Looked(self.wave)
        return Looked(self.wave, self.about.about, self.about.anonymous)

    def narrowed(self, groups: Mapping[Group, Tally]) -> dict[Group, Tally]:
        """Return the groups of the case and role that one looks at."""
        return {
            (case, role): tally
            for (case, role), tally in groups.items()
            if (self.case is None or case == self.case.pk) and self.role in ("", role)
        }


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far fieldwork is: everything to the team, and what tells of nobody to others."""
    access = access_for(request.user, slug)
    choice = _choice(request, access)
    context = _frame(request, choice)
    if access.may_design:
        return render(request, "fieldwork/monitor.html", context | _whole(request, choice))
    return render(request, "fieldwork/monitor_plain.html", context | _plain(choice))


@require_safe
@never_cache
@login_required
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the counts by case and role as a file, as far as this person may see them."""
    access = access_for(request.user, slug)
    choice = _choice(request, access)
    audit_record(
        person=access.person,
        action="fieldwork_download",
        object=f"study:{slug} fieldwork",
        origin=request_origin(request),
    )
    groups = choice.narrowed(groups_counted(access.study, choice.looked, choice.tallies))
    if access.may_design:
        columns, rows = _file_whole(choice, groups)
    else:
        columns, rows = _file_plain(choice)
    return csv_response(f"{slug}-veldwerk", columns, rows)


def _choice(request: HttpRequest, access: StudyAccess) -> Choice:
    """Read what is asked for; who is not in the team looks at one wave, and at anonymous surveys.

    Two waves minus one, or everyone minus one survey, would give hidden counts away.
    """
    study, given = access.study, request.GET
    waves, cases = (
        waves_of(study, **_beside(study)),
        list(Case.objects.filter(study=study).order_by("name")),
    )
    tallies = tallies_of(study)
    subjects = _subjects(subjects_of(study), tallies)
    if not access.may_design:
        subjects = [each for each in subjects if each.anonymous]
    newest = waves[0] if waves else None
    wave = next((each for each in waves if str(each.pk) == given.get("wave")), newest)
    if given.get("wave") == ALL and access.may_design:
        wave = None
    return Choice(
        access=access,
        waves=waves,
        wave=wave,
        cases=cases,
        case=next((each for each in cases if str(each.pk) == given.get("case")), None),
        role=given.get("role", ""),
        subjects=subjects,
        about=next((each for each in subjects if each.about == given.get("about")), None),
        tallies=[each for each in tallies if wave is None or each.wave == wave.pk],
    )


def _beside(study: Study) -> dict[str, BaseExpression]:
    """Return what the page tells beside the counts, to be asked with the waves: no more questions.

    Is there a plan of choosing, how many talks took place that nobody wrote down, and of how many
    who did not finish does the mail address not work? Without a wave nobody takes part, so there
    is nothing to tell.
    """
    unwritten = Interview.objects.filter(
        study=study,
        state=Interview.State.PLANNED,
        planned_for__date__lt=timezone.localdate(),
    )
    counted = unwritten.order_by().values("study").annotate(n=Count("pk")).values("n")
    bounced = people_of(study, {"reach": "bounced"}).exclude(state=State.DONE)
    n_bounced = bounced.order_by().values("study").annotate(n=Count("pk")).values("n")
    return {
        "has_plan": Exists(SelectionPlan.objects.filter(study=study)),
        "n_unwritten": Coalesce(Subquery(counted), 0),
        "n_bounced": Coalesce(Subquery(n_bounced), 0),
    }


def _subjects(open_now: Sequence[Subject], tallies: Sequence[OpenTally]) -> list[Subject]:
    """Return the open surveys, and the anonymous ones that closed."""
    known = {each.about for each in open_now}
    closed = {each.about: each.title for each in tallies if each.about not in known}
    return [*open_now, *(Subject(about, title, anonymous=True) for about, title in closed.items())]


def _frame(request: HttpRequest, choice: Choice) -> dict[str, object]:
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "study": choice.access.study,
        "access": choice.access,
        "steps": study_steps(choice.access.study),
        "choice": choice,
        "all": ALL,
        "roles": roles_known(),
        "sort": request.GET.get("sort", SORTS[0]),
        "query": query.urlencode(),
        "fewest": LEAST,
    }


def _whole(request: HttpRequest, choice: Choice) -> dict[str, object]:
    """Return everything that the team sees."""
    study, today = choice.access.study, timezone.localdate()
    every = groups_counted(study, choice.looked, choice.tallies)
    groups = choice.narrowed(every)
    mails = choice.narrowed(mails_counted(study, choice.wave))  # type: ignore[arg-type]
    rows = rows_by(groups, mails, {case.pk: case.name for case in choice.cases}, by=0)  # type: ignore[arg-type]
    if request.GET.get("sort") == "respons":
        rows.sort(key=lambda row: (row.response is None, row.response, row.name))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    total = row_of_all(_("Together"), groups, mails)  # type: ignore[arg-type]
    by_role = rows_by(groups, mails, _role_names(groups), by=1)  # type: ignore[arg-type]
    alerts = cases_alerted(choice.cases, every, heard_of(study, choice.looked), today=today)
    alerts.deadlines = deadlines_near(choice.subjects, _open_now(choice), today=today)
    case = choice.case.pk if choice.case else None
    unknown = choice.looked.anonymous and any(
        each.n_asked is None for each in choice.tallies if each.about == choice.looked.about
    )
    return {
        "listed": _listed(choice.cases, every),
        "page": page,
        "rows": list(page.object_list),
        "total": total,
        "by_role": by_role,
        "states": [STATE_WORDS[state] for state in STATES],
        "rates": rates_of(total.tally),
        "asked_unknown": unknown,
        "reasons": reasons_counted(study, choice.wave, case, choice.role),
        "alerts": alerts,
        "limits": monitor_alerts,
        "plan": any(each.has_plan for each in choice.waves),
        "picture": _picture(list(page.object_list)),
        "unwritten": max((each.n_unwritten for each in choice.waves), default=0),
        "n_bounced": max((each.n_bounced for each in choice.waves), default=0),
    }


def _plain(choice: Choice) -> dict[str, object]:
    """Return what who is not in the team may see."""
    groups = groups_counted(choice.access.study, choice.looked, choice.tallies)
    plain = plain_rows(choice.cases, groups)
    *rows, total = plain.by_case(choice.role, total=_("Together"))
    if choice.case is not None:
        rows = [row for row in rows if row.key == str(choice.case.pk)]
    by_role = plain.by_role(_role_names(groups), choice.case.pk if choice.case else None)
    return {
        "listed": _listed(choice.cases, groups),
        "rows": rows,
        "total": None if choice.case else total,
        "by_role": [row for row in by_role if choice.role in ("", row.key)],
        "picture": _picture_plain(rows),
    }


def _listed(cases: Sequence[Case], groups: Mapping[Group, Tally]) -> list[Case]:
    there = {case for case, _role in groups}
    return [case for case in cases if case.pk in there]


def _role_names(groups: Mapping[Group, Tally]) -> dict[str, str]:
    words = roles_known()
    there = {role for _case, role in groups}
    ours = [role for role in words if role in there]
    names = {role: words.get(role, role) for role in [*ours, *sorted(there - set(ours))]}
    return {role: name or _("all roles") for role, name in names.items()}


def _open_now(choice: Choice) -> dict[str, int]:
    """Return how many people were asked for each open survey and did not end it: one question."""
    ends = (State.DONE, *ENDED, State.WITHDRAWN)
    rows = (
        ParticipationEvent.objects.filter(
            participation__study=choice.access.study,
            about__in=[each.about for each in choice.subjects if not each.anonymous],
        )
        .order_by()
        .values_list("about")
        .annotate(
            n=Count("participation", distinct=True),
            ended=Count("participation", distinct=True, filter=Q(state__in=ends)),
        )
    )
    return {about: n - ended for about, n, ended in rows}


def _picture(rows: Sequence[Row]) -> str:
    keys = [
        STATE_WORDS[State.DONE],
        STATE_WORDS[State.STARTED],
        STATE_WORDS[State.REACHED],
        STATE_WORDS[State.INVITED],
        STATE_WORDS[State.NOT_REACHED],
        _("refused or withdrawn"),
        STATE_WORDS[State.PLANNED],
    ]
    drawn = [(row.name, row.parts) for row in rows]
    return stacked_svg(drawn, [str(key) for key in keys], label=_("Where people stand, by case"))


def _picture_plain(rows: Sequence[PlainRow]) -> str:
    drawn = [(row.name, row.parts) for row in rows if row.parts][:PER_PAGE]
    if not drawn:
        return ""
    keys = [_("who finished"), _("not finished")]
    return stacked_svg(drawn, keys, label=_("How many finished, by case"))


def _file_whole(
    choice: Choice, groups: Mapping[Group, Tally]
) -> tuple[list[str], list[list[object]]]:
    mails = mails_counted(choice.access.study, choice.wave)
    columns = ["code", "case", "role", "people", *STATES, "rr1", "rr2", "mails", "mailed_people"]
    rows: list[list[object]] = []
    by_case: dict[int, list[str]] = {}
    for case, role in sorted(groups):
        by_case.setdefault(case, []).append(role)
    for case in choice.cases:
        for role in by_case.get(case.pk, []):
            tally = groups[case.pk, role]
            rates = rates_of(tally)
            rows.append(
                [case.unit_code, case.name, role, tally.total()]
                + [tally[state] for state in STATES]
                + [rates.rr1, rates.rr2, *mails.get((case.pk, role), (0, 0))]
            )
    return columns, rows


def _file_plain(choice: Choice) -> tuple[list[str], list[list[object]]]:
    """Return each case and role, and the totals, with empty cells for what is hidden."""
    groups = groups_counted(choice.access.study, choice.looked, choice.tallies)
    plain = plain_rows(choice.cases, groups)
    rows: list[list[object]] = [
        [case.unit_code, case.name, role, plain.asked[i][j], plain.done[i][j]]
        for i, case in enumerate(plain.cases)
        for j, role in enumerate([*plain.roles, ""])
        if plain.asked[i][j] != 0
    ]
    return ["code", "case", "role", "asked", "done"], rows
