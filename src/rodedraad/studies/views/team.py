"""Who is in the team of a study, and how does the lead change that?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.studies.access import Role, access_for
from rodedraad.studies.forms.team import MemberForm
from rodedraad.studies.models import TeamMember
from rodedraad.studies.queries.study_page import team_of
from rodedraad.studies.team import member_remove, member_set


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def team_page(request: HttpRequest, study: str) -> HttpResponse:
    """Show the team; let the lead give someone a role."""
    access = access_for(request.user, study, *((Role.LEAD,) if request.method == "POST" else ()))
    form = MemberForm(request.POST or None)
    context: dict[str, object] = {"study": access.study, "access": access, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            member_set(
                access.study,
                form.person,
                role=form.cleaned_data["role"],
                by=access.person,
                origin=request_origin(request),
            )
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            done = _("%(name)s is in the team.") % {"name": form.person}
            messages.success(request, done)
            return redirect("studies:team", access.study.slug)
    members = team_of(access.study)
    leads = [member for member in members if member.role == Role.LEAD]
    context |= {"team": members, "last_lead": leads[0] if len(leads) == 1 else None}
    return render(request, "studies/team.html", context)


@require_POST
@login_required
def team_leave(request: HttpRequest, study: str, member: int) -> HttpResponse:
    """Take someone out of the team."""
    access = access_for(request.user, study, Role.LEAD)
    found = get_object_or_404(TeamMember, pk=member, study=access.study)
    member_remove(access.study, found.person, by=access.person, origin=request_origin(request))
    if found.person_id == access.person.pk:
        messages.success(request, _("You left the team."))
        return redirect("studies:list")
    messages.success(request, _("%(name)s left the team.") % {"name": found.person})
    return redirect("studies:team", access.study.slug)
