"""How does a person keep a question for the team, call it otherwise, or take it away?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.search.asking import asking_of
from rodedraad.search.models import SavedSearch
from rodedraad.search.saved import search_remove, search_rename, search_restore, search_save
from rodedraad.sources.access import sources_asked


@require_POST
@login_required
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the question that was asked, with its conditions, under a name."""
    access = sources_asked(request.user, slug)
    asking = asking_of(access, QueryDict(request.POST.get("asked", "")))
    asking.question()
    made = search_save(
        access.study, request.POST.get("name", ""), asking.form.line, asking.form.kept(),
        person=access.person,
    )  # fmt: skip
    messages.success(request, _("The question is kept as ‘%(name)s’.") % {"name": made.name})
    return redirect("search:again", slug, made.pk)


@require_safe
@login_required
def again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask a kept question again."""
    access = sources_asked(request.user, slug)
    kept = get_object_or_404(SavedSearch, study=access.study, pk=pk, removed_at=None)
    asked = urlencode({"q": kept.query, **kept.filters})
    return redirect(f"{reverse('search:search', args=[slug])}?{asked}")


@require_POST
@login_required
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Rename a kept question, take it away, or put it back: who made it, lead and researchers."""
    access = sources_asked(request.user, slug)
    kept = get_object_or_404(SavedSearch, study=access.study, pk=pk)
    if not access.may_design and kept.made_by_id != access.person.pk:
        raise Http404("Somebody else keeps this question.")
    address = reverse("search:search", args=[slug])
    match request.POST.get("what"):
        case "rename":
            search_rename(kept, request.POST.get("name", ""))
            messages.success(request, _("It is called ‘%(name)s’ now.") % {"name": kept.name})
        case "remove":
            search_remove(kept)
            return redirect(f"{address}?weg={kept.pk}")
        case "restore":
            search_restore(kept)
            messages.success(request, _("‘%(name)s’ is back.") % {"name": kept.name})
    return redirect(address)
