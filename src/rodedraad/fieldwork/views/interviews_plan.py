"""How does the plan of interviews leave the site: into a calendar, or on paper?"""

import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rodedraad.fieldwork.access import fieldwork_asked
from rodedraad.fieldwork.interviews_calendar import calendar_text
from rodedraad.fieldwork.interviews_shown import interviews_of_week
from rodedraad.fieldwork.views.interviews import interview_for, interview_steps

WEEK = datetime.timedelta(days=7)


@require_safe
@never_cache
@login_required
def calendar(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Give an interview as a file for a calendar, without names."""
    access = fieldwork_asked(request.user, slug)
    found = interview_for(access, uuid)
    if found.planned_for is None:
        raise Http404("This interview has no time yet.")
    page = reverse("fieldwork:interview", args=[slug, uuid])
    text = calendar_text(
        found,
        summary=_("Interview in %(case)s") % {"case": found.case.name},
        address=request.build_absolute_uri(page),
    )
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="interview-{uuid}.ics"'},
    )


@require_safe
@never_cache
@login_required
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the interviews of one week, to print."""
    access = fieldwork_asked(request.user, slug)
    try:
        asked = parse_date(request.GET.get("dag", "")) or timezone.localdate()
        monday = asked - datetime.timedelta(days=asked.weekday())
        before, after = monday - WEEK, monday + WEEK
    except (ValueError, OverflowError) as fault:
        raise Http404("There is no such day.") from fault
    context = {
        "study": access.study,
        "steps": interview_steps(access.study),
        "rows": interviews_of_week(access.study, monday),
        "monday": monday,
        "sunday": monday + datetime.timedelta(days=6),
        "before": before.isoformat(),
        "after": after.isoformat(),
        "number": monday.isocalendar().week,
    }
    return render(request, "fieldwork/interviews_week.html", context)
