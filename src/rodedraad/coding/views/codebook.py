"""Which codes does a study have, how did they change, and what is to be coded again?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.changes import UNDO, change_redo, change_undo, redo_next, undo_next
from rodedraad.coding.codebook import CodeDifference, codebook_diff, codebook_freeze, recode_list
from rodedraad.coding.models import Coder
from rodedraad.coding.steps import codebook_steps, coder_asked, gone_back
from rodedraad.coding.tree import code_lines
from rodedraad.coding.visible import codings_visible
from rodedraad.coding.wording import ACTIONS, DIFFERENCES, FIELDS, WHY
from rodedraad.sources.access import reading_record, sources_asked, sources_for
from rodedraad.sources.steps import study_steps
from rodedraad.studies.access import DESIGNERS, access_for

ROWS = 100


@require_safe
@login_required
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the tree of codes; client and others without texts do not see it."""
    access = sources_asked(request.user, slug)
    coder = Coder.objects.filter(study=access.study, person=access.person).first()
    context = {
        "study": access.study,
        "steps": study_steps(access.study),
        "lines": code_lines(access.study),
        "may_change": access.may_design,
        "undo": _action(undo_next(coder) if coder else None),
        "redo": _action(redo_next(coder) if coder else None),
        "newest": access.study.codebook_versions.defer("codes").order_by("-number").first(),
    }
    return render(request, "coding/codebook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the versions of the codebook; keep the codes of now as one."""
    if request.method == "POST":
        access = access_for(request.user, slug, *DESIGNERS)
        note = request.POST.get("note", "").strip()
        made = codebook_freeze(access.study, person=access.person, note=note)
        messages.success(request, _("Version %(n)s is kept.") % {"n": made.number})
        return redirect("coding:versions", slug)
    access = sources_asked(request.user, slug)
    rows = access.study.codebook_versions.defer("codes").select_related("made_by")
    listed = list(rows.order_by("-number"))
    context = {
        "study": access.study,
        "steps": codebook_steps(access.study),
        "versions": [
            (one, listed[at + 1].number if at + 1 < len(listed) else None)
            for at, one in enumerate(listed)
        ],
        "may_change": access.may_design,
    }
    return render(request, "coding/versions.html", context)


@require_safe
@login_required
def difference(request: HttpRequest, slug: str, older: int, newer: int) -> HttpResponse:
    """Show what differs between two versions."""
    access = sources_asked(request.user, slug)
    kept = access.study.codebook_versions
    first, second = (get_object_or_404(kept, number=number) for number in (older, newer))
    names = {uuid: code["name"] for uuid, code in (first.codes | second.codes).items()}
    context = {
        "study": access.study,
        "steps": [*codebook_steps(access.study)],
        "older": first,
        "newer": second,
        "differences": [_shown(one, names) for one in codebook_diff(first.codes, second.codes)],
    }
    return render(request, "coding/difference.html", context)


@require_safe
@login_required
def recode(request: HttpRequest, slug: str) -> HttpResponse:
    """List the codings whose code is not what it was when they were made."""
    access, coder = coder_asked(request, slug)
    seen = codings_visible(coder, access.study).filter(version__source__in=sources_for(access))
    page = Paginator(recode_list(access.study, seen), ROWS).get_page(request.GET.get("page"))
    for source in {one.coding.version.source for one in page}:
        reading_record(access, source, origin=request_origin(request))
    context = {
        "study": access.study,
        "steps": codebook_steps(access.study),
        "page": page,
        "rows": [(one, WHY[one.why]) for one in page],
        "n": page.paginator.count,
    }
    return render(request, "coding/recode.html", context)


@require_POST
@login_required
def turn(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo the last step of who asks, or do it again; then go back to the page it came from."""
    access, coder = coder_asked(request, slug)
    again = request.POST.get("what") == "redo"
    done = change_redo(coder) if again else change_undo(coder)
    said = _("Done again: %(what)s.") if again else _("Undone: %(what)s.")
    messages.success(request, said % {"what": _action(done)})
    return gone_back(request, reverse("coding:codebook", args=[access.study.slug]))


def _action(change: object) -> str:
    name = str(getattr(change, "action", "")).removeprefix(UNDO)
    return str(ACTIONS.get(name, name))


def _shown(
    one: CodeDifference, names: dict[str, str]
) -> tuple[CodeDifference, list[str], list[tuple[str, object, object]]]:
    """Return a difference with its kinds in words, and each field before and after."""
    rows = [
        (str(FIELDS[field]), _value(field, pair[0], names), _value(field, pair[1], names))
        for field, pair in one.fields.items()
    ]
    return one, [str(DIFFERENCES[kind]) for kind in one.kinds], rows


def _value(field: str, value: object, names: dict[str, str]) -> object:
    if field == "parent":
        return names.get(str(value), _("at the top"))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value + 1 if field == "order" and isinstance(value, int) else value
