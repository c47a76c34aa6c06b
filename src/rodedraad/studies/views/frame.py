"""Which units could be chosen, which carry a label, and how do units of another kind come in?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.forms.frame import (
    LABELS,
    ForerunnerForm,
    FrameFilter,
    UnitForm,
    UnitsFileForm,
)
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.labels import forerunners_label
from rodedraad.studies.queries.case_list import forerunners_of, frame_cases
from rodedraad.studies.row_faults import RowsRefusal
from rodedraad.studies.units import FILE_BYTES_LIMIT, Added, unit_add, units_import

ROWS_PER_PAGE = 50


@require_safe
@login_required
def frame_page(request: HttpRequest, study: str) -> HttpResponse:
    """List the units of the frame, filtered by name or code and by place in the study."""
    access = access_for(request.user, study)
    form = FrameFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"zoek": "", "rol": ""}
    found = frame_cases(access.study, text=asked["zoek"].strip(), role=asked["rol"])
    context = {
        "study": access.study,
        "access": access,
        "form": form,
        "filtered": any(asked.values()),
        "page": Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "typed_in": access.study.unit_kind != MUNICIPALITY,
    }
    return render(request, "studies/frame.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def forerunners_page(request: HttpRequest, study: str) -> HttpResponse:
    """Show who carries the label forerunner by which source; let a researcher label units."""
    access = access_for(request.user, study, *(DESIGNERS if request.method == "POST" else ()))
    form = ForerunnerForm(request.POST or None)
    context: dict[str, object] = {"study": access.study, "access": access, "form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            n = forerunners_label(
                access.study,
                given["lines"],
                label=LABELS[given["label"]],
                source=given["source"],
                person=access.person,
                origin=request_origin(request),
            )
        except RowsRefusal as refusal:
            context["faults"] = refusal.faults
        else:
            done = ngettext("%(n)s unit is labelled.", "%(n)s units are labelled.", n)
            messages.success(request, done % {"n": n})
            return redirect("studies:forerunners", access.study.slug)
    context["labelled"] = forerunners_of(access.study)
    return render(request, "studies/forerunners.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def units_page(request: HttpRequest, study: str) -> HttpResponse:
    """Let a researcher add units that are no municipality: one by hand, or a file of them."""
    access = access_for(request.user, study, *DESIGNERS)
    if access.study.unit_kind == MUNICIPALITY:
        raise Http404("Municipalities come from the tables of the country.")
    by_file = request.method == "POST" and "upload" in request.POST
    by_hand = request.method == "POST" and not by_file
    form = UnitForm(request.POST if by_hand else None, auto_id="unit_%s")
    file_form = UnitsFileForm(
        request.POST if by_file else None, request.FILES if by_file else None, auto_id="file_%s"
    )
    context: dict[str, object] = {"study": access.study, "unit_form": form, "file_form": file_form}
    context["form"] = file_form if by_file else form
    who = {"person": access.person, "origin": request_origin(request)}
    try:
        if by_hand and form.is_valid():
            return _added(request, study, unit_add(access.study, **form.cleaned_data, **who))
        if by_file and file_form.is_valid():
            content = file_form.cleaned_data["file"].read(FILE_BYTES_LIMIT + 1)
            return _added(request, study, units_import(access.study, content, **who))
    except RowsRefusal as refusal:
        context["faults"] = refusal.faults
    return render(request, "studies/units.html", context)


def _added(request: HttpRequest, study: str, added: Added) -> HttpResponse:
    done = ngettext("%(n)s unit is added.", "%(n)s units are added.", added.new)
    told = done % {"n": added.new}
    if added.known:
        told += " " + _("%(n)s were there already.") % {"n": added.known}
    messages.success(request, told)
    return redirect("studies:frame", study)
