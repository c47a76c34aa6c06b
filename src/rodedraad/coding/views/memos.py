"""Which memos does a study have, and how does one come, change and go?"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.coding.actions.memos import memo_add, memo_change, memo_remove
from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.coding.steps import codebook_steps, coder_asked, gone_back, number_given
from rodedraad.coding.visible import codings_visible, memos_visible
from rodedraad.coding.wording import MEMO_ABOUT
from rodedraad.sources.access import source_for, sources_for
from rodedraad.sources.models import Source
from rodedraad.studies.access import StudyAccess

ROWS = 50
ABOUT = {
    "studie": Q(source=None, coding=None, code=None),
    "bron": Q(source__isnull=False),
    "codering": Q(coding__isnull=False),
    "code": Q(code__isnull=False),
}


@require_safe
@login_required
def memos(request: HttpRequest, slug: str) -> HttpResponse:
    """List the memos of a study, newest first; ``over`` and ``wie`` narrow the list."""
    access, coder = coder_asked(request, slug)
    about = request.GET.get("over", "")
    is_mine = request.GET.get("wie") == "ik"
    found = _readable(access, coder)
    found = found.filter(ABOUT[about]) if about in ABOUT else found
    found = found.filter(coder=coder) if is_mine else found
    rows = found.select_related("coder", "source", "code", "coding__code").select_related(
        "coding__version__source"
    )
    page = Paginator(
        rows.defer("coding__version__text").order_by("-made_at", "-pk"), ROWS
    ).get_page(request.GET.get("page"))
    context = {
        "study": access.study,
        "steps": codebook_steps(access.study),
        "page": page,
        "memos": [(one, one.coder_id == coder.pk) for one in page],
        "kinds": MEMO_ABOUT.items(),
        "about": about,
        "is_mine": is_mine,
        "here": request.get_full_path(),
    }
    return render(request, "coding/memos.html", context)


@require_POST
@login_required
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a memo about a source, a code, a coding, or about the study."""
    access, coder = coder_asked(request, slug)
    about = _about(access, coder, request.POST.get("kind", ""), request.POST.get("about", ""))
    memo_add(coder, request.POST.get("text", ""), about=about)
    messages.success(request, _("The memo is written."))
    return _back(request, slug)


@require_POST
@login_required
def change(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Change the words of one's memo."""
    coder, memo, row_version = _asked(request, slug, uuid)
    memo_change(coder, memo, request.POST.get("text", ""), row_version=row_version)
    messages.success(request, _("The memo is changed."))
    return _back(request, slug)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take one's memo away; undo brings it back."""
    coder, memo, row_version = _asked(request, slug, uuid)
    memo_remove(coder, memo, row_version=row_version)
    messages.success(request, _("The memo is taken away. Undo brings it back."))
    return _back(request, slug)


def _readable(access: StudyAccess, coder: Coder) -> QuerySet[Memo]:
    """Return the memos that a coder may see, about sources that they may see."""
    sources = sources_for(access).values("pk")
    of_source = Q(source=None) | Q(source__in=sources)
    of_coding = Q(coding=None) | Q(coding__version__source__in=sources)
    return memos_visible(coder, access.study).filter(of_source, of_coding)


def _about(
    access: StudyAccess, coder: Coder, kind: str, uuid: str
) -> Source | Code | Coding | None:
    if kind == "bron":
        return source_for(access, UUID(uuid))
    if kind == "code":
        return get_object_or_404(Code, study=access.study, uuid=UUID(uuid))
    if kind == "codering":
        seen = codings_visible(coder, access.study).filter(version__source__in=sources_for(access))
        return get_object_or_404(seen, uuid=UUID(uuid))
    return None


def _asked(request: HttpRequest, slug: str, uuid: UUID) -> tuple[Coder, Memo, int]:
    access, coder = coder_asked(request, slug)
    memo = get_object_or_404(_readable(access, coder), uuid=uuid)
    return coder, memo, number_given(request.POST.get("row_version")) or 0


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    return gone_back(request, reverse("coding:memos", args=[slug]))
