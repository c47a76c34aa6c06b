"""How does a person make, change, move, split, merge or end a code?"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rodedraad.coding.actions.codes import (
    CodeFacts,
    code_add,
    code_change,
    code_merge,
    code_move,
    code_retire,
    code_split,
)
from rodedraad.coding.changes import UNDO
from rodedraad.coding.codebook import code_history
from rodedraad.coding.forms import CodeForm, PlaceForm
from rodedraad.coding.models import Code, Coder
from rodedraad.coding.steps import codebook_steps, coder_asked
from rodedraad.coding.tree import Line, code_lines
from rodedraad.coding.views.reader import memos_listed
from rodedraad.coding.wording import ACTIONS
from rodedraad.country.wording import in_language
from rodedraad.errors import Refusal
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Construct, Study


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a code; ``onder`` in the address says under which one."""
    access, coder = coder_asked(request, slug)
    parent = _code(access.study, request.GET.get("onder", ""))
    form = CodeForm(_constructs(access.study), request.POST or None, initial={"pattern": "solid"})
    context: dict[str, object] = {"form": form, "parent": parent}
    if request.method == "POST" and form.is_valid():
        try:
            made = code_add(coder, form.facts(), parent=parent)
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, _("The code ‘%(name)s’ is made.") % {"name": made.name})
            return redirect("coding:codebook", slug)
    context |= {"study": access.study, "steps": codebook_steps(access.study)}
    return render(request, "coding/code_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def code(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show a code with its history, and change it."""
    access, coder = coder_asked(request, slug)
    found = get_object_or_404(Code, study=access.study, uuid=uuid)
    known = {name: getattr(found, name) for name in (*CodeFacts.__slots__, "row_version")}
    form = CodeForm(_constructs(access.study), request.POST or None, initial=known)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["row_version"] or 0
            code_change(coder, found, form.facts(), row_version=version)
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("The code is changed."))
            return redirect("coding:codebook", slug)
    return _shown(request, access, coder, found, form, refusal)


@require_POST
@login_required
def move(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Put a code at another place in the tree."""
    access, coder, found = _asked(request, slug, uuid)
    form = PlaceForm(code_lines(access.study), request.POST)
    if form.is_valid():
        code_move(
            coder,
            found,
            parent=_code(access.study, form.cleaned_data["parent"]),
            position=form.cleaned_data["position"] - 1,
            row_version=form.cleaned_data["row_version"],
        )
        messages.success(request, _("The code is moved."))
        return redirect("coding:codebook", slug)
    return redirect("coding:code", slug, uuid)


@require_POST
@login_required
def split(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Split a code into the names that were filled in, one a line."""
    access, coder, found = _asked(request, slug, uuid)
    names = [line for line in request.POST.get("names", "").splitlines() if line.strip()]
    shared = {"colour": found.colour, "pattern": found.pattern, "construct": found.construct}
    parts = [CodeFacts(name=name, **shared) for name in names]
    code_split(coder, found, parts, row_version=_row_version(request))
    messages.success(request, _("The code is split. Its passages wait on the list to code again."))
    return redirect("coding:codebook", access.study.slug)


@require_POST
@login_required
def merge(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Merge a code into another one."""
    access, coder, found = _asked(request, slug, uuid)
    into = _code(access.study, request.POST.get("into", ""))
    if into is None:
        return redirect("coding:code", slug, uuid)
    code_merge(coder, [found], into, row_versions={found.pk: _row_version(request)})
    messages.success(
        request, _("The code is merged. Its passages are on the list to look at again.")
    )
    return redirect("coding:code", slug, into.uuid)


@require_POST
@login_required
def retire(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """End a code."""
    _access, coder, found = _asked(request, slug, uuid)
    code_retire(coder, found, row_version=_row_version(request))
    messages.success(request, _("The code ended. Undo brings it back."))
    return redirect("coding:codebook", slug)


def _shown(
    request: HttpRequest,
    access: StudyAccess,
    coder: Coder,
    found: Code,
    form: CodeForm,
    refusal: Refusal | None,
) -> HttpResponse:
    lines = code_lines(access.study)
    place = _place(lines, found)
    context = {
        "study": access.study,
        "steps": codebook_steps(access.study),
        "code": found,
        "form": form,
        "refusal": refusal,
        "place": PlaceForm([line for line in lines if line.code != found], initial=place),
        "others": [line for line in lines if line.code != found and line.code.is_codable],
        "memos": memos_listed(access, coder, code=found),
        "here": request.path,
        "history": [
            (step, ACTIONS.get(step.action.removeprefix(UNDO), ""), step.action.startswith(UNDO))
            for step in code_history(found)
        ],
    }
    return render(request, "coding/code.html", context)


def _place(lines: list[Line], found: Code) -> dict[str, object]:
    beside = [line.code.pk for line in lines if line.code.parent_id == found.parent_id]
    parents = [str(line.code.uuid) for line in lines if line.code.pk == found.parent_id]
    return {
        "parent": parents[0] if parents else "",
        "position": beside.index(found.pk) + 1 if found.pk in beside else 1,
        "row_version": found.row_version,
    }


def _asked(request: HttpRequest, slug: str, uuid: UUID) -> tuple[StudyAccess, Coder, Code]:
    access, coder = coder_asked(request, slug)
    return access, coder, get_object_or_404(Code, study=access.study, uuid=uuid)


def _code(study: Study, uuid: str) -> Code | None:
    """Return the living code with this uuid; none when it is empty or not one of the study."""
    codes = {str(code.uuid): code for code in Code.objects.filter(study=study, retired_at=None)}
    return codes.get(uuid)


def _row_version(request: HttpRequest) -> int:
    given = request.POST.get("row_version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _constructs(study: Study) -> list[tuple[str, str]]:
    """Return the constructs of the newest framework of a study, by code."""
    framework = study.frameworks.order_by("-version").first()
    rows = Construct.objects.filter(framework=framework).values("code", "name_nl", "name_en")
    return [(row["code"], f"{row['code']} {in_language(row, 'name')}") for row in rows]
